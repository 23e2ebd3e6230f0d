import type { Run } from '../../../../preload/contract/run.ts';

let last = 0;
const common = (at: string) => {
  last += 1;
  return {
    id: `r${last}`,
    scheduleId: 's1',
    jobKind: 'fetch-feeds',
    name: 'Fetch feeds',
    cause: 'schedule' as const,
    queuedAt: at,
    scheduledFor: at,
  };
};
const plus = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();

/** A completed run that took `ms` and brought `fresh` new posts. */
export const completed = (at: string, fresh = 0, ms = 6200, more: Partial<Extract<Run, { status: 'completed' }>> = {}): Run => ({
  ...common(at),
  status: 'completed',
  startedAt: at,
  endedAt: plus(at, ms),
  counts: { posts_saved: fresh },
  log: [],
  ...more,
});
/** A run that failed after ten minutes. */
export const failed = (at: string): Run => ({
  ...common(at),
  status: 'failed',
  startedAt: at,
  endedAt: plus(at, 600_000),
  counts: {},
  log: [],
  errorCode: 'RUN_TIMEOUT',
  errorMessage: 'The run took longer than 10 minutes and was stopped.',
});
/** One row for a gap. */
export const missed = (from: string, to: string, missedCount: number): Run => ({
  ...common(to),
  status: 'missed',
  endedAt: to,
  reason: 'This computer was asleep.',
  from,
  to,
  missedCount,
});
