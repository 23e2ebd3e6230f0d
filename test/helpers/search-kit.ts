import { createSearch, type Search } from '../../main/api/search.ts';
import { listContext } from '../../main/api/views.ts';
import type { Clock } from '../../main/lib/clock.ts';
import { silentLog } from '../../main/lib/log.ts';
import type { PostDraft, Store } from '../../main/store/repositories.ts';
import { openStore } from '../../main/store/store.ts';
import type { PostQuery } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import { createStoreClock, createTempDir, START_MS } from './store-kit.ts';

/** The ids of the posts a search finds, newest first, as a list would show them. */
export const foundBy = async (
  { store, find }: Pick<Search, 'store' | 'find'>,
  text: string,
  query: PostQuery = {},
  clock: Pick<Clock, 'now'> = { now: () => START_MS },
): Promise<string[]> => {
  const matching = await find(text);
  const context = { ...listContext(store, clock.now()), ...(matching ? { matching } : {}) };
  const { rows } = await store.posts.list({ limit: 500, ...query }, context);
  return rows.map(({ id }) => id);
};

/** A store of its own with a search over it. Posts are named by their fingerprints. */
export const openSearchBench = async () => {
  const { dir, remove } = createTempDir();
  const { clock, advance } = createStoreClock();
  const opened: Store = await openStore({ dir, log: silentLog, clock });
  const search = createSearch(opened, clock);
  const { store } = search;
  const names = new Map<string, string>();
  const addSource = (id: string, more: Partial<Source> = {}): Promise<void> =>
    store.sources.put([
      {
        ...{ id, kind: 'feed', title: id, feedUrl: `https://${id}.example/feed`, folder: [], paused: false },
        ...{ muted: false, starred: false, addedAt: '2026-01-01T00:00:00.000Z' },
        ...more,
      } as Source,
    ]);
  await addSource('s1');
  return {
    search,
    store,
    clock,
    advance,
    addSource,
    /** Keeps posts; a known name is changed. */
    add: async (drafts: Record<string, Partial<PostDraft>>, sourceId = 's1', at = clock.now()): Promise<void> => {
      const all = Object.entries(drafts).map(
        ([name, more]): PostDraft => ({
          ...{ fingerprint: name, url: `https://site.example/${name}`, title: name, domain: 'site.example', summary: '' },
          ...more,
        }),
      );
      // What stands first in a document is its newest.
      const saved = await store.posts.save(sourceId, all, { now: new Date(at).toISOString() });
      for (const post of [...saved.added, ...saved.updated]) names.set(post.id, post.fingerprint);
    },
    idOf: (name: string): string => [...names].find(([, fingerprint]) => fingerprint === name)?.[0] ?? '',
    /** The names of what is found, in the order of the alphabet. */
    found: async (text: string, query: PostQuery = {}): Promise<string[]> =>
      (await foundBy(search, text, query, clock)).map((id) => names.get(id) ?? id).sort(),
    close: async (): Promise<void> => {
      await store.close();
      remove();
    },
  };
};
export type SearchBench = Awaited<ReturnType<typeof openSearchBench>>;
