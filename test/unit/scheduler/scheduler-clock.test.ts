import { expect, test } from 'vitest';
import type { Run } from '../../../preload/contract/run.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { type Bench, createBench, hourly } from '../../helpers/scheduler-bench.ts';

const START = '2026-11-21T10:20:00.000Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const missed = (bench: Bench): Run[] => bench.runs().filter(({ status }) => status === 'missed');
const nextOf = (bench: Bench): (string | undefined)[] => bench.store.schedules.all().map(({ nextDueAt }) => nextDueAt);
const codes = (bench: Bench): string[] => bench.scheduler.status().notices.map(({ code }) => code);

hostileCase(126, 'F1: after the clock jumped 72 hours ahead each schedule runs once, and one row tells of the rest', async () => {
  const bench = createBench(START);
  await bench.scheduler.add(hourly());
  await bench.scheduler.add(hourly({ name: 'Interval', trigger: { type: 'interval', minutes: 30 } }));
  await bench.scheduler.start();
  bench.clock.set('2026-11-24T10:20:00.000Z');
  await bench.clock.pass(30_000);
  expect(bench.started()).toMatchObject([
    { cause: 'catch-up', scheduledFor: '2026-11-24T10:00:00.000Z', status: 'completed' },
    { cause: 'catch-up', scheduledFor: '2026-11-24T10:20:00.000Z', status: 'completed' },
  ]);
  expect(missed(bench)).toMatchObject([
    { missedCount: 71, from: '2026-11-21T11:00:00.000Z', to: '2026-11-24T09:00:00.000Z' },
    { missedCount: 143, from: '2026-11-21T10:50:00.000Z', to: '2026-11-24T09:50:00.000Z' },
  ]);
  expect(bench.scheduler.status().notices[0]?.text).toBe('The clock went ahead by 3 days: this computer slept, or it was set.');
  return codes(bench);
});

hostileCase(127, 'F2: after the clock was set back 72 hours the next run comes within one interval of real time', async () => {
  const bench = createBench(START);
  await bench.scheduler.add(hourly());
  await bench.scheduler.add(hourly({ name: 'Interval', trigger: { type: 'interval', minutes: 30 } }));
  await bench.scheduler.add(hourly({ name: 'Daily', trigger: { type: 'daily', time: '11:00' } }));
  await bench.scheduler.start();
  await bench.clock.pass(HOUR);
  expect(bench.started()).toHaveLength(4);
  bench.clock.set('2026-11-18T11:20:00.000Z');
  await bench.clock.pass(30_000);
  expect(nextOf(bench)).toEqual(['2026-11-18T12:00:00.000Z', '2026-11-18T11:50:00.000Z', '2026-11-19T11:00:00.000Z']);
  expect(codes(bench)).toEqual(['W_CLOCK_JUMP']);
  await bench.clock.pass(HOUR);
  expect(
    bench
      .started()
      .slice(4)
      .map(({ name }) => name),
  ).toEqual(['Interval', 'Hourly', 'Interval']);
  expect(missed(bench)).toEqual([]);
  return 'OK';
});

test('a clock that is set back a little does not run the slot just served again', async () => {
  const bench = createBench('2026-11-21T10:59:00.000Z');
  await bench.scheduler.add(hourly());
  await bench.scheduler.add(hourly({ name: 'Daily', trigger: { type: 'daily', time: '11:00' } }));
  await bench.scheduler.start();
  await bench.clock.pass(5 * 60_000);
  bench.clock.set('2026-11-21T10:55:00.000Z');
  await bench.clock.pass(30_000);
  expect(nextOf(bench)).toEqual(['2026-11-21T12:00:00.000Z', '2026-11-22T11:00:00.000Z']);
  await bench.clock.pass(30 * 60_000);
  expect(bench.started()).toHaveLength(2);
});

hostileCase(125, 'a zone that changes while it runs changes the next time at once, and no slot runs twice', async () => {
  const bench = createBench('2026-11-21T10:59:00.000Z');
  const { id } = await bench.scheduler.add(hourly({ trigger: { type: 'daily', time: '11:00' }, timeZone: 'UTC' }));
  await bench.scheduler.start();
  await bench.clock.pass(60_000);
  expect(bench.started()).toHaveLength(1);
  const moved = await bench.scheduler.update(id, { timeZone: 'Europe/Berlin' });
  expect(moved.nextDueAt).toBe('2026-11-22T10:00:00.000Z');
  expect((await bench.scheduler.update(id, { timeZone: 'UTC' })).nextDueAt).toBe('2026-11-22T11:00:00.000Z');
  // The computer travels, there and back again over the same time of day; a zone that is left to it follows only when it is added.
  const zone = process.env.TZ;
  try {
    for (const place of ['Asia/Tokyo', 'America/New_York', 'UTC']) {
      process.env.TZ = place;
      await bench.clock.pass(30_000);
      expect(nextOf(bench), place).toEqual(['2026-11-22T11:00:00.000Z']);
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
  // A stored time that the zone no longer means is put right within 30 seconds.
  const [schedule] = bench.store.schedules.all();
  await bench.store.schedules.put([{ ...(schedule as NonNullable<typeof schedule>), nextDueAt: '2026-11-21T11:30:00.000Z' }]);
  await bench.clock.pass(30_000);
  expect(nextOf(bench)).toEqual(['2026-11-22T11:00:00.000Z']);
  await bench.clock.pass(DAY);
  expect(bench.started().map(({ scheduledFor }) => scheduledFor)).toEqual([
    '2026-11-21T11:00:00.000Z',
    '2026-11-22T11:00:00.000Z',
  ]);
  return 'OK';
});

test('A-11: a computer that travels keeps the instants it had stored', async () => {
  const zone = process.env.TZ;
  const bench = createBench('2026-11-21T10:59:00.000Z');
  await bench.scheduler.add(hourly({ trigger: { type: 'daily', time: '12:00' }, timeZone: 'Europe/Berlin' }));
  await bench.scheduler.start();
  try {
    process.env.TZ = 'Pacific/Auckland';
    await bench.clock.pass(30_000);
    expect(nextOf(bench)).toEqual(['2026-11-21T11:00:00.000Z']);
    process.env.TZ = 'America/Los_Angeles';
    await bench.clock.pass(60_000);
    expect(bench.started()).toMatchObject([{ scheduledFor: '2026-11-21T11:00:00.000Z', startedAt: '2026-11-21T11:00:00.000Z' }]);
    expect(nextOf(bench)).toEqual(['2026-11-22T11:00:00.000Z']);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('a stored time that the rules of a zone no longer mean is put right at the next look', async () => {
  const bench = createBench(START);
  const schedule = await bench.scheduler.add(hourly({ trigger: { type: 'daily', time: '12:00' } }));
  await bench.store.schedules.put([{ ...schedule, nextDueAt: '2026-11-21T12:30:00.000Z' }]);
  await bench.scheduler.start();
  expect(nextOf(bench)).toEqual(['2026-11-21T12:00:00.000Z']);
});

hostileCase(128, 'a clock that says 1970 or 2099 stops nothing, and writes no absurd spans', async () => {
  const bench = createBench(START);
  await bench.scheduler.add(hourly());
  bench.clock.set('1970-01-01T00:10:00.000Z');
  await bench.scheduler.start();
  await bench.clock.pass(HOUR);
  expect(bench.started()).toMatchObject([{ scheduledFor: '1970-01-01T01:00:00.000Z' }]);
  bench.clock.set('2099-06-01T00:10:00.000Z');
  await bench.clock.pass(30_000);
  expect(bench.started()).toHaveLength(2);
  bench.clock.set('2026-11-21T11:30:00.000Z');
  await bench.clock.pass(HOUR);
  expect(bench.started().at(-1)).toMatchObject({ cause: 'schedule', scheduledFor: '2026-11-21T12:00:00.000Z' });
  expect(bench.started()).toHaveLength(3);
  expect(missed(bench)).toEqual([]);
  return 'OK';
});

hostileCase(129, 'after three days asleep and a wake without a network one run comes when the network does', async () => {
  let isOnline = true;
  const bench = createBench(START, { isOnline: () => isOnline });
  await bench.scheduler.add(hourly({ jobKind: 'network', jitterSeconds: 60 }));
  await bench.scheduler.start();
  isOnline = false;
  bench.clock.sleep(3 * DAY);
  bench.scheduler.wake();
  await bench.clock.pass(90 * 60_000);
  expect(bench.runs()).toEqual([]);
  expect(bench.scheduler.status().notices).toEqual([]);
  const [schedule] = bench.store.schedules.all();
  expect(bench.scheduler.whyInWords(schedule as NonNullable<typeof schedule>)).toBe(
    'It is due and waits: There was no connection.',
  );
  isOnline = true;
  bench.scheduler.wake();
  await bench.clock.pass(60_000);
  expect(bench.started()).toMatchObject([{ cause: 'catch-up', scheduledFor: '2026-11-24T11:00:00.000Z', status: 'completed' }]);
  expect(missed(bench)).toMatchObject([{ missedCount: 72, reason: 'There was no connection.' }]);
  return 'OK';
});

hostileCase(132, 'after months off, 5,000 missed times are one run and one row for the other 4,999', async () => {
  const bench = createBench(START);
  await bench.scheduler.add(hourly({ trigger: { type: 'interval', minutes: 30 } }));
  await bench.scheduler.start();
  await bench.scheduler.stop();
  bench.clock.sleep(5000 * 30 * 60_000);
  await bench.restart();
  await bench.clock.pass(1000);
  expect(bench.started()).toHaveLength(1);
  expect(missed(bench)).toMatchObject([
    { missedCount: 4999, reason: 'Tidings was not running.', from: '2026-11-21T10:50:00.000Z' },
  ]);
  expect(nextOf(bench)).toEqual([new Date(bench.clock.now() - 1000 + 30 * 60_000).toISOString()]);
  return 'OK';
});

test('a late run does not move the times after it', async () => {
  const bench = createBench(START);
  await bench.scheduler.add(hourly({ trigger: { type: 'interval', minutes: 30 } }));
  await bench.scheduler.start();
  bench.clock.sleep(31 * 60_000);
  await bench.clock.pass(30_000);
  expect(bench.started()).toMatchObject([
    { cause: 'schedule', scheduledFor: '2026-11-21T10:50:00.000Z', startedAt: '2026-11-21T10:51:30.000Z' },
  ]);
  expect(nextOf(bench)).toEqual(['2026-11-21T11:20:00.000Z']);
});

test('E-15: a schedule that skips what it missed only writes down that it did', async () => {
  const bench = createBench(START);
  await bench.scheduler.add(hourly({ missed: 'skip' }));
  await bench.scheduler.start();
  bench.clock.sleep(3 * HOUR);
  bench.scheduler.wake();
  await bench.clock.pass(0);
  expect(bench.started()).toEqual([]);
  expect(missed(bench)).toMatchObject([{ missedCount: 3, reason: 'The computer was asleep, or its clock was set ahead.' }]);
  await bench.clock.pass(40 * 60_000);
  expect(bench.started()).toMatchObject([{ cause: 'schedule', scheduledFor: '2026-11-21T14:00:00.000Z' }]);
});

hostileCase(131, 'a run that takes longer than its interval is never joined by a second', async () => {
  const bench = createBench(START);
  let going = 0;
  let most = 0;
  bench.work.do = async () => {
    going += 1;
    most = Math.max(most, going);
    await new Promise<void>((resolve) => bench.clock.after(100 * 60_000, resolve));
    going -= 1;
  };
  await bench.scheduler.add(hourly({ trigger: { type: 'interval', minutes: 30 }, timeoutMinutes: 600 }));
  await bench.scheduler.start();
  await bench.clock.pass(6 * HOUR);
  const skipped = bench.runs().filter(({ status }) => status === 'skipped');
  expect(most).toBe(1);
  expect(bench.started().filter(({ status }) => status === 'completed')).toHaveLength(2);
  expect(skipped.map((run) => (run.status === 'skipped' ? [run.reason, run.missedCount] : []))).toEqual([
    ['The run before was still going.', 3],
    ['The run before was still going.', 3],
    ['The run before was still going.', 3],
  ]);
  return skipped.map((run) => (run.status === 'skipped' && run.code) || 'no code');
});

test('jitter delays a start by at most what was asked, the same again after a restart, and the times stay', async () => {
  const bench = createBench(START);
  for (let each = 0; each < 10; each += 1) await bench.scheduler.add(hourly({ name: `n${each}`, jitterSeconds: 300 }));
  await bench.scheduler.start();
  await bench.clock.pass(40 * 60_000 - 1);
  await bench.restart();
  await bench.clock.pass(10 * 60_000);
  const delays = bench
    .started()
    .map((run) => ('startedAt' in run && run.startedAt ? Date.parse(run.startedAt) : 0) - Date.parse('2026-11-21T11:00:00.000Z'));
  expect(delays).toHaveLength(10);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...delays)).toBeLessThanOrEqual(300_000);
  expect(new Set(delays).size).toBeGreaterThan(5);
  expect(new Set(nextOf(bench))).toEqual(new Set(['2026-11-21T12:00:00.000Z']));
});

test('a full disk delays a run until it can be written down, and loses nothing', async () => {
  const bench = createBench('2026-11-21T10:59:00.000Z');
  await bench.scheduler.add(hourly());
  await bench.scheduler.start();
  bench.store.failWrites(1000);
  await bench.clock.pass(90_000);
  expect(bench.runs()).toEqual([]);
  bench.store.failWrites(0);
  await bench.clock.pass(60_000);
  expect(bench.started()).toMatchObject([{ cause: 'schedule', scheduledFor: '2026-11-21T11:00:00.000Z' }]);
});

test('a crash between starting a run and moving on does not start it twice', async () => {
  const bench = createBench('2026-11-21T10:59:00.000Z');
  const schedule = await bench.scheduler.add(hourly());
  await bench.runner.start({ jobKind: 'local', schedule, cause: 'schedule', scheduledFor: '2026-11-21T11:00:00.000Z' });
  await bench.clock.pass(61_000);
  await bench.scheduler.start();
  expect(bench.started()).toHaveLength(1);
  expect(nextOf(bench)).toEqual(['2026-11-21T12:00:00.000Z']);
});
