import type { Announcement } from '../../preload/contract/contract.ts';
import type { Run } from '../../preload/contract/run.ts';

/** Who wants to hear what becomes of runs; each gets the whole row. */
export type RunListeners = {
  /** A run completed. */
  executed?: (run: Run) => void;
  /** A run failed, or was abandoned when Tidings stopped. */
  error?: (run: Run) => void;
  /** Due times passed for which nothing was started. A row that is written again is told once. */
  missed?: (run: Run) => void;
};

/** Calls the listeners for every run that ends or is missed from now on; returns how to stop. */
export const listenToRuns = (
  onEvent: (listener: (announcement: Announcement) => void) => () => void,
  { executed, error, missed }: RunListeners,
): (() => void) => {
  const told = new Set<string>();
  return onEvent(({ name, data }) => {
    if (name === 'runs.removed') for (const id of data.ids) told.delete(id);
    if (name !== 'runs.changed') return;
    const { run } = data;
    if (run.status === 'completed') executed?.(run);
    if (run.status === 'failed' || run.status === 'abandoned') error?.(run);
    if (run.status !== 'missed' || told.has(run.id)) return;
    told.add(run.id);
    missed?.(run);
  });
};
