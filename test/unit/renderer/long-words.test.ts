import { expect, test } from 'vitest';
import { breakLongWords } from '../../../renderer/ui/trusted-html.ts';

test('a word that never ends gets places to break, and no character of it is lost', () => {
  const word = 'y'.repeat(100_000);
  const broken = breakLongWords(`<p>before ${word}</p>`);
  expect(broken.match(/<wbr>/g)).toHaveLength(200);
  expect(broken.replaceAll('<wbr>', '')).toBe(`<p>before ${word}</p>`);
});

test('tags, their addresses, entities and ordinary words stay as they are', () => {
  const link = `<a href="https://example.org/${'x'.repeat(1900)}">a link</a>`;
  const html = `<p>${'a word of text '.repeat(200)}${link}</p>`;
  expect(breakLongWords(html)).toBe(html);
  const entities = '&amp;'.repeat(1200);
  expect(
    breakLongWords(entities)
      .split('<wbr>')
      .every((part) => /^(&amp;)*$/.test(part)),
  ).toBe(true);
});
