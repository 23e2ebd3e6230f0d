import { expect, test } from 'vitest';
import { simulate } from '../../../main/scheduler/simulate.ts';
import type { SleepHabit, WantedSimulation } from '../../../preload/contract/schedule.ts';
import { createBench, hourly } from '../../helpers/scheduler-bench.ts';

const HOUR = 3_600_000;
const NIGHTS: SleepHabit = { from: '23:00', to: '07:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] };
const look = (wanted: Partial<WantedSimulation>, now = '2026-11-21T12:10:00Z', systemTimeZone = 'Europe/Berlin') =>
  simulate(
    { trigger: { type: 'cron', expression: '0 * * * *' }, timeZone: systemTimeZone, sleep: NIGHTS, ...wanted },
    { now: Date.parse(now), systemTimeZone },
  );

test('a computer that never sleeps runs everything on time', () => {
  const { counts, wakes, days, isCut } = look({ sleep: null, days: 2 });
  expect(counts).toEqual({ onTime: 10 + 24, catchUps: 0, madeUp: 0, missed: 0 });
  expect({ wakes, isCut }).toEqual({ wakes: [], isCut: false });
  expect(days.map(({ date, hours, asleep }) => ({ date, hours, asleep }))).toEqual([
    { date: '2026-11-21', hours: 24, asleep: [] },
    { date: '2026-11-22', hours: 24, asleep: [] },
  ]);
});

test('what falls into the night is made up by one run at the wake, or missed', () => {
  const daily = { trigger: { type: 'daily', time: '03:00' } as const, days: 3 };
  expect(look(daily).counts).toEqual({ onTime: 0, catchUps: 2, madeUp: 2, missed: 0 });
  expect(look(daily).dues[0]).toEqual({
    dueAt: '2026-11-22T02:00:00.000Z',
    outcome: 'made-up',
    startsAt: '2026-11-22T06:00:00.000Z',
  });
  expect(look({ ...daily, missed: 'skip' }).counts).toEqual({ onTime: 0, catchUps: 0, madeUp: 0, missed: 2 });
  expect(look({ ...daily, missed: 'ask' }).counts.madeUp).toBe(2);
  expect(look({ ...daily, graceMinutes: 60 }).counts.missed).toBe(2);
});

test('the nights of some days only are slept', () => {
  const { days, counts } = look({ sleep: { ...NIGHTS, days: ['sat'] }, trigger: { type: 'daily', time: '03:00' }, days: 3 });
  expect(days.map(({ asleep }) => asleep)).toEqual([
    [{ from: '2026-11-21T22:00:00.000Z', to: '2026-11-21T23:00:00.000Z' }],
    [{ from: '2026-11-21T23:00:00.000Z', to: '2026-11-22T06:00:00.000Z' }],
    [],
  ]);
  expect(counts).toMatchObject({ onTime: 1, madeUp: 1 });
});

test.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
])('in %s the day %s has %d hours', (zone, date, hours) => {
  const from = new Date(Date.parse(`${date}T00:00:00Z`) - 3 * 24 * HOUR).toISOString();
  expect(look({ days: 7 }, from, zone).days.find((day) => day.date === date)?.hours).toBe(hours);
});

test('a window leaves only what is inside, and the rule may be in another zone than the computer', () => {
  const window = { days: ['mon' as const], from: '09:00', to: '12:00' };
  const { dues } = look({ window, timeZone: 'America/New_York', sleep: null, days: 4 });
  expect(dues.map(({ dueAt }) => dueAt)).toEqual([
    '2026-11-23T14:00:00.000Z',
    '2026-11-23T15:00:00.000Z',
    '2026-11-23T16:00:00.000Z',
  ]);
});

test('a rule of every minute is bounded, and says that it was cut', () => {
  const before = performance.now();
  const simulation = look({ trigger: { type: 'interval', minutes: 1 }, days: 60 });
  expect(simulation.isCut).toBe(true);
  expect(simulation.dues).toHaveLength(1000);
  expect(performance.now() - before).toBeLessThan(5000);
  expect(look({ trigger: { type: 'interval', minutes: 5 }, days: 60 }).counts.onTime).toBeGreaterThan(10_000);
});

test('a computer that always sleeps runs nothing, and a rule that never comes is refused', () => {
  const always: SleepHabit = { ...NIGHTS, from: '12:00', to: '12:00' };
  expect(look({ sleep: always, days: 5 }).counts).toMatchObject({ onTime: 0, catchUps: 0 });
  expect(() => look({ trigger: { type: 'cron', expression: '0 0 30 2 *' } })).toThrow('never comes due');
});

test('what it foretells is what the scheduler does', async () => {
  for (const missed of ['run-once', 'skip', 'ask'] as const) {
    const bench = createBench('2026-11-21T12:10:00.000Z');
    const trigger = { type: 'cron' as const, expression: '20 */5 * * *' };
    await bench.scheduler.add(hourly({ trigger, missed }));
    await bench.scheduler.start();
    for (let night = 0; night < 5; night += 1) {
      // From ten past twelve to 23:00, then eight hours of sleep.
      await bench.clock.pass((night === 0 ? 10 * 60 + 50 : 16 * 60) * 60_000 - (night === 0 ? 0 : 1000));
      bench.clock.sleep(8 * HOUR);
      bench.scheduler.wake();
      await bench.clock.pass(1000);
    }
    const { counts } = look({ trigger, timeZone: 'UTC', missed, days: 6 }, '2026-11-21T12:10:00.000Z', 'UTC');
    const beyond = look({ trigger, timeZone: 'UTC', missed, days: 7 }, '2026-11-26T07:00:01.000Z', 'UTC').dues.filter(
      ({ dueAt }) => dueAt < '2026-11-27',
    ).length;
    const runs = bench.started();
    expect(runs.filter(({ cause }) => cause === 'catch-up')).toHaveLength(counts.catchUps);
    expect(runs.filter(({ cause }) => cause === 'schedule')).toHaveLength(counts.onTime - beyond);
  }
});
