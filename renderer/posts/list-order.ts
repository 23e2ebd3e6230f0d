import type { PostSort } from '../../preload/contract/post.ts';

/** What stands between the posts of a list: the run that brought them, their day, or nothing. */
export type ListHeads = 'run' | 'day' | 'none';

const SORTS = 'tidings.sort';
const HEADS = 'tidings.heads';
const MOST = 200;

const read = (name: string): string | null => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};
const readSorts = (): [list: string, sort: PostSort][] => {
  try {
    return JSON.parse(read(SORTS) ?? '[]') as [string, PostSort][];
  } catch {
    return [];
  }
};
const keyOf = (path: readonly string[]): string => path.map(encodeURIComponent).join('/');

const SORT_NAMES: readonly string[] = ['newest', 'oldest', 'score'] satisfies PostSort[];
/** How a list is sorted, as an address says it; undefined when something else stands there. */
export const readSort = (text: string | undefined): PostSort | undefined =>
  text !== undefined && SORT_NAMES.includes(text) ? (text as PostSort) : undefined;
/** How the list at this path was sorted when it was left. */
export const sortOf = (path: readonly string[]): PostSort | undefined =>
  readSort(readSorts().find(([list]) => list === keyOf(path))?.[1]);
export const rememberSort = (path: readonly string[], sort: PostSort): void => {
  const others = readSorts().filter(([list]) => list !== keyOf(path));
  const own: [string, PostSort][] = sort === 'newest' ? [] : [[keyOf(path), sort]];
  localStorage.setItem(SORTS, JSON.stringify([...own, ...others].slice(0, MOST)));
};

/** What stands between posts, in every list alike. */
export const headsNow = (): ListHeads => (read(HEADS) === 'day' ? 'day' : 'run');
export const rememberHeads = (heads: ListHeads): void => localStorage.setItem(HEADS, heads);
