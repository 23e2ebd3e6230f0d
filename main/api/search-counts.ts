import { isDeepStrictEqual } from 'node:util';
import type { PostCounts } from '../../preload/contract/post.ts';
import type { SavedSearch } from '../../preload/contract/saved-search.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import type { Store } from '../store/repositories.ts';
import type { Search } from './search.ts';
import { listContext } from './views.ts';

/** Unread posts of each saved search, by its id. */
type BySearch = Record<string, number>;

/** Between two counts at least, milliseconds: while posts come in the numbers may be so old. */
const GAP_MS = 1000;
/** What has to do with the present time (`after:7d`) is counted again after this time, milliseconds. */
const MOST_AGE_MS = 60_000;

/** Counts the saved searches: at once the first time, later in the background, with an announcement when a number is another. */
export type SearchCounts = { get: (counts: PostCounts) => Promise<BySearch> };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Finding and counting each leave the thread free before they begin: twenty searches are many short stretches of work. */
const unreadOf = async (store: Store, search: Search, now: number, { id, search: text }: SavedSearch): Promise<number> => {
  await turn();
  const matching = await search.find(text);
  await turn();
  const context = { ...listContext(store, now), ...(matching ? { matching } : {}) };
  return store.posts.countMatching({ searchId: id, unreadOnly: true }, context);
};

/** Numbers of unread posts of the saved searches of a store, kept until something changes. */
export const createSearchCounts = (parts: { store: Store; search: Search; clock: Clock; events: EventBus }): SearchCounts => {
  const { store, search, clock, events } = parts;
  let known: { key: string; at: number; numbers: BySearch } | undefined;
  let counting: Promise<BySearch> | undefined;
  let isPlanned = false;

  const count = async (key: string): Promise<BySearch> => {
    const numbers: BySearch = {};
    for (const saved of store.searches.all()) numbers[saved.id] = await unreadOf(store, search, clock.now(), saved);
    known = { key, at: clock.monotonic(), numbers };
    return numbers;
  };
  const start = (key: string): Promise<BySearch> => {
    counting ??= count(key).finally(() => {
      counting = undefined;
    });
    return counting;
  };
  const countLater = (key: string): void => {
    if (isPlanned) return;
    isPlanned = true;
    clock.after(GAP_MS, () => {
      isPlanned = false;
      const before = known?.numbers;
      void start(key).then((numbers) => {
        if (!isDeepStrictEqual(before, numbers)) events.emit('searches.changed', {});
      });
    });
  };
  /** What the numbers hang on: the searches, the posts, the sources, and what rules hide. */
  const keyOf = ({ bySource: _bySource, bySearch: _bySearch, ...counts }: PostCounts): string =>
    JSON.stringify([store.searches.all(), counts, store.posts.columns().traits.changes(), search.sourceChanges()]);

  return {
    get: async (counts) => {
      if (store.searches.all().length === 0) return {};
      const key = keyOf(counts);
      const age = known ? clock.monotonic() - known.at : Number.POSITIVE_INFINITY;
      if (known?.key === key && age < MOST_AGE_MS) return known.numbers;
      if (!known || age >= GAP_MS) return start(key);
      countLater(key);
      return known.numbers;
    },
  };
};
