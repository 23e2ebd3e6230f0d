import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import { FAULT_POINTS, type HostRow, type PolitenessFault } from '../../preload/contract/host.ts';

const MINUTE_MS = 60_000;
/** The same feed again sooner than this is too often. */
const TOO_SOON_MS = 20 * MINUTE_MS;
/** A pause that was asked for without a length. */
const LEAST_PAUSE_MS = MINUTE_MS;
const MOST_A_MINUTE = 10;
/** A share of faulty requests from which a fault costs all it can. */
const FULL_SHARE = 0.2;
const TOO_MANY = 429;
const NOT_THERE = [404, 410];

/** What fetch jobs tell of one host. */
export type HostNumbers = Pick<
  HostRow,
  'requests' | 'notModified' | 'failed' | 'tooMany' | 'bytes' | 'savedBytes' | 'pausesAsked' | 'pausesKept' | 'score' | 'faults'
>;
type Kind = keyof typeof FAULT_POINTS;
type Known = { startedMs?: number; fullBytes?: number; hadNotModified?: boolean; wasGone?: boolean };

/** The ledger of one host, written job by job in the order of their starts. */
export type HostLedger = { add: (job: FetchJob) => void; result: () => HostNumbers };

const pointsFor = (kind: Kind, times: number, requests: number): number => {
  const most = FAULT_POINTS[kind];
  return Math.min(most, Math.max(1, Math.round((most * (times / requests)) / FULL_SHARE)));
};

/** The faults that happened, dearest first, and what is left of 100. */
export const scoreOf = (times: ReadonlyMap<Kind, number>, requests: number): { score: number; faults: PolitenessFault[] } => {
  const faults = [...times]
    .map(([kind, count]) => ({ kind, times: count, points: pointsFor(kind, count, requests) }))
    .sort((left, right) => right.points - left.points);
  return { score: 100 - faults.reduce((sum, { points }) => sum + points, 0), faults };
};

/** What a pause was asked until; undefined where the answer asked for none. */
const pauseOf = (job: FetchJob, startedMs: number): number | undefined => {
  if (job.status !== 'failed' || job.isBlameless) return undefined;
  if (job.waitUntil) return Date.parse(job.waitUntil);
  return job.httpStatus === TOO_MANY ? startedMs + LEAST_PAUSE_MS : undefined;
};

type State = {
  numbers: Omit<HostNumbers, 'score' | 'faults' | 'pausesKept'>;
  times: Map<Kind, number>;
  bySource: Map<string, Known>;
  pausedUntil: number;
  pauseBroken: boolean;
  brokenPauses: number;
  lastMinute: number[];
};

const blame = ({ times }: State, kind: Kind): void => void times.set(kind, (times.get(kind) ?? 0) + 1);

/** What is wrong with asking at this moment, whatever the answer. */
const judgeAsking = (state: State, known: Known, startedMs: number): void => {
  if (known.startedMs !== undefined && startedMs - known.startedMs < TOO_SOON_MS) blame(state, 'too-often');
  if (startedMs < state.pausedUntil) {
    blame(state, 'pause-broken');
    if (!state.pauseBroken) state.brokenPauses += 1;
    state.pauseBroken = true;
  }
  if (known.wasGone) blame(state, 'gone-asked');
  state.lastMinute = [...state.lastMinute.filter((at) => startedMs - at < MINUTE_MS), startedMs].slice(-MOST_A_MINUTE - 1);
  if (state.lastMinute.length > MOST_A_MINUTE) blame(state, 'burst');
};

const noteAnswer = (state: State, known: Known, job: FetchJob): void => {
  const { numbers } = state;
  known.wasGone = job.status === 'failed' && NOT_THERE.includes(job.httpStatus ?? 0);
  if (job.status === 'failed') {
    numbers.failed += 1;
    if (job.httpStatus === TOO_MANY) numbers.tooMany += 1;
  }
  if (job.status !== 'completed') return;
  const bytes = job.bytes ?? 0;
  numbers.bytes += bytes;
  if (job.outcome === 'not-modified') {
    numbers.notModified += 1;
    numbers.savedBytes += Math.max(0, (known.fullBytes ?? 0) - bytes);
    known.hadNotModified = true;
    return;
  }
  if (job.outcome === 'nothing-new' && known.hadNotModified && bytes > 0) blame(state, 'full-again');
  known.fullBytes = bytes;
};

const notePause = (state: State, job: FetchJob, startedMs: number): void => {
  const until = pauseOf(job, startedMs);
  if (until === undefined) return;
  state.numbers.pausesAsked += 1;
  state.pausedUntil = Math.max(state.pausedUntil, until);
  state.pauseBroken = false;
};

/** An empty ledger. A job that never started was no request; one that blames nobody was none the host could hear. */
export const createHostLedger = (): HostLedger => {
  const state: State = {
    numbers: { requests: 0, notModified: 0, failed: 0, tooMany: 0, bytes: 0, savedBytes: 0, pausesAsked: 0 },
    times: new Map(),
    bySource: new Map(),
    pausedUntil: 0,
    pauseBroken: false,
    brokenPauses: 0,
    lastMinute: [],
  };
  return {
    add: (job) => {
      if (!('startedAt' in job) || !job.startedAt || job.status === 'ongoing') return;
      state.numbers.requests += 1;
      if (job.status === 'failed' && job.isBlameless) return;
      const startedMs = Date.parse(job.startedAt);
      const known = state.bySource.get(job.sourceId) ?? {};
      judgeAsking(state, known, startedMs);
      noteAnswer(state, known, job);
      notePause(state, job, startedMs);
      state.bySource.set(job.sourceId, { ...known, startedMs });
    },
    result: () => ({
      ...state.numbers,
      pausesKept: state.numbers.pausesAsked - state.brokenPauses,
      ...scoreOf(state.times, state.numbers.requests),
    }),
  };
};
