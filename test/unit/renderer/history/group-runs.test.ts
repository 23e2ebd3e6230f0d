import { expect, test } from 'vitest';
import { foldQuiet, groupByDay } from '../../../../renderer/history/group-runs.ts';
import { completed, failed, missed } from './runs.ts';

const at = (time: string) => `2026-10-14T${time}:00.000Z`;

test('a stretch of scheduled runs that brought little becomes one entry with its span and its posts', () => {
  const quiet = [completed(at('09:00'), 1), completed(at('08:30')), completed(at('08:00'), 2)];
  const entries = foldQuiet([completed(at('09:30'), 12), ...quiet, failed(at('07:30'))]);
  expect(entries.map((entry) => entry.kind)).toEqual(['run', 'fold', 'run']);
  expect(entries[1]).toMatchObject({ from: at('08:00'), to: at('09:00'), posts: 3 });
});

test('two quiet runs stay as they are, and so do runs by hand and gaps', () => {
  expect(foldQuiet([completed(at('09:00')), completed(at('08:30'))])).toHaveLength(2);
  const byHand = [0, 1, 2].map(() => completed(at('09:00'), 0, 1, { cause: 'manual' }));
  expect(foldQuiet(byHand)).toHaveLength(3);
  expect(foldQuiet([missed(at('01:00'), at('05:00'), 9)])).toMatchObject([{ kind: 'run' }]);
});

test('a completed run in which a source failed is never folded away', () => {
  const runs = [completed(at('09:00')), completed(at('08:30'), 0, 1, { counts: { failed: 1 } }), completed(at('08:00'))];
  expect(foldQuiet(runs).every((entry) => entry.kind === 'run')).toBe(true);
});

test('days are those of the given zone, newest first', () => {
  const runs = [completed('2026-10-14T22:30:00.000Z', 5), completed('2026-10-14T21:30:00.000Z', 5), failed(at('03:00'))];
  const days = groupByDay(runs, 'Europe/Vienna', true);
  expect(days.map((day) => [day.day, day.runs, day.failed])).toEqual([
    ['2026-10-15', 1, 0],
    ['2026-10-14', 2, 1],
  ]);
});

test('a narrowed list shows every run for itself', () => {
  const runs = [completed(at('09:00')), completed(at('08:30')), completed(at('08:00'))];
  expect(groupByDay(runs, 'UTC', false)[0]?.entries).toHaveLength(3);
});
