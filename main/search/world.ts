import type { HasValue, IsValue } from '../../preload/contract/saved-search.ts';
import type { TextTable } from './text-table.ts';

/** Names that posts have, each with a number; 0 is none. */
export type Names = {
  /** The number of a post's name. */
  of: (slot: number) => number;
  /** How many numbers were given out, 0 included. */
  count: () => number;
  text: (number: number) => string;
};

/** What a search looks at. Posts are named by their slots; texts and columns are handed in. */
export type SearchWorld = {
  /** How many slots were given out. */
  slots: number;
  /** Title, summary, author and domain of each post. */
  heads: TextTable;
  titles: TextTable;
  /** The full texts. */
  bodies: TextTable;
  /** The names of authors, by their numbers. */
  authorWords: TextTable;
  authors: Names;
  domains: Names;
  /** Labels in use, each with its posts. */
  labels: () => readonly { name: string; slots: ReadonlySet<number> }[];
  /** Sources by their numbers. */
  sources: {
    of: (slot: number) => number;
    count: () => number;
    id: (number: number) => string;
    title: (number: number) => string;
    folder: (number: number) => readonly string[];
  };
  is: (value: IsValue) => (slot: number) => boolean;
  has: (value: HasValue) => (slot: number) => boolean;
  score: (slot: number) => number;
  comments: (slot: number) => number;
  collectedMs: (slot: number) => number;
  title: (slot: number) => string;
  /** What its row says: title, summary, author, domain. */
  headTexts: (slot: number) => string[];
  /** The full text; empty when there is none. */
  bodyText: (slot: number) => Promise<string>;
};
