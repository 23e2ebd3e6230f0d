import type { HackerNewsList } from '../../preload/contract/source.ts';

/** The lists of Hacker News, as they are called. */
export const LISTS: { value: HackerNewsList; label: string }[] = [
  { value: 'top', label: 'Top stories' },
  { value: 'best', label: 'Best stories' },
  { value: 'new', label: 'New stories' },
  { value: 'ask', label: 'Ask' },
  { value: 'show', label: 'Show' },
  { value: 'job', label: 'Jobs' },
];
