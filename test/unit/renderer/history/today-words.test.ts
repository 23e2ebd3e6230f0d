import { expect, test } from 'vitest';
import { summarise } from '../../../../main/api/run-summary.ts';
import { toTodayNumbers } from '../../../../renderer/history/today-words.ts';
import { completed, failed, missed } from './runs.ts';

test('the day so far counts what a gap stands for, and takes its share from runs that ended', () => {
  const runs = [
    completed('2026-10-14T09:00:00.000Z', 1, 6200),
    completed('2026-10-14T08:00:00.000Z', 1, 6000),
    completed('2026-10-14T07:00:00.000Z', 1, 9000),
    failed('2026-10-14T06:00:00.000Z'),
    missed('2026-10-13T22:00:00.000Z', '2026-10-14T05:00:00.000Z', 28),
  ];
  const summary = summarise(runs, (run) => run.status === 'failed');
  expect(summary).toMatchObject({ total: 5, problems: 1, medianMs: 6200, averageMs: 7067, p95Ms: 9000 });
  expect(toTodayNumbers(summary)).toEqual({
    runs: 4,
    completed: 3,
    failed: 1,
    missed: 28,
    share: 0.75,
    medianMs: 6200,
    averageMs: 7067,
  });
});

test('a day without runs has no share and no duration', () => {
  expect(toTodayNumbers(summarise([], () => false))).toEqual({ runs: 0, completed: 0, failed: 0, missed: 0 });
});
