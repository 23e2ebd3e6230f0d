import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../../../preload/contract/errors.ts';
import { feedWords, looksLikeAddress, rateWords, whatToDo } from '../../../../renderer/sources/discovery-words.ts';
import { decodeXml, MAX_OPML_CHARS, readOpmlFile } from '../../../../renderer/sources/opml-file.ts';
import { kept, sliderEnd, wouldKeep } from '../../../../renderer/sources/would-keep.ts';

test('the threshold counts stories at the score as kept', () => {
  expect(kept([49, 50, 51], 50)).toBe(2);
  const scores = Array.from({ length: 100 }, (_, index) => (index < 37 ? 50 + index : 10));
  expect(wouldKeep(scores, 50)).toBe('would keep 37 of 100');
  expect(wouldKeep([], 50)).toBe('would keep 0 of 0');
});

test('the slider ends where few stories are left', () => {
  expect(sliderEnd([])).toBe(200);
  expect(sliderEnd(Array.from({ length: 100 }, (_, index) => index * 5))).toBe(500);
  expect(sliderEnd([9000, 9000])).toBe(1000);
});

const file = (bytes: Uint8Array, name = 'list.opml') => ({
  name,
  size: bytes.length,
  arrayBuffer: async () => bytes.slice().buffer as ArrayBuffer,
});

test('a list is decoded by its byte order mark, then its declaration, then as UTF-8', () => {
  expect(decodeXml(new TextEncoder().encode('<opml>ä</opml>'))).toBe('<opml>ä</opml>');
  expect(decodeXml(Uint8Array.from([0xff, 0xfe, 0x3c, 0, 0xe4, 0]))).toBe('<ä');
  const latin = Uint8Array.from(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ä</a>', 'latin1'));
  expect(decodeXml(latin)).toContain('<a>ä</a>');
  const odd = new TextEncoder().encode('<?xml version="1.0" encoding="x-unheard-of"?><a>ä</a>');
  expect(decodeXml(odd)).toContain('<a>ä</a>');
});

test('an empty, a too large and an unreadable file are each said in a sentence', async () => {
  expect(await readOpmlFile(file(new Uint8Array()))).toEqual({ message: 'list.opml is empty.' });
  const large = new Uint8Array(MAX_OPML_CHARS + 1).fill(32);
  expect(await readOpmlFile(file(large))).toEqual({ message: 'list.opml is larger than a list of sources can be.' });
  const gone = { name: 'list.opml', size: 3, arrayBuffer: () => Promise.reject(new Error('gone')) };
  expect(await readOpmlFile(gone)).toEqual({ message: 'list.opml could not be read.' });
  expect(await readOpmlFile(file(new TextEncoder().encode('<opml/>')))).toEqual({ text: '<opml/>' });
});

test('every error that adding may meet comes with something to do', () => {
  for (const code of ERROR_CODES) expect(whatToDo({ code, message: '' })).toMatch(/^[A-Z].*\.$/);
  expect(whatToDo({ code: 'ADDR_BLOCKED', message: '' })).toContain('local network');
});

test('a feed is told in one line', () => {
  const feed = {
    feedUrl: 'https://a.example/f',
    title: 'A',
    format: 'atom',
    posts: [],
    postCount: 20,
    perWeek: 2,
    hasFullText: true,
    bytes: 61_000,
    validators: [],
  } as const;
  expect(feedWords({ ...feed, posts: [], validators: [] })).toBe('Atom, 20 posts, whole text, 2 a week');
  expect([rateWords(98), rateWords(2), rateWords(0.5), rateWords(0.1)]).toEqual([
    '14 a day',
    '2 a week',
    '2 a month',
    'Less than one a month',
  ]);
});

test('only what may be an address is asked for', () => {
  for (const good of [
    'a.example',
    'https://a',
    'a.example/feed.xml',
    'feed://a.example',
    'localhost:8080/feed',
    '127.0.0.1',
    '[::1]:80',
  ]) {
    expect(looksLikeAddress(good), good).toBe(true);
  }
  for (const bad of ['', 'plain', 'two words.example', 'example.']) expect(looksLikeAddress(bad), bad).toBe(false);
});
