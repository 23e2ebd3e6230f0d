import type { Post } from '../../preload/contract/post.ts';
import type { HasValue, IsValue } from '../../preload/contract/saved-search.ts';

/** Texts that many posts share, each with a number; 0 is the empty one. */
export type SharedNames = {
  of: (slot: number) => number;
  count: () => number;
  text: (number: number) => string;
};

/** What searches ask of posts beside their texts, in columns: looking through all of them must cost next to nothing. */
export type TraitColumns = {
  /** Bits: what it has and is. */
  bits: (slot: number) => number;
  /** Counts on with each post that comes or changes. */
  changes: () => number;
  /** Of a story; -1 where there is none. */
  score: (slot: number) => number;
  comments: (slot: number) => number;
  authors: SharedNames;
  domains: SharedNames;
};

/** A row as it is stored; `body` is where its full text stands. */
export type ColumnRow = Omit<Post, 'hasBody'> & { body?: readonly number[] };

/** All posts as columns, to be looked through. A slot names one post for as long as the store is open, and never another. */
export type PostColumns = {
  /** How many slots were given out, gone ones included. */
  slots: () => number;
  /** -1 when there is no such post. */
  slotOf: (id: string) => number;
  row: (slot: number) => ColumnRow;
  /** The post is there; dead and muted ones are. */
  isLive: (slot: number) => boolean;
  is: (value: IsValue) => (slot: number) => boolean;
  has: (value: HasValue) => (slot: number) => boolean;
  collectedMs: (slot: number) => number;
  sourceNumber: (slot: number) => number;
  sourceId: (sourceNumber: number) => string;
  sourceCount: () => number;
  labels: () => readonly { name: string; slots: ReadonlySet<number> }[];
  traits: TraitColumns;
};
