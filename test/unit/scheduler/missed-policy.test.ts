import { describe, expect, test } from 'vitest';
import { settle } from '../../helpers/fake-clock.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { type Bench, createBench, hourly } from '../../helpers/scheduler-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const daily = (changes: Parameters<typeof hourly>[0] = {}) => hourly({ trigger: { type: 'daily', time: '06:00' }, ...changes });

const asleep = async (bench: Bench, ms: number): Promise<void> => {
  bench.clock.sleep(ms);
  bench.scheduler.wake();
  await bench.clock.pass(1000);
  await settle();
};

const started = async (changes: Parameters<typeof hourly>[0], at = '2026-11-21T05:00:00.000Z') => {
  const bench = createBench(at);
  const { id } = await bench.scheduler.add(daily(changes));
  await bench.scheduler.start();
  return { bench, id };
};

hostileCase(136, 'what is missed by more than twelve hours asks first; nothing starts until the owner has answered', async () => {
  const { bench, id } = await started({ missed: 'ask' });
  await asleep(bench, 13 * HOUR + MINUTE);
  expect(bench.started()).toEqual([]);
  const [row] = bench.runs();
  expect(row).toMatchObject({ status: 'missed', missedCount: 1, reason: expect.stringContaining('You are asked') });
  expect(bench.store.schedules.get(id)?.asked).toEqual({
    from: '2026-11-21T06:00:00.000Z',
    to: '2026-11-21T06:00:00.000Z',
    count: 1,
  });
  expect(bench.scheduler.whyInWords(bench.store.schedules.get(id) as never)).toContain('A time was missed');
  await bench.restart();
  expect(bench.started()).toEqual([]);
  const { run, schedule } = await bench.scheduler.answerMissed(id, true);
  await settle();
  expect(run).toMatchObject({ cause: 'catch-up', scheduledFor: '2026-11-21T06:00:00.000Z' });
  expect(schedule.asked).toBeUndefined();
  expect(bench.started()).toHaveLength(1);
  await expect(bench.scheduler.answerMissed(id, true)).rejects.toMatchObject({ code: 'CONFLICT' });
  return row?.status === 'missed' ? (row.code ?? '') : '';
});

describe('a schedule that asks', () => {
  test('starts by itself while it is not that late', async () => {
    const { bench, id } = await started({ missed: 'ask' });
    await asleep(bench, 10 * HOUR);
    expect(bench.started()).toMatchObject([{ cause: 'catch-up', scheduledFor: '2026-11-21T06:00:00.000Z' }]);
    expect(bench.store.schedules.get(id)?.asked).toBeUndefined();
  });

  test('lets go when the owner says so, and a second gap asks for both', async () => {
    const { bench, id } = await started({ missed: 'ask' });
    await asleep(bench, 14 * HOUR);
    await asleep(bench, 24 * HOUR);
    expect(bench.store.schedules.get(id)?.asked).toEqual({
      from: '2026-11-21T06:00:00.000Z',
      to: '2026-11-22T06:00:00.000Z',
      count: 2,
    });
    expect(await bench.scheduler.answerMissed(id, false)).not.toHaveProperty('run');
    await bench.clock.pass(HOUR);
    expect(bench.started()).toEqual([]);
  });
});

describe('how late a run may be', () => {
  test('run-once runs however late, unless it says how late it may be', async () => {
    const late = await started({ missed: 'run-once' });
    await asleep(late.bench, 23 * HOUR);
    expect(late.bench.started()).toHaveLength(1);
    const strict = await started({ missed: 'run-once', graceMinutes: 60 });
    await asleep(strict.bench, 3 * HOUR);
    expect(strict.bench.started()).toEqual([]);
    expect(strict.bench.runs()).toMatchObject([{ status: 'missed', code: 'SCHED_MISSED', missedCount: 1 }]);
    const justLate = await started({ missed: 'run-once', graceMinutes: 60 });
    await asleep(justLate.bench, 90 * MINUTE);
    expect(justLate.bench.started()).toMatchObject([{ cause: 'catch-up' }]);
  });

  test('skip has two minutes, or the grace it was given', async () => {
    const strict = await started({ missed: 'skip' });
    await asleep(strict.bench, HOUR + 3 * MINUTE);
    expect(strict.bench.started()).toEqual([]);
    const patient = await started({ missed: 'skip', graceMinutes: 30 });
    await asleep(patient.bench, HOUR + 20 * MINUTE);
    expect(patient.bench.started()).toHaveLength(1);
  });

  test('E-15: sleeping over a due time beyond its grace leaves a row that says missed, with its span', async () => {
    const { bench } = await started({ missed: 'skip', trigger: { type: 'cron', expression: '0 * * * *' } });
    await asleep(bench, 5 * HOUR + 30 * MINUTE);
    expect(bench.runs()).toMatchObject([
      { status: 'missed', missedCount: 5, from: '2026-11-21T06:00:00.000Z', to: '2026-11-21T10:00:00.000Z' },
    ]);
  });
});

describe('after a pause', () => {
  const overTwo = async (
    act: (bench: Bench, id: string) => Promise<unknown>,
    resume: (bench: Bench, id: string) => Promise<unknown>,
  ) => {
    const { bench, id } = await started({ trigger: { type: 'cron', expression: '0 * * * *' } });
    await act(bench, id);
    await bench.clock.pass(2 * HOUR + 30 * MINUTE);
    await resume(bench, id);
    await bench.clock.pass(MINUTE);
    return { runs: bench.started().length, rows: bench.runs().filter(({ status }) => status === 'missed') };
  };
  const pause = (bench: Bench, id: string) => bench.scheduler.pause(id);
  const pauseAll = (bench: Bench) => bench.scheduler.pauseAll();

  test('D-10: paused over two due times, resumed without making up: no run; with making up: one', async () => {
    const skip = await overTwo(pause, (bench, id) => bench.scheduler.resume(id, { makeUp: false }));
    expect(skip).toMatchObject({ runs: 0, rows: [{ missedCount: 2, reason: 'The schedule was paused.' }] });
    const make = await overTwo(pause, (bench, id) => bench.scheduler.resume(id, { makeUp: true }));
    expect(make).toMatchObject({ runs: 1, rows: [{ missedCount: 1 }] });
  });

  test('the same choice is there when all were paused', async () => {
    const skip = await overTwo(pauseAll, (bench) => bench.scheduler.resumeAll({ makeUp: false }));
    expect(skip).toMatchObject({ runs: 0, rows: [{ missedCount: 2, reason: 'All schedules were paused.' }] });
    const make = await overTwo(pauseAll, (bench) => bench.scheduler.resumeAll());
    expect(make).toMatchObject({ runs: 1 });
  });

  test('resuming all without making up leaves alone what is paused by itself', async () => {
    const { bench, id } = await started({ trigger: { type: 'cron', expression: '0 * * * *' } });
    await bench.scheduler.pause(id);
    await bench.scheduler.pauseAll();
    await bench.clock.pass(2 * HOUR + 30 * MINUTE);
    await bench.scheduler.resumeAll({ makeUp: false });
    await bench.scheduler.resume(id, { makeUp: true });
    await bench.clock.pass(MINUTE);
    expect(bench.started()).toHaveLength(1);
  });
});

test('the times of a rule that is edited while it is held back become a row', async () => {
  const { bench, id } = await started({ trigger: { type: 'cron', expression: '0 * * * *' } });
  await bench.scheduler.pause(id);
  await bench.clock.pass(2 * HOUR + 30 * MINUTE);
  await bench.scheduler.update(id, { trigger: { type: 'daily', time: '23:00' } });
  expect(bench.runs()).toMatchObject([{ status: 'missed', missedCount: 2, reason: 'The schedule was paused.' }]);
});
