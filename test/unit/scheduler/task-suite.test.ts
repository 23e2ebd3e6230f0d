import { expect, test } from 'vitest';
import { builtInSchedules } from '../../../main/api/defaults.ts';
import { createJobs } from '../../../main/jobs/index.ts';
import { defineJob } from '../../../main/jobs/job.ts';
import { listenToRuns } from '../../../main/lib/run-listeners.ts';
import { inWords } from '../../../main/scheduler/words.ts';
import { schedulesShape } from '../../../main/store/small-repositories.ts';
import type { Run } from '../../../preload/contract/run.ts';
import { scheduleSchema } from '../../../preload/contract/schedule.ts';
import { late } from '../../../renderer/ui/format.ts';
import { lateMs } from '../../../renderer/ui/run-words.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { createBench, hourly } from '../../helpers/scheduler-bench.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test('E-1, E-11: a first start has the seven tasks at their times, in words, each with its next time when it is on', () => {
  const jobs = createJobs({ store: {}, events: { onEvent: () => () => {} }, log: {} } as never);
  const schedules = builtInSchedules(new Map(jobs.map((job) => [job.kind, job])), Date.parse('2026-11-22T12:00:00Z'));
  const words = new Map(schedules.map(({ id, trigger }) => [id, inWords(trigger)]));
  expect(Object.fromEntries(words)).toMatchObject({
    crawl_sources: 'Every day at 02:00',
    discover_top: 'Sundays at 03:00',
    refresh_metadata_full: 'On the 1st of each month at 04:00',
    refresh_metadata_recent: 'Sundays at 04:30',
    complete_series: 'On the 2nd of each month at 03:00',
    complete_authors: 'On the 3rd of each month at 03:00',
    clean_up: 'Every day at 01:00',
  });
  for (const schedule of schedules) expect(schedule.nextDueAt === undefined, schedule.id).toBe(!schedule.enabled);
  expect(inWords({ type: 'cron', expression: '0 3 * * 6' })).toBe('Saturdays at 03:00');
});

test('E-10: an edited cron line persists over a restart', async () => {
  const bench = createBench('2026-11-21T10:30:00.000Z');
  const { id } = await bench.scheduler.add(hourly());
  await bench.scheduler.start();
  await bench.scheduler.update(id, { trigger: { type: 'cron', expression: '15 6 * * MON#1' } });
  await bench.restart();
  expect(bench.store.schedules.get(id)).toMatchObject({
    trigger: { type: 'cron', expression: '15 6 * * MON#1' },
    nextDueAt: '2026-12-07T06:15:00.000Z',
  });
});

test('E-12: a schedule that is off fires nothing for a day, others do, and run now works', async () => {
  const bench = createBench('2026-11-21T10:30:00.000Z');
  const { id } = await bench.scheduler.add(hourly({ name: 'Off' }));
  await bench.scheduler.add(hourly({ name: 'On' }));
  await bench.scheduler.start();
  await bench.scheduler.update(id, { enabled: false });
  await bench.clock.pass(24 * HOUR);
  expect(bench.started().map(({ name }) => name)).toEqual(Array.from({ length: 24 }, () => 'On'));
  await bench.scheduler.runNow(id);
  await settle();
  expect(bench.started().at(-1)).toMatchObject({ name: 'Off', cause: 'manual', status: 'completed' });
});

test('E-15: listeners hear of runs that were executed, failed and missed, each once', async () => {
  const bench = createBench('2026-11-21T10:30:00.000Z');
  const heard: string[] = [];
  const stop = listenToRuns(bench.events.onEvent, {
    executed: (run) => heard.push(`executed ${run.status}`),
    error: (run) => heard.push(`error ${run.status === 'failed' ? run.errorMessage : ''}`),
    missed: (run) => heard.push(`missed ${run.status === 'missed' ? run.missedCount : ''}`),
  });
  await bench.scheduler.add(hourly({ missed: 'skip' }));
  await bench.scheduler.start();
  await bench.clock.pass(HOUR);
  bench.work.do = () => Promise.reject(new Error('It broke.'));
  await bench.clock.pass(HOUR);
  bench.clock.sleep(5 * HOUR);
  bench.scheduler.wake();
  await settle();
  expect(heard).toEqual(['executed completed', 'error Something unexpected went wrong: It broke.', 'missed 5']);
  stop();
  await bench.clock.pass(2 * HOUR);
  expect(heard).toHaveLength(3);
});

test('E-16: a run that started 42 seconds late keeps when it was due, when it started and ended, its counts and its log', async () => {
  const bench = createBench('2026-11-21T10:59:30.000Z');
  const { id } = await bench.scheduler.add(hourly());
  await bench.scheduler.start();
  bench.work.do = async ({ count, log }) => {
    count('processed', 3);
    count('failed');
    log('info', 'Looked at three.');
    await new Promise<void>((resolve) => bench.clock.after(5 * SECOND, resolve));
  };
  // The alarm rings late: the computer dozed for 72 seconds.
  bench.clock.sleep(72 * SECOND);
  bench.scheduler.wake();
  await bench.clock.pass(10 * SECOND);
  const [run] = bench.runs() as [Run];
  expect(run).toMatchObject({
    scheduleId: id,
    name: 'Hourly',
    cause: 'schedule',
    scheduledFor: '2026-11-21T11:00:00.000Z',
    startedAt: '2026-11-21T11:00:42.000Z',
    endedAt: '2026-11-21T11:00:47.000Z',
    status: 'completed',
    counts: { processed: 3, failed: 1 },
    log: [{ level: 'info', message: 'Looked at three.' }],
  });
  expect(lateMs(run)).toBe(42 * SECOND);
  expect(late(lateMs(run) ?? 0)).toBe('42 s late');
});

test('E-17: a job that throws at its sixth item keeps the five it had counted, five log lines and where it was thrown', async () => {
  const bench = createBench('2026-11-21T10:59:30.000Z');
  const { id } = await bench.scheduler.add(hourly());
  await bench.scheduler.start();
  bench.work.do = async ({ count, log }) => {
    for (let item = 1; item <= 10; item += 1) {
      if (item === 6) throw new TypeError('Item 6 is broken');
      count('processed');
      log('info', `Item ${item} is done.`);
    }
  };
  await bench.clock.pass(MINUTE);
  const [run] = bench.runs();
  expect(run).toMatchObject({ status: 'failed', errorCode: 'INTERNAL', counts: { processed: 5 } });
  expect(run?.status === 'failed' && run.log).toHaveLength(5);
  expect(run?.status === 'failed' && run.errorStack).toContain('task-suite.test.ts');
  expect(bench.store.schedules.get(id)?.totals).toEqual({ runs: 1, completed: 0, failed: 1 });
  await bench.store.runs.remove([run?.id ?? '']);
  expect(bench.store.schedules.get(id)?.totals).toEqual({ runs: 1, completed: 0, failed: 1 });
});

test('E-21: two heavy jobs at the same time give a hint, in the preview and on the row; others and other times give none', async () => {
  const bench = createBench('2026-11-21T10:30:00.000Z');
  const { optionsSchema, suggestedTrigger } = bench.jobs.get('local') as NonNullable<ReturnType<typeof bench.jobs.get>>;
  const base = { title: 'Heavy', description: 'Much.', optionsSchema, suggestedTrigger, goesOut: false, isHeavy: true };
  bench.jobs.set('heavy', defineJob({ ...base, kind: 'heavy', run: async () => {} }));
  const series = await bench.scheduler.add(
    hourly({ name: 'Complete series', jobKind: 'heavy', trigger: { type: 'monthly', day: 2, time: '03:00' } }),
  );
  const at = (time: string, jobKind = 'heavy') =>
    bench.scheduler.preview({ trigger: { type: 'daily', time }, timeZone: 'UTC', jobKind }).hint;
  expect(at('03:00')).toBe('Complete series also starts at 03:00.');
  expect(at('03:30')).toBeUndefined();
  expect(at('03:00', 'local')).toBeUndefined();
  const own = { trigger: series.trigger, timeZone: 'UTC', jobKind: 'heavy', id: series.id };
  expect(bench.scheduler.preview(own).hint).toBeUndefined();
  const crawl = await bench.scheduler.add(hourly({ name: 'Crawl', jobKind: 'heavy', trigger: { type: 'daily', time: '03:00' } }));
  expect(bench.scheduler.hint(crawl)).toBe('Complete series also starts at 03:00.');
  expect(bench.scheduler.hint(series)).toBe('Crawl also starts at 03:00.');
  await bench.scheduler.update(crawl.id, { enabled: false });
  expect(bench.scheduler.hint(series)).toBeUndefined();
});

test('A-12: a schedule of the version before gets its retries by a migration, and is otherwise as it was', () => {
  const old = {
    id: 'fetch_feeds',
    name: 'Fetch feeds',
    jobKind: 'fetch-feeds',
    options: {},
    trigger: { type: 'interval', minutes: 30 },
    timeZone: 'UTC',
    enabled: true,
    missed: 'run-once',
    jitterSeconds: 0,
    timeoutMinutes: 30,
    isBuiltIn: true,
    totals: { runs: 1388, completed: 1384, failed: 4 },
  };
  const migrated = (row: Record<string, unknown>) =>
    schedulesShape.migrations.slice(1).reduce<Record<string, unknown> | undefined>((each, move) => each && move(each), row);
  expect(scheduleSchema.parse(migrated(old))).toEqual({ ...old, retries: 2, retryMinutes: 1 });
  expect(migrated({ ...old, jobKind: 'mine' })).toMatchObject({ retries: 0 });
});
