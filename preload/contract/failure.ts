import type { ErrorCode } from './errors.ts';

/** How often a source or a kind of job failed since it is known; no clean-up makes it smaller. */
export type FailureRecord = {
  count: number;
  /** When it failed for the first time. */
  since: string;
  /** The last 20, newest last. */
  last: { at: string; errorCode: ErrorCode; errorMessage: string; runId?: string }[];
};
