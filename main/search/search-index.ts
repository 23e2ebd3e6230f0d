import type { Post } from '../../preload/contract/post.ts';
import { createDictionary } from './dictionary.ts';
import { createTextTable, type TextTable } from './text-table.ts';
import type { Names } from './world.ts';

/** What is searched of a post, beside its full text and the title of its source. */
export type Searchable = Pick<Post, 'title' | 'summary' | 'author' | 'domain'>;

/** A full-text index over posts, in memory. Posts are named by slots; those that are gone stay in it and are passed over elsewhere. */
export type SearchIndex = {
  heads: TextTable;
  titles: TextTable;
  bodies: TextTable;
  /** Authors, by the numbers of their names. */
  authorWords: TextTable;
  /** Takes in what a post's row says; costs next to nothing where that is as before. */
  put: (slot: number, post: Searchable) => void;
  /** Takes in the names of authors that are new. */
  putAuthors: (authors: Names) => void;
  /** Bytes taken, words included; a close guess. */
  bytes: () => number;
};

/** What a post's row says that is searched. */
export const headTexts = ({ title, summary, author = '', domain }: Searchable): string[] => [title, summary, author, domain];

/** What a word costs in a Map of strings, bytes, as measured. */
const WORD_BYTES = 110;

/** An empty index. Its tables share one dictionary. */
export const createSearchIndex = (): SearchIndex => {
  const dictionary = createDictionary();
  const [heads, titles, bodies, authorWords] = [0, 1, 2, 3].map(() => createTextTable(dictionary)) as [
    TextTable,
    TextTable,
    TextTable,
    TextTable,
  ];
  let authorsTaken = 1;
  return {
    heads,
    titles,
    bodies,
    authorWords,
    put: (slot, post) => {
      if (heads.put(slot, headTexts(post).join('\n'))) titles.put(slot, post.title);
    },
    putAuthors: (authors) => {
      for (; authorsTaken < authors.count(); authorsTaken += 1) authorWords.put(authorsTaken, authors.text(authorsTaken));
    },
    bytes: () => {
      const tables = [heads, titles, bodies, authorWords];
      return dictionary.size() * WORD_BYTES + tables.reduce((sum, table) => sum + table.bytes(), 0);
    },
  };
};
