import type { PostQuery, PostRow } from '../../preload/contract/post.ts';
import { type SearchPattern, searchPattern } from './highlight.tsx';

/* A list narrows as a word grows: what of its rows holds the longer word stands in the answer too, and in the same order. */

/** One word and nothing else: operators, quotes and further words are left to the core. */
const WORD = /^[\p{L}\p{N}]+$/u;
/** The height of the lowest row, CSS pixels. */
const LOWEST_ROW = 25;

const besides = ({ search: _search, ...rest }: PostQuery): string => JSON.stringify(rest);
const isNarrower = (query: PostQuery, than: PostQuery): boolean =>
  WORD.test(query.search ?? '') && (query.search ?? '').startsWith(than.search ?? '') && besides(query) === besides(than);

const holds = ({ title, summary, author = '', domain, sourceTitle }: PostRow, pattern: SearchPattern): boolean =>
  [title, summary, author, domain, sourceTitle].some((text) => text.search(pattern(text)) >= 0);

/**
 * The rows that are seen first of the answer to `query`, taken from a list that it narrows, before that answer is here. Undefined
 * where the list is no wider one, or has not enough of them to fill the window. Posts found by their full text alone come with
 * the answer.
 */
export const foretaste = (query: PostQuery, than: PostQuery, rows: readonly PostRow[]): PostRow[] | undefined => {
  const pattern = isNarrower(query, than) ? searchPattern(query.search ?? '') : undefined;
  const found = pattern ? rows.filter((row) => holds(row, pattern)) : [];
  return found.length * LOWEST_ROW >= innerHeight ? found : undefined;
};
