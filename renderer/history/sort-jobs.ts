import type { FetchJobRow } from '../../preload/contract/run.ts';
import { jobTook } from './run-report.ts';

/** What the rows of a run's sources can be sorted by. */
export const JOB_SORTS = ['outcome', 'source', 'took', 'new'] as const;
export type JobSort = (typeof JOB_SORTS)[number];
/** Which way each is sorted at the first press: the worst, the slowest, the most first. */
export const FIRST_WAY: Record<JobSort, 1 | -1> = { outcome: 1, source: 1, took: -1, new: -1 };

const rankOf = (job: FetchJobRow): number => {
  if (job.status === 'failed') return 0;
  if (job.status === 'ongoing') return 1;
  if (job.status === 'queued') return 2;
  return job.postsCount > 0 ? 3 : job.outcome === 'nothing-new' ? 4 : 5;
};
/* One collator for all: comparing thousands of names without is slow. */
const byName = new Intl.Collator('en');
const byTitle = (a: FetchJobRow, b: FetchJobRow): number => byName.compare(a.sourceTitle, b.sourceTitle);
const BY: Record<JobSort, (a: FetchJobRow, b: FetchJobRow) => number> = {
  outcome: (a, b) => rankOf(a) - rankOf(b),
  source: byTitle,
  took: (a, b) => (jobTook(a) ?? -1) - (jobTook(b) ?? -1),
  new: (a, b) => a.postsCount - b.postsCount,
};

/** `outcome`, `took-down`: how an address writes a sorting. Unreadable is by outcome. */
export const readSort = (text: string | undefined): { by: JobSort; way: 1 | -1 } => {
  const by = JOB_SORTS.find((sort) => text === sort || text === `${sort}-back`) ?? 'outcome';
  return { by, way: text?.endsWith('-back') ? ((FIRST_WAY[by] * -1) as 1 | -1) : FIRST_WAY[by] };
};

/** Rows in their order; equal ones by title. */
export const sortJobs = (jobs: readonly FetchJobRow[], { by, way }: { by: JobSort; way: 1 | -1 }): FetchJobRow[] =>
  jobs.toSorted((a, b) => way * BY[by](a, b) || byTitle(a, b));
