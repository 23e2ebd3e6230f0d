import type { Run } from '../../preload/contract/run.ts';

/** Both lists as one, newest queued first; where a run is in both, the one of `newer` counts. */
export const mergeRuns = (older: Run[], newer: Run[]): Run[] => {
  const byId = new Map(older.map((run) => [run.id, run]));
  for (const run of newer) byId.set(run.id, run);
  return [...byId.values()].toSorted((a, b) => (a.queuedAt < b.queuedAt ? 1 : a.queuedAt > b.queuedAt ? -1 : 0));
};
