import { toInstant } from '../../main/lib/clock.ts';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run } from '../../preload/contract/run.ts';
import { createJobsBench, type JobsBench } from './jobs-bench.ts';
import { draft } from './store-kit.ts';

export const NOW = '2026-11-21T12:00:00.000Z';
const DAY_MS = 86_400_000;
/** The instant so many days before NOW. */
export const daysAgo = (days: number): string => toInstant(Date.parse(NOW) - days * DAY_MS);

/** A run that ended so many days ago. */
export const oldRun = (id: string, days: number, fields: Partial<Extract<Run, { status: 'completed' }>> = {}): Run => ({
  id,
  scheduleId: 'fetch_feeds',
  jobKind: 'fetch-feeds',
  name: 'Fetch feeds',
  cause: 'schedule',
  queuedAt: daysAgo(days),
  startedAt: daysAgo(days),
  endedAt: daysAgo(days),
  counts: { new_posts: 1 },
  log: [],
  status: 'completed',
  ...fields,
});

/** One source's attempt so many days ago, stored through the moves of its repository. */
export const oldFetch = async (
  { store }: Pick<JobsBench, 'store'>,
  job: { id: string; runId: string; sourceId: string; days: number; fails?: boolean },
): Promise<FetchJob | null> => {
  const at = daysAgo(job.days);
  await store.fetchJobs.queue({ id: job.id, runId: job.runId, sourceId: job.sourceId, queuedAt: at });
  await store.fetchJobs.markOngoing(job.id, at);
  if (job.fails)
    return store.fetchJobs.fail(job.id, { endedAt: at, errorCode: 'HTTP_5XX', errorMessage: 'The server answered 503.' });
  return store.fetchJobs.complete(job.id, { endedAt: at, outcome: 'nothing-new', postsCount: 0 });
};

/** Saves posts of a source collected so many days ago, marks them, and answers their ids. */
export const oldPosts = async (
  { store }: Pick<JobsBench, 'store'>,
  sourceId: string,
  days: number,
  keys: readonly string[],
  marks: { isRead?: boolean; isStarred?: boolean } = { isRead: true },
): Promise<string[]> => {
  const drafts = keys.map((key) => draft(key, { content: `<p>Body of ${key}</p>` }));
  const { added } = await store.posts.save(sourceId, drafts, { now: daysAgo(days) });
  const ids = added.map((post) => post.id);
  await store.posts.mark(ids, marks);
  return ids;
};

/** A bench at NOW with one feed. */
export const createKeepingBench = async (): Promise<JobsBench> => {
  const bench = await createJobsBench(NOW);
  await bench.addFeed('feed');
  return bench;
};
