import type { Clock } from '../lib/clock.ts';
import { type Match, match } from '../search/match.ts';
import { parseSearch } from '../search/parse.ts';
import { createSearchIndex } from '../search/search-index.ts';
import type { SearchWorld } from '../search/world.ts';
import type { Store } from '../store/repositories.ts';
import { type BodyTexts, createBodyTexts } from './body-texts.ts';
import { searchWorld } from './search-world.ts';

/** Full-text search over the posts of a store. */
export type Search = {
  /** The store, whose posts find their way into the index as they are kept. */
  store: Store;
  /** What a search means now; undefined when nothing in it narrows anything. Waits for the index where it is not made yet. */
  find: (text: string) => Promise<Match | undefined>;
  /** Makes the index of all but the full texts in the background, in slices. */
  prepare: () => Promise<void>;
  /** Then takes in the full texts. */
  prepareBodies: () => Promise<void>;
  /** Settles when nobody has searched for a moment: what can wait leaves the thread to whoever types. */
  quiet: () => Promise<void>;
  /** The posts as a search sees them; waits as `find` does. */
  world: () => Promise<SearchWorld>;
  bodies: Pick<BodyTexts, 'of' | 'waiting' | 'settled' | 'stop'>;
  /** Counts on with each change of a source: its name and folder are searched too. */
  sourceChanges: () => number;
};

/** New posts go into the index when none has come for this time, milliseconds: a refresh has the thread for itself. */
const QUIET_MS = 400;
/** So many posts at a time, and so many are put in while a search waits. */
const SLICE = 50;
const AT_ONCE = 200;
/** After a search the full texts wait so long, milliseconds: the next key has the thread for itself. */
const TYPING_MS = 400;
/** The longest stretch of work at once, milliseconds. */
const SLICE_MS = 6;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Posts that are kept and not yet in the index. */
const createNewcomers = (clock: Clock, takeIn: (ids: readonly string[]) => void) => {
  const ids = new Set<string>();
  let cancelWait = (): void => {};
  const flush = async (): Promise<void> => {
    cancelWait();
    const all = [...ids];
    ids.clear();
    for (let at = 0; at < all.length; at += SLICE) {
      takeIn(all.slice(at, at + SLICE));
      await turn();
    }
  };
  return {
    note: (added: readonly string[]): void => {
      if (added.length === 0) return;
      for (const id of added) ids.add(id);
      cancelWait();
      cancelWait = clock.after(QUIET_MS, () => void flush());
    },
    count: (): number => ids.size,
    flush,
  };
};

const idsOf = (posts: readonly { id: string }[]): string[] => posts.map(({ id }) => id);

/** An index that is made when first needed and kept up from then on. */
export const createSearch = (opened: Store, clock: Clock): Search => {
  const index = createSearchIndex();
  let areBodiesBehind = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const untilQuiet = async (): Promise<void> => {
    while (areBodiesBehind && clock.monotonic() - askedAt < TYPING_MS) {
      await new Promise<void>((resolve) => clock.after(TYPING_MS, resolve));
    }
  };
  const bodies = createBodyTexts(opened, index, untilQuiet);
  let ready: Promise<void> | undefined;
  let isReady = false;
  let sourceChanges = 0;
  const takeIn = (ids: readonly string[]): void => {
    const { slotOf, row } = opened.posts.columns();
    for (const slot of ids.map(slotOf)) if (slot >= 0) index.put(slot, row(slot));
  };
  const newcomers = createNewcomers(clock, takeIn);
  const build = async (): Promise<void> => {
    await opened.loaded;
    const columns = opened.posts.columns();
    let until = performance.now() + SLICE_MS;
    for (let slot = 0; slot < columns.slots(); slot += 1) {
      if (columns.isLive(slot)) index.put(slot, columns.row(slot));
      if (performance.now() < until) continue;
      await turn();
      until = performance.now() + SLICE_MS;
    }
    isReady = true;
  };
  const prepare = (): Promise<void> => {
    ready ??= build();
    return ready;
  };
  /** Rows that changed are looked at again, those that came wait for a quiet moment. */
  const note = (added: readonly string[], changed: readonly string[] = []): void => {
    if (!ready) return;
    newcomers.note([...added, ...(isReady ? [] : changed)]);
    if (isReady) takeIn(changed);
    bodies.note([...added, ...changed]);
  };

  const store: Store = {
    ...opened,
    get loaded() {
      return opened.loaded;
    },
    sources: {
      ...opened.sources,
      put: async (sources) => {
        await opened.sources.put(sources);
        sourceChanges += 1;
      },
    },
    posts: {
      ...opened.posts,
      save: async (sourceId, drafts, options) => {
        const saved = await opened.posts.save(sourceId, drafts, options);
        if (saved.added.length + saved.updated.length > 0) note(idsOf(saved.added), idsOf(saved.updated));
        return saved;
      },
      refreshHackerNews: async (changes) => {
        const posts = await opened.posts.refreshHackerNews(changes);
        note([], idsOf(posts));
        return posts;
      },
      refreshPages: async (changes) => {
        const posts = await opened.posts.refreshPages(changes);
        note([], idsOf(posts));
        return posts;
      },
      putArticle: async (id, html) => {
        const post = await opened.posts.putArticle(id, html);
        note([], [id]);
        return post;
      },
      dropArticle: async (id) => {
        const post = await opened.posts.dropArticle(id);
        note([], [id]);
        return post;
      },
    },
    undo: {
      ...opened.undo,
      apply: async (id) => {
        const back = await opened.undo.apply(id);
        note(back.postIds);
        return back;
      },
    },
  };
  const world = async (): Promise<SearchWorld> => {
    await prepare();
    const isShort = newcomers.count() <= AT_ONCE;
    const flushed = newcomers.flush();
    // Of a great many, what is not in yet is found by the next search.
    if (isShort) await flushed;
    return searchWorld(opened, index, bodies.of);
  };
  return {
    store,
    prepare,
    prepareBodies: async () => {
      areBodiesBehind = true;
      await prepare();
      await bodies.prepare();
    },
    quiet: untilQuiet,
    world,
    bodies,
    sourceChanges: () => sourceChanges,
    find: async (text) => {
      askedAt = clock.monotonic();
      const pieces = parseSearch(text, clock.now());
      // A command asks once and wants it all; a window asks again, and is told how far it is.
      if (!areBodiesBehind && pieces.some(({ field }) => field === 'body')) {
        await prepare();
        await bodies.prepare();
      }
      return match(await world(), pieces);
    },
  };
};
