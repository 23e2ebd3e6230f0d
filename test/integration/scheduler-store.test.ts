import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock, toInstant } from '../../main/lib/clock.ts';
import { createEventBus } from '../../main/lib/events.ts';
import { silentLog } from '../../main/lib/log.ts';
import { createRunner } from '../../main/scheduler/runner.ts';
import { createScheduler } from '../../main/scheduler/scheduler.ts';
import { openStore } from '../../main/store/store.ts';
import type { Run } from '../../preload/contract/run.ts';
import { hourly, testJobs } from '../helpers/scheduler-bench.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const folder = async (): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-scheduler-'));
  closing.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
};

/** The real store, the real clock and the real alarm. */
const open = async (dir: string) => {
  const work = { do: async (): Promise<void> => {} };
  const events = createEventBus(silentLog);
  const store = await openStore({ dir, log: silentLog, clock: systemClock, mode: 'write' });
  const common = { store, events, jobs: testJobs(work), clock: systemClock, log: silentLog };
  const runner = createRunner(common);
  const scheduler = createScheduler({ ...common, runner });
  const ended = new Promise<Run>((resolve) => {
    events.onEvent(({ name, data }) => {
      if (name === 'runs.changed' && data.run.status === 'completed') resolve(data.run);
    });
  });
  const close = async (): Promise<void> => {
    await scheduler.stop();
    await runner.stop();
    await store.close();
  };
  closing.push(close);
  return { work, store, runner, scheduler, ended, close };
};

test('E-13: schedules, pauses, next and last runs are the same after a restart', async () => {
  const dir = await folder();
  const first = await open(dir);
  const added = [
    await first.scheduler.add(hourly()),
    await first.scheduler.add(hourly({ name: 'Off', enabled: false })),
    await first.scheduler.add(
      hourly({ name: 'Weekly', trigger: { type: 'weekly', days: ['mon'], time: '06:30' }, timeZone: 'Europe/Berlin' }),
    ),
  ];
  await first.scheduler.pause(added[2]?.id ?? '', '2090-01-01T00:00:00.000Z');
  const { run } = await first.scheduler.runNow(added[0]?.id ?? '');
  await first.runner.finished(run.id);
  const table = (store: typeof first.store) => ({
    schedules: store.schedules.all(),
    last: store.schedules.all().map(({ id }) => store.runs.latestFor(id)),
  });
  const before = table(first.store);
  await first.close();
  const second = await open(dir);
  await second.runner.recover();
  expect(table(second.store)).toEqual(before);
  expect(before.schedules[0]?.totals).toEqual({ runs: 1, completed: 1, failed: 0 });
});

test('a run that is due in half a second starts by the alarm, not the heartbeat', async () => {
  const { store, scheduler, ended } = await open(await folder());
  const schedule = await scheduler.add(hourly({ trigger: { type: 'interval', minutes: 30 } }));
  const due = Date.now() + 500;
  await store.schedules.put([{ ...schedule, nextDueAt: toInstant(due) }]);
  await scheduler.start();
  const run = await ended;
  expect(run).toMatchObject({ cause: 'schedule', scheduledFor: toInstant(due) });
  expect(Date.parse(run.queuedAt)).toBeGreaterThanOrEqual(due);
  expect(Date.parse(run.queuedAt) - due).toBeLessThan(20_000);
  await scheduler.stop();
  expect(store.schedules.get(schedule.id)).toMatchObject({
    lastDueAt: toInstant(due),
    nextDueAt: toInstant(Math.floor(due / 60_000) * 60_000 + 30 * 60_000),
  });
});

test('a store that was closed in the middle of a run says abandoned, and the schedule goes on', async () => {
  const dir = await folder();
  const first = await open(dir);
  const schedule = await first.scheduler.add(hourly());
  let begun = (): void => {};
  const running = new Promise<void>((resolve) => (begun = resolve));
  first.work.do = () => {
    begun();
    return new Promise(() => {});
  };
  const { run } = await first.scheduler.runNow(schedule.id);
  await running;
  await first.store.close();
  closing.pop();
  const second = await open(dir);
  await second.runner.recover();
  expect(second.store.runs.get(run.id)).toMatchObject({ status: 'abandoned' });
  const next = await second.scheduler.runNow(schedule.id);
  expect(next.alreadyRunning).toBe(false);
  expect(await second.runner.finished(next.run.id)).toMatchObject({ status: 'completed' });
});
