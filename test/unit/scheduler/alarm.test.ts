import FakeTimers from '@sinonjs/fake-timers';
import nodeSchedule from 'node-schedule';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { validateTrigger } from '../../../main/scheduler/next-due.ts';
import { ringOnce } from '../../../main/scheduler/scheduler.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { createBench, hourly } from '../../helpers/scheduler-bench.ts';

const START = Date.parse('2026-11-21T10:59:59.000Z');
const DAY = 86_400_000;
let timers: ReturnType<typeof FakeTimers.install>;

beforeEach(() => {
  timers = FakeTimers.install({ now: START, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(async () => {
  await nodeSchedule.gracefulShutdown();
  timers.uninstall();
});

describe('the alarm', () => {
  test('rings once, at its time', () => {
    const rings: number[] = [];
    ringOnce(START + 1000, () => rings.push(Date.now()));
    timers.tick(DAY);
    expect(rings).toEqual([START + 1000]);
  });

  test('does not ring once it is cancelled', () => {
    let rings = 0;
    const cancel = ringOnce(START + 1000, () => {
      rings += 1;
    });
    cancel();
    timers.tick(DAY);
    expect(rings).toBe(0);
  });

  test('F3: a date that has passed is an error, where node-schedule only answers null', () => {
    expect(nodeSchedule.scheduleJob(new Date(START - 1000), () => {})).toBeNull();
    expect(() => ringOnce(START - 1000, () => {})).toThrow('The alarm could not be set.');
  });

  test('F3: lines node-schedule takes for every minute, or refuses without a word, never reach it', () => {
    expect(nodeSchedule.scheduleJob('* * * *', () => {})).not.toBeNull();
    expect(nodeSchedule.scheduleJob('0 0 30 2 *', () => {})).toBeNull();
    for (const expression of ['', '* * * *', '61 * * * *', 'garbage', '0 0 30 2 *'])
      expect(() => validateTrigger({ type: 'cron', expression }, 'UTC', { goesOut: false })).toThrow();
  });
});

hostileCase(
  138,
  'an alarm further ahead than a timer can count rings at its time, and the scheduler never sets one so far',
  () => {
    const delays: number[] = [];
    const realTimeout = globalThis.setTimeout;
    globalThis.setTimeout = ((callback: () => void, delay: number) => {
      delays.push(delay);
      return realTimeout(callback, delay);
    }) as typeof setTimeout;
    try {
      const rings: number[] = [];
      ringOnce(START + 40 * DAY, () => rings.push(Date.now()));
      timers.tick(41 * DAY);
      expect(rings).toEqual([START + 40 * DAY]);
      expect(Math.max(...delays)).toBeLessThan(2 ** 31);
    } finally {
      globalThis.setTimeout = realTimeout;
    }
    return 'OK';
  },
);

test('the scheduler sets its alarm for at most half a day ahead, and the yearly run comes all the same', async () => {
  const ahead: number[] = [];
  const bench = createBench('2026-11-21T10:00:00.000Z', {
    setAlarm: (at, ring) => {
      ahead.push(at - bench.clock.now());
      return bench.clock.setAlarm(at, ring);
    },
  });
  timers.uninstall();
  await bench.scheduler.add(hourly({ trigger: { type: 'cron', expression: '0 12 1 12 *' } }));
  await bench.scheduler.start();
  await bench.clock.pass(11 * DAY);
  expect(Math.max(...ahead)).toBeLessThanOrEqual(12 * 3_600_000);
  expect(bench.started()).toMatchObject([{ scheduledFor: '2026-12-01T12:00:00.000Z', startedAt: '2026-12-01T12:00:00.000Z' }]);
});

test('an alarm that cannot be set only means that the heartbeat looks', async () => {
  timers.uninstall();
  const bench = createBench('2026-11-21T10:59:50.000Z', {
    setAlarm: () => {
      throw new Error('no alarm');
    },
  });
  await bench.scheduler.add(hourly());
  await bench.scheduler.start();
  await bench.clock.pass(30_000);
  expect(bench.started()).toHaveLength(1);
});
