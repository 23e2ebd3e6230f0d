import type { Run, RunBrief } from '../../preload/contract/run.ts';

/** Milliseconds from start to end of a run that started and ended. */
export const tookMs = (run: Run): number | undefined =>
  'endedAt' in run && 'startedAt' in run && run.startedAt
    ? Math.max(0, Date.parse(run.endedAt) - Date.parse(run.startedAt))
    : undefined;

/** A run in a few fields, for chains and neighbours. */
export const toBrief = (run: Run): RunBrief => {
  const { id, name, status, cause, attempt, queuedAt, scheduledFor } = run;
  const took = tookMs(run);
  return {
    id,
    name,
    status,
    cause,
    queuedAt,
    ...(attempt ? { attempt } : {}),
    ...(scheduledFor ? { scheduledFor } : {}),
    ...(took === undefined ? {} : { tookMs: took }),
    ...('counts' in run ? { counts: run.counts } : {}),
  };
};
