import type { Source } from '../../preload/contract/source.ts';

/** Something to begin with: already there, or added with one tick. */
export type Starter = { key: string; title: string; about: string; rhythm: string; isThere: boolean; feedUrl?: string };

type Suggestion = { title: string; feedUrl: string; about: string };

/** What a newcomer is offered: what is there already, ticked, then well-known feeds that are not. */
export const starters = (sources: readonly Source[], suggestions: readonly Suggestion[]): Starter[] => {
  const there = sources.map((source): Starter => {
    if (source.kind === 'feed') return { key: source.id, title: source.title, about: '', rhythm: '', isThere: true };
    const about = `${source.list} stories of ${source.minScore} points or more`;
    return { key: source.id, title: source.title, about, rhythm: 'hourly', isThere: true };
  });
  const known = new Set(sources.map((source) => (source.kind === 'feed' ? source.feedUrl : '')));
  const offered = suggestions
    .filter((suggestion) => !known.has(suggestion.feedUrl))
    .map((suggestion): Starter => ({ key: suggestion.feedUrl, ...suggestion, rhythm: '', isThere: false }));
  return [...there, ...offered];
};
