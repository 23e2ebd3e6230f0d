import { expect, test } from 'vitest';
import { todayParts, toTodayNumbers } from '../../../../renderer/history/today-words.ts';
import { completed, failed, missed } from './runs.ts';

const midnight = Date.parse('2026-10-14T00:00:00.000Z');

test('the day so far counts what a gap stands for, and not what was before midnight', () => {
  const runs = [
    completed('2026-10-14T09:00:00.000Z', 1, 6200),
    completed('2026-10-14T08:00:00.000Z', 1, 6000),
    completed('2026-10-14T07:00:00.000Z', 1, 9000),
    failed('2026-10-14T06:00:00.000Z'),
    missed('2026-10-13T22:00:00.000Z', '2026-10-14T05:00:00.000Z', 28),
    completed('2026-10-13T23:00:00.000Z'),
  ];
  const numbers = toTodayNumbers(runs, midnight);
  expect(numbers).toEqual({ runs: 4, completed: 3, failed: 1, missed: 28, usualMs: 6200 });
  expect(todayParts(numbers)).toEqual({ plain: '4 runs, 3 completed', failed: '1 failed', missed: '28 missed' });
});

test('an empty day says so', () => {
  expect(todayParts(toTodayNumbers([], midnight))).toEqual({ plain: 'no runs yet' });
});
