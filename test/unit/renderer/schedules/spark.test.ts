import { expect, test } from 'vitest';
import type { Run } from '../../../../preload/contract/run.ts';
import { lastWords, successWords, toSpark } from '../../../../renderer/schedules/spark-model.ts';

const base = {
  jobKind: 'fetch-feeds',
  name: 'Fetch feeds',
  cause: 'schedule' as const,
  queuedAt: '2026-10-14T10:00:00.000Z',
  log: [],
};
const ran = (id: string, ms: number): Run => ({
  ...base,
  id,
  status: 'completed',
  startedAt: base.queuedAt,
  endedAt: new Date(Date.parse(base.queuedAt) + ms).toISOString(),
  counts: { posts_saved: 7 },
});
const broken = (id: string): Run =>
  ({ ...ran(id, 4000), status: 'failed', errorCode: 'RUN_TIMEOUT', errorMessage: 'It took too long.' }) as Run;
const gap: Run = {
  ...base,
  id: 'gap',
  status: 'missed',
  endedAt: base.queuedAt,
  reason: 'This computer was asleep.',
} as unknown as Run;

test('longer runs stand higher, failures are marked, gaps lie flat', () => {
  const bars = toSpark([ran('a', 1000), ran('b', 100_000), broken('c'), gap], 0);
  expect(bars.map((bar) => bar.kind)).toEqual(['ran', 'ran', 'failed', 'missed']);
  expect(bars[1]?.height).toBe(1);
  expect(bars[0]?.height).toBe(0.25);
  expect(bars[3]?.height).toBe(0);
});

test('no runs and equal runs make finite bars', () => {
  expect(toSpark([], 0)).toEqual([]);
  expect(toSpark([ran('a', 500), ran('b', 500)], 0).every((bar) => Number.isFinite(bar.height))).toBe(true);
});

test('success is said in words that fit the number of runs', () => {
  expect(successWords([], undefined)).toBe('');
  expect(successWords([ran('a', 1)], 1)).toBe('All well');
  expect(successWords([ran('a', 1), broken('b')], 0.5)).toBe('1 of 2 well');
  expect(
    successWords(
      Array.from({ length: 30 }, (_, i) => (i < 2 ? broken(`${i}`) : ran(`${i}`, 1))),
      28 / 30,
    ),
  ).toBe('93 % well');
});

test('the last result is a sentence for every status', () => {
  expect(lastWords(ran('a', 1))).toBe('7 new');
  expect(lastWords(broken('a'))).toBe('It took too long.');
  expect(lastWords(gap)).toBe('This computer was asleep.');
});
