import type { TopEdition, TopList } from '../../preload/contract/top-list.ts';
import { dayAndMonth, longDay } from '../ui/format.ts';
import { count } from '../words/counting.ts';

/** *15 to 21 November*, by the local days of the first and last instant. */
export const spanWords = ({ from, to }: Pick<TopEdition, 'from' | 'to'>, now: number): string =>
  `${dayAndMonth(from, now)} to ${dayAndMonth(to, now)}`;

/** *Sunday 22 November*. */
export const madeWords = ({ madeAt }: Pick<TopEdition, 'madeAt'>): string => longDay(madeAt);

/** *Weather and water*, *Hacker News*, *Without a folder*. */
export const scopeWords = ({ scope }: Pick<TopList, 'scope'>): string =>
  scope.kind === 'hacker-news' ? 'Hacker News' : scope.folder.join(' / ') || 'Without a folder';

/** *10 of 214 posts*. */
export const consideredWords = ({ posts, considered }: Pick<TopList, 'posts' | 'considered'>): string =>
  considered <= posts.length ? count(considered, 'post') : `${posts.length} of ${count(considered, 'post')}`;

/** *4 lists, 38 posts*. */
export const editionWords = ({ lists, posts }: Pick<TopEdition, 'lists' | 'posts'>): string =>
  `${count(lists, 'list')}, ${count(posts, 'post')}`;

/** A part of a page's address for a list. */
export const anchorOf = (place: number): string => `list-${place}`;
