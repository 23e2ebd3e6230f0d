import type { Dictionary } from './dictionary.ts';
import { createPostings, type Postings } from './postings.ts';
import { tokensOf } from './tokens.ts';

/** Texts of posts, by the words in them. A post is named by its slot, a small whole number that no other post ever has. */
export type TextTable = {
  /** Takes in the text of a post, in the place of what it had. Answers false when it was the same. */
  put: (slot: number, text: string) => boolean;
  /** Sets `bit` for every post that holds the whole word. */
  markWord: (word: string, marks: Uint8Array, bit: number) => void;
  /** The same for every post that holds a word with this beginning. */
  markBeginning: (start: string, marks: Uint8Array, bit: number) => void;
  /** Whether the post was taken in. */
  has: (slot: number) => boolean;
  /** Posts with a text. */
  size: () => number;
  /** Bytes taken beside the words themselves. */
  bytes: () => number;
};

/** FNV-1a, 31 bits so that it stays a small whole number. */
const markOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return hash >>> 1;
};

/** Up to so many characters a beginning has postings of its own: it begins so many words that asking each would take too long. */
const SHORT = 2;

const larger = <Column extends Uint32Array | Int32Array>(column: Column, next: Column): Column => {
  next.set(column);
  return next;
};

/** A table without texts. Tables that share a dictionary know each word once. */
export const createTextTable = (dictionary: Dictionary): TextTable => {
  const postings: Postings = createPostings(dictionary);
  /** Rows are given out in rising order, as postings want it: a post whose text changes gets a new one, and `slotOf` its old one is 0. */
  let slotOf = new Uint32Array(1024);
  let hashes = new Int32Array(1024);
  let rowOf = new Uint32Array(1024);
  let rows = 0;
  let size = 0;

  const mark = (number: number, marks: Uint8Array, bit: number): number => postings.mark(number, slotOf, marks, bit);
  /** Common words first: where every post has one of them, the rest need not be looked at. */
  const markAny = (numbers: number[], marks: Uint8Array, bit: number): void => {
    const commonFirst = numbers.sort((a, b) => postings.count(b) - postings.count(a));
    let left = size;
    for (const number of commonFirst) {
      if (left <= 0) return;
      left -= mark(number, marks, bit);
    }
  };
  const newRow = (slot: number, hash: number): number => {
    if (rows === slotOf.length) {
      slotOf = larger(slotOf, new Uint32Array(rows * 2));
      hashes = larger(hashes, new Int32Array(rows * 2));
    }
    if (slot >= rowOf.length) rowOf = larger(rowOf, new Uint32Array(Math.max(rowOf.length * 2, slot + 1)));
    slotOf[rows] = slot + 1;
    hashes[rows] = hash;
    rowOf[slot] = rows + 1;
    return rows++;
  };
  return {
    put: (slot, text) => {
      const hash = markOf(text);
      const known = (rowOf[slot] ?? 0) - 1;
      if (known >= 0 && hashes[known] === hash) return false;
      if (known >= 0) slotOf[known] = 0;
      else size += 1;
      const row = newRow(slot, hash);
      for (const word of tokensOf(text)) {
        const number = dictionary.numberOf(word);
        postings.add(number, row);
        postings.add(dictionary.initialOf(number), row);
        postings.add(dictionary.pairOf(number), row);
      }
      return true;
    },
    markWord: (word, marks, bit) => {
      const number = dictionary.find(word);
      if (number !== undefined) mark(number, marks, bit);
    },
    markBeginning: (start, marks, bit) => {
      if (start.length > SHORT) return markAny(dictionary.beginningWith(start), marks, bit);
      const number = dictionary.findBeginning(start);
      if (number !== undefined) mark(number, marks, bit);
    },
    has: (slot) => (rowOf[slot] ?? 0) > 0,
    size: () => size,
    bytes: () => postings.bytes() + slotOf.byteLength + hashes.byteLength + rowOf.byteLength,
  };
};
