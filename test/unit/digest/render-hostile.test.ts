import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFragment } from '../../../main/digest/render/fragment.ts';
import { toLayout } from '../../../main/digest/render/layout.ts';
import { shorten, toPlain } from '../../../main/digest/render/plain.ts';
import { renderEdition } from '../../../main/digest/render/render.ts';
import { toSafeHtml } from '../../../main/digest/render/safe-html.ts';
import { subjectOf } from '../../../main/digest/render/subject.ts';
import type { EditionContent, EditionItem } from '../../../preload/contract/digest.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { DIGEST_TONES, inventedContent, inventedItem } from '../../helpers/invented-editions.ts';
import { XSS_VECTORS } from '../feeds/xss-vectors.ts';
import { parseMail, strangersIn } from './render-kit.ts';

/** What never stands in anything we lay out; line breaks of the document are our own. */
const UNWANTED = /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029\ufeff]/u;
const HOSTILE_LINKS = [
  'javascript:alert(1)',
  ' jAvAsCrIpT:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.example/protocol-relative',
  'mailto:a@b.example?bcc=c@d.example',
  'https://user:word@evil.example/',
  'https://evil.example/"onmouseover="alert(1)',
  "https://evil.example/'><script>alert(1)</script>",
  'https://evil.example/\u202egpj.exe',
  'cid:part1',
  '',
];

/** The same hostile text in every place that holds text of others. */
const everywhere = (text: string, url = 'https://a.example/'): EditionContent =>
  inventedContent('magazine', {
    name: text.slice(0, 200),
    sections: [{ title: text.slice(0, 200), more: 1 }],
    items: [
      inventedItem({
        title: text.slice(0, 500),
        summary: text.slice(0, 1200),
        sourceTitle: text.slice(0, 500),
        domain: text.slice(0, 255),
        author: text.slice(0, 500),
        why: text.slice(0, 200),
        url,
        commentsUrl: url,
      }),
    ],
  });

/** Lays out, and finds all that should not be there, in the mail and in the entry of a feed. */
const faultsOf = async (content: EditionContent): Promise<string[]> => {
  const { html, text, subject } = await renderEdition(content);
  const faults = [...strangersIn(parseMail(html)), ...strangersIn(parseMail(toFragment(toLayout(content))))];
  for (const [place, said] of Object.entries({ html, text, subject }))
    if (UNWANTED.test(said)) faults.push(`control in ${place}`);
  if (/[\r\n]/.test(subject) || subject.includes('=?')) faults.push(`subject ${subject}`);
  return faults;
};

hostileCase(184, 'markup in every text of a post stays text, links are http(s) or gone, and nothing is loaded', async () => {
  for (const vector of XSS_VECTORS) expect(await faultsOf(everywhere(vector)), vector).toEqual([]);
  for (const url of HOSTILE_LINKS) expect(await faultsOf(everywhere('A title', url)), url).toEqual([]);
  const { html, text } = await renderEdition(everywhere('<img src="https://t.example/p.gif"><b>Bold</b>', 'javascript:alert(1)'));
  expect(parseMail(html).text).toContain('<img src="https://t.example/p.gif"><b>Bold</b>');
  expect(text).toContain('<img src="https://t.example/p.gif"><b>Bold</b>');
  expect(parseMail(html).tags.filter(({ tag }) => tag === 'a' || tag === 'img')).toEqual([]);
  expect(`${html}${text}`).not.toContain('javascript:');
  return 'OK';
});

describe('text of posts', () => {
  test('loses what turns the reading order, controls, and heaps of marks; letters, joined emoji and quotes stay', () => {
    expect(toPlain('a\u202eexe.fdp\u202c\u2066b\u2069\u200f')).toBe('aexe.fdpb');
    expect(toPlain('a\r\n\tb\0c\u2028d\ufeff')).toBe('a b c d');
    expect(toPlain('👩‍👩‍👧‍👦 “x” é क्षि')).toBe('👩‍👩‍👧‍👦 “x” é क्षि');
    expect(toPlain(`a${'\u0301'.repeat(400)}b`)).toBe(`a${'\u0301'.repeat(8)}b`);
    expect(toPlain('\ud800x\udfff')).toBe('x');
  });

  test('is cut at a word where one ends near enough, and never through a letter of two units', () => {
    expect(shorten('one two three four', 12)).toBe('one two…');
    expect(shorten('short', 12)).toBe('short');
    expect(shorten('😀'.repeat(20), 5)).toBe('😀😀😀😀…');
    expect(shorten('Yes, no; and: perhaps', 10)).toBe('Yes, no…');
  });

  test('whatever it is, it gives no tag, attribute or link that is not of our templates', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        ...XSS_VECTORS,
        '</p></td></table>',
        '"><x y=z>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '&lt;b&gt;',
        '&#60;',
        '\u202e',
      ),
      fc.constantFrom('=?utf-8?q?=0d=0aBcc:_evil@x.example?=', '\r\nBcc: evil@x.example\r\n\r\n', '<style>*{}', 'style="'),
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const url = fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.constantFrom(...HOSTILE_LINKS), text);
    await fc.assert(
      fc.asyncProperty(text, url, async (words, link) => {
        expect(await faultsOf(everywhere(words, link))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the second look', () => {
  test('takes out what templates with a hole would let through', () => {
    const hole =
      '<div class="ink" onclick="x()" style="background:url(https://t.example/p)">a<script>alert(1)</script><img src="https://t.example/p.gif">' +
      '<a href="javascript:alert(1)" ping="https://t.example/">b</a><iframe src="x"></iframe><form action="https://t.example/"><input></form></div>';
    expect(toSafeHtml(hole, undefined)).toBe('<div class="ink">a<a>b</a></div>');
    expect(toSafeHtml('<a href="mailto:leave@desk.example">x</a>', undefined)).toBe('<a>x</a>');
    expect(toSafeHtml('<a href="mailto:other@desk.example">x</a>', 'leave@desk.example')).toBe('<a>x</a>');
    expect(toSafeHtml('<p style="position:fixed;top:0">x</p><p style="display:none">y</p>', undefined)).toBe('<p>x</p><p>y</p>');
  });

  test('changes nothing in what our templates make', async () => {
    for (const tone of DIGEST_TONES) {
      const { html } = await renderEdition(inventedContent(tone, { isTest: true }), { unsubscribe: 'leave@desk.example' });
      const body = html.slice(html.indexOf('<table'), html.indexOf('</body>')).trim();
      expect(toSafeHtml(body, 'leave@desk.example')).toBe(body);
    }
  });
});

describe('the subject', () => {
  const subjectFor = (title: string, change: Partial<EditionContent> = {}): string =>
    subjectOf(inventedContent('brief', { items: [inventedItem({ title })], ...change }));

  test('is one bounded line of the name and the first title', () => {
    expect(subjectFor('A title')).toBe('Morning desk: A title');
    expect(subjectFor('A\r\nBcc: evil@x.example\0')).toBe('Morning desk: A Bcc: evil@x.example');
    expect([...subjectFor('long '.repeat(100))].length).toBeLessThanOrEqual(160);
    expect([...subjectFor('x', { name: 'y'.repeat(200) })].length).toBeLessThan(70);
    expect(subjectFor('x', { name: 'a\r\nTo: evil@x.example' })).toBe('a To: evil@x.example: x');
  });

  test('a title that looks like an encoded word stays the text it is', () => {
    const subject = subjectFor('=?utf-8?q?=0d=0aBcc:_evil?=');
    expect(subject).not.toContain('=?');
    expect(subject.replaceAll('\u2060', '')).toBe('Morning desk: =?utf-8?q?=0d=0aBcc:_evil?=');
  });

  test('takes the first post in reading order, not the first row', () => {
    const items: EditionItem[] = [inventedItem({ section: 1, title: 'Second' }), inventedItem({ section: 0, title: 'First' })];
    expect(subjectOf(inventedContent('brief', { items }))).toBe('Morning desk: First');
  });
});
