import type { Reason } from './source.ts';

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
  /** Not sent thanks to *not modified*, reckoned by the last full answer of the same source; an estimate. */
  savedBytes: number;
  /** Pauses it asked for (429, or 503 with Retry-After), and how many of them were kept. */
  pausesAsked: number;
  pausesKept: number;
  /** 100 without a fault. */
  score: number;
  faults: PolitenessFault[];
  /** When it is asked next; absent when all its sources are paused. */
  nextAt?: string;
  /** What says so, in a sentence. */
  why: string;
  /** All that was weighed for that time, winner first. */
  reasons: Reason[];
};

/** What costs points in the ledger, each with the most it can cost. */
export const FAULT_POINTS = {
  'too-often': 30,
  'pause-broken': 30,
  'full-again': 15,
  'gone-asked': 10,
  burst: 15,
} as const;
/**
 * too-often: the same feed again within 20 minutes. pause-broken: asked before a pause it wanted was over. full-again: a full
 * answer with nothing new from a host that had answered *not modified*. gone-asked: asked for what it says is not there. burst: more
 * than ten requests within a minute.
 */
export type PolitenessFault = { kind: keyof typeof FAULT_POINTS; times: number; points: number };

/** What can be shown to the owner of a site: what we asked, how it answered, and how we behaved. */
export type HostProof = { fileName: string; text: string };
