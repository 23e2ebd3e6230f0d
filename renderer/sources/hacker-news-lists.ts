import type { HackerNewsList } from '../../preload/contract/source.ts';
import { words } from '../words/words.ts';

const { hackerNewsLists: say } = words.sources;

/** The lists of Hacker News, as they are called. */
export const LISTS: { value: HackerNewsList; label: string }[] = [
  { value: 'top', label: say.topStories },
  { value: 'best', label: say.bestStories },
  { value: 'new', label: say.newStories },
  { value: 'ask', label: say.ask },
  { value: 'show', label: say.show },
  { value: 'job', label: say.jobs },
];
