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

/** An index that is made when first needed and kept up from then on. */
export const createSearch = (opened: Store): Search => {
  const index = createSearchIndex();
  const title = (sourceId: string): string => titleOf(opened, sourceId);
  let ready: Promise<void> | undefined;
  const build = async (): Promise<void> => {
    await opened.loaded;
    await index.build(opened.posts.slices(), title);
  };
  const prepare = (): Promise<void> => {
    ready ??= build();
    return ready;
  };
  /** The words of a source's title belong to each of its posts. */
  const renamed = (before: ReadonlyMap<string, string>, after: readonly { id: string; title: string }[]): boolean =>
    after.some((source) => before.has(source.id) && before.get(source.id) !== source.title);

  const store: Store = {
    ...opened,
    get loaded() {
      return opened.loaded;
    },
    sources: {
      ...opened.sources,
      put: async (sources) => {
        const before = new Map(opened.sources.all().map((source) => [source.id, source.title]));
        await opened.sources.put(sources);
        if (ready && renamed(before, sources)) ready = build();
      },
    },
    posts: {
      ...opened.posts,
      save: async (sourceId, drafts, options) => {
        const saved = await opened.posts.save(sourceId, drafts, options);
        if (ready) index.add([...saved.added, ...saved.updated], title);
        return saved;
      },
      refreshHackerNews: async (changes) => {
        const posts = await opened.posts.refreshHackerNews(changes);
        if (ready) index.update(posts, title);
        return posts;
      },
      remove: async (ids) => {
        const removed = await opened.posts.remove(ids);
        if (ready) index.remove(ids);
        return removed;
      },
    },
  };
  return {
    store,
    prepare,
    find: async (words) => {
      await prepare();
      return index.search(words);
    },
  };
};
