/** The days the ledger of hosts looks back. */
export const HOST_LEDGER_DAYS = 30;

/** What we asked of one host and what it took: the ledger of politeness. Counted from fetch jobs of the sources there now. */
export type HostRow = {
  /** With its port, where it has one of its own. */
  host: string;
  sources: number;
  requests: number;
  /** Requests answered *not modified*. */
  notModified: number;
  /** Requests that failed by the fault of the source. */
  failed: number;
  /** Answers 429: too many requests. */
  tooMany: number;
  /** Received, as it came over the wire. */
  bytes: number;
  /** When it is asked next; absent when all its sources are paused. */
  nextAt?: string;
  /** What says so, in a sentence. */
  why: string;
};
