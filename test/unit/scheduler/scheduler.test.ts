import { expect, test } from 'vitest';
import { settle } from '../../helpers/fake-clock.ts';
import { createBench, hourly } from '../../helpers/scheduler-bench.ts';

test('B-1: from 12:59:59 to 13:00 exactly one run starts, and it says when it was due', async () => {
  const bench = createBench('2026-11-21T12:59:59.000Z');
  await bench.scheduler.add(hourly());
  await bench.scheduler.start();
  await bench.clock.pass(1000);
  expect(bench.runs()).toMatchObject([
    { status: 'completed', cause: 'schedule', scheduledFor: '2026-11-21T13:00:00.000Z', startedAt: '2026-11-21T13:00:00.000Z' },
  ]);
  await bench.clock.pass(59 * 60_000);
  expect(bench.runs()).toHaveLength(1);
});

test('B-1: two ticks during a slow run give one run and one row that says the run before was still going', async () => {
  const bench = createBench('2026-11-21T12:59:59.000Z');
  let release = (): void => {};
  bench.work.do = () => new Promise<void>((resolve) => (release = resolve));
  await bench.scheduler.add(hourly({ timeoutMinutes: 600 }));
  await bench.scheduler.start();
  await bench.clock.pass(2 * 3_600_000 + 60_000);
  release();
  await settle();
  expect(bench.runs()).toMatchObject([
    { status: 'completed' },
    { status: 'skipped', reason: 'The run before was still going.', missedCount: 2, from: '2026-11-21T14:00:00.000Z' },
  ]);
});
