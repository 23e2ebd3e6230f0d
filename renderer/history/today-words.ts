import type { RunSummary } from '../../preload/contract/run.ts';

/** The day so far in numbers. `share` is completed of those that ended well or badly, 0 to 1. */
export type TodayNumbers = {
  /** That started; missed, skipped and deferred ones are none. */
  runs: number;
  completed: number;
  failed: number;
  /** Due times: one row may stand for many. */
  missed: number;
  share?: number;
  medianMs?: number;
  averageMs?: number;
};

/** What the strip above the history tells of a summary. */
export const toTodayNumbers = ({ total, byStatus, missedTimes, medianMs, averageMs }: RunSummary): TodayNumbers => {
  const of = (status: keyof typeof byStatus): number => byStatus[status] ?? 0;
  const completed = of('completed');
  const failed = of('failed') + of('abandoned');
  return {
    runs: total - of('missed') - of('skipped') - of('deferred'),
    completed,
    failed,
    missed: missedTimes,
    ...(completed + failed > 0 ? { share: completed / (completed + failed) } : {}),
    ...(medianMs === undefined ? {} : { medianMs }),
    ...(averageMs === undefined ? {} : { averageMs }),
  };
};
