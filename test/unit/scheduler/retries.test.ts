import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../../preload/contract/errors.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { type Bench, createBench, hourly } from '../../helpers/scheduler-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const failing = (code: ErrorCode) => () => Promise.reject(new AppError(code, 'It did not work.'));
const startedAt = (bench: Bench): string[] => bench.started().map((run) => run.queuedAt.slice(11, 16));

const withRetries = async (retries: number, extra: Parameters<typeof createBench>[1] = {}) => {
  const bench = createBench('2026-11-21T10:30:00.000Z', extra);
  const { id } = await bench.scheduler.add(hourly({ jobKind: 'network', retries }));
  await bench.scheduler.start();
  return { bench, id };
};

test('a failed scheduled run is started again after 1, 2 and 4 minutes, each a row that says which attempt it is', async () => {
  const { bench, id } = await withRetries(3);
  bench.work.do = failing('HTTP_5XX');
  await bench.clock.pass(45 * MINUTE);
  expect(startedAt(bench)).toEqual(['11:00', '11:01', '11:03', '11:07']);
  expect(bench.started().map(({ cause, scheduledFor, attempt }) => ({ cause, scheduledFor, attempt }))).toEqual(
    [undefined, 2, 3, 4].map((number) => ({
      cause: number ? 'retry' : 'schedule',
      scheduledFor: '2026-11-21T11:00:00.000Z',
      attempt: number ? { number, of: 4 } : undefined,
    })),
  );
  expect(bench.store.schedules.get(id)).toMatchObject({
    nextDueAt: '2026-11-21T12:00:00.000Z',
    totals: { runs: 4, completed: 0, failed: 4 },
  });
  expect(bench.store.schedules.get(id)?.retry).toBeUndefined();
});

test('a retry that works ends the row of attempts', async () => {
  const { bench } = await withRetries(3);
  bench.work.do = failing('HTTP_5XX');
  await bench.clock.pass(30 * MINUTE + 30_000);
  bench.work.do = async () => {};
  await bench.clock.pass(20 * MINUTE);
  expect(bench.started().map(({ status }) => status)).toEqual(['failed', 'completed']);
});

test('jobs that go out have two retries when nothing is said, others none', async () => {
  const { bench } = await withRetries(0);
  const network = await bench.scheduler.add(hourly({ jobKind: 'network' }));
  const local = await bench.scheduler.add(hourly());
  expect([network.retries, network.retryMinutes, local.retries]).toEqual([2, 1, 0]);
});

test.each<[string, ErrorCode]>([
  ['wrong options', 'USAGE'],
  ['a cancel', 'CANCELLED'],
])('%s is not tried again', async (_, code) => {
  const { bench } = await withRetries(3);
  bench.work.do = failing(code);
  await bench.clock.pass(50 * MINUTE);
  expect(bench.started()).toHaveLength(1);
});

test('a run by hand that fails is not tried again', async () => {
  const { bench, id } = await withRetries(3);
  bench.work.do = failing('HTTP_5XX');
  await bench.scheduler.runNow(id);
  await bench.clock.pass(20 * MINUTE);
  expect(bench.started()).toHaveLength(1);
});

test('a run that found no network waits for it, and uses up no attempt', async () => {
  let online = true;
  const { bench, id } = await withRetries(1, { isOnline: () => online });
  bench.work.do = async () => {
    online = false;
    throw new AppError('OFFLINE', 'No network.');
  };
  await bench.clock.pass(40 * MINUTE);
  expect(bench.started()).toHaveLength(1);
  expect(bench.scheduler.why(id).checks.at(-1)).toEqual({
    ok: false,
    text: 'The last run failed; the only retry waits: There was no connection.',
  });
  online = true;
  bench.work.do = failing('HTTP_5XX');
  bench.scheduler.wake();
  await bench.clock.pass(10 * MINUTE);
  expect(bench.started().map(({ attempt }) => attempt)).toEqual([undefined, { number: 2, of: 2 }]);
});

test('a retry that waits survives a restart, and is started once', async () => {
  const { bench, id } = await withRetries(2);
  bench.work.do = failing('HTTP_5XX');
  await bench.clock.pass(30 * MINUTE + 10_000);
  expect(bench.store.schedules.get(id)?.retry).toMatchObject({ number: 2, of: 3, at: '2026-11-21T11:01:00.000Z' });
  await bench.restart();
  expect(bench.started()).toHaveLength(1);
  bench.clock.sleep(5 * MINUTE);
  await bench.restart();
  await settle();
  expect(bench.started().map(({ attempt }) => attempt?.number)).toEqual([undefined, 2]);
});

test('a crash between starting a retry and writing that down does not start it twice', async () => {
  const { bench, id } = await withRetries(1);
  bench.work.do = failing('HTTP_5XX');
  await bench.clock.pass(30 * MINUTE + 10_000);
  const before = bench.store.schedules.get(id);
  await bench.clock.pass(2 * MINUTE);
  expect(bench.started()).toHaveLength(2);
  if (before) await bench.store.schedules.put([before]);
  await bench.restart();
  await bench.clock.pass(5 * MINUTE);
  expect(bench.started()).toHaveLength(2);
});

test('a retry gives way to the next due time when that comes first', async () => {
  const { bench, id } = await withRetries(3);
  await bench.scheduler.update(id, { retryMinutes: 90 });
  bench.work.do = failing('HTTP_5XX');
  await bench.clock.pass(3 * HOUR);
  expect(bench.started().map(({ cause }) => cause)).toEqual(['schedule', 'schedule', 'schedule']);
  expect(bench.store.schedules.get(id)?.retry).toBeUndefined();
});

test.each<[string, (bench: Bench, id: string) => Promise<unknown>]>([
  ['pausing it', (bench, id) => bench.scheduler.pause(id)],
  ['pausing all', (bench) => bench.scheduler.pauseAll()],
  ['editing it', (bench, id) => bench.scheduler.update(id, { timeoutMinutes: 20 })],
  ['switching it off', (bench, id) => bench.scheduler.update(id, { enabled: false })],
  ['removing it', (bench, id) => bench.scheduler.remove(id)],
])('%s ends a retry that waits', async (_, act) => {
  const { bench, id } = await withRetries(3);
  bench.work.do = failing('HTTP_5XX');
  await bench.clock.pass(30 * MINUTE + 10_000);
  await act(bench, id);
  await bench.clock.pass(20 * MINUTE);
  expect(bench.started()).toHaveLength(1);
  expect(bench.store.schedules.get(id)?.retry).toBeUndefined();
});

test('B-19: why it waits names the retry and how many there are', async () => {
  const { bench, id } = await withRetries(3);
  bench.work.do = failing('HTTP_5XX');
  await bench.clock.pass(31 * MINUTE + 10_000);
  expect(bench.scheduler.why(id).checks).toHaveLength(4);
  expect(bench.scheduler.why(id).checks.at(-1)).toEqual({
    ok: true,
    text: 'The last run failed; the second of 3 retries starts in 2 minutes.',
  });
});
