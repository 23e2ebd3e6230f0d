import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hostileCase } from '../../helpers/hostile-case.ts';
import type { JobsBench } from '../../helpers/jobs-bench.ts';
import { createKeepingBench, daysAgo, oldFetch, oldPosts, oldRun } from '../../helpers/keeping-bench.ts';
import { draft } from '../../helpers/store-kit.ts';

let bench: JobsBench;
beforeEach(async () => {
  bench = await createKeepingBench();
});
afterEach(() => bench.close());

const runIds = (): string[] =>
  bench.store.runs
    .all()
    .map(({ id }) => id)
    .sort();
const clean = (options: object = {}, extra: Parameters<JobsBench['run']>[2] = {}) => bench.run('clean-up', options, extra);

describe('clean-up of run records', () => {
  test('E-8 of runs of 29, 30 and 31 days the one of 31 days goes, and posts stay where no limit is set', async () => {
    for (const days of [31, 30, 29]) await bench.store.runs.put(oldRun(`run${days}`, days));
    await oldPosts(bench, 'feed', 400, ['a', 'b']);
    const { counts, error } = await clean({}, { cause: 'schedule' });
    expect(error).toBeUndefined();
    expect(counts).toMatchObject({ runs_removed: 1, posts_removed: 0, processed: 1, succeeded: 1 });
    expect(runIds()).toEqual(['run29', 'run30']);
    expect(bench.store.posts.count()).toBe(2);
    expect(bench.heard).toContainEqual({ name: 'runs.removed', data: { ids: ['run31'] } });
  });

  test('a source fetched 40 days ago still shows its date after a clean-up: its newest and newest completed fetch jobs stay, with their runs', async () => {
    for (const [id, days] of [
      ['r1', 45],
      ['r2', 40],
      ['r3', 35],
      ['r4', 34],
      ['r5', 1],
    ] as const)
      await bench.store.runs.put(oldRun(id, days));
    await oldFetch(bench, { id: 'j1', runId: 'r1', sourceId: 'feed', days: 45 });
    await oldFetch(bench, { id: 'j2', runId: 'r2', sourceId: 'feed', days: 40 });
    await oldFetch(bench, { id: 'j3', runId: 'r3', sourceId: 'feed', days: 35, fails: true });
    await oldFetch(bench, { id: 'j4', runId: 'r4', sourceId: 'feed', days: 34, fails: true });
    expect((await clean()).counts).toMatchObject({ runs_removed: 2, fetch_jobs_removed: 2 });
    expect(bench.store.fetchJobs.latestCompletedFor('feed')).toMatchObject({ id: 'j2', endedAt: daysAgo(40) });
    expect(bench.store.fetchJobs.latestFor('feed')?.id).toBe('j4');
    expect(runIds()).toEqual(['r2', 'r4', 'r5']);
  });

  test('the newest run and the newest completed run of a schedule stay however old they are', async () => {
    await bench.store.runs.put(oldRun('older', 90));
    await bench.store.runs.put(oldRun('completed', 80));
    const {
      counts: _counts,
      log: _log,
      startedAt: _startedAt,
      ...row
    } = oldRun('missed', 70) as never as Record<string, unknown>;
    await bench.store.runs.put({ ...row, status: 'missed', reason: 'The computer was asleep.' } as never);
    await clean();
    expect(runIds()).toEqual(['completed', 'missed']);
  });

  test('the totals on a schedule are the same after a clean-up', async () => {
    const totals = { runs: 312, completed: 300, failed: 12 };
    const schedule = {
      id: 'fetch_feeds',
      name: 'Fetch feeds',
      jobKind: 'fetch-feeds',
      options: {},
      trigger: { type: 'interval', minutes: 30 },
      timeZone: 'UTC',
      enabled: true,
      missed: 'run-once',
      jitterSeconds: 0,
      retries: 0,
      retryMinutes: 5,
      timeoutMinutes: 10,
      isBuiltIn: true,
      totals,
    } as const;
    await bench.store.schedules.put([schedule]);
    for (const days of [60, 50, 40, 1]) await bench.store.runs.put(oldRun(`run${days}`, days));
    expect((await clean()).counts.runs_removed).toBe(3);
    expect(bench.store.schedules.get('fetch_feeds')?.totals).toEqual(totals);
  });

  test('E-9 A-19 after a clean-up failures are still counted, and the last 20 errors of a source can still be read', async () => {
    for (let at = 0; at < 31; at++) {
      const days = 90 - at;
      await bench.store.runs.put(oldRun(`run${days}`, days));
      await oldFetch(bench, { id: `job${days}`, runId: `run${days}`, sourceId: 'feed', days, fails: at < 30 });
    }
    const before = bench.store.failures.forSource('feed');
    expect(before).toMatchObject({ count: 30, since: daysAgo(90) });
    expect(before?.last).toHaveLength(20);
    expect(before?.last.at(-1)).toMatchObject({
      at: daysAgo(61),
      errorCode: 'HTTP_5XX',
      errorMessage: 'The server answered 503.',
    });
    expect((await clean()).counts.fetch_jobs_removed).toBe(30);
    expect(bench.store.failures.forSource('feed')).toEqual(before);
  });
});

describe('clean-up of posts', () => {
  test('E-8 a post that was removed does not return on the next fetch; starred and unread ones never go', async () => {
    const [gone = ''] = await oldPosts(bench, 'feed', 31, ['gone']);
    await oldPosts(bench, 'feed', 31, ['starred'], { isRead: true, isStarred: true });
    await oldPosts(bench, 'feed', 31, ['unread'], {});
    await oldPosts(bench, 'feed', 29, ['young']);
    expect((await clean({ keepPostsDays: 30 })).counts).toMatchObject({ posts_removed: 1 });
    expect(await bench.store.posts.get(gone)).toBeUndefined();
    const again = await bench.store.posts.save(
      'feed',
      ['gone', 'starred', 'unread', 'young'].map((key) => draft(key)),
      {
        now: daysAgo(0),
      },
    );
    expect(again).toMatchObject({ added: [], known: 3, buried: 1 });
  });

  test('a new limit waits for a look: scheduled runs keep the posts until the plan was shown and carried out by hand', async () => {
    await oldPosts(bench, 'feed', 31, ['a', 'b']);
    await bench.store.settings.update({ keepPostsDays: 30 });
    const first = await clean({}, { cause: 'schedule' });
    expect(first.counts).toMatchObject({ posts_removed: 0, posts_waiting: 2 });
    expect(first.lines.some(({ message }) => message.includes('dry run'))).toBe(true);
    expect((await clean()).counts).toMatchObject({ posts_removed: 0, posts_waiting: 2 });

    const plan = await clean({ dryRun: true });
    expect(plan.counts).toMatchObject({ posts_to_remove: 2 });
    expect(plan.plan).toMatchObject([
      { verb: 'remove', kind: 'post', text: 'Title a' },
      { verb: 'remove', kind: 'post', text: 'Title b' },
    ]);
    expect(bench.store.posts.count()).toBe(2);
    // Looking is not yet agreeing.
    expect((await clean({}, { cause: 'schedule' })).counts.posts_removed).toBe(0);
    expect((await clean()).counts.posts_removed).toBe(2);
    await oldPosts(bench, 'feed', 35, ['c']);
    expect((await clean({}, { cause: 'schedule' })).counts.posts_removed).toBe(1);
    // A longer limit needs no new look, a shorter one does.
    await oldPosts(bench, 'feed', 40, ['d']);
    await bench.store.settings.update({ keepPostsDays: 36 });
    expect((await clean({}, { cause: 'schedule' })).counts.posts_removed).toBe(1);
    await oldPosts(bench, 'feed', 25, ['e']);
    await bench.store.settings.update({ keepPostsDays: 20 });
    expect((await clean({}, { cause: 'schedule' })).counts).toMatchObject({ posts_removed: 0, posts_waiting: 1 });
  });

  test('a limit of its own counts for a source; 0 keeps its posts for ever', async () => {
    await bench.addFeed('short', { keepDays: 7 });
    await bench.addFeed('ever', { keepDays: 0 });
    for (const source of ['feed', 'short', 'ever']) await oldPosts(bench, source, 10, [`${source}-10`]);
    for (const source of ['feed', 'short', 'ever']) await oldPosts(bench, source, 50, [`${source}-50`]);
    expect((await clean({ keepPostsDays: 30 })).counts.posts_removed).toBe(3);
    expect((await bench.posts()).map((post) => post.fingerprint).sort()).toEqual([
      'guid-ever-10',
      'guid-ever-50',
      'guid-feed-10',
    ]);
  });

  test('a dry run writes nothing: no post, no record, no tombstone, no undo', async () => {
    await oldPosts(bench, 'feed', 31, ['a']);
    for (const days of [31, 1]) await bench.store.runs.put(oldRun(`run${days}`, days));
    const { counts, plan } = await clean({ dryRun: true, keepPostsDays: 30 });
    expect(counts).toMatchObject({ posts_to_remove: 1, runs_to_remove: 1 });
    expect(plan.map(({ kind }) => kind)).toEqual(['post', 'run record']);
    expect([bench.store.posts.count(), runIds().length, bench.store.undo.list().length]).toEqual([1, 2, 0]);
    expect((await bench.store.posts.save('feed', [draft('a')], { now: daysAgo(0) })).known).toBe(1);
  });

  test('cancelled in the middle it stops between two batches, and what went can be undone', async () => {
    await oldPosts(
      bench,
      'feed',
      31,
      Array.from({ length: 500 }, (_, key) => `p${key}`),
    );
    const stop = new AbortController();
    bench.services.events.onEvent(({ name }) => {
      if (name === 'posts.changed') stop.abort(new Error('enough'));
    });
    const { error, counts, runId } = await clean({ keepPostsDays: 30 }, { signal: stop.signal });
    expect(error?.message).toContain('enough');
    expect(counts.posts_removed).toBe(200);
    expect(bench.store.posts.count()).toBe(300);
    expect((await bench.store.undo.apply(runId)).rows).toBe(200);
    expect(bench.store.posts.count()).toBe(500);
  });

  test('everything a clean-up removed comes back with one undo', async () => {
    await oldPosts(bench, 'feed', 31, ['a', 'b']);
    for (const days of [40, 31, 1]) await bench.store.runs.put(oldRun(`run${days}`, days));
    for (const days of [40, 31, 1]) await oldFetch(bench, { id: `job${days}`, runId: `run${days}`, sourceId: 'feed', days });
    const { runId } = await clean({ keepPostsDays: 30 });
    expect(bench.store.undo.list()).toMatchObject([
      { id: runId, rows: 6, text: 'Removed 2 posts, 2 run records and 2 fetch jobs.' },
    ]);
    expect(await bench.store.undo.apply(runId)).toMatchObject({ rows: 6 });
    expect(runIds()).toEqual(['run1', 'run31', 'run40']);
    expect(bench.store.fetchJobs.latestFor('feed')?.id).toBe('job1');
    const [post] = await bench.posts();
    expect(post?.isRead && (await bench.store.bodies.get(post))).toBe('<p>Body of a</p>');
  });
});

for (const [year, instant] of [
  ['1970', '1970-01-01T00:10:00.000Z'],
  ['2099', '2099-06-01T00:00:00.000Z'],
] as const)
  hostileCase(128, `while the clock says ${year}, a clean-up removes nothing`, async () => {
    await oldPosts(bench, 'feed', 31, ['a']);
    for (const days of [31, 1]) await bench.store.runs.put(oldRun(`run${days}`, days));
    bench.clock.set(instant);
    const { counts, error } = await clean({ keepPostsDays: 30 });
    expect(counts).toMatchObject({ posts_removed: 0, runs_removed: 0 });
    expect([bench.store.posts.count(), runIds().length]).toEqual([1, 2]);
    return error?.code ?? 'OK';
  });
