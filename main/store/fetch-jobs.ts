import type { CompletedFetchJob, FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Log } from '../lib/log.ts';
import type { Collection } from './collection.ts';
import { createGroups } from './groups.ts';
import type { FailuresRepository, FetchJobsRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

export const fetchJobsShape: Shape<FetchJob> = { name: 'fetch-jobs', keyOf: (job) => job.id, migrations: [(row) => row] };

const isOpen = (job: FetchJob): boolean => job.status === 'queued' || job.status === 'ongoing';

const isToBlame = (job: FetchJob | undefined): boolean => job?.status === 'failed' && !job.isBlameless;

/** One source's attempts: queued -> ongoing -> completed | failed (a queued one may fail too). An illegal move answers null. */
export const createFetchJobs = (
  jobs: Collection<FetchJob>,
  log: Log,
  failures?: Pick<FailuresRepository, 'noteFetchJob' | 'settleEarlier'>,
): FetchJobsRepository => {
  const bySource = createGroups<FetchJob>((job) => job.sourceId);
  const byRun = createGroups<FetchJob>((job) => job.runId);
  const open = new Map<string, string>();
  const failed = new Map<string, number>();
  const countFailed = (before: FetchJob | undefined, after: FetchJob | undefined): void => {
    const by = Number(isToBlame(after)) - Number(isToBlame(before));
    const runId = (after ?? before)?.runId;
    if (by === 0 || runId === undefined) return;
    const sum = (failed.get(runId) ?? 0) + by;
    if (sum > 0) failed.set(runId, sum);
    else failed.delete(runId);
  };
  const index = (before: FetchJob | undefined, after: FetchJob | undefined): void => {
    bySource.note(before, after);
    byRun.note(before, after);
    countFailed(before, after);
    if (before && open.get(before.sourceId) === before.id) open.delete(before.sourceId);
    if (after && isOpen(after)) open.set(after.sourceId, after.id);
  };
  for (const job of jobs.all()) index(undefined, job);
  jobs.onChange(index);

  const rowsOf = (ids: readonly string[]): FetchJob[] => ids.flatMap((id) => jobs.get(id) ?? []);
  const get = (id: string): FetchJob | null => jobs.get(id) ?? null;

  const move = async (
    id: string,
    from: readonly FetchJob['status'][],
    next: (job: FetchJob) => FetchJob,
  ): Promise<FetchJob | null> => {
    const job = jobs.get(id);
    if (!job || !from.includes(job.status)) {
      log.warn('Fetch job move refused', { fetchJobId: id, status: job?.status ?? 'unknown', allowed: from.join(',') });
      return null;
    }
    const row = next(job);
    await jobs.put([row]);
    return row;
  };

  return {
    queue: async (job) => {
      if (open.has(job.sourceId) || jobs.get(job.id)) {
        log.info('Fetch job not queued: one is open', { sourceId: job.sourceId });
        return null;
      }
      const row: FetchJob = { ...job, status: 'queued', postsCount: 0 };
      await jobs.put([row]);
      return row;
    },
    markOngoing: (id, startedAt) =>
      move(id, ['queued'], ({ runId, sourceId, queuedAt }) => ({
        id,
        runId,
        sourceId,
        queuedAt,
        startedAt,
        status: 'ongoing',
        postsCount: 0,
      })),
    complete: (id, end) =>
      move(id, ['ongoing'], (job) => ({ ...(job as Extract<FetchJob, { status: 'ongoing' }>), ...end, status: 'completed' })),
    fail: async (id, end) => {
      await failures?.settleEarlier();
      const failed = await move(id, ['queued', 'ongoing'], (job) => ({
        ...(job as Extract<FetchJob, { status: 'ongoing' }>),
        ...end,
        errorMessage: end.errorMessage.slice(0, 300),
        status: 'failed',
        postsCount: 0,
      }));
      if (failed?.status === 'failed') await failures?.noteFetchJob(failed);
      return failed;
    },
    get,
    latestFor: (sourceId) => get(bySource.ids(sourceId).at(-1) ?? ''),
    openFor: (sourceId) => get(open.get(sourceId) ?? ''),
    latestCompletedFor: (sourceId) => {
      const ids = bySource.ids(sourceId);
      for (let at = ids.length - 1; at >= 0; at--) {
        const job = jobs.get(ids[at] ?? '');
        if (job?.status === 'completed') return job as CompletedFetchJob;
      }
      return null;
    },
    recentFor: (sourceId, limit) => rowsOf(bySource.ids(sourceId).slice(-limit)),
    forRun: (runId) => rowsOf(byRun.ids(runId)),
    countFor: (runId) => byRun.ids(runId).length,
    failedIn: (runId) => failed.get(runId) ?? 0,
    unfinished: () => rowsOf([...open.values()]),
    all: () => jobs.all(),
    remove: (ids) => jobs.remove(ids),
  };
};
