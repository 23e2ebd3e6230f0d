import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPublicLink } from '../../../main/net/public-link.ts';
import { normaliseUrl, sameSourceKey, toSafeLink } from '../../../main/net/url.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

const refusalOf = (raw: string): AppError => {
  try {
    normaliseUrl(raw);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return error as AppError;
  }
  throw new Error(`${raw} was accepted`);
};

hostileCase(56, 'an address has one form, credentials are refused with a sentence, doubles are found', () => {
  const forms: Record<string, string> = {
    'HTTP://EX.com:80/../a': 'http://ex.com/a',
    'https://ex.com:443/a/./b/../c': 'https://ex.com/a/c',
    'https://ex.com:8443/a': 'https://ex.com:8443/a',
    'https://bücher.example/ä': 'https://xn--bcher-kva.example/%C3%A4',
    'https://ex.com./feed': 'https://ex.com/feed',
    'https://ex.com.:8080/feed': 'https://ex.com:8080/feed',
    '  https://ex.com/fe\ted\n  ': 'https://ex.com/feed',
    'ht\ntps://ex.com/feed': 'https://ex.com/feed',
    'feed://ex.com/rss': 'http://ex.com/rss',
    'feed:https://ex.com/rss': 'https://ex.com/rss',
    'FEED:http://ex.com/rss': 'http://ex.com/rss',
    'feed:ex.com/rss': 'http://ex.com/rss',
    'ex.com': 'https://ex.com/',
    'ex.com/feed.xml?a=1#top': 'https://ex.com/feed.xml?a=1',
    'ex.com:8080/feed': 'https://ex.com:8080/feed',
    'localhost:3000': 'https://localhost:3000/',
    '//ex.com/feed': 'https://ex.com/feed',
    'http://192.168.1.5/feed': 'http://192.168.1.5/feed',
    'http://0x7f.1/': 'http://127.0.0.1/',
    'http://[::1]:80/': 'http://[::1]/',
    'http://ex.com/a?': 'http://ex.com/a',
    'http://ex.com/a b': 'http://ex.com/a%20b',
    'http:\\\\ex.com\\feed': 'http://ex.com/feed',
  };
  for (const [raw, expected] of Object.entries(forms)) {
    expect([raw, normaliseUrl(raw)]).toEqual([raw, expected]);
    expect(normaliseUrl(expected)).toBe(expected);
    expect(sameSourceKey(raw)).toBe(expected);
  }
  const withPassword = refusalOf('https://name:secret@ex.com/feed');
  expect(withPassword.message).toBe(
    'Passwords in addresses are not kept yet. Remove the name and the password from the address.',
  );
  return ['OK', withPassword.code, refusalOf('name@ex.com').code];
});

test('what cannot be a source is refused with a sentence', () => {
  const bad = [
    '',
    '   ',
    'ftp://ex.com/feed',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'mailto:a@ex.com',
    'data:text/xml,x',
    'newsletter:483773:a@ex.com',
    'view-source:http://ex.com/',
    '|~/script.py',
    'http://',
    'https://[::1',
    'http://ex.com:99999/',
    'http://a b.com/',
    `https://ex.com/${'x'.repeat(2048)}`,
  ];
  for (const raw of bad) {
    const { code, message } = refusalOf(raw);
    expect([raw, code]).toEqual([raw, 'USAGE']);
    expect(message).toMatch(/^[A-Z].*\.$/);
  }
});

test('http and https are different sources, and what is no address is its own key', () => {
  expect(sameSourceKey('http://ex.com/feed')).not.toBe(sameSourceKey('https://ex.com/feed'));
  expect(sameSourceKey('HTTPS://EX.com:443/feed#x')).toBe(sameSourceKey('https://ex.com/feed'));
  expect(sameSourceKey(' not an address ')).toBe('not an address');
});

test('a link is absolute http or https, or there is none', () => {
  const base = 'https://ex.com/blog/feed.xml';
  const table: [unknown, string | undefined][] = [
    ['https://ex.com/a', 'https://ex.com/a'],
    ['/a', 'https://ex.com/a'],
    ['a?b=1#c', 'https://ex.com/blog/a?b=1#c'],
    ['//evil.example/x', 'https://evil.example/x'],
    ['https://name:secret@ex.com/a', 'https://ex.com/a'],
    [' https://ex.com/a\n', 'https://ex.com/a'],
    ['', undefined],
    ['   ', undefined],
    [null, undefined],
    [5, undefined],
    [['https://ex.com'], undefined],
    [`https://ex.com/${'x'.repeat(2048)}`, undefined],
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'ms-msdt:/id',
      'search-ms:query=x',
      'smb://host/x',
      'steam://run/1',
      ' java\tscript:alert(1)',
      '\u0001javascript:x',
      'blob:https://ex.com/1',
      'mailto:a@ex.com',
      'tel:1',
      'feed:x',
    ].map((raw): [string, undefined] => [raw, undefined]),
  ];
  for (const [raw, expected] of table) expect([raw, toSafeLink(raw, base)]).toEqual([raw, expected]);
  expect(toSafeLink('/a')).toBeUndefined();
  expect(toSafeLink('/a', 'javascript:alert(1)')).toBeUndefined();
  expect(toSafeLink('/a', 'nonsense')).toBeUndefined();
  expect(toSafeLink('//evil.example')).toBeUndefined();
});

test('no text at all makes a link that is not http, or an error that is not ours', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true, withFragments: true })), (raw) => {
      const link = toSafeLink(raw, 'https://ex.com/');
      expect(link === undefined || /^https?:\/\/[^/@]+\//.test(link)).toBe(true);
      const key = sameSourceKey(raw);
      expect(sameSourceKey(key)).toBe(key);
    }),
    { numRuns: 500 },
  );
});

test('a link from a stranger does not lead into a local network', () => {
  for (const raw of [
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://10.0.0.1/',
    'http://localhost:3000/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'javascript:alert(1)',
    undefined,
  ]) {
    expect(toPublicLink(raw), String(raw)).toBeUndefined();
  }
  expect(toPublicLink('https://example.org/a')).toBe('https://example.org/a');
  expect(toPublicLink('http://93.184.216.34/')).toBe('http://93.184.216.34/');
});
