import { describe, expect, test } from 'vitest';
import { nextDue, nextDues, validateTrigger } from '../../../main/scheduler/next-due.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import type { Trigger } from '../../../preload/contract/schedule.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

const cron = (expression: string): Trigger => ({ type: 'cron', expression });
/** The code a call ends with, and its sentence. */
const refusal = (call: () => unknown): { code: string; message: string } => {
  try {
    call();
  } catch (error) {
    return { code: (error as AppError).code, message: (error as AppError).message };
  }
  return { code: 'OK', message: '' };
};
const saved = (trigger: unknown, timeZone = 'UTC', goesOut = false): string =>
  refusal(() => validateTrigger(trigger, timeZone, { goesOut })).code;

describe('when a trigger is due', () => {
  test.each<[Trigger, string, string, string[]]>([
    [{ type: 'interval', minutes: 30 }, 'UTC', '2026-11-21T10:07:00Z', ['2026-11-21T10:37:00.000Z', '2026-11-21T11:07:00.000Z']],
    [{ type: 'interval', minutes: 30 }, 'UTC', '2026-11-21T10:07:42.123Z', ['2026-11-21T10:37:00.000Z']],
    [{ type: 'interval', minutes: 1 }, 'UTC', '2026-11-21T10:07:59.999Z', ['2026-11-21T10:08:00.000Z']],
    [{ type: 'daily', time: '06:30' }, 'UTC', '2026-11-21T06:30:00Z', ['2026-11-22T06:30:00.000Z']],
    [{ type: 'daily', time: '06:30' }, 'UTC', '2026-11-21T06:29:59.999Z', ['2026-11-21T06:30:00.000Z']],
    [
      { type: 'daily', time: '08:00' },
      'America/New_York',
      '2026-03-07T00:00:00Z',
      ['2026-03-07T13:00:00.000Z', '2026-03-08T12:00:00.000Z', '2026-03-09T12:00:00.000Z'],
    ],
    [
      { type: 'weekly', days: ['mon', 'fri'], time: '10:00' },
      'UTC',
      '2026-11-21T00:00:00Z',
      ['2026-11-23T10:00:00.000Z', '2026-11-27T10:00:00.000Z', '2026-11-30T10:00:00.000Z'],
    ],
    [
      { type: 'monthly', day: 31, time: '04:00' },
      'UTC',
      '2027-01-31T04:00:00Z',
      ['2027-02-28T04:00:00.000Z', '2027-03-31T04:00:00.000Z', '2027-04-30T04:00:00.000Z'],
    ],
    [
      { type: 'monthly', day: 30, time: '04:00' },
      'UTC',
      '2028-02-01T00:00:00Z',
      ['2028-02-29T04:00:00.000Z', '2028-03-30T04:00:00.000Z'],
    ],
    [cron('0 3 * * 6'), 'UTC', '2026-11-16T00:00:00Z', ['2026-11-21T03:00:00.000Z']],
    [cron('0 3 * * 0'), 'UTC', '2026-11-16T00:00:00Z', ['2026-11-22T03:00:00.000Z']],
    [cron('0 3 * * 7'), 'UTC', '2026-11-16T00:00:00Z', ['2026-11-22T03:00:00.000Z']],
    [cron('0 3 * * SUN'), 'UTC', '2026-11-16T00:00:00Z', ['2026-11-22T03:00:00.000Z']],
    [cron('0 12 13 * fri'), 'UTC', '2026-11-11T00:00:00Z', ['2026-11-13T12:00:00.000Z', '2026-11-20T12:00:00.000Z']],
    [cron('0 12 15 * fri'), 'UTC', '2026-11-14T00:00:00Z', ['2026-11-15T12:00:00.000Z', '2026-11-20T12:00:00.000Z']],
    [cron('0 12 */2 * fri'), 'UTC', '2026-11-12T00:00:00Z', ['2026-11-13T12:00:00.000Z', '2026-11-27T12:00:00.000Z']],
    [
      cron('0 0 1 Jan-Mar/2 *'),
      'UTC',
      '2026-11-12T00:00:00Z',
      ['2027-01-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z', '2028-01-01T00:00:00.000Z'],
    ],
    [cron('  5\t4   * * 1-5 '), 'UTC', '2026-11-20T05:00:00Z', ['2026-11-23T04:05:00.000Z']],
    [cron('*/25 * * * *'), 'UTC', '2026-11-20T05:40:00Z', ['2026-11-20T05:50:00.000Z', '2026-11-20T06:00:00.000Z']],
    [
      cron('0 0 29 2 */7'),
      'UTC',
      '2026-01-01T00:00:00Z',
      ['2032-02-29T00:00:00.000Z', '2060-02-29T00:00:00.000Z', '2088-02-29T00:00:00.000Z'],
    ],
  ])('%j in %s after %s', (trigger, zone, from, expected) => {
    expect(nextDues(trigger, zone, from, expected.length)).toEqual(expected);
  });

  test('D-3: 08:00 in New York is 13:00 UTC before the clocks change and 12:00 UTC after', () => {
    expect(nextDues({ type: 'daily', time: '08:00' }, 'America/New_York', '2026-03-07T00:00:00Z', 3)).toEqual([
      '2026-03-07T13:00:00.000Z',
      '2026-03-08T12:00:00.000Z',
      '2026-03-09T12:00:00.000Z',
    ]);
  });

  test('A-21: */15 9-17 * * 1-5 shows its next five times', () => {
    expect(nextDues(cron('*/15 9-17 * * 1-5'), 'UTC', '2026-11-20T17:20:00Z', 5)).toEqual([
      '2026-11-20T17:30:00.000Z',
      '2026-11-20T17:45:00.000Z',
      '2026-11-23T09:00:00.000Z',
      '2026-11-23T09:15:00.000Z',
      '2026-11-23T09:30:00.000Z',
    ]);
  });

  test.each(['2026-11-21', '2026-11-21T10:00:00', 'tomorrow', ''])('a start without a zone is refused: %j', (from) => {
    expect(refusal(() => nextDue({ type: 'daily', time: '06:30' }, 'UTC', from)).code).toBe('SCHED_INVALID');
  });

  test('the calendar ends with the year 9999 instead of running on', () => {
    expect(refusal(() => nextDue({ type: 'interval', minutes: 30 }, 'UTC', '9999-12-31T23:45:00Z')).code).toBe('SCHED_NEVER');
    expect(refusal(() => nextDue(cron('0 * * * *'), 'Europe/Berlin', '9999-12-31T23:45:00Z')).code).toBe('SCHED_NEVER');
  });
});

describe('what can be saved', () => {
  test.each(['', 'Nowhere/Land', '+02:00', 'UTC+2', 'x'.repeat(64)])('the zone %j is refused', (zone) => {
    expect(refusal(() => validateTrigger({ type: 'daily', time: '06:30' }, zone, { goesOut: false }))).toMatchObject({
      code: 'SCHED_INVALID',
    });
  });

  test.each(['UTC', 'Europe/Berlin', 'america/new_york', 'Asia/Kolkata'])('the zone %s is taken', (zone) => {
    expect(saved({ type: 'daily', time: '06:30' }, zone)).toBe('OK');
  });

  test.each<[Trigger, boolean, string]>([
    [{ type: 'interval', minutes: 4 }, true, 'SCHED_INVALID'],
    [{ type: 'interval', minutes: 4 }, false, 'OK'],
    [{ type: 'interval', minutes: 5 }, true, 'OK'],
    [cron('*/5 * * * *'), true, 'OK'],
    [cron('*/4 * * * *'), true, 'SCHED_INVALID'],
    [cron('0,58 * * * *'), true, 'SCHED_INVALID'],
    [cron('0,3 4 1 1 *'), true, 'SCHED_INVALID'],
    [cron('58 23 * * *'), true, 'OK'],
    [cron('0,58 0,23 * * *'), true, 'SCHED_INVALID'],
    [cron('0,59 0,23 * * 1'), true, 'OK'],
    [cron('0,59 0,23 1,2 * *'), true, 'SCHED_INVALID'],
  ])('%j, going out to the network: %s, is %s', (trigger, goesOut, code) => {
    expect(saved(trigger, 'UTC', goesOut)).toBe(code);
  });

  test.each([
    ['0 0 * *', 'this one has 4'],
    ['0 0 0 * * *', 'Seconds are not supported'],
    ['0 0 0 * * * *', 'this one has 7'],
    ['61 * * * *', '"61" is not a minute (0 to 59)'],
    ['0 24 * * *', '"24" is not an hour'],
    ['5-1 * * * *', 'runs backwards'],
    ['5/10 * * * *', 'needs a range before its step'],
    ['*/0 * * * *', 'is not a step'],
    ['0 0 L, * *', 'not a day of the month'],
    ['0 0 L-3 * *', 'not a day of the month'],
    ['0 0 15W * *', 'not a day of the month'],
    ['0 0 * L *', 'not a month'],
    ['0 0 * * L', 'not a day of the week'],
    ['0 0 * * mon#6', 'not the first to fifth of a weekday'],
    ['0 0 * * mon#2#3', 'not the first to fifth of a weekday'],
    ['0 0 * * mon-fri#2', 'not a day of the week'],
    ['0 0 * * 8#2', 'not a day of the week'],
    ['0 0#2 * * *', 'not an hour'],
    ['0 0 ? * *', 'only digits, names'],
    ['1,,2 * * * *', 'not a minute'],
    ['1-2-3 * * * *', 'not a range'],
    ['*/2/3 * * * *', 'more than one step'],
    ['0 0 * * fri-sun', 'runs backwards'],
  ])('%j is refused, saying why', (expression, why) => {
    expect(refusal(() => validateTrigger(cron(expression), 'UTC', { goesOut: false }))).toEqual({
      code: 'SCHED_INVALID',
      message: expect.stringContaining(why),
    });
  });
});

hostileCase(118, 'lines that are no cron lines, and rules that are no rules, are refused when saved', () => {
  const lines = [
    '',
    '* * * *',
    '61 * * * *',
    'garbage',
    '*/0 * * * *',
    '*/0',
    '0 '.repeat(5000),
    '٠ ٣ * * *',
    '０ 3 * * *',
    '@reboot',
    '@hourly',
  ];
  const rules: unknown[] = [
    ...lines.map(cron),
    null,
    {},
    [],
    'daily',
    { type: 'cron', expression: null },
    { type: 'cron', expression: {} },
  ];
  return rules.map((rule) => saved(rule));
});

hostileCase(119, 'rules for days that do not exist are refused when saved, and never come', () => {
  const lines = ['0 0 30 2 *', '0 0 31 4,6,9,11 *', '*/5 * 30,31 feb *', '0 0 31 2 */2'];
  expect(lines.map((line) => refusal(() => nextDue(cron(line), 'Europe/Berlin', '2026-01-01T00:00:00Z')).code)).toEqual(
    lines.map(() => 'SCHED_NEVER'),
  );
  expect(refusal(() => validateTrigger(cron('0 0 30 2 *'), 'UTC', { goesOut: false })).message).toBe(
    'This rule never comes due: no such day exists.',
  );
  return lines.map((line) => saved(cron(line)));
});

hostileCase(120, 'the 29th of February is due next in 2028', () => {
  expect(nextDues(cron('0 0 29 2 *'), 'UTC', '2026-11-21T00:00:00Z', 2)).toEqual([
    '2028-02-29T00:00:00.000Z',
    '2032-02-29T00:00:00.000Z',
  ]);
  expect(nextDue(cron('0 0 29 2 *'), 'UTC', '2096-03-01T00:00:00Z')).toBe('2104-02-29T00:00:00.000Z');
  return saved(cron('0 0 29 2 *'));
});

hostileCase(121, 'every second and every minute are refused for jobs that go out; reckoning times has no floor', () => {
  expect(nextDues(cron('* * * * *'), 'UTC', '2026-11-21T10:00:00Z', 2)).toEqual([
    '2026-11-21T10:01:00.000Z',
    '2026-11-21T10:02:00.000Z',
  ]);
  expect(saved(cron('* * * * *'))).toBe('OK');
  return [
    saved(cron('* * * * * *')),
    saved(cron('* * * * *'), 'UTC', true),
    saved({ type: 'interval', minutes: 1 }, 'UTC', true),
  ];
});
