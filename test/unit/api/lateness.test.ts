import { expect, test } from 'vitest';
import { latenessOf, latenessStats } from '../../../main/api/lateness.ts';
import { hourlyRequests } from '../../../main/api/stats-runs.ts';
import type { FetchJob } from '../../../preload/contract/fetch-job.ts';
import type { Run } from '../../../preload/contract/run.ts';

const DUE = Date.parse('2026-11-21T10:00:00.000Z');
const MINUTE = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const run = (lateMs: number, own: Partial<Run> = {}, due = DUE): Run =>
  ({
    id: `run-${due}-${lateMs}`,
    scheduleId: 'a',
    jobKind: 'fetch-feeds',
    name: 'Fetch feeds',
    cause: 'schedule',
    scheduledFor: iso(due),
    queuedAt: iso(due + lateMs),
    startedAt: iso(due + lateMs),
    endedAt: iso(due + lateMs),
    status: 'completed',
    counts: {},
    log: [],
    ...own,
  }) as Run;
const lateOf = (runs: readonly Run[], rows: readonly Run[]) =>
  latenessStats(
    runs.map((each) => ({ run: each, lateMs: latenessOf(each) })),
    rows,
  );
const missed = (at: number, reason: string, scheduleId = 'a'): Run =>
  ({ ...run(0), id: `missed-${at}-${scheduleId}`, scheduleId, status: 'missed', queuedAt: iso(at), reason }) as Run;

test('lateness has a middle, a slow end and a worst with its due time', () => {
  const runs = Array.from({ length: 20 }, (_, index) => run(index * 100, {}, DUE + index * 30 * MINUTE));
  const worst = run(9 * 60 * MINUTE, { cause: 'catch-up' }, DUE - 600 * MINUTE);
  expect(lateOf([...runs, worst], [])).toMatchObject({
    p50Ms: 1000,
    p95Ms: 1900,
    worstMs: 9 * 60 * MINUTE,
    worstAt: iso(DUE - 600 * MINUTE),
    late: 1,
  });
});

test.each([
  ['The computer was asleep, or its clock was set ahead.', 'asleep'],
  ['Tidings was not running.', 'off'],
  ['No connection to the network.', 'offline'],
  ['Paused by you.', 'paused'],
])('a run that is late with a row of missed ones says why: %s', (reason, word) => {
  const late = run(40 * MINUTE, { cause: 'catch-up' });
  const row = missed(DUE + 40 * MINUTE - 500, reason);
  expect(lateOf([late], [row])?.reasons).toEqual([{ reason: word, runs: 1 }]);
  // Another schedule of the same moment knows it too.
  expect(lateOf([late], [{ ...row, scheduleId: 'b' } as Run])?.reasons).toEqual([{ reason: word, runs: 1 }]);
});

test('without such a row a catch-up means the computer was away, and else another run was going; a retry is late by intent', () => {
  const runs = [run(5 * MINUTE, { cause: 'catch-up' }), run(6 * MINUTE, { cause: 'retry' }), run(7 * MINUTE), run(8 * MINUTE)];
  expect(lateOf(runs, [missed(DUE - 90 * MINUTE, 'asleep')])?.reasons).toEqual([
    { reason: 'busy', runs: 2 },
    { reason: 'away', runs: 1 },
  ]);
});

test('runs by hand have no lateness, and one before its time is not late', () => {
  const { scheduledFor: _due, ...byHand } = run(0) as Run & { scheduledFor?: string };
  expect(lateOf([byHand as Run], [])).toBeUndefined();
  expect(latenessOf(run(-500))).toBe(0);
});

test('the requests of the last 24 hours are counted by the hour, oldest first', () => {
  const job = (ago: number): FetchJob => ({
    id: `j${ago}`,
    runId: 'r',
    sourceId: 's',
    queuedAt: iso(DUE - ago),
    startedAt: iso(DUE - ago),
    status: 'ongoing',
    postsCount: 0,
  });
  const hours = hourlyRequests([job(1), job(30 * MINUTE), job(90 * MINUTE), job(24 * 60 * MINUTE), job(25 * 60 * MINUTE)], DUE);
  expect(hours).toHaveLength(24);
  expect([hours[23]?.requests, hours[22]?.requests, hours[0]?.requests]).toEqual([2, 1, 1]);
  expect(hours[0]?.at).toBe(iso(DUE - 24 * 60 * MINUTE));
});

test('a run that was deferred came late by intent of the owner: it waited for power, and another schedule did not', () => {
  const late = run(130 * MINUTE);
  const row = { ...missed(DUE, 'Deferred 2 h 10 (on battery).'), status: 'deferred', from: iso(DUE), to: iso(DUE) } as Run;
  expect(lateOf([late], [row])?.reasons).toEqual([{ reason: 'power', runs: 1 }]);
  expect(lateOf([late], [{ ...row, scheduleId: 'b' } as Run])?.reasons).toEqual([{ reason: 'busy', runs: 1 }]);
});
