import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Store } from '../store/repositories.ts';

/** Rows looked at before the thread is given back. */
const SLICE = 2000;

/** Gives the thread back now and then, and stops where it is told to. */
export const inSlices = async <Row>(rows: readonly Row[], use: (row: Row) => void, signal: AbortSignal): Promise<void> => {
  for (let start = 0; start < rows.length; start += SLICE) {
    signal.throwIfAborted();
    for (const row of rows.slice(start, start + SLICE)) use(row);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
};

/** Runs of one schedule, or of one kind of job by hand, tell its newest. */
const groupOf = (run: Run): string => (run.scheduleId ? `schedule ${run.scheduleId}` : `job ${run.jobKind}`);
const ENDED: readonly Run['status'][] = ['completed', 'failed', 'cancelled', 'abandoned', 'missed', 'skipped'];

/** The newest run and the newest completed run of each schedule and job. */
const newestRuns = async (runs: readonly Run[], signal: AbortSignal): Promise<ReadonlySet<string>> => {
  const newest = new Map<string, Run>();
  const note = (key: string, run: Run): void => {
    const before = newest.get(key);
    if (!before || before.queuedAt <= run.queuedAt) newest.set(key, run);
  };
  await inSlices(
    runs,
    (run) => {
      note(groupOf(run), run);
      if (run.status === 'completed') note(`${groupOf(run)} completed`, run);
    },
    signal,
  );
  return new Set([...newest.values()].map(({ id }) => id));
};

const isOpen = (job: FetchJob): boolean => job.status === 'queued' || job.status === 'ongoing';

/**
 * Run records and fetch jobs from before `cutoff` that may go. What stays whatever its age: the newest and the newest completed
 * run of each schedule and job, the newest and the newest completed fetch job of each source, and the runs these belong to.
 */
export const oldRecords = async (
  { runs, fetchJobs }: Pick<Store, 'runs' | 'fetchJobs'>,
  cutoff: string,
  signal: AbortSignal,
): Promise<{ runs: Run[]; fetchJobs: FetchJob[] }> => {
  const allRuns = runs.all();
  const keptRuns = await newestRuns(allRuns, signal);
  const oldJobs: FetchJob[] = [];
  const runsOfKept = new Set<string>();
  await inSlices(
    fetchJobs.all(),
    (job) => {
      if (job.queuedAt >= cutoff) return;
      const { id, sourceId, runId } = job;
      const isNewest = fetchJobs.latestFor(sourceId)?.id === id || fetchJobs.latestCompletedFor(sourceId)?.id === id;
      if (isNewest || isOpen(job)) runsOfKept.add(runId);
      else oldJobs.push(job);
    },
    signal,
  );
  const oldRuns: Run[] = [];
  await inSlices(
    allRuns,
    (run) => {
      const isOld = run.queuedAt < cutoff && ENDED.includes(run.status);
      if (isOld && !keptRuns.has(run.id) && !runsOfKept.has(run.id)) oldRuns.push(run);
    },
    signal,
  );
  return { runs: oldRuns, fetchJobs: oldJobs };
};
