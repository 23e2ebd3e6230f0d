import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toInstant } from '../../../main/lib/clock.ts';
import type { Store } from '../../../main/store/repositories.ts';
import type { Run } from '../../../preload/contract/run.ts';
import { createMemoryFs, interposeFs } from '../../helpers/memory-fs.ts';
import { createTempDir, draft, feedSource, listContext, openTestStore, START_MS } from '../../helpers/store-kit.ts';

const at = (seconds: number): string => toInstant(START_MS + seconds * 1000);
const job = (id: string, sourceId = 'one') => ({ id, runId: 'run', sourceId, queuedAt: at(0) });
const ended = { endedAt: at(2), outcome: 'new-posts' as const, postsCount: 3 };
const failure = { endedAt: at(2), errorCode: 'HTTP_4XX' as const, errorMessage: 'The server answered 404.' };

let folder: ReturnType<typeof createTempDir>;
let store: Store;
beforeEach(async () => {
  folder = createTempDir();
  store = await openTestStore({ dir: folder.dir });
});
afterEach(async () => {
  await store.close();
  folder.remove();
});
const reopen = async (): Promise<void> => {
  await store.close();
  store = await openTestStore({ dir: folder.dir });
};

describe('fetch jobs', () => {
  test('A-2 go from queued to ongoing to completed or failed; an illegal move answers null and leaves the stored row unchanged', async () => {
    const queued = await store.fetchJobs.queue(job('a'));
    expect(queued).toMatchObject({ id: 'a', status: 'queued', postsCount: 0 });
    expect(await store.fetchJobs.complete('a', ended)).toBeNull();
    expect(store.fetchJobs.get('a')).toEqual(queued);
    expect(await store.fetchJobs.markOngoing('a', at(1))).toMatchObject({ status: 'ongoing', startedAt: at(1) });
    expect(await store.fetchJobs.markOngoing('a', at(1))).toBeNull();
    const completed = await store.fetchJobs.complete('a', ended);
    expect(completed).toMatchObject({ status: 'completed', outcome: 'new-posts', postsCount: 3 });
    expect(await store.fetchJobs.fail('a', failure)).toBeNull();
    await store.fetchJobs.queue(job('b'));
    await store.fetchJobs.markOngoing('b', at(1));
    expect(await store.fetchJobs.fail('b', failure)).toMatchObject({ status: 'failed', errorCode: 'HTTP_4XX', postsCount: 0 });
    await reopen();
    expect(store.fetchJobs.get('a')).toEqual(completed);
  });

  test('A-6 answer the whole row at each transition, and null instead of throwing for what is unknown', async () => {
    const rows = [
      await store.fetchJobs.queue(job('a')),
      await store.fetchJobs.markOngoing('a', at(1)),
      await store.fetchJobs.complete('a', ended),
    ];
    expect(rows.map((row) => row?.status)).toEqual(['queued', 'ongoing', 'completed']);
    expect(new Set(rows.map((row) => row?.id))).toEqual(new Set(['a']));
    for (const row of rows) expect(row).toMatchObject({ runId: 'run', sourceId: 'one', queuedAt: at(0) });
    expect(await store.fetchJobs.markOngoing('unknown', at(1))).toBeNull();
    expect(await store.fetchJobs.complete('unknown', ended)).toBeNull();
    expect(await store.fetchJobs.fail('unknown', failure)).toBeNull();
    expect(store.fetchJobs.get('unknown')).toBeNull();
    expect(store.fetchJobs.latestFor('unknown')).toBeNull();
  });

  test('are the guard: five askers at once for one source get one job, and the next may come when it ended', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => store.fetchJobs.queue(job(id))));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(store.fetchJobs.openFor('one')?.id).toBe('a');
    await store.fetchJobs.fail('a', failure);
    expect(store.fetchJobs.openFor('one')).toBeNull();
    expect(await store.fetchJobs.queue(job('f'))).toMatchObject({ id: 'f' });
    expect(store.fetchJobs.unfinished().map(({ id }) => id)).toEqual(['f']);
  });

  test('A-16 are found by source at once: the newest of each of 2,000 sources with 50 runs in under 100 ms', async () => {
    const rows = Array.from({ length: 100_000 }, (_, number) => ({
      ...job(`j${number}`, `s${number % 2000}`),
      status: 'completed' as const,
      startedAt: at(0),
      endedAt: at(1),
      outcome: 'nothing-new' as const,
      postsCount: 0,
    }));
    await store.close();
    // Written as a snapshot would be, since only the reading is asked about.
    const lines = rows.map((row) => JSON.stringify(row));
    const { writeSnapshotFile } = await import('../../helpers/store-files.ts');
    writeSnapshotFile(folder.dir, 'fetch-jobs', 1, 1, lines);
    store = await openTestStore({ dir: folder.dir });
    const begun = performance.now();
    const newest = Array.from({ length: 2000 }, (_, source) => store.fetchJobs.latestFor(`s${source}`)?.id);
    const ms = performance.now() - begun;
    expect(newest).toEqual(Array.from({ length: 2000 }, (_, source) => `j${98_000 + source}`));
    // Beside it, what looking through all rows would cost for 20 of the 2,000 sources, so that a busy machine slows both.
    const scanned = performance.now();
    for (let source = 0; source < 20; source++) store.fetchJobs.all().findLast((row) => row.sourceId === `s${source}`);
    expect(ms).toBeLessThan(Math.max(100, performance.now() - scanned));
    expect(store.fetchJobs.recentFor('s7', 3).map(({ id }) => id)).toEqual(['j94007', 'j96007', 'j98007']);
  });
});

describe('runs', () => {
  const run = { id: 'r', jobKind: 'fetch-feeds', name: 'Fetch feeds', cause: 'manual' as const, queuedAt: at(0) };
  const running: Run = { ...run, status: 'running', startedAt: at(1), counts: {} };
  const completed: Run = { ...running, status: 'completed', endedAt: at(2), log: [] };

  test('go one way: a completed run cannot run again, and the attempt is a conflict', async () => {
    await store.runs.put({ ...run, status: 'queued' });
    await store.runs.put(running);
    await store.runs.put({ ...running, counts: { added: 1 } });
    await store.runs.put(completed);
    await expect(store.runs.put(running)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(store.runs.get('r')).toEqual(completed);
    expect(store.runs.unfinished()).toEqual([]);
  });

  test('are listed newest queued first, in pages, filtered, with a run as a problem when a source failed in it', async () => {
    for (let number = 0; number < 5; number++) {
      await store.runs.put({ ...completed, id: `r${number}`, scheduleId: 's', queuedAt: at(number) });
    }
    const first = store.runs.list({ limit: 2 });
    expect([first.rows.map(({ id }) => id), first.total]).toEqual([['r4', 'r3'], 5]);
    const second = store.runs.list({ limit: 3, cursor: first.next });
    expect([second.rows.map(({ id }) => id), second.next]).toEqual([['r2', 'r1', 'r0'], undefined]);
    expect(store.runs.latestFor('s')?.id).toBe('r4');
    expect(store.runs.recentFor('s', 2).map(({ id }) => id)).toEqual(['r3', 'r4']);
    await store.fetchJobs.queue({ ...job('f'), runId: 'r2' });
    await store.fetchJobs.fail('f', failure);
    expect(store.runs.list({ problemsOnly: true }).rows.map(({ id }) => id)).toEqual(['r2']);
    expect(store.runs.list({ since: at(3) }).rows.map(({ id }) => id)).toEqual(['r4', 'r3']);
  });
});

describe('sources', () => {
  test('A-5 take their jobs, posts and memory along when removed; a removed job or run leaves the source', async () => {
    await store.sources.put([feedSource('one'), feedSource('two')]);
    for (let number = 0; number < 12; number++) {
      await store.fetchJobs.queue(job(`a${number}`));
      await store.fetchJobs.fail(`a${number}`, failure);
    }
    await store.fetchJobs.queue(job('b', 'two'));
    await store.posts.save('one', [draft(1), draft(2)], { now: at(0) });
    await store.posts.save('two', [draft(1)], { now: at(0) });
    await store.fetchMemory.put({ sourceId: 'one', url: 'https://example.org/', failures: 0 });
    expect(await store.sources.remove('one')).toEqual({ posts: 2, fetchJobs: 12 });
    await reopen();
    expect(store.fetchJobs.recentFor('one', 100)).toEqual([]);
    expect(store.fetchMemory.get('one')).toBeUndefined();
    expect([store.posts.countBySource('one'), store.posts.countBySource('two')]).toEqual([0, 1]);
    expect(await store.fetchJobs.remove(['b'])).toBe(1);
    expect(store.sources.all().map(({ id }) => id)).toEqual(['two']);
    // Added again, its posts are new again.
    expect((await store.posts.save('one', [draft(1)], { now: at(9) })).added).toHaveLength(1);
  });

  test('A-4 hold nothing about fetches: without fetch jobs there is no last fetch, and the file has no such field', async () => {
    await store.sources.put([feedSource('one')]);
    await store.fetchJobs.queue(job('a'));
    await store.fetchJobs.markOngoing('a', at(1));
    await store.fetchJobs.complete('a', ended);
    expect(store.fetchJobs.latestCompletedFor('one')?.endedAt).toBe(at(2));
    await store.fetchJobs.remove(['a']);
    expect([store.fetchJobs.latestFor('one'), store.fetchJobs.latestCompletedFor('one')]).toEqual([null, null]);
    const file = readdirSync(folder.dir).find((name) => name.startsWith('sources.')) ?? '';
    const text = readFileSync(join(folder.dir, file), 'utf8');
    expect(text).toContain('"feedUrl"');
    expect(text).not.toMatch(/fetched|lastFetch|status|errors?"/i);
  });
});

describe('posts', () => {
  test('A-13 are kept once however often the feed is read, with their marks and time of collection', async () => {
    const drafts = [draft(1), draft(2), draft(3)];
    const first = await store.posts.save('one', drafts, { now: at(0) });
    await store.posts.mark([first.added[0]?.id ?? ''], { isRead: true, isStarred: true });
    for (const second of [1, 2, 3]) {
      expect(await store.posts.save('one', drafts, { now: at(second) })).toEqual({
        added: [],
        updated: [],
        known: 3,
        rekeyed: 0,
        buried: 0,
      });
    }
    expect(store.posts.count()).toBe(3);
    expect(await store.posts.get(first.added[0]?.id ?? '')).toMatchObject({ isRead: true, isStarred: true, collectedAt: at(0) });
  });

  test('are listed newest first in pages that do not shift when new ones come in', async () => {
    for (let number = 0; number < 10; number++) await store.posts.save('one', [draft(number)], { now: at(number) });
    const first = await store.posts.list({ limit: 4 }, listContext());
    await store.posts.save('one', [draft('new')], { now: at(20) });
    const second = await store.posts.list({ limit: 4, cursor: first.next }, listContext());
    expect([...first.rows, ...second.rows].map(({ title }) => title)).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((n) => `Title ${n}`));
    // The post at the cursor may go too.
    await store.posts.remove([second.rows[3]?.id ?? '']);
    const third = await store.posts.list({ limit: 4, cursor: second.next }, listContext());
    expect([third.rows.map(({ title }) => title), third.next]).toEqual([['Title 1', 'Title 0'], undefined]);
  });

  test('are filtered by view, source, folder, marks and matches; the kept stay although read', async () => {
    await store.posts.save('one', [draft('old')], { now: at(-86_400) });
    await store.posts.save('one', [draft(1), draft(2)], { now: at(0) });
    await store.posts.save('muted', [draft(3)], { now: at(0) });
    const hn = { id: 7, score: 10, commentCount: 1, type: 'story' as const, isDead: false };
    const { added } = await store.posts.save('hn', [draft('hn', { hn }), draft('dead', { hn: { ...hn, id: 8, isDead: true } })], {
      now: at(1),
    });
    const context = listContext({ isMuted: (id) => id === 'muted', folderOf: (id) => (id === 'one' ? ['News', 'Daily'] : []) });
    const titles = async (query: Parameters<Store['posts']['list']>[0], more = {}) =>
      (await store.posts.list(query, { ...context, ...more })).rows.map(({ title }) => title.slice(6));
    expect(await titles({ view: 'today' })).toEqual(['hn', '1', '2']);
    expect(await titles({})).toEqual(['hn', '3', '1', '2', 'old']);
    expect(await titles({ sourceId: 'muted', view: 'unread' })).toEqual(['3']);
    expect(await titles({ folder: ['News'] })).toEqual(['1', '2', 'old']);
    expect(await titles({ view: 'hacker-news' })).toEqual(['hn']);
    const wanted = store.posts.columns().slotOf(added[0]?.id ?? '');
    const matching = { has: (slot: number) => slot === wanted, showsDead: false, showsMuted: false, namesSource: false };
    expect(await titles({}, { matching })).toEqual(['hn']);
    const [one] = (await store.posts.list({ sourceId: 'one' }, context)).rows;
    await store.posts.mark([one?.id ?? ''], { isRead: true });
    expect(await titles({ view: 'unread', sourceId: 'one' })).toEqual(['2', 'old']);
    expect(await titles({ view: 'unread', sourceId: 'one', keep: [one?.id ?? ''] })).toEqual(['1', '2', 'old']);
    expect(store.posts.counts(context)).toEqual({
      today: 2,
      todayTotal: 3,
      all: 4,
      unread: 3,
      starred: 0,
      hackerNews: 1,
      lastHour: 3,
      bySource: { one: 2, muted: 1, hn: 1 },
      labels: [],
      muted: 0,
    });
  });

  test('of the last hour come by score, at most 20', async () => {
    const drafts = Array.from({ length: 25 }, (_, n) =>
      draft(n, { hn: { id: n + 1, score: (n * 7) % 25, commentCount: 0, type: 'story', isDead: false } }),
    );
    await store.posts.save('hn', drafts, { now: at(-60) });
    await store.posts.save('hn', [draft('old', { hn: { id: 99, score: 999, commentCount: 0, type: 'story', isDead: false } })], {
      now: at(-7200),
    });
    const { rows } = await store.posts.list({ view: 'last-hour' }, listContext());
    expect(rows.map(({ hn }) => hn?.score)).toEqual(Array.from({ length: 20 }, (_, n) => 24 - n));
  });

  test('B-6 are found by Hacker News number at once, and the index is rebuilt when the store is opened', async () => {
    const drafts = Array.from({ length: 5000 }, (_, n) =>
      draft(n, { hn: { id: n + 1, score: n, commentCount: 0, type: 'story', isDead: false } }),
    );
    await store.posts.save('hn', drafts, { now: at(0) });
    await reopen();
    await store.loaded;
    expect(store.posts.hackerNewsCount()).toBe(5000);
    const begun = performance.now();
    for (let n = 1; n <= 1000; n++) expect(store.posts.byHackerNewsId(n)?.hn?.id).toBe(n);
    expect((performance.now() - begun) / 1000).toBeLessThan(1);
    expect(store.posts.byHackerNewsId(6000)).toBeUndefined();
  });

  test('B-5 keep every field a Hacker News story has', async () => {
    const hn = {
      id: 7,
      score: 123,
      commentCount: 45,
      type: 'ask' as const,
      isDead: false,
      samples: [{ at: at(0), score: 120, commentCount: 40 }],
    };
    await store.posts.save('hn', [draft('s', { author: 'pg', publishedAt: at(-60), hn })], { now: at(0), runId: 'run' });
    await reopen();
    const post = store.posts.byHackerNewsId(7);
    expect(post).toMatchObject({
      title: 'Title s',
      author: 'pg',
      url: 'https://example.org/s',
      domain: 'example.org',
      publishedAt: at(-60),
      collectedAt: at(0),
      hn,
      runId: 'run',
    });
  });

  test('B-8 of one save are one write to their file, however many', async () => {
    const writes: string[] = [];
    const fs = interposeFs(createMemoryFs(), (operation, path) => {
      if (operation === 'write') writes.push(path.replace(/.*\//, ''));
    });
    const memory = await openTestStore({ dir: '/data', fs });
    await memory.posts.save(
      'hn',
      Array.from({ length: 100 }, (_, n) => draft(n)),
      { now: at(0) },
    );
    writes.length = 0;
    await memory.posts.save(
      'hn',
      Array.from({ length: 120 }, (_, n) => draft(n, { summary: 'New' })),
      { now: at(1) },
    );
    expect(writes).toEqual(['posts-2026-11.1.journal']);
    await memory.close();
  });

  test('refresh their Hacker News numbers in one write, and hide when they died', async () => {
    const hn = { id: 7, score: 10, commentCount: 1, type: 'story' as const, isDead: false };
    const { added } = await store.posts.save('hn', [draft(1, { hn })], { now: at(0) });
    const id = added[0]?.id ?? '';
    expect(await store.posts.refreshHackerNews([{ id, score: 11, commentCount: 2, isDead: false }])).toMatchObject([
      { hn: { score: 11 } },
    ]);
    expect(await store.posts.refreshHackerNews([{ id, score: 11, commentCount: 2, isDead: false }])).toEqual([]);
    await store.posts.refreshHackerNews([{ id, score: 11, commentCount: 2, isDead: true }]);
    expect((await store.posts.list({}, listContext())).total).toBe(0);
    expect(await store.posts.get(id)).toMatchObject({ hn: { isDead: true } });
  });

  test('that were removed do not come back as new, also when the feed gives them another id', async () => {
    const { added } = await store.posts.save('one', [draft(1)], { now: at(0) });
    await store.posts.remove(added.map(({ id }) => id));
    await reopen();
    expect(await store.posts.save('one', [draft(1)], { now: at(1) })).toMatchObject({ added: [], buried: 1 });
    expect(await store.posts.save('one', [draft(1, { fingerprint: 'other' })], { now: at(1) })).toMatchObject({
      added: [],
      buried: 1,
    });
    expect((await store.posts.save('two', [draft(1)], { now: at(1) })).added).toHaveLength(1);
  });

  test('keep their bodies apart: the rows do not hold them, and the newest text is the one that is read', async () => {
    const { added } = await store.posts.save('one', [draft(1, { content: '<p>first words</p>' })], { now: at(0) });
    await store.posts.save('one', [draft(1, { content: '<p>second words</p>' })], { now: at(1) });
    await reopen();
    const post = await store.posts.get(added[0]?.id ?? '');
    expect(post).toMatchObject({ hasBody: true, updatedAt: at(1), collectedAt: at(0) });
    expect(await store.bodies.get({ id: post?.id ?? '', collectedAt: at(0) })).toBe('<p>second words</p>');
    const rows = readdirSync(folder.dir).filter((name) => name.startsWith('posts-'));
    for (const name of rows) expect(readFileSync(join(folder.dir, name), 'utf8')).not.toContain('words');
    expect((await store.storage()).counts).toMatchObject({ posts: 1, bodies: 1 });
  });

  test('come in slices, newest first, all of them', async () => {
    await store.posts.save(
      'one',
      Array.from({ length: 25 }, (_, n) => draft(n)),
      { now: at(0) },
    );
    const sizes: number[] = [];
    for await (const slice of store.posts.slices(10)) sizes.push(slice.length);
    expect(sizes).toEqual([10, 10, 5]);
  });
});

describe('settings and notes', () => {
  test('are completed from the defaults, and one odd value does not cost the others', async () => {
    await store.settings.update({ lanes: 8, density: 'compact' });
    await store.settings.update({ readingSize: 9999 });
    await store.notes.put('port', { port: 4000 });
    await reopen();
    expect(store.settings.get()).toMatchObject({ lanes: 8, density: 'compact', readingSize: 18, timeoutSeconds: 30 });
    expect(store.notes.get('port')).toEqual({ port: 4000 });
    expect(store.isNew).toBe(false);
  });
});
