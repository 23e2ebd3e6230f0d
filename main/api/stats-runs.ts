import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Stats } from '../../preload/contract/stats.ts';
import { toInstant } from '../lib/clock.ts';
import { latenessOf, latenessStats } from './lateness.ts';
import { dateOf, type LocalTime } from './local-time.ts';
import { median, percentile } from './numbers.ts';

const HOUR_MS = 3_600_000;

type BySchedule = Stats['runs']['bySchedule'][number];

/** Milliseconds a completed run took; undefined for any other. */
const duration = (run: Run): number | undefined =>
  run.status === 'completed' ? Date.parse(run.endedAt) - Date.parse(run.startedAt) : undefined;

const isFailure = (run: Run): boolean => run.status === 'failed' || run.status === 'abandoned';

/** Runs that started, whatever became of them. */
const didStart = (run: Run): boolean => run.status !== 'missed' && run.status !== 'skipped' && run.status !== 'deferred';

const numbers = (runs: readonly Run[], of: (run: Run) => number | undefined): number[] =>
  runs.map(of).filter((value) => value !== undefined);

const spread = (runs: readonly Run[]): { p50Ms?: number; p95Ms?: number } => {
  const took = numbers(runs, duration);
  const p50Ms = median(took);
  const p95Ms = percentile(took, 0.95);
  return { ...(p50Ms === undefined ? {} : { p50Ms }), ...(p95Ms === undefined ? {} : { p95Ms }) };
};

const groupBy = <Key>(runs: readonly Run[], keyOf: (run: Run) => Key): [Key, Run[]][] => [...Map.groupBy(runs, keyOf)];

const scheduleStats = (
  runs: readonly Run[],
  missed: readonly Run[],
  local: LocalTime,
): Omit<BySchedule, 'scheduleId' | 'name'> => {
  const started = runs.filter(didStart);
  const late = median(numbers(started, latenessOf));
  const lateness = latenessStats(started, missed);
  const perDay = groupBy(started, (run) => local.day(Date.parse(run.queuedAt))).sort(([left], [right]) => left - right);
  return {
    runs: started.length,
    failed: started.filter(isFailure).length,
    ...spread(started),
    ...(late === undefined ? {} : { latenessMs: late }),
    ...(lateness ? { lateness } : {}),
    perDay: perDay.map(([day, those]) => ({
      date: dateOf(day),
      ...spread(those),
      failed: those.filter(isFailure).length,
      runs: those.length,
    })),
  };
};

/** Numbers of the given runs, by schedule; runs by hand of a job stand under the job's own name. */
export const runStats = (runs: readonly Run[], local: LocalTime): Stats['runs'] => {
  const missedRuns = runs.filter((run) => run.status === 'missed');
  return {
    total: runs.filter(didStart).length,
    completed: runs.filter((run) => run.status === 'completed').length,
    failed: runs.filter(isFailure).length,
    missed: runs.reduce((sum, run) => sum + (run.status === 'missed' ? (run.missedCount ?? 1) : 0), 0),
    bySchedule: groupBy(runs, (run) => run.scheduleId ?? `job ${run.jobKind}`)
      .map(([, those]) => {
        const newest = those[0];
        const scheduleId = newest?.scheduleId;
        return { ...(scheduleId ? { scheduleId } : {}), name: newest?.name ?? '', ...scheduleStats(those, missedRuns, local) };
      })
      .sort((left, right) => right.runs - left.runs),
  };
};

/** Numbers of the given fetch jobs. */
export const fetchStats = (jobs: readonly FetchJob[]): Stats['fetches'] => ({
  total: jobs.length,
  failed: jobs.filter((job) => job.status === 'failed' && !job.isBlameless).length,
  notModified: jobs.filter((job) => job.status === 'completed' && job.outcome === 'not-modified').length,
  bytes: jobs.reduce((sum, job) => sum + (job.status === 'completed' ? (job.bytes ?? 0) : 0), 0),
});

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
