import { expect, test } from 'vitest';
import { nextDues, validateTrigger } from '../../../main/scheduler/next-due.ts';
import type { Trigger } from '../../../preload/contract/schedule.ts';

const cron = (expression: string): Trigger => ({ type: 'cron', expression });
const days = (expression: string, count: number, from = '2026-01-01T00:00:00Z'): string[] =>
  nextDues(cron(expression), 'UTC', from, count).map((due) => due.slice(0, 10));

test('L is the last day of each month, also of February', () => {
  expect(days('0 3 L * *', 4, '2028-01-01T00:00:00Z')).toEqual(['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']);
  expect(days('0 3 15,L 2 *', 3)).toEqual(['2026-02-15', '2026-02-28', '2027-02-15']);
});

test('5L and FRIL are the last Friday of each month', () => {
  expect(days('0 3 * * 5L', 3)).toEqual(['2026-01-30', '2026-02-27', '2026-03-27']);
  expect(days('0 3 * * fril', 3)).toEqual(days('0 3 * * 5L', 3));
  expect(days('0 3 * * 0L', 1)).toEqual(days('0 3 * * 7L', 1));
});

test('MON#2 is the second Monday, and a fifth one comes only in months that have it', () => {
  expect(days('0 3 * * MON#2', 3)).toEqual(['2026-01-12', '2026-02-09', '2026-03-09']);
  expect(days('0 3 * * MON#5', 3)).toEqual(['2026-03-30', '2026-06-29', '2026-08-31']);
  expect(days('0 3 * 2 MON#5', 1)).toEqual(['2044-02-29']);
});

test('a restricted day of the month and one of these days of the week: either matches', () => {
  expect(days('0 3 10 1 MON#2', 2)).toEqual(['2026-01-10', '2026-01-12']);
  expect(days('0 3 L 1 FRIL', 2)).toEqual(['2026-01-30', '2026-01-31']);
});

test('a day that never comes is refused with the reason', () => {
  expect(() => validateTrigger(cron('0 3 30 2 *'), 'UTC', { goesOut: false })).toThrow('no such day exists');
});
