import type { Run } from '../../preload/contract/run.ts';
import { tookMs } from '../ui/run-words.ts';
import { count, number } from '../words/counting.ts';

/** The day so far in numbers. */
export type TodayNumbers = { runs: number; completed: number; failed: number; missed: number; usualMs?: number };

const median = (values: number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
};

/** Counts the runs queued at or after `since` (milliseconds). A missed row counts for all it stands for, but is no run. */
export const toTodayNumbers = (runs: Run[], since: number): TodayNumbers => {
  const today = runs.filter((run) => Date.parse(run.queuedAt) >= since);
  const started = today.filter((run) => !['missed', 'skipped', 'deferred'].includes(run.status));
  const completed = started.filter((run) => run.status === 'completed');
  const usualMs = median(completed.flatMap((run) => tookMs(run, 0) ?? []));
  return {
    runs: started.length,
    completed: completed.length,
    failed: started.filter((run) => run.status === 'failed' || run.status === 'abandoned').length,
    missed: today.reduce((sum, run) => sum + (run.status === 'missed' ? (run.missedCount ?? 1) : 0), 0),
    ...(usualMs === undefined ? {} : { usualMs }),
  };
};

const plainParts = ({ runs, completed }: TodayNumbers): string =>
  [count(runs, 'run'), completed > 0 ? `${number(completed)} completed` : ''].filter(Boolean).join(', ');

/** *14 runs, 13 completed*; zero is left out. */
export const todayParts = (numbers: TodayNumbers): { plain: string; failed?: string; missed?: string } => ({
  plain: numbers.runs === 0 ? 'no runs yet' : plainParts(numbers),
  ...(numbers.failed ? { failed: `${numbers.failed} failed` } : {}),
  ...(numbers.missed ? { missed: `${numbers.missed} missed` } : {}),
});
