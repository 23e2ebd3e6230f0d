import { expect, test } from 'vitest';
import { cleanValidators, parseFreshness, parseHttpDate, single, toHeaders, toValidators } from '../../../main/net/headers.ts';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const headersOf = (...pairs: [string, string][]) => toHeaders(pairs.flat().map((text) => Buffer.from(text)));
const MINUTE = 60_000;

test('an answer is fresh for as long as max-age or Expires say, minus its age, up to a day', () => {
  const fresh = (...pairs: [string, string][]) => parseFreshness(headersOf(...pairs), NOW);
  expect(fresh(['Cache-Control', 'public, max-age=600'])).toBe(10 * MINUTE);
  expect(fresh(['cache-control', 'max-age="600"'])).toBe(10 * MINUTE);
  expect(fresh(['cache-control', 'max-age=600'], ['age', '60'])).toBe(9 * MINUTE);
  expect(fresh(['cache-control', 'max-age=600'], ['expires', 'Sat, 21 Nov 2026 13:00:00 GMT'])).toBe(10 * MINUTE);
  expect(fresh(['cache-control', 'max-age=9999999999'])).toBe(24 * 60 * MINUTE);
  expect(fresh(['expires', 'Sat, 21 Nov 2026 12:30:00 GMT'])).toBe(30 * MINUTE);
  // A server whose clock is an hour behind still means half an hour.
  expect(fresh(['date', 'Sat, 21 Nov 2026 11:00:00 GMT'], ['expires', 'Sat, 21 Nov 2026 11:30:00 GMT'])).toBe(30 * MINUTE);
});

test('an answer that is stale at once, or says nothing readable, has no freshness', () => {
  for (const value of [
    'no-store',
    'no-cache, max-age=600',
    'max-age=0',
    'max-age=-5',
    'max-age=abc',
    'private',
    'no-cache="x"',
    '',
  ]) {
    expect(parseFreshness(headersOf(['cache-control', value]), NOW), value).toBeUndefined();
  }
  expect(parseFreshness(headersOf(['expires', '0']), NOW)).toBeUndefined();
  expect(parseFreshness(headersOf(['expires', 'Sat, 21 Nov 2026 11:30:00 GMT']), NOW)).toBeUndefined();
  expect(parseFreshness(headersOf(['cache-control', 'max-age=60'], ['age', '90']), NOW)).toBeUndefined();
  expect(parseFreshness(headersOf(), NOW)).toBeUndefined();
});

test('the three forms of an HTTP date are read and nothing else', () => {
  const expected = Date.parse('1994-11-06T08:49:37Z');
  expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(expected);
  expect(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT')).toBe(expected);
  expect(parseHttpDate('Sun Nov  6 08:49:37 1994')).toBe(expected);
  for (const text of [
    '1994-11-06T08:49:37Z',
    '6 Nov 1994',
    'Sun, 06 Xyz 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:99:99 GMT',
    '0',
    '',
  ]) {
    expect(parseHttpDate(text), text).toBeUndefined();
  }
});

test('validators that could break a request, or are too long, are dropped', () => {
  expect(toValidators(headersOf(['ETag', '"a"'], ['Last-Modified', 'Sat, 21 Nov 2026 10:00:00 GMT']))).toEqual({
    etag: '"a"',
    lastModified: 'Sat, 21 Nov 2026 10:00:00 GMT',
  });
  for (const etag of ['', '"', '"a" "b"', '"ä"', `"${'x'.repeat(1023)}"`, '"a\u0000"', '"a"\r\nx: y']) {
    expect(cleanValidators({ etag }), etag).toEqual({});
  }
  for (const lastModified of ['yesterday', 'x'.repeat(200), 'Sat, 21 Nov 2026 10:00:00 GMT\r\nx: y']) {
    expect(cleanValidators({ lastModified }), lastModified).toEqual({});
  }
  expect(toValidators(headersOf(['etag', '"a"'], ['etag', '"b"']))).toEqual({});
});

test('a header counts once when it stands there twice with the same value, and text is UTF-8 or else Latin-1', () => {
  expect(single(headersOf(['x', 'a'], ['X', 'a']), 'x')).toBe('a');
  expect(single(headersOf(['x', 'a'], ['x', 'b']), 'x')).toBeUndefined();
  expect(single(headersOf(['x', 'café']), 'x')).toBe('café');
  expect(single(toHeaders([Buffer.from('x'), Buffer.from('caf\u00e9', 'latin1')]), 'x')).toBe('café');
});
