import { toInstant } from '../../main/lib/clock.ts';
import type { Store } from '../../main/store/repositories.ts';
import { draft, feedSource, START_MS } from './store-kit.ts';

/** Something that must hold in every later state of the store, once it was acknowledged. */
export type Fact = { name: string; holds: (store: Store) => Promise<boolean> | boolean };

const at = (second: number): string => toInstant(START_MS + second * 1000);
const SOURCES = ['alpha', 'beta'];

const postOf = (store: Store, source: string, key: string) =>
  store.posts
    .list({ sourceId: source, limit: 500 }, { now: START_MS, startOfDay: 0, isMuted: () => false, folderOf: () => [] })
    .then((page) => page.rows.find((post) => post.fingerprint === `guid-${key}`));

const save = async (store: Store, source: string, round: number): Promise<Fact[]> => {
  const keys = [0, 1, 2].map((number) => `${source}-${round}-${number}`);
  await store.posts.save(
    source,
    keys.map((key) => draft(key, { summary: `${key} `.repeat(20), content: `<p>${key}</p>`.repeat(10) })),
    { now: at(round) },
  );
  return [
    {
      name: `saved ${keys[0]}`,
      holds: async (now) => {
        for (const key of keys) {
          const post = await postOf(now, source, key);
          if (!post || (await now.bodies.get(post)) !== `<p>${key}</p>`.repeat(10)) return false;
        }
        return true;
      },
    },
  ];
};

const markFirst = async (store: Store, source: string, round: number): Promise<Fact[]> => {
  const key = `${source}-${round}-0`;
  const post = await postOf(store, source, key);
  await store.posts.mark(post ? [post.id] : [], { isRead: true });
  return [{ name: `read ${key}`, holds: async (now) => (await postOf(now, source, key))?.isRead === true }];
};

const removeLast = async (store: Store, source: string, round: number): Promise<Fact[]> => {
  const key = `${source}-gone-${round}`;
  await store.posts.save(source, [draft(key)], { now: at(round) });
  const post = await postOf(store, source, key);
  await store.posts.remove(post ? [post.id] : []);
  return [{ name: `removed ${key}`, holds: async (now) => (await postOf(now, source, key)) === undefined }];
};

/** What a clean-up does: it is kept for the undo, it goes, and it is brought back. */
const removeAndUndo = async (store: Store, source: string, round: number): Promise<Fact[]> => {
  const key = `${source}-back-${round}`;
  await store.posts.save(source, [draft(key, { content: `<p>${key}</p>` })], { now: at(round) });
  const post = await postOf(store, source, key);
  const runId = `undo-${source}-${round}`;
  await store.undo.keep({ runId, jobKind: 'clean-up', change: 'removed', postIds: post ? [post.id] : [] });
  await store.posts.remove(post ? [post.id] : []);
  const holds = async (now: Store): Promise<boolean> => {
    if (!(await postOf(now, source, key)) && now.undo.get(runId)?.rows === 1) await now.undo.apply(runId);
    const back = await postOf(now, source, key);
    return back !== undefined && (await now.bodies.get(back)) === `<p>${key}</p>`;
  };
  if (round % 2 === 0) return [{ name: `can be undone ${key}`, holds }];
  await store.undo.apply(runId);
  return [{ name: `undone ${key}`, holds: async (now) => (await postOf(now, source, key)) !== undefined }];
};

const finishRun = async (store: Store, round: number): Promise<Fact[]> => {
  const id = `run-${round}`;
  const run = { id, jobKind: 'fetch-feeds', name: 'Fetch feeds', cause: 'manual' as const, queuedAt: at(round) };
  await store.runs.put({ ...run, status: 'queued' });
  await store.runs.put({ ...run, status: 'running', startedAt: at(round), counts: {} });
  await store.runs.put({ ...run, status: 'completed', startedAt: at(round), endedAt: at(round + 1), counts: { round }, log: [] });
  return [{ name: `run ${id}`, holds: (now) => now.runs.get(id)?.status === 'completed' }];
};

const fetchOnce = async (store: Store, source: string, round: number): Promise<Fact[]> => {
  const id = `job-${source}-${round}`;
  await store.fetchJobs.queue({ id, runId: `run-${round}`, sourceId: source, queuedAt: at(round) });
  await store.fetchJobs.markOngoing(id, at(round));
  await store.fetchJobs.complete(id, { endedAt: at(round), outcome: 'new-posts', postsCount: 3 });
  return [{ name: `fetch ${id}`, holds: (now) => now.fetchJobs.get(id)?.status === 'completed' }];
};

const writeNote = async (store: Store, round: number): Promise<Fact[]> => {
  await store.notes.put('round', round);
  return [{ name: `note ${round}`, holds: (now) => Number(now.notes.get('round')) >= round }];
};

/** Many kinds of changes, some at the same time; `acknowledged` hears of each as soon as its promise resolved. */
export const runWorkload = async (store: Store, rounds: number, acknowledged: (facts: Fact[]) => void): Promise<void> => {
  const tell = (facts: Fact[]): void => acknowledged(facts);
  await store.sources.put(SOURCES.map(feedSource));
  tell(SOURCES.map((id) => ({ name: `source ${id}`, holds: (now) => now.sources.get(id) !== undefined })));
  for (let round = 0; round < rounds; round++) {
    await Promise.all([
      save(store, 'alpha', round).then(tell),
      save(store, 'beta', round).then(tell),
      finishRun(store, round).then(tell),
      writeNote(store, round).then(tell),
    ]);
    await Promise.all([
      markFirst(store, 'alpha', round).then(tell),
      fetchOnce(store, 'beta', round).then(tell),
      removeLast(store, 'alpha', round).then(tell),
      // Both of its kinds once: the tests go through every point of all this.
      round < 2 ? removeAndUndo(store, 'beta', round).then(tell) : undefined,
    ]);
  }
};

/** Each save is one: all of its posts are there, or none. */
export const hasNoHalfSaves = async (store: Store, rounds: number): Promise<boolean> => {
  for (const source of SOURCES) {
    for (let round = 0; round < rounds; round++) {
      const found = await Promise.all([0, 1, 2].map((number) => postOf(store, source, `${source}-${round}-${number}`)));
      const count = found.filter(Boolean).length;
      if (count !== 0 && count !== 3) return false;
    }
  }
  return true;
};
