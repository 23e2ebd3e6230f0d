import type { Run, RunDetail } from '../../preload/contract/run.ts';
import { toBrief } from './run-brief.ts';
import type { Services } from './services.ts';
import { titleOf } from './views.ts';

type Store = Services['store'];

/** Runs of the same schedule that are looked back on. */
const RECENT = 50;
/** Retries by hand of one run; more than that nobody reads. */
const MOST_ATTEMPTS = 50;

/** The run that was tried first, by hand or by the schedule. */
const firstOf = ({ runs }: Store, run: Run): Run => {
  let first = run;
  for (let step = 0; first.retryOf && step < MOST_ATTEMPTS; step += 1) {
    const before = runs.get(first.retryOf);
    if (!before) break;
    first = before;
  }
  return first;
};

/** Runs of one due time: the first, and those the schedule started when it failed. */
const ofTheSameDue = (run: Run, series: readonly Run[]): Run[] => {
  if (!run.scheduledFor || !run.scheduleId || run.cause === 'manual') return [run];
  const same = series.filter(
    ({ scheduledFor, cause, status }) =>
      scheduledFor === run.scheduledFor && cause !== 'manual' && status !== 'missed' && status !== 'skipped',
  );
  return same.some(({ id }) => id === run.id) ? same : [run];
};

const attemptsOf = (store: Store, run: Run, seriesOf: (run: Run) => readonly Run[]): Run[] => {
  const first = firstOf(store, run);
  const found = new Map(ofTheSameDue(first, seriesOf(first)).map((each) => [each.id, each]));
  // Those tried by hand hang on any of them; each may have been tried again itself.
  for (const each of found.values()) {
    if (found.size >= MOST_ATTEMPTS) break;
    for (const retry of store.runs.retriesOf(each.id)) found.set(retry.id, retry);
  }
  return [...found.values()].sort((a, b) => (a.queuedAt < b.queuedAt ? -1 : 1));
};

const hasStarted = (run: Run): boolean => 'startedAt' in run && run.startedAt !== undefined;

const neighbours = (run: Run, series: readonly Run[]): Pick<RunDetail, 'previous' | 'next'> => {
  const at = series.findLastIndex(({ id }) => id === run.id);
  const previous = series[at - 1];
  const next = at < 0 ? undefined : series[at + 1];
  return { ...(previous ? { previous: toBrief(previous) } : {}), ...(next ? { next: toBrief(next) } : {}) };
};

const waitingRetry = ({ schedules }: Store, run: Run): Pick<RunDetail, 'retry'> => {
  const retry = run.scheduleId ? schedules.get(run.scheduleId)?.retry : undefined;
  if (!retry || retry.scheduledFor !== run.scheduledFor) return {};
  return { retry: { at: retry.at, number: retry.number, of: retry.of } };
};

/** A run with all that its page shows. `run` is the row of this moment. */
export const toRunDetail = (store: Store, run: Run): RunDetail => {
  const series = store.runs.seriesOf(run);
  const seriesOf = (other: Run): readonly Run[] =>
    other.scheduleId === run.scheduleId && other.jobKind === run.jobKind ? series : store.runs.seriesOf(other);
  const at = series.findLastIndex(({ id }) => id === run.id);
  const upTo = series.slice(0, at + 1).filter(hasStarted);
  return {
    run,
    fetchJobs: store.fetchJobs.forRun(run.id).map((job) => ({ ...job, sourceTitle: titleOf(store, job.sourceId) })),
    attempts: attemptsOf(store, run, seriesOf).map((each) => toBrief(each.id === run.id ? run : each)),
    ...waitingRetry(store, run),
    ...neighbours(run, series),
    recent: upTo.slice(-RECENT).map((each) => toBrief(each.id === run.id ? run : each)),
  };
};
