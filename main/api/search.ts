import type { Source } from '../../preload/contract/source.ts';
import type { Clock } from '../lib/clock.ts';
import { createSearchIndex } from '../search/search-index.ts';
import type { Store } from '../store/repositories.ts';
import { titleOf } from './views.ts';

/** Full-text search over the posts of a store. */
export type Search = {
  /** The store, whose posts find their way into the index as they are kept. */
  store: Store;
  /** Ids of the posts that hold all the words. Waits for the index where it is not made yet. */
  find: (words: string) => Promise<ReadonlySet<string>>;
  /** Makes the index in the background, in slices. */
  prepare: () => Promise<void>;
};

/** New posts go into the index when none has come for this time, milliseconds: a refresh has the thread for itself. */
const QUIET_MS = 400;
/** So many posts at a time, and so many are put in while a search waits. */
const SLICE = 50;
const AT_ONCE = 200;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Posts that are kept and not yet in the index. */
const createNewcomers = (clock: Clock, takeIn: (ids: readonly string[]) => Promise<void>) => {
  const ids = new Set<string>();
  const bySource = new Map<string, number>();
  let cancelWait = (): void => {};
  const flush = async (): Promise<void> => {
    cancelWait();
    const all = [...ids];
    ids.clear();
    bySource.clear();
    for (let at = 0; at < all.length; at += SLICE) {
      await takeIn(all.slice(at, at + SLICE));
      await turn();
    }
  };
  return {
    note: (sourceId: string, added: readonly { id: string }[]): void => {
      if (added.length === 0) return;
      for (const { id } of added) ids.add(id);
      bySource.set(sourceId, (bySource.get(sourceId) ?? 0) + added.length);
      cancelWait();
      cancelWait = clock.after(QUIET_MS, () => void flush());
    },
    of: (sourceId: string): number => bySource.get(sourceId) ?? 0,
    count: (): number => ids.size,
    flush,
  };
};

/** An index that is made when first needed and kept up from then on. */
export const createSearch = (opened: Store, clock: Clock): Search => {
  const index = createSearchIndex();
  const title = (sourceId: string): string => titleOf(opened, sourceId);
  const newcomers = createNewcomers(clock, async (ids) => {
    const posts = await Promise.all(ids.map((id) => opened.posts.get(id)));
    index.add(
      posts.filter((post) => post !== undefined),
      title,
    );
  });
  let ready: Promise<void> | undefined;
  const build = async (): Promise<void> => {
    await opened.loaded;
    await index.build(opened.posts.slices(), title);
  };
  const prepare = (): Promise<void> => {
    ready ??= build();
    return ready;
  };
  /** The words of a source's title belong to each of its posts; those not yet in the index come in with the new one. */
  const changesIndex = ({ id, title }: Source): boolean => {
    const before = opened.sources.get(id);
    return before !== undefined && before.title !== title && opened.posts.countBySource(id) > newcomers.of(id);
  };

  const store: Store = {
    ...opened,
    get loaded() {
      return opened.loaded;
    },
    sources: {
      ...opened.sources,
      put: async (sources) => {
        const mustRebuild = ready !== undefined && sources.some(changesIndex);
        await opened.sources.put(sources);
        if (mustRebuild) ready = build();
      },
    },
    posts: {
      ...opened.posts,
      save: async (sourceId, drafts, options) => {
        const saved = await opened.posts.save(sourceId, drafts, options);
        if (!ready) return saved;
        newcomers.note(sourceId, saved.added);
        index.add(saved.updated, title);
        return saved;
      },
      refreshHackerNews: async (changes) => {
        const posts = await opened.posts.refreshHackerNews(changes);
        if (ready) index.update(posts, title);
        return posts;
      },
      refreshPages: async (changes) => {
        const posts = await opened.posts.refreshPages(changes);
        if (ready) index.update(posts, title);
        return posts;
      },
      remove: async (ids, isStill) => {
        const removed = await opened.posts.remove(ids, isStill);
        const there = await Promise.all(ids.map((id) => opened.posts.get(id)));
        if (ready) index.remove(ids.filter((_, at) => there[at] === undefined));
        return removed;
      },
    },
    undo: {
      ...opened.undo,
      apply: async (id) => {
        const back = await opened.undo.apply(id);
        if (ready) index.remove(back.postIds);
        if (ready)
          newcomers.note(
            '',
            back.postIds.map((postId) => ({ id: postId })),
          );
        return back;
      },
    },
  };
  return {
    store,
    prepare,
    find: async (words) => {
      await prepare();
      const isShort = newcomers.count() <= AT_ONCE;
      const flushed = newcomers.flush();
      // Of a great many, what is not in yet is found by the next search.
      if (isShort) await flushed;
      return index.search(words);
    },
  };
};
