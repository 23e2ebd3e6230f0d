import { describe, expect, test } from 'vitest';
import { firstDue } from '../../../main/scheduler/due.ts';
import { nextDue, nextDues, validateTrigger } from '../../../main/scheduler/next-due.ts';
import { isInWindow } from '../../../main/scheduler/window.ts';
import { zoneOf } from '../../../main/scheduler/zone.ts';
import type { ActiveWindow, Trigger, Weekday } from '../../../preload/contract/schedule.ts';

const WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const ALL: Weekday[] = [...WEEK, 'sat', 'sun'];
const WORK: ActiveWindow = { days: WEEK, from: '09:00', to: '17:00' };
const cron = (expression: string): Trigger => ({ type: 'cron', expression });

/** Wall times of the next due instants, as the zone reads them. */
const walls = (trigger: Trigger, zone: string, from: string, count: number, window: ActiveWindow): string[] =>
  nextDues(trigger, zone, from, count, window).map((due) =>
    new Date(Date.parse(due) + zoneOf(zone).offsetAt(Date.parse(due))).toISOString().slice(0, 16),
  );

test('outside its window nothing is due; after Friday evening comes Monday morning', () => {
  expect(walls(cron('*/15 * * * *'), 'Europe/Berlin', '2026-11-20T15:30:00Z', 3, WORK)).toEqual([
    '2026-11-20T16:45',
    '2026-11-23T09:00',
    '2026-11-23T09:15',
  ]);
});

test('an interval keeps its grid through the hours in which it is not due', () => {
  expect(nextDues({ type: 'interval', minutes: 25 }, 'UTC', '2026-11-20T16:20:00Z', 3, WORK)).toEqual([
    '2026-11-20T16:45:00.000Z',
    '2026-11-23T09:20:00.000Z',
    '2026-11-23T09:45:00.000Z',
  ]);
});

test('a window whose end is before its beginning goes over midnight, into a day that is not among its days', () => {
  const night: ActiveWindow = { days: ['fri'], from: '22:00', to: '02:00' };
  expect(walls(cron('0 * * * *'), 'UTC', '2026-11-20T12:00:00Z', 5, night)).toEqual([
    '2026-11-20T22:00',
    '2026-11-20T23:00',
    '2026-11-21T00:00',
    '2026-11-21T01:00',
    '2026-11-27T22:00',
  ]);
});

test('a window from midnight to midnight is the whole of its days', () => {
  const sunday: ActiveWindow = { days: ['sun'], from: '00:00', to: '00:00' };
  expect(nextDues(cron('0 0,12 * * *'), 'UTC', '2026-11-20T12:00:00Z', 3, sunday)).toEqual([
    '2026-11-22T00:00:00.000Z',
    '2026-11-22T12:00:00.000Z',
    '2026-11-29T00:00:00.000Z',
  ]);
});

describe('rules that never meet their window', () => {
  test.each<[Trigger, ActiveWindow]>([
    [{ type: 'daily', time: '03:00' }, WORK],
    [{ type: 'daily', time: '17:00' }, WORK],
    [{ type: 'weekly', days: ['sun'], time: '10:00' }, WORK],
    [{ type: 'monthly', day: 1, time: '08:59' }, WORK],
    [cron('0 3 * * *'), WORK],
    [cron('0 10 * * SAT#2'), WORK],
    [cron('*/10 1-5 * * *'), WORK],
  ])('%j is refused with the reason', (trigger, window) => {
    expect(() => validateTrigger(trigger, 'Europe/Berlin', { goesOut: false, window })).toThrow(
      'never comes due inside its active window',
    );
  });

  test('one that meets it once in many years is taken', () => {
    expect(nextDue(cron('0 10 29 2 *'), 'UTC', '2026-01-01T00:00:00Z', { ...WORK, days: ['sun'] })).toBe(
      '2032-02-29T10:00:00.000Z',
    );
  });

  test('an interval whose grid lies outside begins with the window', () => {
    const rule = { trigger: { type: 'interval', minutes: 1440 } as const, timeZone: 'UTC', window: WORK };
    expect(firstDue(rule, Date.parse('2026-11-20T20:10:30Z'))).toBe('2026-11-23T09:00:00.000Z');
  });
});

/** All due instants of the three days after `start`. */
const plainDues = (trigger: Trigger, zone: string, start: string): string[] => {
  const until = new Date(Date.parse(start) + 3 * 86_400_000).toISOString();
  const dues: string[] = [];
  for (let due = nextDue(trigger, zone, start); due <= until; due = nextDue(trigger, zone, due)) dues.push(due);
  return dues;
};

test('with windows, zones and changes of the clock at random, just the due instants inside are left', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'Africa/Cairo', 'Asia/Beirut'];
  const starts = [
    '2026-03-28T18:00:00Z',
    '2026-10-24T18:00:00Z',
    '2026-03-07T20:00:00Z',
    '2026-11-01T01:00:00Z',
    '2026-04-04T10:00:00Z',
  ];
  const triggers: Trigger[] = [
    cron('*/7 * * * *'),
    cron('30 * * * *'),
    { type: 'interval', minutes: 17 },
    { type: 'daily', time: '02:30' },
    cron('15,45 1,2,3 * * *'),
  ];
  const hours: [string, string][] = [
    ['02:15', '02:45'],
    ['02:30', '03:30'],
    ['23:30', '02:30'],
    ['00:00', '00:00'],
    ['01:30', '01:29'],
  ];
  let compared = 0;
  const cases = zones.flatMap((zone) => starts.flatMap((start) => triggers.map((trigger) => ({ zone, start, trigger }))));
  for (const [index, { zone, start, trigger }] of cases.entries())
    for (const [from, to] of hours) {
      const window: ActiveWindow = { days: index % 2 === 0 ? ALL : ['sat', 'sun'], from, to };
      const inside = plainDues(trigger, zone, start).filter((due) => isInWindow(window, zoneOf(zone), Date.parse(due)));
      const found = inside.length === 0 ? [] : nextDues(trigger, zone, start, inside.length, window);
      expect(found, `${zone} ${start} ${JSON.stringify(trigger)} ${from}-${to}`).toEqual(inside);
      compared += inside.length;
    }
  expect(compared).toBeGreaterThan(5000);
});
