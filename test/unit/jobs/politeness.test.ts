import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failuresInARow } from '../../../main/api/views.ts';
import { BACK_OFF_STEP_MS } from '../../../main/jobs/back-off.ts';
import { whenNext } from '../../../main/jobs/due-sources.ts';
import { spread } from '../../../main/jobs/spread.ts';
import { newId } from '../../../main/lib/ids.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { body, createJobsBench, type JobsBench, rss, rssItem } from '../../helpers/jobs-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const feedOf = (...ids: string[]) => body(rss(ids.map((id) => rssItem(id))));
const byClock = () => bench.run('fetch-feeds', {}, { cause: 'schedule' });
const broken = () => new AppError('HTTP_5XX', 'The server answered 500.', { status: 500 });
const nextOf = (id: string) => {
  const source = bench.store.sources.get(id);
  if (!source) throw new Error(`There is no source ${id}`);
  const { fetchIntervalMinutes, adaptiveIntervals } = bench.store.settings.get();
  const known = { memory: bench.store.fetchMemory.get(id), recent: bench.store.fetchJobs.recentFor(id, 20) };
  return whenNext({ source, ...known, fetchIntervalMinutes, adaptiveIntervals }, bench.clock.now());
};

describe('failures', () => {
  test('A-20: each failure doubles the wait from 15 minutes, give or take a fifth, up to a day; one good answer brings the usual interval back', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', broken);
    for (const [luck, factor] of [
      [0, 0.8],
      [0.5, 1],
      [1, 1.2],
    ] as const) {
      const run = await createJobsBench();
      run.services.random = () => luck;
      await run.addFeed('b');
      run.web.set('https://b.example/feed', broken);
      await run.run('fetch-feeds');
      const waitMs = Date.parse(run.store.fetchMemory.get('b')?.notBefore ?? '') - run.clock.now();
      expect(waitMs).toBeCloseTo(2 * BACK_OFF_STEP_MS * factor, -1);
      await run.close();
    }
    const waits: number[] = [];
    for (let n = 1; n <= 10; n += 1) {
      expect((await byClock()).counts).toMatchObject({ sources: 1, failed: 1 });
      const waitMs = Date.parse(nextOf('a').nextTryAt ?? '') - bench.clock.now();
      waits.push(waitMs / MINUTE);
      await bench.clock.pass(waitMs - MINUTE);
      expect((await byClock()).counts.sources).toBe(0);
      await bench.clock.pass(MINUTE);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1440, 1440, 1440, 1440]);
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    expect((await byClock()).counts).toMatchObject({ sources: 1, failed: 0, new_posts: 1 });
    expect(bench.store.fetchMemory.get('a')).toMatchObject({ failures: 0 });
    expect(Date.parse(nextOf('a').nextTryAt ?? '') - bench.clock.now()).toBe(30 * MINUTE);
  });

  test('A-20: a source that fails for eight weeks is never given up: it is still asked once a day', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', broken);
    let asked = 0;
    for (let halfHour = 0; halfHour < 8 * 7 * 48; halfHour += 1) {
      if (halfHour === 7 * 7 * 48) asked = bench.asked.length;
      // What is not due is known without a run; the run itself is made only where something is.
      if (Date.parse(nextOf('a').nextTryAt ?? '') <= bench.clock.now() || halfHour === 0) await byClock();
      bench.clock.set(new Date(bench.clock.now() + 30 * MINUTE).toISOString());
    }
    expect(bench.asked.length - asked).toBe(7);
    expect(nextOf('a').why[0]).toMatchObject({ kind: 'failures' });
    expect(bench.store.sources.get('a')).toMatchObject({ paused: false });
  });

  test('A-26: fifty failures change nothing the owner set on the source', async () => {
    const before = await bench.addFeed('a', {
      starred: true,
      muted: true,
      folder: ['News', 'Far'],
      everyMinutes: 45,
      timeoutSeconds: 9,
    });
    const codes = ['HTTP_5XX', 'NOT_A_FEED', 'CONN_REFUSED', 'TOTAL_TIMEOUT', 'TLS_INVALID'] as const;
    for (let n = 0; n < 50; n += 1) {
      const code = codes[n % codes.length] ?? 'HTTP_5XX';
      bench.web.set('https://a.example/feed', () => new AppError(code, 'No.', code === 'HTTP_5XX' ? { status: 500 } : {}));
      await bench.run('fetch-feeds');
      await bench.clock.pass(DAY);
    }
    expect(bench.store.fetchMemory.get('a')?.failures).toBe(50);
    expect(bench.store.sources.get('a')).toEqual(before);
  });
});

describe('trouble that is nobody’s fault', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const untouched = async (answer: () => AppError | ReturnType<typeof body>, code: string) => {
    for (const id of ids) {
      await bench.addFeed(id);
      bench.web.set(`https://${id}.example/feed`, () => feedOf(id));
    }
    await byClock();
    const before = ids.map((id) => bench.store.fetchMemory.get(id));
    await bench.clock.pass(HOUR);
    for (const id of ids) bench.web.set(`https://${id}.example/feed`, answer);
    for (let n = 0; n < 5; n += 1) {
      const run = await byClock();
      expect(run.error?.code).toBe(code);
      expect(run.counts).toMatchObject({ failed: 0 });
      await bench.clock.pass(30 * MINUTE);
    }
    expect(ids.map((id) => bench.store.fetchMemory.get(id))).toEqual(before);
    for (const id of ids) {
      const failed = bench.store.fetchJobs.recentFor(id, 20).filter((job) => job.status === 'failed');
      expect(failed.every((job) => job.status === 'failed' && job.isBlameless)).toBe(true);
      expect(nextOf(id).why[0]?.kind).toBe('interval');
      expect(failuresInARow(bench.store, id)).toBe(0);
      expect(bench.store.failures.forSource(id)).toBeUndefined();
    }
    for (const id of ids) bench.web.set(`https://${id}.example/feed`, () => feedOf(id, `${id}2`));
    expect((await byClock()).counts).toMatchObject({ sources: 5, new_posts: 5, failed: 0 });
  };

  test('offline for hours leaves the failures, the memory and the health of every source as they were', () =>
    untouched(() => new AppError('OFFLINE', 'Offline.'), 'OFFLINE'));

  test('so does a login page that stands before every feed', () =>
    untouched(() => body('<!doctype html><title>Log in</title>', { contentType: 'text/html' }), 'CAPTIVE_PORTAL'));

  test('and a sleep in the middle of a request', async () => {
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => new AppError('TOTAL_TIMEOUT', 'Asleep.', { wasAsleep: true }));
    const run = await byClock();
    expect(run.counts).toMatchObject({ failed: 0, postponed: 1 });
    expect(bench.store.fetchJobs.latestFor('a')).toMatchObject({
      status: 'failed',
      errorCode: 'TOTAL_TIMEOUT',
      isBlameless: true,
    });
    expect(bench.store.fetchMemory.get('a')).toBeUndefined();
    bench.web.set('https://a.example/feed', () => feedOf('1'));
    expect((await byClock()).counts).toMatchObject({ sources: 1, new_posts: 1 });
  });
});

describe('many sources that are due together', () => {
  test('are begun one after another in their order, within a minute, each with an offset of its own that stays the same', () => {
    const ids = Array.from({ length: 1000 }, (_none, index) => `source ${index}`);
    const offsets = spread(ids);
    expect(offsets).toEqual(spread(ids));
    expect(offsets).toEqual(offsets.toSorted((left, right) => left - right));
    expect(Math.max(...offsets)).toBeLessThanOrEqual(20_000);
    expect(new Set(offsets.map((offset, index) => Math.round(offset - index * 20))).size).toBeGreaterThan(15);
    expect(Math.max(...spread(Array.from({ length: 5000 }, (_none, index) => `${index}`)))).toBeLessThanOrEqual(60_000);
    expect(spread(['a', 'b'])).toEqual([0, 0]);
  });

  hostileCase(
    133,
    'a thousand sources due in one second are spread over some twenty, also after a wake, and never exceed the lanes',
    async () => {
      const sources = Array.from({ length: 1000 }, (_none, index) => `s${index}`);
      await bench.store.settings.update({ lanes: 8 });
      const first = await bench.addFeed('s0');
      await bench.store.sources.put(sources.map((id) => ({ ...first, id, title: id, feedUrl: `https://${id}.example/feed` })));
      const began: number[] = [];
      let inside = 0;
      let most = 0;
      for (const id of sources)
        bench.web.set(`https://${id}.example/feed`, async () => {
          began.push(bench.clock.monotonic());
          inside += 1;
          most = Math.max(most, inside);
          await settle();
          inside -= 1;
          return feedOf(id);
        });
      let ended = -1;
      const counts: Record<string, number> = {};
      const running = bench.jobs.get('fetch-feeds')?.run({
        runId: newId(bench.clock.now()),
        cause: 'catch-up',
        options: {},
        signal: new AbortController().signal,
        now: bench.clock.now,
        progress: (done) => {
          ended = done;
        },
        count: (name, by = 1) => {
          counts[name] = (counts[name] ?? 0) + by;
        },
        plan: () => {},
        step: () => {},
        result: () => {},
        log: () => {},
      });
      // The disk takes real time: the pretended one goes on only while nothing is being written.
      while (ended < 0) await settle();
      for (let turn = 0; turn < 1500 && ended < 1000; turn += 1) {
        await bench.clock.pass(50);
        while (ended < began.length) await settle();
      }
      await running;
      expect(counts).toMatchObject({ sources: 1000, failed: 0, new_posts: 1000 });
      const span = Math.max(...began) - Math.min(...began);
      expect(span).toBeGreaterThan(10_000);
      expect(span).toBeLessThanOrEqual(60_000);
      const perSecond = Map.groupBy(began, (at) => Math.floor(at / 1000));
      expect(Math.max(...[...perSecond.values()].map((list) => list.length))).toBeLessThan(120);
      expect(most).toBeLessThanOrEqual(16);
      return 'OK';
    },
  );

  test('what a person starts begins at once', async () => {
    for (let n = 0; n < 40; n += 1) {
      await bench.addFeed(`s${n}`);
      bench.web.set(`https://s${n}.example/feed`, () => feedOf(`${n}`));
    }
    expect((await bench.run('fetch-feeds')).counts).toMatchObject({ sources: 40, new_posts: 40 });
    expect(bench.clock.monotonic()).toBe(0);
  });

  test('a round that is cancelled while most still wait ends them all at once, without blame', async () => {
    const stop = new AbortController();
    for (let n = 0; n < 200; n += 1) {
      await bench.addFeed(`s${n}`);
      bench.web.set(`https://s${n}.example/feed`, () => feedOf(`${n}`));
    }
    const running = bench.run('fetch-feeds', {}, { cause: 'schedule', signal: stop.signal });
    await bench.clock.pass(500);
    stop.abort(new AppError('CANCELLED', 'The run was cancelled.'));
    const run = await running;
    expect(run.error?.code).toBe('CANCELLED');
    expect(bench.store.fetchJobs.unfinished()).toEqual([]);
    expect(run.counts.postponed).toBeGreaterThan(100);
  });
});

describe('a round in which nothing is due', () => {
  test('says which source comes next and why then', async () => {
    await bench.addFeed('quiet', { title: 'Quiet' });
    const old = rssItem('1', { date: 'Sat, 14 Nov 2026 12:00:00 GMT' });
    bench.web.set('https://quiet.example/feed', () => body(rss([old])));
    await byClock();
    await bench.clock.pass(2 * HOUR);
    const run = await byClock();
    expect(run.counts).toMatchObject({ sources: 0, failed: 0 });
    expect(run.lines).toEqual([
      {
        level: 'info',
        message:
          'No source is due. Next is Quiet in 90 minutes. Its newest post is 7 days old, so it is asked 7 times less often: every 3.5 hours.',
      },
    ]);
    expect(run.fetchJobs).toEqual([]);
  });

  test('switching adaptive intervals off counts at once', async () => {
    await bench.addFeed('quiet');
    bench.web.set('https://quiet.example/feed', () => body(rss([rssItem('1', { date: 'Sat, 14 Nov 2026 12:00:00 GMT' })])));
    await byClock();
    await bench.clock.pass(HOUR);
    expect((await byClock()).counts.sources).toBe(0);
    await bench.store.settings.update({ adaptiveIntervals: false });
    expect(nextOf('quiet').why.map(({ kind }) => kind)).toEqual(['interval']);
    expect((await byClock()).counts.sources).toBe(1);
  });
});
