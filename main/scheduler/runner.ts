import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Run, RunCause, StartedRun } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { type Clock, toInstant } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import { newId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { Store } from '../store/repositories.ts';
import { createNotebook, type LiveRun } from './live-run.ts';
import { type Ending, toAbandonedRun, toEndedRun } from './run-end.ts';
import { changeSchedule } from './schedule-changes.ts';

/** Minutes a run without a schedule may take. */
export const DEFAULT_TIMEOUT_MINUTES = 10;
/** How long a job may go on after it was told to stop, before it is left to itself. */
const SETTLE_MS = 5_000;
/** How long `stop` lets runs finish by themselves, and then how long they have to obey. */
const STOP_WAIT_MS = 3_000;
const STOP_SETTLE_MS = 1_500;
/** How long the last rows may take to be written. */
const STOP_WRITE_MS = 500;
/** How long until a row that could not be stored is tried again. */
const STORE_RETRY_MS = 30_000;

export type RunnerDeps = {
  store: Pick<Store, 'runs' | 'fetchJobs' | 'schedules'>;
  jobs: ReadonlyMap<string, JobDefinition>;
  events: EventBus;
  clock: Clock;
  log: Log;
  /** Runs at once, of all kinds; more wait in a queue. */
  maxRuns?: number;
};

export type StartParams = {
  jobKind: string;
  schedule?: Schedule;
  cause: RunCause;
  /** Override the schedule's options for this run. */
  options?: Record<string, unknown>;
  /** The due instant this run stands for. */
  scheduledFor?: string;
};

/** Runs jobs, one of a kind at a time, and writes each down. */
export type Runner = {
  /**
   * Answers when the row is stored, long before the run ends. Never rejects for what a job does;
   * throws NOT_FOUND for an unknown job, CONFLICT while closing, STORE_* when nothing can be written.
   */
  start: (params: StartParams) => Promise<StartedRun>;
  /** The last row of a run, when it has ended. Throws NOT_FOUND. */
  finished: (runId: string) => Promise<Run>;
  /** True when the run was queued or running and has been told to stop. */
  cancel: (runId: string) => Promise<boolean>;
  /** Queued and running runs with their counts and progress of this moment, oldest first. */
  running: () => Run[];
  /** Closes what an earlier process left open. Call once, before the first start. */
  recover: () => Promise<void>;
  /** Takes no more runs, waits at most 5 s, then marks the rest. */
  stop: () => Promise<void>;
};

type State = RunnerDeps & { lanes: number; live: Map<string, LiveRun>; queue: LiveRun[]; busy: number; isStopping: boolean };

const store = async (state: State, run: Run): Promise<void> => {
  await state.store.runs.put(run);
  state.events.emit('runs.changed', { run });
};

/** Writes what must not be lost to a full disk: tries again until it is there. */
const writeFirmly = async (state: State, runId: string, write: () => Promise<unknown>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    const { code } = toAppError(error);
    state.log.error('A run could not be written down', { runId, code, error });
    if (code.startsWith('STORE_')) state.clock.after(STORE_RETRY_MS, () => void writeFirmly(state, runId, write));
  }
};

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** A run by hand with other options is another run; the fetch jobs keep a source from being fetched twice. */
const keyOf = ({ schedule, jobKind, options }: StartParams): string =>
  schedule ? `schedule ${schedule.id}` : `job ${jobKind} ${JSON.stringify(options ?? {})}`;

const createLive = (state: State, params: StartParams, job: JobDefinition): LiveRun => {
  const { schedule, cause, scheduledFor } = params;
  const now = state.clock.now();
  const id = newId(now);
  let end: (run: Run) => void = () => {};
  const ended = new Promise<Run>((resolve) => {
    end = resolve;
  });
  const run: Run = {
    id,
    ...(schedule ? { scheduleId: schedule.id } : {}),
    jobKind: job.kind,
    name: (schedule?.name ?? job.title).slice(0, 200),
    cause,
    ...(scheduledFor ? { scheduledFor } : {}),
    queuedAt: toInstant(now),
    status: 'queued',
  };
  return {
    key: keyOf(params),
    run,
    job,
    rawOptions: { ...recordOf(schedule?.options), ...params.options },
    timeoutMinutes: schedule?.timeoutMinutes ?? DEFAULT_TIMEOUT_MINUTES,
    notebook: createNotebook(id, state.clock, state.events),
    controller: new AbortController(),
    stored: Promise.resolve(),
    ended,
    end,
    isEnding: false,
  };
};

const parseOptions = (live: LiveRun): unknown => {
  const parsed = live.job.optionsSchema.safeParse(live.rawOptions);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'options';
  throw new AppError('USAGE', `The options of this job are not right (${where}: ${issue?.message ?? 'unreadable'}).`);
};

const runJob = async (state: State, live: LiveRun): Promise<Ending> => {
  try {
    const options = parseOptions(live);
    live.run = { ...live.run, options, status: 'running', startedAt: toInstant(state.clock.now()), counts: {} };
    await store(state, live.run);
    const { run, job, notebook, controller } = live;
    const context = { runId: run.id, cause: run.cause, options, signal: controller.signal, now: state.clock.now };
    await job.run({ ...context, ...notebook.context });
    return { kind: 'done' };
  } catch (error) {
    return { kind: 'threw', error };
  }
};

/** Settles some time after the run was told to stop, for jobs that do not listen. */
const ignored = (state: State, live: LiveRun, patience: number): { ending: Promise<Ending>; forget: () => void } => {
  let cancel = (): void => {};
  const ending = new Promise<Ending>((resolve) => {
    const onAbort = (): void => {
      cancel = state.clock.after(patience, () => resolve(stoppedBy(live)));
    };
    if (live.controller.signal.aborted) onAbort();
    else live.controller.signal.addEventListener('abort', onAbort, { once: true });
  });
  return { ending, forget: () => cancel() };
};
const stoppedBy = (live: LiveRun): Ending => ({ kind: 'stopped', reason: toAppError(live.controller.signal.reason) });

/** From queued to its end. Never rejects. */
const carryOut = async (state: State, live: LiveRun): Promise<void> => {
  const minutes = live.timeoutMinutes;
  const forgetTimeout = state.clock.after(minutes * 60_000, () =>
    live.controller.abort(
      new AppError('RUN_TIMEOUT', `The run took longer than ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`),
    ),
  );
  const watchdog = ignored(state, live, state.isStopping ? STOP_SETTLE_MS : SETTLE_MS);
  const ending = await Promise.race([runJob(state, live), watchdog.ending]);
  forgetTimeout();
  watchdog.forget();
  await finish(state, live, live.controller.signal.aborted ? stoppedBy(live) : ending);
};

/** Frees the sources whose fetch jobs the run left open. */
const closeFetchJobs = async (state: State, runId: string, reason: AppError): Promise<void> => {
  for (const job of state.store.fetchJobs.forRun(runId)) {
    if (job.status !== 'queued' && job.status !== 'ongoing') continue;
    const end = {
      endedAt: toInstant(state.clock.now()),
      errorCode: reason.code,
      errorMessage: reason.message,
      isBlameless: true,
    };
    const fetchJob = await state.store.fetchJobs.fail(job.id, end);
    if (fetchJob) state.events.emit('fetch-jobs.changed', { fetchJob });
  }
};

const addToTotals = (state: State, run: Run): Promise<unknown> =>
  run.scheduleId
    ? changeSchedule(state, run.scheduleId, (schedule) => ({
        ...schedule,
        totals: {
          runs: schedule.totals.runs + 1,
          completed: schedule.totals.completed + (run.status === 'completed' ? 1 : 0),
          failed: schedule.totals.failed + (run.status === 'failed' ? 1 : 0),
        },
      }))
    : Promise.resolve();

/** Writes the end of a run once, whoever gets here first. */
const finish = async (state: State, live: LiveRun, ending: Ending): Promise<void> => {
  if (live.isEnding) return;
  live.isEnding = true;
  live.notebook.close();
  const run = toEndedRun(live, ending, state.clock.now());
  const left = ending.kind === 'stopped' ? ending.reason : new AppError('INTERNAL', 'The run ended before this source was done.');
  await writeFirmly(state, run.id, () => closeFetchJobs(state, run.id, left));
  await writeFirmly(state, run.id, () => store(state, run));
  await writeFirmly(state, run.id, () => addToTotals(state, run));
  live.run = run;
  if (state.live.get(live.key) === live) state.live.delete(live.key);
  state.log.info('Run ended', { runId: run.id, job: run.jobKind, status: run.status });
  live.end(run);
};

/** Starts waiting runs while there is room. */
const startWaiting = (state: State): void => {
  while (state.busy < state.lanes && !state.isStopping) {
    const live = state.queue.shift();
    if (!live) return;
    state.busy += 1;
    void carryOut(state, live).finally(() => {
      state.busy -= 1;
      startWaiting(state);
    });
  }
};

const skipped = async (state: State, live: LiveRun, params: StartParams): Promise<Run> => {
  const { schedule, scheduledFor, cause } = params;
  const now = state.clock.now();
  const at = toInstant(now);
  const due = scheduledFor ?? at;
  const last = schedule && state.store.runs.latestFor(schedule.id);
  const reason = 'The run before was still going.';
  const isSameGap = last?.status === 'skipped' && last.queuedAt >= live.run.queuedAt;
  const gap = isSameGap ? { ...last, to: due, missedCount: (last.missedCount ?? 1) + 1, endedAt: at } : undefined;
  const run: Run = gap ?? {
    id: newId(now),
    ...(schedule ? { scheduleId: schedule.id } : {}),
    jobKind: live.job.kind,
    name: live.run.name,
    cause,
    scheduledFor: due,
    queuedAt: at,
    status: 'skipped',
    endedAt: at,
    reason,
    from: due,
    to: due,
    missedCount: 1,
  };
  await store(state, run);
  state.log.info('Run skipped', { job: run.jobKind, reason: 'SCHED_OVERLAP' });
  return run;
};

const start = async (state: State, params: StartParams): Promise<StartedRun> => {
  const going = state.live.get(keyOf(params));
  if (going) {
    await going.stored;
    const isTimed = params.cause === 'schedule' || params.cause === 'catch-up';
    return { run: isTimed ? await skipped(state, going, params) : snapshot(going), alreadyRunning: true };
  }
  const job = state.jobs.get(params.jobKind);
  if (!job) throw new AppError('NOT_FOUND', `There is no job called "${params.jobKind.slice(0, 80)}".`);
  if (state.isStopping) throw new AppError('CONFLICT', 'Tidings is closing; nothing new is started.');
  const live = createLive(state, params, job);
  const queued = live.run;
  state.live.set(live.key, live);
  live.stored = store(state, queued);
  try {
    await live.stored;
  } catch (error) {
    state.live.delete(live.key);
    throw error;
  }
  state.queue.push(live);
  startWaiting(state);
  return { run: queued, alreadyRunning: false };
};

const snapshot = (live: LiveRun): Run => {
  const progress = live.notebook.progress();
  const { run, notebook } = live;
  return run.status === 'running' ? { ...run, counts: { ...notebook.counts }, ...(progress ? { progress } : {}) } : run;
};

const byId = (state: State, runId: string): LiveRun | undefined => [...state.live.values()].find((live) => live.run.id === runId);

const cancel = async (state: State, runId: string, reason: AppError): Promise<boolean> => {
  const live = byId(state, runId);
  if (!live || live.isEnding) return false;
  live.controller.abort(reason);
  if (!state.queue.includes(live)) return true;
  state.queue.splice(state.queue.indexOf(live), 1);
  await finish(state, live, stoppedBy(live));
  return true;
};

/** Closes one run of an earlier process and what it had begun. */
const closeLeftOpen = async (state: State, runId: string): Promise<void> => {
  const run = state.store.runs.get(runId);
  if (run?.status === 'queued' || run?.status === 'running') {
    const abandoned = toAbandonedRun(run, state.clock.now());
    await store(state, abandoned);
    await addToTotals(state, abandoned);
  }
  await closeFetchJobs(state, runId, new AppError('INTERRUPTED', 'Tidings stopped before this source was done.'));
};

const recover = async (state: State): Promise<void> => {
  const { runs, fetchJobs } = state.store;
  const runIds = new Set([...runs.unfinished().map(({ id }) => id), ...fetchJobs.unfinished().map(({ runId }) => runId)]);
  for (const runId of runIds) await writeFirmly(state, runId, () => closeLeftOpen(state, runId));
};

const pause = (state: State, ms: number, until: Promise<unknown>): Promise<unknown> => {
  let cancelTimer = (): void => {};
  const timer = new Promise<void>((resolve) => {
    cancelTimer = state.clock.after(ms, resolve);
  });
  return Promise.race([timer, until]).finally(cancelTimer);
};

const stop = async (state: State): Promise<void> => {
  state.isStopping = true;
  const interrupted = new AppError('INTERRUPTED', 'Tidings was closed.');
  for (const live of [...state.queue])
    await cancel(state, live.run.id, new AppError('CANCELLED', 'Tidings was closed before it began.'));
  const allEnded = (): Promise<unknown> => Promise.all([...state.live.values()].map((live) => live.ended));
  await pause(state, STOP_WAIT_MS, allEnded());
  for (const live of state.live.values()) live.controller.abort(interrupted);
  await pause(state, STOP_SETTLE_MS, allEnded());
  for (const live of state.live.values()) void finish(state, live, stoppedBy(live));
  await pause(state, STOP_WRITE_MS, allEnded());
};

/** A runner over the store and the list of jobs. */
export const createRunner = (deps: RunnerDeps): Runner => {
  const state: State = { ...deps, lanes: deps.maxRuns ?? 4, live: new Map(), queue: [], busy: 0, isStopping: false };
  return {
    start: (params) => start(state, params),
    finished: async (runId) => {
      const live = byId(state, runId);
      const run = live ? await live.ended : state.store.runs.get(runId);
      if (!run) throw new AppError('NOT_FOUND', 'There is no such run.');
      return run;
    },
    cancel: (runId) => cancel(state, runId, new AppError('CANCELLED', 'The run was cancelled.')),
    running: () => [...state.live.values()].map(snapshot),
    recover: () => recover(state),
    stop: () => stop(state),
  };
};
