import { describe, expect, test } from 'vitest';
import { nextDue, nextDues } from '../../../main/scheduler/next-due.ts';
import type { Trigger } from '../../../preload/contract/schedule.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { cronOracle, rhythmDues, type WallMinute, wallDues, wallMinutes } from '../../helpers/wall-oracle.ts';

const instant = (ms: number): string => new Date(ms).toISOString();
const timeOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** What the oracle says is due in these minutes. */
const expectedDues = (minutes: readonly WallMinute[], trigger: Exclude<Trigger, { type: 'interval' }>): number[] => {
  if (trigger.type === 'cron') {
    const { isFixed, isDay, isTime, timesOfDay } = cronOracle(trigger.expression);
    return isFixed ? wallDues(minutes, isDay, timesOfDay) : rhythmDues(minutes, (minute) => isDay(minute) && isTime(minute));
  }
  const isDay = (date: { year: number; month: number; day: number; weekday: number }): boolean => {
    if (trigger.type === 'weekly') return (trigger.days as string[]).includes(WEEK[date.weekday] as string);
    if (trigger.type === 'daily') return true;
    return date.day === Math.min(trigger.day, new Date(Date.UTC(date.year, date.month, 0)).getUTCDate());
  };
  return wallDues(minutes, isDay, [timeOf(trigger.time)]);
};

/** What the scheduler says is due after the first of these minutes. */
const foundDues = (minutes: readonly WallMinute[], trigger: Trigger, zone: string): number[] => {
  const end = minutes.at(-1)?.at ?? 0;
  const found: number[] = [];
  for (let due = instant(minutes[0]?.at ?? 0); ; found.push(Date.parse(due))) {
    due = nextDue(trigger, zone, due);
    if (Date.parse(due) > end) return found;
  }
};

/** Five days around each change; the oracle begins a day early to know what the clock has shown. */
const CHANGES: [zone: string, start: string, what: string][] = [
  ['Europe/Berlin', '2026-03-27T00:00:00Z', 'an hour on at 02:00'],
  ['Europe/Berlin', '2026-10-23T00:00:00Z', 'an hour back at 03:00'],
  ['America/New_York', '2026-03-06T00:00:00Z', 'an hour on'],
  ['America/New_York', '2026-10-30T00:00:00Z', 'an hour back'],
  ['America/Sao_Paulo', '2018-11-02T00:00:00Z', 'an hour on at midnight'],
  ['America/Sao_Paulo', '2018-02-16T00:00:00Z', 'an hour back at midnight'],
  ['Australia/Lord_Howe', '2026-10-01T00:00:00Z', 'half an hour on'],
  ['Australia/Lord_Howe', '2026-04-02T00:00:00Z', 'half an hour back'],
  ['Africa/Casablanca', '2026-02-13T00:00:00Z', 'an hour back before Ramadan'],
  ['Africa/Casablanca', '2026-03-20T00:00:00Z', 'an hour on after Ramadan'],
  ['Pacific/Apia', '2011-12-27T00:00:00Z', 'a day left out'],
  ['Asia/Beirut', '2026-03-26T00:00:00Z', 'midnight left out'],
  ['America/Havana', '2026-10-30T00:00:00Z', 'midnight twice'],
  ['America/St_Johns', '2010-11-05T00:00:00Z', 'an hour back at one past midnight'],
  ['Pacific/Chatham', '2026-09-25T00:00:00Z', 'an hour on at 02:45'],
  ['Antarctica/Troll', '2026-03-27T00:00:00Z', 'two hours on'],
  ['Africa/Cairo', '2026-10-28T00:00:00Z', 'an hour back at midnight'],
  ['Asia/Kolkata', '2026-03-27T00:00:00Z', 'no change'],
  ['Europe/London', '2099-03-27T00:00:00Z', 'the end of the century'],
];

const TRIGGERS: Exclude<Trigger, { type: 'interval' }>[] = [
  ...['00:00', '00:30', '01:30', '02:00', '02:15', '02:30', '03:00', '23:30'].map((time) => ({ type: 'daily' as const, time })),
  { type: 'weekly', days: ['sun', 'fri'], time: '02:30' },
  { type: 'weekly', days: ['sat'], time: '00:15' },
  { type: 'monthly', day: 31, time: '02:30' },
  ...[
    '0 * * * *',
    '*/10 * * * *',
    '30 1-3 * * *',
    '*/20 0-2 * * 0,6',
    '15,45 0,2 * * *',
    '30 0,1,2,3,23 * * *',
    '0 0 */2 * *',
    '59 23 * * *',
    '1 0 28-31 * fri',
    '* 2 * * sun',
  ].map((expression) => ({ type: 'cron' as const, expression })),
];

describe('the rule of time where clocks change', () => {
  test.each(CHANGES)(
    '%s from %s (%s): every trigger is due when reading the wall clock minute by minute says so',
    (zone, start) => {
      const minutes = wallMinutes(zone, start, 6);
      for (const trigger of TRIGGERS)
        expect(foundDues(minutes, trigger, zone).map(instant), JSON.stringify(trigger)).toEqual(
          expectedDues(minutes, trigger).map(instant),
        );
    },
  );

  test('random rules in random zones and years agree with reading the wall clock minute by minute', () => {
    let seed = 20_261_121;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const pick = <Value>(values: readonly Value[]): Value => values[random(values.length)] as Value;
    const zones = Intl.supportedValuesOf('timeZone');
    const field = (low: number, high: number): string => {
      const [a, b] = [low + random(high - low + 1), low + random(high - low + 1)].sort((x, y) => x - y) as [number, number];
      return pick(['*', '*', String(a), `${a},${b}`, `${a}-${b}`, `*/${1 + random(high)}`, `${a}-${b}/${1 + random(5)}`]);
    };
    for (let round = 0; round < 60; round += 1) {
      const zone = pick(zones);
      const minutes = wallMinutes(zone, instant(Date.UTC(1995 + random(100), random(12), 1 + random(28))), 4);
      for (let each = 0; each < 12; each += 1) {
        const expression = [field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7)].join(' ');
        const trigger = { type: 'cron' as const, expression };
        const expected = expectedDues(minutes, trigger);
        if (expected.length === 0) continue;
        const found = nextDues(trigger, zone, instant(minutes[0]?.at ?? 0), expected.length);
        expect(found, `${zone} ${expression}`).toEqual(expected.map(instant));
      }
    }
  });
});

const localDay = (zone: string, due: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(Date.parse(due));

hostileCase(122, 'a daily time that falls in the gap is due once that day, at the first instant after the gap', () => {
  const dues = nextDues({ type: 'daily', time: '02:30' }, 'Europe/Berlin', '2026-03-28T12:00:00Z', 2);
  expect(dues).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
  expect(nextDues({ type: 'cron', expression: '30 2 * * *' }, 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual(dues);
  return 'OK';
});

hostileCase(123, 'in an overlap a daily time comes once, an hourly and a ten-minute rhythm follow real time', () => {
  const from = '2026-10-24T12:00:00Z';
  expect(nextDues({ type: 'daily', time: '02:30' }, 'Europe/Berlin', from, 2)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ]);
  const gaps = (dues: string[]): number[] =>
    dues.slice(1).map((due, index) => (Date.parse(due) - Date.parse(dues[index] as string)) / 60_000);
  expect(new Set(gaps(nextDues({ type: 'cron', expression: '0 * * * *' }, 'Europe/Berlin', from, 40)))).toEqual(new Set([60]));
  expect(new Set(gaps(nextDues({ type: 'cron', expression: '*/10 * * * *' }, 'Europe/Berlin', from, 200)))).toEqual(
    new Set([10]),
  );
  return 'OK';
});

hostileCase(124, 'half-hour changes, Ramadan, a day left out and rules that change are met once each', () => {
  const daily = (time: string): Trigger => ({ type: 'daily', time });
  expect(nextDue(daily('02:15'), 'Australia/Lord_Howe', '2026-10-03T00:00:00Z')).toBe('2026-10-03T15:30:00.000Z');
  expect(nextDues(daily('01:45'), 'Australia/Lord_Howe', '2026-04-04T00:00:00Z', 2)).toEqual([
    '2026-04-04T14:45:00.000Z',
    '2026-04-05T15:15:00.000Z',
  ]);
  const days = nextDues(daily('02:30'), 'Africa/Casablanca', '2026-01-01T12:00:00Z', 365).map((due) =>
    localDay('Africa/Casablanca', due),
  );
  expect(new Set(days).size).toBe(365);
  expect(nextDues(daily('06:30'), 'Pacific/Apia', '2011-12-29T00:00:00Z', 3)).toEqual([
    '2011-12-29T16:30:00.000Z',
    '2011-12-30T10:00:00.000Z',
    '2011-12-30T16:30:00.000Z',
  ]);
  const [before, after] = nextDues(daily('12:00'), 'America/Sao_Paulo', '2019-02-15T16:00:00Z', 2);
  expect([before, after]).toEqual(['2019-02-16T14:00:00.000Z', '2019-02-17T15:00:00.000Z']);
  return 'OK';
});
