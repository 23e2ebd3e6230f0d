import { count } from '../counting.ts';

/** What the editions of top posts say. */
export const top = {
  title: 'Top posts',
  editions: (editions: number) => count(editions, 'edition'),
  makeNow: 'Make one now',
  kept: 'The editions are kept, nothing is lost.',
  oneKept: 'The edition is kept, nothing is lost.',
  none: 'No edition yet',
  noneWhy:
    'Every Sunday at 03:00 the ten best posts of each folder and of Hacker News are chosen and kept here, also when the posts themselves are gone.',
  madeAnd: (edition: string) => `, ${edition}`,
  untitled: 'Untitled',
  notKept: 'No longer kept, opens its site',
  noSuch: 'There is no such edition',
  noSuchWhy: 'It may have been made on another computer, or given way to newer ones.',
  all: 'All editions',
  nothingToChoose: 'No posts were collected in the last days, so there is nothing to choose from',
  span: (from: string, to: string) => `${from} to ${to}`,
  hackerNews: 'Hacker News',
  noFolder: 'Without a folder',
  considered: (posts: number, considered: number) => `${posts} of ${count(considered, 'post')}`,
  allConsidered: (considered: number) => count(considered, 'post'),
  edition: (lists: number, posts: number) => `${count(lists, 'list')}, ${count(posts, 'post')}`,
};
