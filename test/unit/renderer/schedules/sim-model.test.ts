import { expect, test } from 'vitest';
import { simulate } from '../../../../main/scheduler/simulate.ts';
import type { Simulation } from '../../../../preload/contract/schedule.ts';
import { clocksSentence, columnOf, dayLines, nightsOf, pathsOf } from '../../../../renderer/schedules/sim-model.ts';
import { readSleep, toHabit } from '../../../../renderer/schedules/sleep-habit.ts';

const VIENNA = 'Europe/Vienna';
const SLEEP = { from: '23:00', to: '07:00', days: 'weekdays' } as const;
const look = (trigger: Parameters<typeof simulate>[0]['trigger'], now = '2026-10-15T10:48:00.000Z'): Simulation =>
  simulate({ trigger, timeZone: 'UTC', sleep: toHabit(SLEEP) }, { now: Date.parse(now), systemTimeZone: VIENNA });

test('the day on which the clocks go back is told with its runs', () => {
  expect(clocksSentence(look({ type: 'interval', minutes: 60 }))).toBe(
    '25 October has 25 hours in Vienna, so that day has one run more.',
  );
  expect(clocksSentence(look({ type: 'interval', minutes: 30 }))).toBe(
    '25 October has 25 hours in Vienna, so that day has 2 runs more.',
  );
  expect(clocksSentence(look({ type: 'interval', minutes: 60 }, '2026-03-10T10:00:00.000Z'))).toBe(
    '29 March has 23 hours in Vienna, so that day has one run less.',
  );
  expect(clocksSentence(look({ type: 'daily', time: '12:00' }))).toBe(
    '25 October has 25 hours in Vienna; it has as many runs as any other day.',
  );
  expect(clocksSentence(look({ type: 'daily', time: '12:00' }, '2026-07-01T10:00:00.000Z'))).toBe('');
});

test('every five minutes for 30 days is counted by the hour, whole, and drawn in a handful of shapes', () => {
  const simulation = look({ type: 'interval', minutes: 5 });
  expect(simulation.isCut).toBe(true);
  expect(simulation.cells.length).toBeLessThanOrEqual(30 * 24 + 1);
  const lines = dayLines(simulation);
  const sum = (field: 'onTime' | 'madeUp' | 'catchUps' | 'missed') => lines.reduce((total, line) => total + line[field], 0);
  expect({ onTime: sum('onTime'), madeUp: sum('madeUp'), catchUps: sum('catchUps'), missed: sum('missed') }).toEqual(
    simulation.counts,
  );
  const paths = pathsOf(simulation.cells);
  expect(Object.values(paths).every((path) => !path.includes('NaN'))).toBe(true);
  expect(paths.onTime.length).toBeGreaterThan(1000);
  expect(nightsOf(simulation.days)).not.toContain('NaN');
});

test('a column says its day, its month at the beginning of one, its weekend and its hours', () => {
  const { days } = look({ type: 'daily', time: '12:00' });
  expect(
    days
      .slice(0, 4)
      .map(columnOf)
      .map(({ day, month, isWeekend }) => [day, month, isWeekend]),
  ).toEqual([
    ['15', 'Oct', false],
    ['16', '', false],
    ['17', '', true],
    ['18', '', true],
  ]);
  expect(days.map(columnOf).filter(({ clocks }) => clocks)).toMatchObject([{ day: '25', clocks: '25 h' }]);
});

test('the sleep that was told is kept, what cannot be read becomes the usual one, and no day is no sleep', () => {
  expect(readSleep(JSON.stringify({ from: '22:15', to: '06:00', days: 'every' }))).toEqual({
    from: '22:15',
    to: '06:00',
    days: 'every',
  });
  for (const bad of [null, '', '{', 'null', '{"from":"25:00","to":"07:00","days":"every"}']) {
    expect(readSleep(bad)).toEqual(SLEEP);
  }
  expect(toHabit(SLEEP)?.days).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
  expect(toHabit({ ...SLEEP, days: 'weekend' })?.days).toEqual(['sat', 'sun']);
  expect(toHabit({ ...SLEEP, days: 'never' })).toBeNull();
});
