import { AppError } from '../../preload/contract/errors.ts';
import type { Run, RunCause, StartedRun } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { carryOut, closeFetchJobs, finish, noteEnd, stoppedBy } from './carry-out.ts';
import { giveBack, wasBegun } from './give-back.ts';
import { createNotebook, type LiveRun } from './live-run.ts';
import { toAbandonedRun } from './run-end.ts';
import { type RunnerDeps, type RunnerState, storeRun, writeFirmly } from './runner-state.ts';

/** Minutes a run without a schedule may take. */
export const DEFAULT_TIMEOUT_MINUTES = 10;
/** How long `stop` lets runs finish by themselves, and then how long they have to obey. */
const STOP_WAIT_MS = 3_000;
const STOP_SETTLE_MS = 1_500;
/** How long the last rows may take to be written. */
const STOP_WRITE_MS = 500;

export type StartParams = {
  jobKind: string;
  schedule?: Schedule;
  cause: RunCause;
  /** Override the schedule's options for this run. */
  options?: Record<string, unknown>;
  /** The due instant this run stands for. */
  scheduledFor?: string;
  /** On retries. */
  attempt?: Run['attempt'];
  /** The run that is tried again by hand. */
  retryOf?: string;
  /** Answer with the run that is going instead of writing down that this one was skipped. */
  attach?: boolean;
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

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** A run by hand with other options is another run; the fetch jobs keep a source from being fetched twice. */
const keyOf = ({ schedule, jobKind, options }: StartParams): string =>
  schedule ? `schedule ${schedule.id}` : `job ${jobKind} ${JSON.stringify(options ?? {})}`;

const createLive = (state: RunnerState, params: StartParams, job: JobDefinition): LiveRun => {
  const { schedule, cause, scheduledFor, attempt, retryOf } = params;
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
    ...(attempt ? { attempt } : {}),
    ...(retryOf ? { retryOf } : {}),
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

/** Starts waiting runs while there is room. */
const startWaiting = (state: RunnerState): void => {
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

const skipped = async (state: RunnerState, live: LiveRun, params: StartParams): Promise<Run> => {
  const { schedule, scheduledFor, cause } = params;
  const now = state.clock.now();
  const at = toInstant(now);
  const due = scheduledFor ?? at;
  const last = schedule && state.store.runs.latestFor(schedule.id);
  const reason = 'The run before was still going.';
  const isSameGap = last?.status === 'skipped' && last.queuedAt >= live.run.queuedAt && due > (last.to ?? '');
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
    code: 'SCHED_OVERLAP',
    from: due,
    to: due,
    missedCount: 1,
  };
  await storeRun(state, run);
  state.log.info('Run skipped', { job: run.jobKind, reason: 'SCHED_OVERLAP' });
  return run;
};

const start = async (state: RunnerState, params: StartParams): Promise<StartedRun> => {
  const going = state.live.get(keyOf(params));
  if (going?.isEnding) {
    // Its end is being written: what is asked for now is another run.
    await going.ended;
    return start(state, params);
  }
  if (going) {
    await going.stored;
    const isTimed = !params.attach && (params.cause === 'schedule' || params.cause === 'catch-up');
    return { run: isTimed ? await skipped(state, going, params) : snapshot(going), alreadyRunning: true };
  }
  const job = state.jobs.get(params.jobKind);
  if (!job) throw new AppError('NOT_FOUND', `There is no job called "${params.jobKind.slice(0, 80)}".`);
  if (state.isStopping) throw new AppError('CONFLICT', 'Tidings is closing; nothing new is started.');
  const live = createLive(state, params, job);
  const queued = live.run;
  state.live.set(live.key, live);
  live.stored = storeRun(state, queued);
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
  if (run.status !== 'running') return run;
  const steps = notebook.steps();
  return { ...run, counts: { ...notebook.counts }, ...(progress ? { progress } : {}), ...(steps.length > 0 ? { steps } : {}) };
};

const byId = (state: RunnerState, runId: string): LiveRun | undefined =>
  [...state.live.values()].find((live) => live.run.id === runId);

const cancel = async (state: RunnerState, runId: string, reason: AppError): Promise<boolean> => {
  const live = byId(state, runId);
  if (!live || live.isEnding) return false;
  live.controller.abort(reason);
  if (!state.queue.includes(live)) return true;
  state.queue.splice(state.queue.indexOf(live), 1);
  await finish(state, live, stoppedBy(live));
  return true;
};

/** Closes one run of an earlier process and what it had begun. */
const closeLeftOpen = async (state: RunnerState, runId: string): Promise<void> => {
  const run = state.store.runs.get(runId);
  if (run?.status === 'queued' || run?.status === 'running') {
    const abandoned = toAbandonedRun(run, state.clock.now());
    if (!wasBegun(abandoned)) await giveBack(state, run);
    await storeRun(state, abandoned);
    await noteEnd(state, abandoned);
  }
  await closeFetchJobs(state, runId, new AppError('INTERRUPTED', 'Tidings stopped before this source was done.'));
};

const recover = async (state: RunnerState): Promise<void> => {
  const { runs, fetchJobs } = state.store;
  const runIds = new Set([...runs.unfinished().map(({ id }) => id), ...fetchJobs.unfinished().map(({ runId }) => runId)]);
  for (const runId of runIds) await writeFirmly(state, runId, () => closeLeftOpen(state, runId));
};

const pause = (state: RunnerState, ms: number, until: Promise<unknown>): Promise<unknown> => {
  let cancelTimer = (): void => {};
  const timer = new Promise<void>((resolve) => {
    cancelTimer = state.clock.after(ms, resolve);
  });
  return Promise.race([timer, until]).finally(cancelTimer);
};

const stop = async (state: RunnerState): Promise<void> => {
  state.isStopping = true;
  const interrupted = new AppError('INTERRUPTED', 'Tidings was closed.');
  for (const live of [...state.queue]) {
    await writeFirmly(state, live.run.id, () => giveBack(state, live.run));
    await cancel(state, live.run.id, new AppError('CANCELLED', 'Tidings was closed before it began.'));
  }
  const allEnded = (): Promise<unknown> => Promise.all([...state.live.values()].map((live) => live.ended));
  await pause(state, STOP_WAIT_MS, allEnded());
  for (const live of state.live.values()) live.controller.abort(interrupted);
  await pause(state, STOP_SETTLE_MS, allEnded());
  for (const live of state.live.values()) void finish(state, live, stoppedBy(live));
  await pause(state, STOP_WRITE_MS, allEnded());
};

/** A runner over the store and the list of jobs. */
export const createRunner = (deps: RunnerDeps): Runner => {
  const state: RunnerState = { ...deps, lanes: deps.maxRuns ?? 4, live: new Map(), queue: [], busy: 0, isStopping: false };
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
