import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Run, StartedRun } from '../../preload/contract/run.ts';
import type { StartParams } from '../scheduler/runner.ts';
import { isProblem } from '../store/runs.ts';
import { toRunDetail } from './run-detail.ts';
import { toRunGrid } from './run-grid.ts';
import { summarise } from './run-summary.ts';
import type { Services } from './services.ts';
import { found, titleOf } from './views.ts';

type RunHandlers = Pick<
  Handlers,
  | 'runs.list'
  | 'runs.summary'
  | 'runs.get'
  | 'runs.grid'
  | 'runs.fetchJob'
  | 'runs.start'
  | 'runs.cancel'
  | 'runs.retryFailed'
  | 'runs.remove'
>;

const isOpen = (run: Run): boolean => run.status === 'queued' || run.status === 'running';

/** The stored row, or the row with the counts and progress of this moment while it runs. */
export const liveRun = (services: Services, run: Run): Run =>
  (isOpen(run) ? services.running()?.runner.running() : undefined)?.find(({ id }) => id === run.id) ?? run;

const startParams = (services: Services, params: Parameters<Handlers['runs.start']>[0]): StartParams => {
  const { scheduleId, jobKind, options } = params;
  const own = options ? { options } : {};
  if (scheduleId) {
    const schedule = found(services.store.schedules.get(scheduleId), 'schedule');
    return { jobKind: schedule.jobKind, schedule, cause: 'manual', ...own };
  }
  if (!jobKind) throw new AppError('IPC_INVALID', 'Say which schedule or which job is to run.', { field: 'scheduleId' });
  return { jobKind, cause: 'manual', ...own };
};

/** Refuses options the job does not know, before a run is made of them. */
const checkOptions = async (services: Services, { jobKind, schedule, options }: StartParams): Promise<void> => {
  const job = found((await services.machine()).jobs.get(jobKind), 'job');
  const stored = schedule?.options;
  const base = typeof stored === 'object' && stored !== null ? stored : {};
  const checked = job.optionsSchema.safeParse({ ...base, ...options });
  if (checked.success) return;
  const issue = checked.error.issues[0];
  const field = ['options', ...(issue?.path ?? [])].join('.');
  throw new AppError('IPC_INVALID', `${field}: ${issue?.message ?? 'Invalid input'}.`, { field });
};

/** Starts a run by hand. */
export const startRun = async (services: Services, params: StartParams): Promise<StartedRun> => {
  await checkOptions(services, params);
  const { runner } = await services.machine();
  return runner.start(params);
};

/** What the screen can ask about runs. */
export const createRunHandlers = (services: Services): RunHandlers => {
  const { store, events } = services;
  return {
    'runs.list': (query) => {
      const page = store.runs.list(query);
      return { ...page, rows: page.rows.map((run) => liveRun(services, run)) };
    },
    'runs.summary': (filter) =>
      summarise(store.runs.matching(filter), (run) => isProblem(run, (runId) => store.fetchJobs.failedIn(runId) > 0)),
    'runs.get': ({ id }) => toRunDetail(store, liveRun(services, found(store.runs.get(id), 'run'))),
    'runs.grid': async (query) => toRunGrid(services, (await services.machine()).jobs, query),
    'runs.fetchJob': ({ runId, sourceId }) => {
      const job = store.fetchJobs.forRun(runId).find((each) => each.sourceId === sourceId);
      return job ? { ...job, sourceTitle: titleOf(store, sourceId) } : null;
    },
    'runs.start': (params) => startRun(services, startParams(services, params)),
    'runs.cancel': async ({ id }) => {
      found(store.runs.get(id), 'run');
      const { runner } = await services.machine();
      return { cancelled: await runner.cancel(id) };
    },
    'runs.retryFailed': async ({ id }) => {
      const run = found(store.runs.get(id), 'run');
      const failed = store.fetchJobs.forRun(id).filter((job) => job.status === 'failed' && store.sources.get(job.sourceId));
      if (failed.length === 0) throw new AppError('CONFLICT', 'No source failed in that run, so there is nothing to try again.');
      const options = { sourceIds: failed.map((job) => job.sourceId) };
      return startRun(services, { jobKind: run.jobKind, cause: 'retry', options, retryOf: id });
    },
    'runs.remove': async ({ id }) => {
      const run = found(store.runs.get(id), 'run');
      if (isOpen(run)) throw new AppError('CONFLICT', 'This run has not ended. Cancel it first.');
      const jobs = store.fetchJobs.forRun(id).map((job) => job.id);
      const fetchJobs = await store.fetchJobs.remove(jobs);
      await store.runs.remove([id]);
      events.emit('runs.removed', { ids: [id] });
      return { fetchJobs };
    },
  };
};
