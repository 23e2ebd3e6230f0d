import type { FetchJobRow, Run, RunDetail } from '../../preload/contract/run.ts';
import { duration } from '../ui/format.ts';
import { newOf, RUN_CAUSE_WORDS, RUN_STATUS_WORDS, tookMs } from '../ui/run-words.ts';
import { count } from '../words/counting.ts';

/** Which fetch jobs a run's page shows. */
export type JobFilter = 'problems' | 'new' | 'unchanged' | 'all';

/** A host that asked for a pause is waiting, not failed. */
export const isWaiting = (job: FetchJobRow): boolean => job.status === 'failed' && job.errorCode === 'HTTP_429';

const TESTS: Record<JobFilter, (job: FetchJobRow) => boolean> = {
  problems: (job) => job.status === 'failed',
  new: (job) => job.status === 'completed' && job.postsCount > 0,
  unchanged: (job) => job.status === 'completed' && job.postsCount === 0,
  all: () => true,
};

/** Fetch jobs of one kind; failed ones first, then by the source's title. */
export const filterJobs = (jobs: FetchJobRow[], filter: JobFilter): FetchJobRow[] =>
  jobs
    .filter(TESTS[filter])
    .toSorted(
      (a, b) => Number(b.status === 'failed') - Number(a.status === 'failed') || a.sourceTitle.localeCompare(b.sourceTitle, 'en'),
    );

/** The words of a fetch job, exactly: `2 new`, `Nothing new`, `Not modified`, `Failed`, `Waiting`, `Not started`. */
export const jobWords = (job: FetchJobRow): string => {
  if (job.status === 'queued') return 'Not started';
  if (job.status === 'ongoing') return 'Running';
  if (job.status === 'failed') return isWaiting(job) ? 'Waiting' : job.startedAt ? 'Failed' : 'Not started';
  if (job.outcome === 'not-modified') return 'Not modified';
  return job.postsCount > 0 ? `${job.postsCount} new` : 'Nothing new';
};

/** Milliseconds a fetch job took; absent before it ended or when it never started. */
export const jobTook = (job: FetchJobRow): number | undefined =>
  'endedAt' in job && job.startedAt ? Date.parse(job.endedAt) - Date.parse(job.startedAt) : undefined;

/** What went wrong in a run, and what became of its work. Absent when there is nothing to tell. */
export type Banner = { tone: 'fail' | 'warn'; title: string; text: string };

const finishedWords = (jobs: FetchJobRow[]): string => {
  const done = jobs.filter((job) => job.status === 'completed');
  if (jobs.length === 0) return 'Nothing is lost.';
  const posts = done.reduce((sum, job) => sum + job.postsCount, 0);
  const kept =
    posts > 0
      ? `; ${posts === 1 ? 'their post is' : `their ${posts} posts are`} kept and nothing is lost.`
      : '; nothing is lost.';
  return `${done.length} of ${count(jobs.length, 'source')} finished${kept}`;
};

/** The sentence above a run's page; `again` says when it is tried again. */
export const bannerOf = ({ run, fetchJobs }: RunDetail, again: string): Banner | undefined => {
  const text = [finishedWords(fetchJobs), again].filter(Boolean).join(' ');
  if (run.status === 'failed') return { tone: 'fail', title: run.errorMessage, text };
  if (run.status === 'abandoned') return { tone: 'warn', title: 'Tidings stopped in the middle of this run.', text };
  if (run.status === 'cancelled') return { tone: 'warn', title: 'This run was cancelled.', text };
  if (run.status !== 'completed') return undefined;
  const failed = fetchJobs.filter((job) => job.status === 'failed' && !isWaiting(job)).length;
  if (failed === 0) return undefined;
  return {
    tone: 'warn',
    title: `${failed} of ${count(fetchJobs.length, 'source')} failed.`,
    text: `The others are done. ${again}`.trim(),
  };
};

/** A run as plain text, for a report to somebody else. */
export const reportText = ({ run, fetchJobs }: RunDetail): string => {
  const took = tookMs(run, Date.parse(run.queuedAt));
  const head = [
    `${run.name}: ${RUN_STATUS_WORDS[run.status]}`,
    `Started by: ${RUN_CAUSE_WORDS[run.cause]}`,
    run.scheduledFor ? `Due: ${run.scheduledFor}` : '',
    'startedAt' in run && run.startedAt ? `Started: ${run.startedAt}` : '',
    'endedAt' in run && took !== undefined ? `Took: ${duration(took)}` : '',
    run.status === 'failed' ? `Error: ${run.errorCode}: ${run.errorMessage}` : '',
    'counts' in run ? `New posts: ${newOf(run.counts)}` : '',
  ];
  const failed = fetchJobs.flatMap((job) =>
    job.status === 'failed' ? [`- ${job.sourceTitle}: ${job.errorCode}: ${job.errorMessage}`] : [],
  );
  return [...head, ...failed].filter(Boolean).join('\n');
};

/** Whether a run can be cancelled. */
export const isGoing = (run: Run): boolean => run.status === 'running' || run.status === 'queued';
