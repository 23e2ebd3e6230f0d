import { expect, test } from 'vitest';
import { dismissReceipt, readReceipt } from '../../../main/lib/receipt.ts';
import type { SleepReceipt } from '../../../preload/contract/status.ts';
import { type Bench, createBench, hourly } from '../../helpers/scheduler-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const receiptOf = (bench: Bench): SleepReceipt | undefined => readReceipt(bench.store.notes);
const texts = (bench: Bench): string[] => receiptOf(bench)?.lines.map(({ text }) => text) ?? [];

const asleep = async (bench: Bench, ms: number): Promise<void> => {
  bench.clock.sleep(ms);
  bench.scheduler.wake();
  await bench.clock.pass(1000);
};

const started = async (schedules: Parameters<typeof hourly>[0][], extra: Parameters<typeof createBench>[1] = {}) => {
  const bench = createBench('2026-11-21T22:41:00.000Z', extra);
  const ids: string[] = [];
  for (const schedule of schedules) ids.push((await bench.scheduler.add(hourly(schedule))).id);
  await bench.scheduler.start();
  return { bench, ids };
};

test('after a night asleep one receipt tells of every schedule what became of its times', async () => {
  const { bench, ids } = await started([
    {},
    { name: 'Late', trigger: { type: 'daily', time: '03:00' } },
    { name: 'Strict', trigger: { type: 'daily', time: '06:00' }, missed: 'skip' },
    { name: 'Digest', trigger: { type: 'daily', time: '06:30' }, missed: 'ask', graceMinutes: 30 },
    { name: 'Later', trigger: { type: 'daily', time: '12:00' } },
  ]);
  await asleep(bench, 9 * HOUR + 12 * MINUTE);
  const receipt = receiptOf(bench);
  expect(receipt).toMatchObject({ from: '2026-11-21T22:41:00.000Z', to: '2026-11-22T07:53:00.000Z', kind: 'asleep' });
  expect(receipt?.lines.map(({ name, missed, outcome, text }) => ({ name, missed, outcome, text }))).toEqual([
    { name: 'Hourly', missed: 9, outcome: 'made-up', text: '9 hourly runs became 1 run.' },
    { name: 'Late', missed: 1, outcome: 'made-up', text: '1 daily run started 5 hours late.' },
    { name: 'Strict', missed: 1, outcome: 'skipped', text: '1 daily run was skipped.' },
    { name: 'Digest', missed: 1, outcome: 'asked', text: '1 daily run was missed: make up or let go?' },
  ]);
  const run = bench.started().find(({ scheduleId }) => scheduleId === ids[0]);
  expect(receipt?.lines[0]?.runId).toBe(run?.id);
  expect(bench.heard.some(({ name }) => name === 'status.changed')).toBe(true);
});

test('a sleep in which nothing was due leaves no receipt, and neither does a pause', async () => {
  const { bench, ids } = await started([{}]);
  await asleep(bench, 15 * MINUTE);
  expect(receiptOf(bench)).toBeUndefined();
  await bench.scheduler.pause(ids[0] ?? '');
  await asleep(bench, 5 * HOUR);
  expect(receiptOf(bench)).toBeUndefined();
});

test('hours without Tidings are told after the next start, and the receipt stays until it is put away', async () => {
  const { bench } = await started([{}]);
  await bench.scheduler.stop();
  bench.clock.sleep(3 * HOUR);
  await bench.restart();
  expect(receiptOf(bench)).toMatchObject({ kind: 'off', from: '2026-11-21T22:41:00.000Z', to: '2026-11-22T01:41:00.000Z' });
  await bench.restart();
  expect(texts(bench)).toEqual(['3 hourly runs became 1 run.']);
  expect(await dismissReceipt(bench.store.notes)).toBe(true);
  expect(receiptOf(bench)).toBeUndefined();
  await bench.restart();
  expect(receiptOf(bench)).toBeUndefined();
});

test('two nights nobody looked at become one receipt', async () => {
  const { bench } = await started([{}]);
  await asleep(bench, 8 * HOUR);
  const first = receiptOf(bench);
  await bench.clock.pass(10 * HOUR);
  await asleep(bench, 9 * HOUR);
  expect(receiptOf(bench)).toMatchObject({
    id: first?.id,
    from: first?.from,
    to: new Date(bench.clock.now() - 1000).toISOString(),
  });
  expect(receiptOf(bench)?.lines).toHaveLength(1);
  expect(texts(bench)).toEqual(['17 hourly runs became 2 runs.']);
});

test('what waits for the network says so, and then what became of it', async () => {
  let online = false;
  const { bench } = await started([{ jobKind: 'network' }], { isOnline: () => online });
  await asleep(bench, 3 * HOUR);
  expect(receiptOf(bench)?.lines).toMatchObject([{ outcome: 'waiting', text: '3 hourly runs wait for a connection.' }]);
  await bench.clock.pass(5 * MINUTE);
  online = true;
  bench.scheduler.wake();
  await bench.clock.pass(1000);
  expect(receiptOf(bench)?.lines).toMatchObject([
    { outcome: 'made-up', text: '3 hourly runs became 1 run.', runId: expect.any(String) },
  ]);
});

test('a receipt that cannot be written down keeps no run from starting', async () => {
  const { bench } = await started([{}]);
  const put = bench.store.notes.put;
  bench.store.notes.put = () => Promise.reject(new Error('The disk is full.'));
  await asleep(bench, 3 * HOUR);
  bench.store.notes.put = put;
  expect(bench.started()).toHaveLength(1);
});

test('a clock that was plainly wrong leaves no receipt of fifty years', async () => {
  const bench = createBench('1970-01-01T00:10:00.000Z');
  await bench.scheduler.add(hourly());
  await bench.scheduler.start();
  bench.clock.set('2026-11-22T07:30:00.000Z');
  bench.scheduler.wake();
  await bench.clock.pass(1000);
  expect(bench.started()).toHaveLength(1);
  await bench.restart();
  expect(receiptOf(bench)).toBeUndefined();
});
