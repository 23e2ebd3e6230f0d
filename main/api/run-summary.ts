import type { Run, RunStatus, RunSummary } from '../../preload/contract/run.ts';
import { tookMs } from './run-brief.ts';

const atShare = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Runs in numbers; `isProblem` as the store sees it. */
export const summarise = (runs: readonly Run[], isProblem: (run: Run) => boolean): RunSummary => {
  const byStatus: Partial<Record<RunStatus, number>> = {};
  let missedTimes = 0;
  for (const run of runs) {
    byStatus[run.status] = (byStatus[run.status] ?? 0) + 1;
    if (run.status === 'missed') missedTimes += run.missedCount ?? 1;
  }
  const took = runs.flatMap((run) => (run.status === 'completed' ? (tookMs(run) ?? []) : [])).sort((a, b) => a - b);
  const sum = took.reduce((all, ms) => all + ms, 0);
  return {
    total: runs.length,
    byStatus,
    missedTimes,
    problems: runs.filter(isProblem).length,
    ...(took.length === 0
      ? {}
      : { averageMs: Math.round(sum / took.length), medianMs: atShare(took, 0.5), p95Ms: atShare(took, 0.95) }),
  };
};
