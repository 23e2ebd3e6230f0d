import type { FetchJobRow, Run, RunDetail } from '../../preload/contract/run.ts';
import { bytes, duration } from '../ui/format.ts';
import { countLabel, newOf, RUN_CAUSE_WORDS, RUN_STATUS_WORDS, tookMs } from '../ui/run-words.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { toSteps } from './run-steps-model.ts';

const { jobs: say, banner, report } = words.history;

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

const byName = new Intl.Collator('en');

/** Fetch jobs of one kind; failed ones first, then by the source's title. */
export const filterJobs = (jobs: FetchJobRow[], filter: JobFilter): FetchJobRow[] =>
  jobs
    .filter(TESTS[filter])
    .toSorted(
      (a, b) => Number(b.status === 'failed') - Number(a.status === 'failed') || byName.compare(a.sourceTitle, b.sourceTitle),
    );

/** How many there are of a kind. */
export const countJobs = (jobs: readonly FetchJobRow[], filter: JobFilter): number => jobs.filter(TESTS[filter]).length;

/** The words of a fetch job, exactly: `2 new`, `Nothing new`, `Not modified`, `Failed`, `Waiting`, `Not started`. */
export const jobWords = (job: FetchJobRow): string => {
  if (job.status === 'queued') return say.notStarted;
  if (job.status === 'ongoing') return say.running;
  if (job.status === 'failed') return isWaiting(job) ? say.waiting : job.startedAt ? say.failed : say.notStarted;
  if (job.outcome === 'not-modified') return say.notModified;
  return job.postsCount > 0 ? say.newOnes(job.postsCount) : say.nothingNew;
};

/** Milliseconds a fetch job took; absent before it ended or when it never started. */
export const jobTook = (job: FetchJobRow): number | undefined =>
  'endedAt' in job && job.startedAt ? Date.parse(job.endedAt) - Date.parse(job.startedAt) : undefined;

/** What went wrong in a run, and what became of its work. Absent when there is nothing to tell. */
export type Banner = { tone: 'fail' | 'warn'; title: string; text: string };

const finishedWords = (jobs: FetchJobRow[]): string => {
  if (jobs.length === 0) return banner.nothingLost;
  const done = jobs.filter((job) => job.status === 'completed');
  const posts = done.reduce((sum, job) => sum + job.postsCount, 0);
  return banner.finished(done.length, jobs.length, posts);
};

/** The sentence above a run's page; `again` says when it is tried again. */
export const bannerOf = ({ run, fetchJobs }: Pick<RunDetail, 'run' | 'fetchJobs'>, again: string): Banner | undefined => {
  const text = [finishedWords(fetchJobs), again].filter(Boolean).join(' ');
  if (run.status === 'failed') return { tone: 'fail', title: run.errorMessage, text };
  if (run.status === 'abandoned') return { tone: 'warn', title: banner.abandoned, text };
  if (run.status === 'cancelled') return { tone: 'warn', title: banner.cancelled, text };
  if (run.status !== 'completed') return undefined;
  const failed = fetchJobs.filter((job) => job.status === 'failed' && !isWaiting(job)).length;
  if (failed === 0) return undefined;
  const others = failed < fetchJobs.length ? banner.othersDone : '';
  return { tone: 'warn', title: banner.someFailed(failed, fetchJobs.length), text: [others, again].filter(Boolean).join(' ') };
};

type Told = Pick<RunDetail, 'run' | 'fetchJobs'>;

const headLines = (run: Run): [string, string][] => {
  const took = 'endedAt' in run ? tookMs(run, 0) : undefined;
  const started = 'startedAt' in run ? run.startedAt : undefined;
  return [
    [report.run, run.id],
    [report.startedBy, RUN_CAUSE_WORDS[run.cause]],
    ...(run.scheduledFor ? [[report.due, run.scheduledFor] satisfies [string, string]] : []),
    ...(started ? [[report.started, started] satisfies [string, string]] : []),
    ...(took === undefined ? [] : [[report.took, duration(took)] satisfies [string, string]]),
    ...(run.status === 'failed' ? [[report.error, `${run.errorCode}: ${run.errorMessage}`] satisfies [string, string]] : []),
    ...('counts' in run ? [[report.newPosts, number(newOf(run.counts))] satisfies [string, string]] : []),
  ];
};
const failedLines = (jobs: readonly FetchJobRow[]): string[] =>
  jobs.flatMap((job) => (job.status === 'failed' ? [`- ${job.sourceTitle}: ${job.errorCode}: ${job.errorMessage}`] : []));
const nameOf = (run: Run): string => `${run.name}: ${RUN_STATUS_WORDS[run.status]}`;

/** A run as plain text, for a report to somebody else. */
export const reportText = ({ run, fetchJobs }: Told): string =>
  [nameOf(run), ...headLines(run).map(([name, value]) => `${name}: ${value}`), ...failedLines(fetchJobs)].join('\n');

/** Text that stays as it is inside a cell or a list of Markdown. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>|]/g, '\\$&').replaceAll(/\s+/g, ' ');

const countLines = (run: Run): string[] =>
  'counts' in run
    ? Object.entries(run.counts).map(
        ([name, value]) => `| ${escaped(countLabel(name))} | ${name.startsWith('bytes') ? bytes(value) : number(value)} |`,
      )
    : [];
const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];

/** The same as Markdown, with its steps, its counts and what went wrong in its log. */
export const reportMarkdown = ({ run, fetchJobs }: Told): string => {
  const counts = countLines(run);
  const steps = toSteps(run, Date.parse(run.queuedAt)).map(
    ({ name, status, tookMs: took }, place) => `${place + 1}. ${escaped(name)}: ${status}, ${duration(took)}`,
  );
  const log = 'log' in run ? run.log.filter(({ level }) => level !== 'info') : [];
  return [
    `# ${escaped(nameOf(run))}`,
    '',
    ...headLines(run).map(([name, value]) => `- ${name}: ${escaped(value)}`),
    ...section(report.steps, steps),
    ...section(
      report.failedSources,
      failedLines(fetchJobs).map((line) => `- ${escaped(line.slice(2))}`),
    ),
    ...section(report.counts, counts.length > 0 ? [`| | |`, '|---|---|', ...counts] : []),
    ...section(
      report.log,
      log.map(({ at, level, message }) => `- ${at} ${level} ${escaped(message)}`),
    ),
    '',
  ].join('\n');
};

/** Whether a run can be cancelled. */
export const isGoing = (run: Run): boolean => run.status === 'running' || run.status === 'queued';
