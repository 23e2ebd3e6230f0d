import { describe, expect, test } from 'vitest';
import { toExternalUrl } from '../../../main/electron/external.ts';

describe('what may be opened outside', () => {
  test.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['HTTP://EXAMPLE.org', 'http://example.org/'],
    ['mailto:a@example.org?subject=hello', 'mailto:a@example.org?subject=hello'],
  ])('%s goes to the browser in its canonical form', (raw, href) => {
    expect(toExternalUrl(raw)).toBe(href);
  });

  test.each([
    ['javascript:alert(1)'],
    ['file:///etc/passwd'],
    ['smb://host/share'],
    ['ms-msdt:/id'],
    ['data:text/html,hi'],
    ['tidings://app/index.html'],
    ['https://user:secret@example.org/'],
    ['https://exa mple.org/'],
    ['https://example.org/\u0000'],
    ['https://example.org/\r\nX: y'],
    [`https://example.org/${'a'.repeat(2048)}`],
    ['mailto:a@example.org?attach=/etc/passwd'],
    ['https://'],
    ['not a url'],
    [''],
  ])('%j stays inside', (raw) => {
    expect(toExternalUrl(raw)).toBeUndefined();
  });
});
