import { expect, test } from 'vitest';
import { missedBetween } from '../../../main/scheduler/catch-up.ts';
import { nextDue } from '../../../main/scheduler/next-due.ts';
import type { Trigger } from '../../../preload/contract/schedule.ts';

const HOURLY: Trigger = { type: 'cron', expression: '0 * * * *' };

test('nothing was missed while the first due instant is still to come', () => {
  expect(
    missedBetween({ trigger: HOURLY, timeZone: 'UTC' }, '2026-11-21T11:00:00.000Z', '2026-11-21T10:59:59.999Z'),
  ).toBeUndefined();
});

test('one due instant is one, and has none before it', () => {
  expect(missedBetween({ trigger: HOURLY, timeZone: 'UTC' }, '2026-11-21T11:00:00.000Z', '2026-11-21T11:59:59.000Z')).toEqual({
    count: 1,
    first: '2026-11-21T11:00:00.000Z',
    last: '2026-11-21T11:00:00.000Z',
  });
});

test('three days of an hourly rhythm are 73 due instants in one value', () => {
  expect(missedBetween({ trigger: HOURLY, timeZone: 'UTC' }, '2026-11-21T11:00:00.000Z', '2026-11-24T11:00:00.000Z')).toEqual({
    count: 73,
    first: '2026-11-21T11:00:00.000Z',
    last: '2026-11-24T11:00:00.000Z',
    lastButOne: '2026-11-24T10:00:00.000Z',
  });
});

test('an interval is counted exactly over any span', () => {
  const missed = missedBetween(
    { trigger: { type: 'interval', minutes: 5 }, timeZone: 'UTC' },
    '1970-01-01T00:05:00.000Z',
    '2026-11-21T11:03:00.000Z',
  );
  expect(missed).toMatchObject({ last: '2026-11-21T11:00:00.000Z', lastButOne: '2026-11-21T10:55:00.000Z' });
  expect(missed?.count).toBe(Date.parse('2026-11-21T11:00:00.000Z') / 300_000);
});

test.each<[Trigger, number]>([
  [{ type: 'cron', expression: '*/10 * * * *' }, 1],
  [{ type: 'cron', expression: '0,20 9-17 * * 1-5' }, 1.01],
  [{ type: 'daily', time: '02:30' }, 1],
  [{ type: 'cron', expression: '0 0 29 2 *' }, 1],
])('over twelve years %j ends at the right instants, and its number is right or nearly', (trigger, factor) => {
  const [first, now] = [nextDue(trigger, 'Europe/Berlin', '2014-01-01T00:00:00Z'), '2026-11-21T11:03:00.000Z'];
  const missed = missedBetween({ trigger, timeZone: 'Europe/Berlin' }, first, now);
  const real: string[] = [first];
  for (let due = first; ; real.push(due)) {
    due = nextDue(trigger, 'Europe/Berlin', due);
    if (due > now) break;
  }
  expect(missed).toMatchObject({ first, last: real.at(-1), lastButOne: real.at(-2) });
  expect(missed?.count).toBeGreaterThanOrEqual(Math.floor(real.length / factor));
  expect(missed?.count).toBeLessThanOrEqual(Math.ceil(real.length * factor));
});
