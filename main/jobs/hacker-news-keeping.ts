import type { HackerNewsSource } from '../../preload/contract/source.ts';
import { toInstant } from '../lib/clock.ts';
import { type Answered, type Sorted, sortAnswers } from './hacker-news-sorting.ts';
import type { JobServices } from './services.ts';

/** What became of the stories of one list. `counts` add up: posts_fetched is the sum of all others. */
export type Kept = {
  added: number;
  counts: Record<'posts_fetched' | 'posts_saved' | 'duplicates_skipped' | 'below_threshold' | 'unusable' | 'errors', number>;
  sorted: Sorted;
};

/** Stores what was read of one source: new stories and fresh numbers of known ones, in one write unless some died. */
export const keepStories = async (
  { store, clock, events }: Pick<JobServices, 'store' | 'clock' | 'events'>,
  source: HackerNewsSource,
  answers: readonly Answered[],
  runId: string,
): Promise<Kept> => {
  const sorted = sortAnswers(answers, { source, known: store.posts.byHackerNewsId });
  const { drafts, refresh } = sorted;
  const when = { now: toInstant(clock.now()), runId };
  const saved = drafts.length > 0 ? await store.posts.save(source.id, drafts, when) : undefined;
  const refreshed = refresh.length > 0 ? await store.posts.refreshHackerNews(refresh) : [];
  const added = saved?.added.length ?? 0;
  const changed = added + (saved?.updated.length ?? 0) + refreshed.length;
  if (changed > 0) events.emit('posts.changed', { added, sourceIds: [source.id] });
  return {
    added,
    sorted,
    counts: {
      posts_fetched: answers.length,
      posts_saved: added,
      duplicates_skipped: drafts.length - added + refresh.length + sorted.untouched,
      below_threshold: sorted.belowThreshold,
      unusable: sorted.unusable,
      errors: sorted.failed.length,
    },
  };
};

const WORDS: readonly (readonly [keyof Kept['counts'], string])[] = [
  ['posts_saved', 'new'],
  ['duplicates_skipped', 'known'],
  ['below_threshold', 'below the threshold'],
  ['unusable', 'unusable'],
  ['errors', 'not read'],
];

/** *25 new, 75 known*. */
export const keptInWords = ({ counts }: Kept): string =>
  WORDS.flatMap(([name, word]) => (counts[name] > 0 ? [`${counts[name]} ${word}`] : [])).join(', ') || 'the list is empty';
