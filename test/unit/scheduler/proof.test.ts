import { describe, expect, test } from 'vitest';
import type { Run } from '../../../preload/contract/run.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { type Bench, createBench, hourly } from '../../helpers/scheduler-bench.ts';

/*
 * What the model of the scheduler found, each in its smallest form.
 */

const START = '2026-11-21T10:20:00.000Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const everyHalfHour = { type: 'interval', minutes: 30 } as const;
const spans = (bench: Bench, status: 'missed' | 'skipped'): (string | undefined)[][] =>
  bench
    .runs()
    .flatMap((run) =>
      (run.status === 'missed' || run.status === 'skipped') && run.status === status ? [[run.from, run.to]] : [],
    );

describe('a slot that waits', () => {
  test('is written down as missed when the rule is changed, or the schedule switched off, before it came to its turn', async () => {
    for (const patch of [{ trigger: everyHalfHour }, { enabled: false }, { timeZone: 'Asia/Kolkata' }]) {
      const bench = createBench(START);
      const { id } = await bench.scheduler.add(hourly());
      bench.clock.sleep(3 * HOUR);
      await bench.scheduler.update(id, patch);
      expect(spans(bench, 'missed')).toEqual([['2026-11-21T11:00:00.000Z', '2026-11-21T13:00:00.000Z']]);
      await bench.scheduler.start();
      expect(bench.started()).toEqual([]);
    }
  });

  test('keeps waiting when the same rule is saved again, and an interval keeps its grid', async () => {
    const bench = createBench(START);
    const { id, nextDueAt } = await bench.scheduler.add(hourly({ trigger: everyHalfHour }));
    bench.clock.sleep(7 * MINUTE);
    const saved = await bench.scheduler.update(id, { trigger: everyHalfHour, enabled: true, timeZone: 'UTC', name: 'Renamed' });
    expect([saved.name, saved.nextDueAt]).toEqual(['Renamed', nextDueAt]);
  });
});

/** Two schedules and one lane: the first never settles, the second waits in the queue for 11:00. */
const queuedBehindAnother = async (): Promise<Bench> => {
  const bench = createBench(START, { maxRuns: 1 });
  bench.work.do = () => new Promise(() => {});
  await bench.scheduler.add(hourly({ name: 'Endless', timeoutMinutes: 600 }));
  await bench.scheduler.add(hourly({ name: 'Waits', trigger: { type: 'daily', time: '11:00' } }));
  await bench.scheduler.start();
  await bench.clock.pass(41 * MINUTE);
  expect(bench.runs().map(({ name, status }) => [name, status])).toEqual([
    ['Endless', 'running'],
    ['Waits', 'queued'],
  ]);
  bench.work.do = async () => {};
  return bench;
};
const ofWaits = (bench: Bench): Run[] => bench.runs().filter(({ name }) => name === 'Waits');

describe('a run that waited in the queue', () => {
  test('when the process died is closed, and its time is made up at the next start', async () => {
    const bench = await queuedBehindAnother();
    await bench.restart();
    await bench.clock.pass(MINUTE);
    expect(ofWaits(bench)).toMatchObject([
      { status: 'abandoned', scheduledFor: '2026-11-21T11:00:00.000Z' },
      { status: 'completed', scheduledFor: '2026-11-21T11:00:00.000Z' },
    ]);
    expect(ofWaits(bench)[0]).not.toHaveProperty('startedAt');
    expect(bench.store.schedules.all()[1]?.nextDueAt).toBe('2026-11-22T11:00:00.000Z');
  });

  test('when Tidings was closed is cancelled, and its time is made up at the next start', async () => {
    const bench = await queuedBehindAnother();
    await bench.scheduler.stop();
    const stopped = bench.runner.stop();
    await bench.clock.pass(6000);
    await stopped;
    bench.clock.sleep(HOUR);
    await bench.restart();
    await bench.clock.pass(MINUTE);
    expect(ofWaits(bench).map(({ status, scheduledFor }) => [status, scheduledFor])).toEqual([
      ['cancelled', '2026-11-21T11:00:00.000Z'],
      ['completed', '2026-11-21T11:00:00.000Z'],
    ]);
  });
});

test('slots that are skipped after the clock was set back get a row of their own, and no span runs backwards', async () => {
  const bench = createBench(START);
  bench.work.do = () => new Promise(() => {});
  await bench.scheduler.add(hourly({ trigger: everyHalfHour, timeoutMinutes: 1000 }));
  await bench.scheduler.start();
  await bench.clock.pass(70 * MINUTE);
  bench.clock.set('2026-11-21T10:31:00.000Z');
  await bench.clock.pass(35 * MINUTE);
  const skipped = spans(bench, 'skipped');
  expect(skipped.length).toBeGreaterThanOrEqual(2);
  for (const [from = '', to = ''] of skipped) expect(from <= to, `${from} to ${to}`).toBe(true);
});

test('a schedule waits for the record of its last run when a full disk keeps it open after a crash', async () => {
  const bench = createBench(START);
  let starts = 0;
  bench.work.do = () => {
    starts += 1;
    return new Promise(() => {});
  };
  await bench.scheduler.add(hourly({ timeoutMinutes: 600 }));
  await bench.scheduler.start();
  await bench.clock.pass(41 * MINUTE);
  bench.clock.sleep(HOUR);
  bench.store.failWrites(2);
  await bench.restart();
  expect([starts, bench.runs().map(({ status }) => status)]).toEqual([1, ['running']]);
  await bench.clock.pass(61_000);
  expect(bench.runs().map(({ status, scheduledFor }) => [status, scheduledFor])).toEqual([
    ['abandoned', '2026-11-21T11:00:00.000Z'],
    ['running', '2026-11-21T12:00:00.000Z'],
  ]);
});

test('an answer about missed times that was cut off by a crash does not run them twice', async () => {
  const bench = createBench(START);
  const { id } = await bench.scheduler.add(hourly({ missed: 'ask', graceMinutes: 2 }));
  await bench.scheduler.start();
  bench.clock.sleep(3 * HOUR);
  bench.scheduler.wake();
  await settle();
  const asked = bench.store.schedules.get(id)?.asked;
  expect(asked?.count).toBe(3);
  await bench.scheduler.answerMissed(id, true);
  const schedule = bench.store.schedules.get(id);
  // As a crash leaves it: the run is there, that the question was answered is not.
  await bench.store.schedules.put([{ ...(schedule as NonNullable<typeof schedule>), ...(asked ? { asked } : {}) }]);
  await bench.restart();
  await bench.scheduler.answerMissed(id, true);
  await bench.clock.pass(1000);
  expect(bench.started()).toMatchObject([{ cause: 'catch-up', scheduledFor: asked?.to }]);
  expect(bench.store.schedules.get(id)).not.toHaveProperty('asked');
});
