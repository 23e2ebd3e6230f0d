import type { SourceRow } from '../../preload/contract/source.ts';
import { words } from '../words/words.ts';

const { starters: say } = words.welcome;

/**
 * Something to begin with: already there, or added with one tick. `isFixed`: it has posts already, so that taking the
 * tick away would lose them; that is done on the sources screen.
 */
export type Starter = {
  key: string;
  title: string;
  about: string;
  rhythm: string;
  isThere: boolean;
  isFixed: boolean;
  feedUrl?: string;
};

type Suggestion = { title: string; feedUrl: string; about: string };

/** What a newcomer is offered: what is there already, ticked, then well-known feeds that are not. */
export const starters = (rows: readonly SourceRow[], suggestions: readonly Suggestion[]): Starter[] => {
  const there = rows.map(({ source, posts }): Starter => {
    const common = { key: source.id, isThere: true, isFixed: posts > 0 };
    if (source.kind === 'feed') return { ...common, title: source.title, about: '', rhythm: '' };
    const about = say.storiesOf(source.list, source.minScore);
    return { ...common, title: say.hackerNews, about, rhythm: say.hourly };
  });
  const known = new Set(rows.map(({ source }) => (source.kind === 'feed' ? source.feedUrl : '')));
  const offered = suggestions
    .filter((suggestion) => !known.has(suggestion.feedUrl))
    .map((suggestion): Starter => ({ ...suggestion, key: suggestion.feedUrl, rhythm: '', isThere: false, isFixed: false }));
  return [...there, ...offered];
};
