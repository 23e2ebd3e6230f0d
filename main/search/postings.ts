import type { Dictionary } from './dictionary.ts';

/** Which rows a word of a dictionary occurs in. Rows are whole numbers; each word's rows are added in rising order. */
export type Postings = {
  /** Adds a row to a word; twice in a row is once. */
  add: (wordNumber: number, row: number) => void;
  /** In how many rows a word occurs. */
  count: (wordNumber: number) => number;
  /**
   * Sets `bit` in `marks` for every row of a word, at the place that `placeOf` has for the row, less one; 0 there is nowhere.
   * Answers how many places had it not before.
   */
  mark: (wordNumber: number, placeOf: Uint32Array, marks: Uint8Array, bit: number) => number;
  /** Bytes taken. */
  bytes: () => number;
};

/*
 * Rows are written as differences, seven bits a byte, into chained chunks that grow with the word, so that a word
 * that occurs once costs a few bytes. A chunk begins with the address of the next one.
 */
const LINK = 4;
const PAYLOADS = [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];
const payloadOf = (level: number): number => PAYLOADS[Math.min(level, PAYLOADS.length - 1)] as number;

type Words = { head: Uint32Array; tail: Uint32Array; end: Uint32Array; last: Uint32Array; count: Uint32Array; level: Uint8Array };

const emptyWords = (size: number): Words => ({
  head: new Uint32Array(size),
  tail: new Uint32Array(size),
  end: new Uint32Array(size),
  last: new Uint32Array(size),
  count: new Uint32Array(size),
  level: new Uint8Array(size),
});

const grown = (words: Words, least: number): Words => {
  const larger = emptyWords(Math.max(words.head.length * 2, least));
  for (const key of Object.keys(words) as (keyof Words)[]) larger[key].set(words[key]);
  return larger;
};

const readLink = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)) >>>
  0;
const writeLink = (bytes: Uint8Array, at: number, to: number): void => {
  for (let byte = 0; byte < LINK; byte += 1) bytes[at + byte] = (to >>> (8 * byte)) & 255;
};

/** Empty postings over the words of a dictionary, which others may share. */
export const createPostings = (dictionary: Dictionary): Postings => {
  let bytes = new Uint8Array(65_536);
  let used = 0;
  let words = emptyWords(1024);

  const allot = (payload: number): number => {
    const chunk = used;
    used += LINK + payload;
    if (used > bytes.length) {
      const larger = new Uint8Array(Math.ceil(bytes.length * 1.5) + LINK + payload);
      larger.set(bytes);
      bytes = larger;
    }
    return chunk;
  };
  const begin = (number: number): void => {
    const chunk = allot(payloadOf(0));
    words.head[number] = chunk;
    words.tail[number] = chunk + LINK;
    words.end[number] = chunk + LINK + payloadOf(0);
  };
  const writeByte = (number: number, byte: number): void => {
    let at = words.tail[number] as number;
    if (at === words.end[number]) {
      const level = (words.level[number] as number) + 1;
      const chunk = allot(payloadOf(level));
      writeLink(bytes, at - payloadOf(level - 1) - LINK, chunk);
      words.level[number] = Math.min(level, 255);
      words.end[number] = chunk + LINK + payloadOf(level);
      at = chunk + LINK;
    }
    bytes[at] = byte;
    words.tail[number] = at + 1;
  };
  const add = (number: number, row: number): void => {
    if (number >= words.head.length) words = grown(words, dictionary.size());
    const isFirst = words.count[number] === 0;
    if (isFirst) begin(number);
    const last = words.last[number] as number;
    if (!isFirst && last === row) return;
    let rest = isFirst ? row : row - last;
    for (; rest > 127; rest >>>= 7) writeByte(number, (rest & 127) | 128);
    writeByte(number, rest);
    words.last[number] = row;
    words.count[number] = (words.count[number] as number) + 1;
  };
  const mark = (number: number, placeOf: Uint32Array, marks: Uint8Array, bit: number): number => {
    // What others may exchange is held on to here: the loop below runs some hundred thousand times a key.
    const data = bytes;
    const count = words.count[number] ?? 0;
    let chunk = words.head[number] as number;
    let level = 0;
    let at = chunk + LINK;
    let end = at + payloadOf(0);
    let fresh = 0;
    for (let index = 0, row = 0, shift = 0; index < count; at += 1) {
      if (at === end) {
        chunk = readLink(data, chunk);
        level += 1;
        at = chunk + LINK;
        end = at + payloadOf(level);
      }
      const byte = data[at] as number;
      row += (byte & 127) << shift;
      if (byte > 127) {
        shift += 7;
        continue;
      }
      shift = 0;
      index += 1;
      const place = (placeOf[row] as number) - 1;
      if (place < 0) continue;
      const before = marks[place] as number;
      if (before & bit) continue;
      marks[place] = before | bit;
      fresh += 1;
    }
    return fresh;
  };
  return {
    add,
    count: (number) => words.count[number] ?? 0,
    mark,
    bytes: () => bytes.length + words.head.length * (5 * 4 + 1),
  };
};
