import type { PlanLine } from './run.ts';

/** Something a job removed or rewrote that can be undone for 7 days. */
export type Undoable = {
  id: string;
  at: string;
  expiresAt: string;
  runId: string;
  jobKind: string;
  /** *Removed 1,204 posts and 31 run records.* */
  text: string;
  /** How many rows come back. */
  rows: number;
  /** The first of them. */
  sample: PlanLine[];
  undoneAt?: string;
};
