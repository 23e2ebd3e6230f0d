import type { TraitColumns } from './columns.ts';
import type { StoredPost } from './stored-post.ts';

export const AUDIO = 1;
export const IMAGE = 2;
export const ENCLOSURE = 4;
export const COMMENTS = 8;
export const HIGHLIGHTED = 16;
export const EXTRACTED = 32;
export const LABELLED = 64;

export type PostTraits = TraitColumns & {
  /** Takes in what a post says, in the place of what it said. */
  describe: (slot: number, post: StoredPost) => void;
};

const bitsOf = (post: StoredPost): number => {
  const types = (post.enclosures ?? []).map(({ type = '' }) => type.toLowerCase());
  return (
    (types.some((type) => type.startsWith('audio/')) ? AUDIO : 0) |
    (types.some((type) => type.startsWith('image/')) ? IMAGE : 0) |
    (types.length > 0 ? ENCLOSURE : 0) |
    (post.commentsUrl || (post.hn?.commentCount ?? 0) > 0 ? COMMENTS : 0) |
    (post.isHighlighted ? HIGHLIGHTED : 0) |
    (post.isExtracted ? EXTRACTED : 0) |
    (post.labels?.length ? LABELLED : 0)
  );
};

const larger = <Column extends Uint32Array | Int32Array | Uint8Array>(column: Column, next: Column): Column => {
  next.set(column);
  return next;
};

/** Texts by number: a text that many posts have is kept once. */
const createNames = () => {
  const texts = [''];
  const numbers = new Map([['', 0]]);
  let column = new Uint32Array(1024);
  return {
    put: (slot: number, text: string): void => {
      if (slot >= column.length) column = larger(column, new Uint32Array(Math.max(slot + 1, column.length * 2)));
      let number = numbers.get(text);
      if (number === undefined) {
        number = texts.push(text) - 1;
        numbers.set(text, number);
      }
      column[slot] = number;
    },
    of: (slot: number): number => column[slot] ?? 0,
    count: (): number => texts.length,
    text: (number: number): string => texts[number] ?? '',
  };
};

/** Columns without posts. */
export const createPostTraits = (): PostTraits => {
  let bits = new Uint8Array(1024);
  let score = new Int32Array(1024);
  let comments = new Int32Array(1024);
  let changes = 0;
  const authors = createNames();
  const domains = createNames();
  const makeRoom = (slot: number): void => {
    const size = Math.max(slot + 1, bits.length * 2);
    bits = larger(bits, new Uint8Array(size));
    score = larger(score, new Int32Array(size));
    comments = larger(comments, new Int32Array(size));
  };
  return {
    describe: (slot, post) => {
      if (slot >= bits.length) makeRoom(slot);
      changes += 1;
      bits[slot] = bitsOf(post);
      score[slot] = post.hn?.score ?? -1;
      comments[slot] = post.hn?.commentCount ?? -1;
      authors.put(slot, post.author ?? '');
      domains.put(slot, post.domain);
    },
    changes: () => changes,
    bits: (slot) => bits[slot] ?? 0,
    score: (slot) => score[slot] ?? -1,
    comments: (slot) => comments[slot] ?? -1,
    authors,
    domains,
  };
};
