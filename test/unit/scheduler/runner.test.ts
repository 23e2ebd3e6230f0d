import { describe, expect, test } from 'vitest';
import type { JobContext } from '../../../main/jobs/job.ts';
import { toSchedule } from '../../../main/scheduler/to-schedule.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Run } from '../../../preload/contract/run.ts';
import type { Schedule } from '../../../preload/contract/schedule.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { type Bench, createBench, hourly, testJobs } from '../../helpers/scheduler-bench.ts';

const START = '2026-11-21T10:00:00.000Z';
type Context = JobContext<unknown>;

/** A job that stays until it is let go or told to stop. */
const patient = (bench: Bench): { release: () => void; contexts: Context[] } => {
  const releases: (() => void)[] = [];
  const contexts: Context[] = [];
  bench.work.do = (context) =>
    new Promise((resolve, reject) => {
      contexts.push(context);
      releases.push(resolve);
      context.signal.addEventListener('abort', () => reject(context.signal.reason));
    });
  return { release: () => releases.splice(0).forEach((release) => void release()), contexts };
};
const stored = async (bench: Bench, changes: Partial<Schedule> = {}): Promise<Schedule> => {
  const job = testJobs(bench.work).get('local');
  if (!job) throw new Error('no job');
  const schedule = { ...toSchedule(hourly(), job, { id: 'hourly', now: bench.clock.now(), systemTimeZone: 'UTC' }), ...changes };
  await bench.store.schedules.put([schedule]);
  return schedule;
};
const statuses = (bench: Bench): string[] =>
  bench.heard.flatMap((each) => (each.name === 'runs.changed' ? [each.data.run.status] : []));

describe('one run from start to finish', () => {
  test('a run goes from queued to running to completed, is announced whole each time, and cannot go back', async () => {
    const bench = createBench(START);
    bench.work.do = async ({ count, log, progress }) => {
      count('items', 3);
      count('errors', 0);
      progress(3, 3, 'the last one');
      log('info', 'Three items');
    };
    const { run, alreadyRunning } = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
    expect({ run, alreadyRunning }).toMatchObject({
      run: { status: 'queued', name: 'The local job', cause: 'manual' },
      alreadyRunning: false,
    });
    const ended = await bench.runner.finished(run.id);
    expect(ended).toEqual({
      ...run,
      status: 'completed',
      options: { limit: 10 },
      startedAt: START,
      endedAt: START,
      counts: { items: 3, errors: 0 },
      progress: { done: 3, total: 3, label: 'the last one' },
      log: [{ at: START, level: 'info', message: 'Three items' }],
    });
    expect(bench.store.runs.get(run.id)).toEqual(ended);
    expect(statuses(bench)).toEqual(['queued', 'running', 'completed']);
    await expect(bench.store.runs.put(run)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('options come from the schedule, are changed by those of the run, and are checked by the job', async () => {
    const bench = createBench(START);
    const seen: unknown[] = [];
    bench.work.do = async ({ options }) => void seen.push(options);
    const schedule = await stored(bench, { options: { limit: 5, word: 'a' } });
    const first = await bench.runner.start({ jobKind: 'local', schedule, cause: 'manual', options: { limit: 7 } });
    await bench.runner.finished(first.run.id);
    expect(seen).toEqual([{ limit: 7, word: 'a' }]);
    const bad = await bench.runner.start({ jobKind: 'local', cause: 'manual', options: { limit: 'many' } });
    expect(await bench.runner.finished(bad.run.id)).toMatchObject({
      status: 'failed',
      errorCode: 'USAGE',
      errorMessage: expect.stringContaining('limit'),
    });
    expect(seen).toHaveLength(1);
  });

  test('totals are kept on the schedule: three good runs and a failed one are 4, 3 and 1', async () => {
    const bench = createBench(START);
    const schedule = await stored(bench);
    for (const fails of [false, false, true, false]) {
      bench.work.do = async () => {
        if (fails) throw new AppError('HTTP_5XX', 'The server answered 500.');
      };
      const { run } = await bench.runner.start({ jobKind: 'local', schedule, cause: 'manual' });
      await bench.runner.finished(run.id);
    }
    expect(bench.store.schedules.get('hourly')?.totals).toEqual({ runs: 4, completed: 3, failed: 1 });
  });

  test('what a job had counted and logged before it failed is kept, with where it was thrown', async () => {
    const bench = createBench(START);
    bench.work.do = async ({ count, log }) => {
      for (let item = 1; item <= 5; item += 1) {
        count('processed');
        log('info', `item ${item}`);
      }
      throw new TypeError('item 6 has no title');
    };
    const { run } = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
    const ended = (await bench.runner.finished(run.id)) as Extract<Run, { status: 'failed' }>;
    expect(ended).toMatchObject({ status: 'failed', errorCode: 'INTERNAL', counts: { processed: 5 } });
    expect(ended.errorMessage).toContain('item 6 has no title');
    expect(ended.errorStack).toContain('runner.test.ts');
    expect(ended.log).toHaveLength(5);
  });

  test('a job nobody knows cannot be started', async () => {
    const bench = createBench(START);
    await expect(bench.runner.start({ jobKind: 'nothing', cause: 'manual' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bench.runner.finished('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await bench.runner.cancel('nothing')).toBe(false);
    expect(bench.runs()).toEqual([]);
  });
});

describe('while it runs', () => {
  test('B-14: progress is announced at most five times a second, the newest included, and cancel ends the run', async () => {
    const bench = createBench(START);
    const { contexts } = patient(bench);
    const { run } = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
    await settle();
    for (let done = 1; done <= 100; done += 1) {
      contexts[0]?.progress(done, 100);
      contexts[0]?.count('items');
      await bench.clock.pass(10);
    }
    const announced = bench.heard.flatMap((each) => (each.name === 'runs.progress' ? [each.data] : []));
    expect(announced.length).toBeLessThanOrEqual(6);
    expect(announced.length).toBeGreaterThanOrEqual(5);
    expect(bench.runner.running()).toMatchObject([
      { status: 'running', counts: { items: 100 }, progress: { done: 100, total: 100 } },
    ]);
    expect(await bench.runner.cancel(run.id)).toBe(true);
    expect(await bench.runner.finished(run.id)).toMatchObject({ status: 'cancelled', counts: { items: 100 } });
    expect(await bench.runner.cancel(run.id)).toBe(false);
    expect(bench.runner.running()).toEqual([]);
  });

  test('more runs than there is room for wait their turn, and a waiting one can be cancelled', async () => {
    const bench = createBench(START, { maxRuns: 2 });
    const { release, contexts } = patient(bench);
    const started = [];
    for (const word of ['a', 'b', 'c', 'd'])
      started.push(await bench.runner.start({ jobKind: 'local', cause: 'manual', options: { word } }));
    await settle();
    expect(bench.runner.running().map(({ status }) => status)).toEqual(['running', 'running', 'queued', 'queued']);
    expect(await bench.runner.cancel(started[2]?.run.id as string)).toBe(true);
    release();
    await settle();
    release();
    await settle();
    expect(contexts.map(({ options }) => (options as { word: string }).word)).toEqual(['a', 'b', 'd']);
    expect(bench.runs().map(({ status }) => status)).toEqual(['completed', 'completed', 'cancelled', 'completed']);
  });

  test('a log that never ends is cut, and says so', async () => {
    const bench = createBench(START);
    bench.work.do = async ({ log }) => {
      for (let line = 0; line < 2000; line += 1) log('info', 'x'.repeat(2000));
    };
    const { run } = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
    const { log } = (await bench.runner.finished(run.id)) as Extract<Run, { status: 'completed' }>;
    expect([log.length, log[0]?.message.length, log.at(-1)?.message]).toEqual([500, 500, '1501 more lines were left out.']);
  });

  test('a disk that is full for a while does not lose the end of a run', async () => {
    const bench = createBench(START);
    const { release } = patient(bench);
    const { run } = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
    await settle();
    bench.store.failWrites(1);
    release();
    expect(await bench.runner.finished(run.id)).toMatchObject({ status: 'completed' });
    expect(bench.store.runs.get(run.id)?.status).toBe('running');
    await bench.clock.pass(30_000);
    expect(bench.store.runs.get(run.id)?.status).toBe('completed');
  });

  test('a run that cannot be written down is not started, and the next one is', async () => {
    const bench = createBench(START);
    bench.store.failWrites(1);
    await expect(bench.runner.start({ jobKind: 'local', cause: 'manual' })).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect((await bench.runner.start({ jobKind: 'local', cause: 'manual' })).alreadyRunning).toBe(false);
  });
});

describe('closing and starting again', () => {
  test('A-10, E-20: closing waits for what runs, then marks the rest, and leaves no open row', async () => {
    const bench = createBench(START);
    let release = (): void => {};
    bench.work.do = ({ options }) =>
      (options as { word?: string }).word === 'quick' ? new Promise((resolve) => (release = resolve)) : new Promise(() => {});
    const quick = await bench.runner.start({ jobKind: 'local', cause: 'manual', options: { word: 'quick' } });
    const stuck = await bench.runner.start({ jobKind: 'local', cause: 'manual', options: { word: 'stuck' } });
    await settle();
    await bench.store.fetchJobs.queue({ id: 'j1', runId: stuck.run.id, sourceId: 's1', queuedAt: START });
    const stopping = bench.runner.stop();
    await bench.clock.pass(1000);
    release();
    await bench.clock.pass(4000);
    await stopping;
    expect(bench.store.runs.get(quick.run.id)).toMatchObject({ status: 'completed' });
    expect(bench.store.runs.get(stuck.run.id)).toMatchObject({ status: 'abandoned' });
    expect(bench.store.fetchJobs.get('j1')).toMatchObject({ status: 'failed', errorCode: 'INTERRUPTED', isBlameless: true });
    expect(bench.store.runs.unfinished()).toEqual([]);
    await expect(bench.runner.start({ jobKind: 'local', cause: 'manual' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('closing takes no longer than the runs do', async () => {
    const bench = createBench(START);
    await bench.runner.stop();
    expect(bench.clock.now()).toBe(Date.parse(START));
  });
});

hostileCase(134, 'a job that throws, rejects or never settles fails, and what it held is free again', async () => {
  const bench = createBench(START);
  const works: (() => Promise<void>)[] = [
    () => {
      throw new Error('thrown at once');
    },
    () => Promise.reject(undefined),
    () => new Promise(() => {}),
  ];
  const codes: string[] = [];
  for (const work of works) {
    bench.work.do = async ({ runId }) => {
      await bench.store.fetchJobs.queue({ id: `job-${runId}`, runId, sourceId: 's1', queuedAt: START });
      return work();
    };
    const { run } = await bench.runner.start({ jobKind: 'local', cause: 'manual' });
    await bench.clock.pass(10 * 60_000 + 5_000);
    const ended = (await bench.runner.finished(run.id)) as Extract<Run, { status: 'failed' }>;
    expect(ended.status).toBe('failed');
    codes.push(ended.errorCode);
  }
  expect(codes).toEqual(['INTERNAL', 'INTERNAL', 'RUN_TIMEOUT']);
  const last = bench.runs().at(-1) as Extract<Run, { status: 'failed' }>;
  expect([last.errorMessage, bench.store.fetchJobs.openFor('s1')?.runId]).toEqual([
    'The run took longer than 10 minutes.',
    undefined,
  ]);
  bench.work.do = async () => {};
  expect(await bench.runner.start({ jobKind: 'local', cause: 'manual' })).toMatchObject({ alreadyRunning: false });
  return codes;
});

hostileCase(135, 'what a crash left ongoing is failed as interrupted at the next start, and the source is free', async () => {
  const bench = createBench(START);
  const schedule = await stored(bench);
  patient(bench);
  const { run } = await bench.runner.start({ jobKind: 'local', schedule, cause: 'schedule', scheduledFor: START });
  await settle();
  await bench.store.fetchJobs.queue({ id: 'j1', runId: run.id, sourceId: 's1', queuedAt: START });
  await bench.store.fetchJobs.markOngoing('j1', START);
  await bench.store.fetchJobs.queue({ id: 'j2', runId: run.id, sourceId: 's2', queuedAt: START });
  await bench.restart();
  expect(bench.store.runs.get(run.id)).toMatchObject({ status: 'abandoned', startedAt: START });
  expect(bench.store.runs.unfinished()).toEqual([]);
  expect([bench.store.fetchJobs.openFor('s1'), bench.store.fetchJobs.openFor('s2')]).toEqual([null, null]);
  expect(await bench.store.fetchJobs.queue({ id: 'j3', runId: 'r2', sourceId: 's1', queuedAt: START })).toMatchObject({
    status: 'queued',
  });
  const job = bench.store.fetchJobs.get('j1');
  return job?.status === 'failed' ? job.errorCode : 'OK';
});

hostileCase(137, 'run now twenty times, during a run and while closing, is one run and nineteen answers', async () => {
  const bench = createBench(START);
  const schedule = await stored(bench);
  const { contexts } = patient(bench);
  const params = { jobKind: 'local', schedule, cause: 'manual' as const };
  const answers = await Promise.all(Array.from({ length: 20 }, () => bench.runner.start(params)));
  await settle();
  answers.push(await bench.runner.start(params));
  const stopping = bench.runner.stop();
  answers.push(await bench.runner.start(params));
  expect(answers.filter(({ alreadyRunning }) => !alreadyRunning)).toHaveLength(1);
  expect(new Set(answers.map(({ run }) => run.id)).size).toBe(1);
  expect(contexts).toHaveLength(1);
  await bench.clock.pass(5000);
  await stopping;
  expect(bench.runs()).toHaveLength(1);
  return 'OK';
});
