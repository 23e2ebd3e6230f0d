import { z } from 'zod';
import type { JobContext, JobDefinition } from '../../main/jobs/job.ts';
import { defineJob } from '../../main/jobs/job.ts';
import { createEventBus, type EventBus } from '../../main/lib/events.ts';
import { silentLog } from '../../main/lib/log.ts';
import { createRunner, type Runner } from '../../main/scheduler/runner.ts';
import { createScheduler, type Scheduler } from '../../main/scheduler/scheduler.ts';
import type { SchedulerDeps } from '../../main/scheduler/state.ts';
import type { Announcement } from '../../preload/contract/contract.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { NewSchedule } from '../../preload/contract/schedule.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';

type Work = (context: JobContext<unknown>) => Promise<void>;

/** A scheduler, a runner, a store and a clock that a test moves. */
export type Bench = {
  clock: FakeClock;
  store: MemoryStore;
  events: EventBus;
  heard: Announcement[];
  runner: Runner;
  scheduler: Scheduler;
  /** What the jobs `local` and `network` do; by default nothing. */
  work: { do: Work };
  jobs: Map<string, JobDefinition>;
  /** Rows of runs, in the order they were written first. */
  runs: () => Run[];
  /** Rows of runs that really started. */
  started: () => Run[];
  /** The process ends and another one starts on the same store. */
  restart: () => Promise<void>;
};

/** Options any test job takes. */
const optionsSchema = z.strictObject({ limit: z.int().min(1).default(10), word: z.string().optional() });

export const testJobs = (work: { do: Work }): Map<string, JobDefinition> => {
  const make = (kind: string, goesOut: boolean): JobDefinition =>
    defineJob({
      kind,
      title: `The ${kind} job`,
      description: 'Does what a test says.',
      optionsSchema,
      suggestedTrigger: { type: 'interval', minutes: 30 },
      goesOut,
      run: (context) => work.do(context),
    });
  return new Map([make('local', false), make('network', true)].map((job) => [job.kind, job]));
};

/** Everything a scheduler needs, at `instant`. Not started. */
export const createBench = (instant: string, extra: Partial<SchedulerDeps> & { maxRuns?: number } = {}): Bench => {
  const clock = createFakeClock(instant);
  const store = createMemoryStore();
  const events = createEventBus(silentLog);
  const heard: Announcement[] = [];
  events.onEvent((announcement) => heard.push(announcement));
  const work = { do: async () => {} };
  const jobs = testJobs(work);
  const { maxRuns, ...schedulerDeps } = extra;
  const common = { store, jobs, events, clock, log: silentLog };
  const make = (): { runner: Runner; scheduler: Scheduler } => {
    const runner = createRunner({ ...common, ...(maxRuns ? { maxRuns } : {}) });
    const scheduler = createScheduler({
      ...common,
      runner,
      setAlarm: clock.setAlarm,
      systemTimeZone: () => 'UTC',
      ...schedulerDeps,
    });
    return { runner, scheduler };
  };
  const runs = (): Run[] => store.runs.all();
  const bench: Bench = {
    clock,
    store,
    events,
    heard,
    ...make(),
    work,
    jobs,
    runs,
    started: () => runs().filter((run) => !['missed', 'skipped', 'queued'].includes(run.status)),
    restart: async () => {
      await bench.scheduler.stop();
      Object.assign(bench, make());
      await bench.runner.recover();
      await bench.scheduler.start();
    },
  };
  return bench;
};

/** A new schedule for the job `local`, every hour at :00 UTC, changed as a test likes. */
export const hourly = (changes: Partial<NewSchedule> = {}): NewSchedule => ({
  name: 'Hourly',
  jobKind: 'local',
  trigger: { type: 'cron', expression: '0 * * * *' },
  timeZone: 'UTC',
  ...changes,
});
