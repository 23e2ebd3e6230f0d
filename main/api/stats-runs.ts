import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Stats } from '../../preload/contract/stats.ts';
import { toInstant } from '../lib/clock.ts';
import { latenessOf, latenessStats } from './lateness.ts';
import { dateOf, type LocalTime } from './local-time.ts';
import { median, percentile } from './numbers.ts';

const HOUR_MS = 3_600_000;

type BySchedule = Stats['runs']['bySchedule'][number];
type Fetches = Stats['fetches'];

/** Milliseconds a completed run took; undefined for any other. */
const duration = (run: Run): number | undefined =>
  run.status === 'completed' ? Date.parse(run.endedAt) - Date.parse(run.startedAt) : undefined;

const isFailure = (run: Run): boolean => run.status === 'failed' || run.status === 'abandoned';

/** Runs that started, whatever became of them. */
const didStart = (run: Run): boolean => run.status !== 'missed' && run.status !== 'skipped' && run.status !== 'deferred';

/** A run with what is reckoned from its times, once: its local day, how long it took and how late it was, milliseconds. */
export type RunFacts = { run: Run; day: number; tookMs: number | undefined; lateMs: number | undefined };

/** Reckons the times of a run; runs that never started took nothing and were not late. */
export const toFacts = (run: Run, local: LocalTime): RunFacts => ({
  run,
  day: local.day(Date.parse(run.queuedAt)),
  tookMs: duration(run),
  lateMs: didStart(run) ? latenessOf(run) : undefined,
});

const numbers = (facts: readonly RunFacts[], of: (one: RunFacts) => number | undefined): number[] =>
  facts.map(of).filter((value) => value !== undefined);

const spread = (facts: readonly RunFacts[]): { p50Ms?: number; p95Ms?: number } => {
  const took = numbers(facts, ({ tookMs }) => tookMs);
  const p50Ms = median(took);
  const p95Ms = percentile(took, 0.95);
  return { ...(p50Ms === undefined ? {} : { p50Ms }), ...(p95Ms === undefined ? {} : { p95Ms }) };
};
const failures = (facts: readonly RunFacts[]): number => facts.filter(({ run }) => isFailure(run)).length;

const scheduleStats = (facts: readonly RunFacts[], missed: readonly Run[]): Omit<BySchedule, 'scheduleId' | 'name'> => {
  const started = facts.filter(({ run }) => didStart(run));
  const late = median(numbers(started, ({ lateMs }) => lateMs));
  const lateness = latenessStats(started, missed);
  const perDay = [...Map.groupBy(started, ({ day }) => day)].sort(([left], [right]) => left - right);
  return {
    runs: started.length,
    failed: failures(started),
    ...spread(started),
    ...(late === undefined ? {} : { latenessMs: late }),
    ...(lateness ? { lateness } : {}),
    perDay: perDay.map(([day, those]) => ({
      date: dateOf(day),
      ...spread(those),
      failed: failures(those),
      runs: those.length,
    })),
  };
};

/** Numbers of the given runs, by schedule; runs by hand of a job stand under the job's own name. */
export const runStats = (facts: readonly RunFacts[]): Stats['runs'] => {
  const runs = facts.map(({ run }) => run);
  const missedRuns = runs.filter(({ status }) => status === 'missed' || status === 'deferred');
  return {
    total: runs.filter(didStart).length,
    completed: runs.filter((run) => run.status === 'completed').length,
    failed: runs.filter(isFailure).length,
    missed: runs.reduce((sum, run) => sum + (run.status === 'missed' ? (run.missedCount ?? 1) : 0), 0),
    bySchedule: [...Map.groupBy(facts, ({ run }) => run.scheduleId ?? `job ${run.jobKind}`)]
      .map(([, those]) => {
        const newest = those[0]?.run;
        const scheduleId = newest?.scheduleId;
        return { ...(scheduleId ? { scheduleId } : {}), name: newest?.name ?? '', ...scheduleStats(those, missedRuns) };
      })
      .sort((left, right) => right.runs - left.runs),
  };
};

/** Sums up fetch jobs one by one. */
export const createFetchTally = (): { add: (job: FetchJob) => void; result: () => Fetches } => {
  const sums: Fetches = { total: 0, failed: 0, notModified: 0, bytes: 0 };
  return {
    add: (job) => {
      sums.total += 1;
      if (job.status === 'failed' && !job.isBlameless) sums.failed += 1;
      if (job.status !== 'completed') return;
      if (job.outcome === 'not-modified') sums.notModified += 1;
      sums.bytes += job.bytes ?? 0;
    },
    result: () => ({ ...sums }),
  };
};

const minutes = (ms: number): string => `${Math.max(1, Math.round(ms / 60_000)).toLocaleString('en')} min`;

/** How many fetch jobs began in each of the 24 hours up to `now`, oldest first. */
export const hourlyRequests = (jobs: readonly FetchJob[], now: number): Stats['load']['perHour'] => {
  const first = now - 24 * HOUR_MS;
  const counts = Array.from({ length: 24 }, () => 0);
  for (const job of jobs) {
    const place = 'startedAt' in job && job.startedAt ? Math.floor((Date.parse(job.startedAt) - first) / HOUR_MS) : -1;
    const before = counts[place];
    if (before !== undefined) counts[place] = before + 1;
  }
  return counts.map((requests, place) => ({ at: toInstant(first + place * HOUR_MS), requests }));
};

/**
 * Requests an hour as planned, and as done in the last 24 hours. `intervals` are the minutes between two looks at each feed
 * that is not paused, longer for quiet ones. Warns when the slowest round of feeds in that day took longer than the shortest.
 */
export const loadStats = (
  intervals: readonly number[],
  doneInDay: number,
  rounds: readonly Run[],
): Omit<Stats['load'], 'perHour'> => {
  const plannedPerHour = Math.round(intervals.reduce((sum, every) => sum + 60 / every, 0));
  const donePerHour = Math.round(doneInDay / 24);
  const shortest = Math.min(...intervals);
  const slowest = rounds.reduce<{ ms: number; sources?: number | undefined }>(
    (worst, round) => {
      const ms = duration(round) ?? 0;
      return ms > worst.ms ? { ms, sources: 'counts' in round ? round.counts.sources : undefined } : worst;
    },
    { ms: 0 },
  );
  if (intervals.length === 0 || slowest.ms <= shortest * 60_000) return { plannedPerHour, donePerHour };
  const sources = (slowest.sources || intervals.length).toLocaleString('en');
  const warning = `A round over ${sources} sources took ${minutes(slowest.ms)}, longer than the ${shortest} min between two looks. Ask less often, or allow more requests at once.`;
  return { plannedPerHour, donePerHour, warning };
};
