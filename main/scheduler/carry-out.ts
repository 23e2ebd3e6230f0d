import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Run } from '../../preload/contract/run.ts';
import { toInstant } from '../lib/clock.ts';
import type { LiveRun } from './live-run.ts';
import { retryAfter } from './retry.ts';
import { type Ending, toEndedRun } from './run-end.ts';
import { type RunnerState, storeRun, writeFirmly } from './runner-state.ts';
import { changeSchedule } from './schedule-changes.ts';

/** How long a job may go on after it was told to stop, before it is left to itself. */
const SETTLE_MS = 5_000;

const parseOptions = (live: LiveRun): unknown => {
  const parsed = live.job.optionsSchema.safeParse(live.rawOptions);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'options';
  throw new AppError('USAGE', `The options of this job are not right (${where}: ${issue?.message ?? 'unreadable'}).`);
};

const runJob = async (state: RunnerState, live: LiveRun): Promise<Ending> => {
  try {
    const options = parseOptions(live);
    live.run = { ...live.run, options, status: 'running', startedAt: toInstant(state.clock.now()), counts: {} };
    await storeRun(state, live.run);
    const { run, job, notebook, controller } = live;
    const { id: runId, cause, scheduleId, scheduledFor } = run;
    const due = { ...(scheduleId ? { scheduleId } : {}), ...(scheduledFor ? { scheduledFor } : {}) };
    const context = { runId, cause, ...due, options, signal: controller.signal, now: state.clock.now };
    await job.run({ ...context, ...notebook.context });
    return { kind: 'done' };
  } catch (error) {
    return { kind: 'threw', error };
  }
};

/** Settles some time after the run was told to stop, for jobs that do not listen. */
const ignored = (state: RunnerState, live: LiveRun, patience: number): { ending: Promise<Ending>; forget: () => void } => {
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
export const stoppedBy = (live: LiveRun): Ending => ({ kind: 'stopped', reason: toAppError(live.controller.signal.reason) });

/** From queued to its end. Never rejects. */
export const carryOut = async (state: RunnerState, live: LiveRun): Promise<void> => {
  const minutes = live.timeoutMinutes;
  const forgetTimeout = state.clock.after(minutes * 60_000, () =>
    live.controller.abort(
      new AppError('RUN_TIMEOUT', `The run took longer than ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`),
    ),
  );
  const watchdog = ignored(state, live, SETTLE_MS);
  const ending = await Promise.race([runJob(state, live), watchdog.ending]);
  forgetTimeout();
  watchdog.forget();
  await finish(state, live, live.controller.signal.aborted ? stoppedBy(live) : ending);
};

/** Frees the sources whose fetch jobs the run left open. */
export const closeFetchJobs = async (state: RunnerState, runId: string, reason: AppError): Promise<void> => {
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

/** Counts an ended run on its schedule, and notes there whether it is to be tried again. */
export const noteEnd = (state: RunnerState, run: Run): Promise<unknown> =>
  run.scheduleId
    ? changeSchedule(state, run.scheduleId, (schedule) => {
        const { retry: waiting, ...rest } = schedule;
        const retry = retryAfter(schedule, run, state.clock.now()) ?? (run.status === 'completed' ? undefined : waiting);
        return {
          ...rest,
          ...(retry ? { retry } : {}),
          totals: {
            runs: schedule.totals.runs + 1,
            completed: schedule.totals.completed + (run.status === 'completed' ? 1 : 0),
            failed: schedule.totals.failed + (run.status === 'failed' ? 1 : 0),
          },
        };
      })
    : Promise.resolve();

/** Writes the end of a run once, whoever gets here first. */
export const finish = async (state: RunnerState, live: LiveRun, ending: Ending): Promise<void> => {
  if (live.isEnding) return;
  live.isEnding = true;
  live.notebook.close();
  const run = toEndedRun(live, ending, state.clock.now());
  const left = ending.kind === 'stopped' ? ending.reason : new AppError('INTERNAL', 'The run ended before this source was done.');
  await writeFirmly(state, run.id, () => closeFetchJobs(state, run.id, left));
  await writeFirmly(state, run.id, () => storeRun(state, run));
  await writeFirmly(state, run.id, () => noteEnd(state, run));
  live.run = run;
  if (state.live.get(live.key) === live) state.live.delete(live.key);
  state.log.info('Run ended', { runId: run.id, job: run.jobKind, status: run.status });
  live.end(run);
};
