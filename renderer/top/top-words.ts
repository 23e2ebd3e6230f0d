import type { TopEdition, TopList } from '../../preload/contract/top-list.ts';
import { dayAndMonth, longDay } from '../ui/format.ts';
import { words } from '../words/words.ts';

const { top: say } = words;

/** *15 to 21 November*, by the local days of the first and last instant. */
export const spanWords = ({ from, to }: Pick<TopEdition, 'from' | 'to'>, now: number): string =>
  say.span(dayAndMonth(from, now), dayAndMonth(to, now));

/** *Sunday 22 November*. */
export const madeWords = ({ madeAt }: Pick<TopEdition, 'madeAt'>): string => longDay(madeAt);

/** *Weather and water*, *Hacker News*, *Without a folder*. */
export const scopeWords = ({ scope }: Pick<TopList, 'scope'>): string =>
  scope.kind === 'hacker-news' ? say.hackerNews : scope.folder.join(' / ') || say.noFolder;

/** *10 of 214 posts*. */
export const consideredWords = ({ posts, considered }: Pick<TopList, 'posts' | 'considered'>): string =>
  considered <= posts.length ? say.allConsidered(considered) : say.considered(posts.length, considered);

/** *4 lists, 38 posts*. */
export const editionWords = ({ lists, posts }: Pick<TopEdition, 'lists' | 'posts'>): string => say.edition(lists, posts);

/** A part of a page's address for a list. */
export const anchorOf = (place: number): string => `list-${place}`;
