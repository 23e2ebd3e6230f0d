import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toRunDetail } from '../../../main/api/run-detail.ts';
import { toRunGrid } from '../../../main/api/run-grid.ts';
import { summarise } from '../../../main/api/run-summary.ts';
import type { Services } from '../../../main/api/services.ts';
import { toInstant } from '../../../main/lib/clock.ts';
import type { Store } from '../../../main/store/repositories.ts';
import { isProblem } from '../../../main/store/runs.ts';
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import type { Run } from '../../../preload/contract/run.ts';
import { createTempDir, feedSource, openTestStore, START_MS } from '../../helpers/store-kit.ts';

const MINUTE = 60_000;
const at = (minutes: number): string => toInstant(START_MS + minutes * MINUTE);
const TITLES = new Map([
  ['fetch-feeds', { title: 'Fetch feeds' }],
  ['collect-hacker-news', { title: 'Collect Hacker News' }],
]);

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

type Facts = Partial<Pick<Run, 'cause' | 'attempt' | 'retryOf' | 'scheduledFor' | 'scheduleId' | 'name'>> & {
  fails?: ErrorCode;
  seconds?: number;
};
/** Writes a run of the schedule `feeds` that ended; started at `minutes`. */
const run = async (id: string, minutes: number, facts: Facts = {}): Promise<Run> => {
  const { fails, seconds = 3, ...more } = facts;
  const base = {
    id,
    scheduleId: 'feeds',
    jobKind: 'fetch-feeds',
    name: 'Fetch feeds',
    cause: 'schedule' as const,
    scheduledFor: at(minutes),
    queuedAt: at(minutes),
    ...more,
  };
  await store.runs.put({ ...base, status: 'queued' });
  await store.runs.put({ ...base, status: 'running', startedAt: at(minutes), counts: {} });
  const ended = {
    startedAt: at(minutes),
    endedAt: toInstant(START_MS + minutes * MINUTE + seconds * 1000),
    log: [],
    counts: { sources: 2 },
  };
  return store.runs.put(
    fails
      ? { ...base, ...ended, status: 'failed', errorCode: fails, errorMessage: 'It failed.' }
      : { ...base, ...ended, status: 'completed' },
  );
};
/** Writes what a source came to in a run: new posts, or the code of a failure. */
const fetched = async (
  runId: string,
  sourceId: string,
  minutes: number,
  came: number | 'same' | ErrorCode,
  isBlameless = false,
) => {
  const id = `${runId}-${sourceId}`;
  await store.fetchJobs.queue({ id, runId, sourceId, queuedAt: at(minutes) });
  await store.fetchJobs.markOngoing(id, at(minutes));
  if (typeof came === 'number' || came === 'same') {
    const postsCount = came === 'same' ? 0 : came;
    const outcome = came === 'same' ? ('not-modified' as const) : came > 0 ? ('new-posts' as const) : ('nothing-new' as const);
    return store.fetchJobs.complete(id, { endedAt: at(minutes), outcome, postsCount });
  }
  return store.fetchJobs.fail(id, { endedAt: at(minutes), errorCode: came, errorMessage: 'It failed.', isBlameless });
};
const missed = (id: string, from: number, to: number, count: number, reason: string): Promise<Run> =>
  store.runs.put({
    id,
    scheduleId: 'feeds',
    jobKind: 'fetch-feeds',
    name: 'Fetch feeds',
    cause: 'schedule',
    queuedAt: at(to),
    endedAt: at(to),
    status: 'missed',
    reason,
    from: at(from),
    to: at(to),
    missedCount: count,
  });
const grid = (query = {}) => {
  const services = { store, clock: { now: () => START_MS + 600 * MINUTE } } as unknown as Services;
  return toRunGrid(services, TITLES, query);
};

describe('sources by run', () => {
  test('each source is a row of dots, oldest run left, with its new posts', async () => {
    await store.sources.put([feedSource('one'), feedSource('two')]);
    await run('a', 0);
    await fetched('a', 'one', 0, 2);
    await fetched('a', 'two', 0, 'HTTP_5XX');
    await run('b', 30);
    await fetched('b', 'one', 30, 'same');
    await fetched('b', 'two', 30, 'HTTP_429');
    await run('c', 60);
    await fetched('c', 'one', 60, 0);
    const { runs, rows } = grid();
    expect(runs.map(({ id, sources, failed }) => [id, sources, failed])).toEqual([
      ['a', 2, 1],
      ['b', 2, 1],
      ['c', 1, 0],
    ]);
    expect(rows.map(({ sourceId, dots, added }) => [sourceId, dots, added])).toEqual([
      ['one', 'n=o', [2, 0, 0]],
      ['two', 'xw.', [0, 0, 0]],
    ]);
  });

  test('what blames nobody is no failure of a source, and a round that found nothing due is no column', async () => {
    await store.sources.put([feedSource('one')]);
    await run('idle', 0);
    await run('offline', 30, { fails: 'OFFLINE' });
    await fetched('offline', 'one', 30, 'OFFLINE', true);
    const { runs, rows } = grid();
    expect(runs.map(({ id, status }) => [id, status])).toEqual([['offline', 'failed']]);
    expect(rows[0]?.dots).toBe('.');
    expect(rows[0]).not.toHaveProperty('failing');
  });

  test('missed runs are a gap after the run before them, and failing says since when and why', async () => {
    await store.sources.put([feedSource('one')]);
    await run('a', 0);
    await fetched('a', 'one', 0, 1);
    await missed('gap', 30, 450, 15, 'The computer was asleep, or its clock was set ahead.');
    await run('b', 480);
    await fetched('b', 'one', 480, 'HTTP_4XX');
    await run('c', 510);
    await fetched('c', 'one', 510, 'HTTP_4XX');
    const { gaps, rows } = grid();
    expect(gaps).toEqual([
      { after: 0, from: at(30), to: at(450), reason: 'The computer was asleep, or its clock was set ahead.' },
    ]);
    expect(rows[0]?.failing).toEqual({ since: at(480), errorCode: 'HTTP_4XX' });
  });

  test('only the last runs of that job are columns, and a source that was in none is a row of points', async () => {
    await store.sources.put([feedSource('one'), feedSource('late')]);
    for (let place = 0; place < 30; place += 1) {
      await run(`r${String(place).padStart(2, '0')}`, place * 30);
      await fetched(`r${String(place).padStart(2, '0')}`, 'one', place * 30, place % 2);
    }
    const { runs, rows, jobs } = grid({ runs: 5 });
    expect(runs.map(({ id }) => id)).toEqual(['r25', 'r26', 'r27', 'r28', 'r29']);
    expect(rows.map(({ sourceId, dots }) => [sourceId, dots])).toEqual([
      ['one', 'nonon'],
      ['late', '.....'],
    ]);
    expect(jobs[0]).toEqual({ kind: 'fetch-feeds', title: 'Fetch feeds' });
    expect(grid({ jobKind: 'collect-hacker-news' })).toMatchObject({ runs: [], rows: [] });
  });
});

describe('one run in its chain', () => {
  test('the tries of one due time are linked, those by the schedule and those by hand, whichever is looked at', async () => {
    const first = await run('a', 0, { fails: 'RUN_TIMEOUT' });
    const second = await run('b', 12, {
      cause: 'retry',
      scheduledFor: at(0),
      attempt: { number: 2, of: 3 },
      fails: 'RUN_TIMEOUT',
    });
    const byHand = await store.runs.put({
      id: 'c',
      jobKind: 'fetch-feeds',
      name: 'Fetch feeds',
      cause: 'retry',
      retryOf: 'b',
      queuedAt: at(20),
      status: 'queued',
    });
    for (const each of [first, second, byHand]) {
      expect(toRunDetail(store, each).attempts.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    }
    expect(toRunDetail(store, second).attempts[1]).toMatchObject({
      attempt: { number: 2, of: 3 },
      status: 'failed',
      tookMs: 3000,
    });
  });

  test('a run is between the one before and the one after of its schedule, with those that started before it', async () => {
    await run('a', 0);
    await missed('gap', 30, 60, 2, 'Tidings was not running.');
    const middle = await run('b', 90, { seconds: 9 });
    await run('c', 120);
    const detail = toRunDetail(store, middle);
    expect(detail.previous?.id).toBe('gap');
    expect(detail.next?.id).toBe('c');
    expect(detail.recent.map(({ id, tookMs }) => [id, tookMs])).toEqual([
      ['a', 3000],
      ['b', 9000],
    ]);
    expect(detail.attempts).toHaveLength(1);
  });

  test('a run whose first try is no longer kept stands for itself', async () => {
    const alone = await run('a', 0, { cause: 'manual', retryOf: 'gone' });
    expect(toRunDetail(store, alone).attempts.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('runs in numbers', () => {
  test('a summary counts by status, by problem and by what a gap stands for, and takes durations of completed runs', async () => {
    await store.sources.put([feedSource('one')]);
    await run('a', 0, { seconds: 2 });
    await fetched('a', 'one', 0, 'HTTP_5XX');
    await run('b', 30, { seconds: 4 });
    await run('c', 60, { fails: 'RUN_TIMEOUT', seconds: 600 });
    await missed('gap', 90, 180, 4, 'Tidings was not running.');
    const summary = summarise(store.runs.matching({}), (each) => isProblem(each, (id) => store.fetchJobs.failedIn(id) > 0));
    expect(summary).toEqual({
      total: 4,
      byStatus: { completed: 2, failed: 1, missed: 1 },
      missedTimes: 4,
      problems: 3,
      averageMs: 3000,
      medianMs: 4000,
      p95Ms: 4000,
    });
  });

  test('D-13: sixty runs are fifty and then ten, newest first; text finds names and the beginning of an id', async () => {
    for (let place = 0; place < 60; place += 1)
      await run(`r${String(place).padStart(2, '0')}`, place, place === 7 ? { name: 'Weekly letter' } : {});
    const first = store.runs.list({});
    expect(first.rows).toHaveLength(50);
    expect(first.total).toBe(60);
    const rest = store.runs.list({ cursor: first.next ?? '' });
    expect(rest.rows.map(({ id }) => id)).toEqual(['r09', 'r08', 'r07', 'r06', 'r05', 'r04', 'r03', 'r02', 'r01', 'r00']);
    expect(rest.next).toBeUndefined();
    expect(store.runs.list({ text: 'LETTER' }).rows.map(({ id }) => id)).toEqual(['r07']);
    expect(store.runs.list({ text: 'r1' }).total).toBe(10);
    expect(store.runs.list({ text: 'r1', since: at(15) }).total).toBe(5);
  });
});
