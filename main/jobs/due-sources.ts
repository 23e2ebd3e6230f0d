import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { FeedSource, Reason, Source } from '../../preload/contract/source.ts';
import { toInstant } from '../lib/clock.ts';
import type { FetchMemory, HostMemory } from '../store/repositories.ts';
import { LONGEST_LEARNED_MS, paceOf } from './rhythm.ts';
import { inWords } from './span-words.ts';

/** What decides when a source is asked next. `recent` are its fetch jobs, newest last. */
export type NextTryInput = {
  source: Source;
  memory?: FetchMemory | undefined;
  hostPause?: HostMemory | undefined;
  recent: readonly FetchJob[];
  fetchIntervalMinutes: number;
  /** False: quiet sources are asked as often as busy ones. Default true. */
  adaptiveIntervals?: boolean;
  /** When the schedule that takes this source is due; no request is made before it. */
  scheduleDueAt?: string | undefined;
};

const MINUTE = 60_000;

/** The host a source is on, with its port; empty when the address is none. */
export const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

/** What is remembered counts for the address it was learnt at: one that the owner has mended begins anew. */
const relevantMemory = ({ source, memory }: Pick<NextTryInput, 'source' | 'memory'>): FetchMemory | undefined =>
  source.kind === 'feed' && memory?.url === source.feedUrl ? memory : undefined;

const isBlameless = (job: FetchJob): boolean => job.status === 'failed' && job.isBlameless === true;

/** When a source was asked last, milliseconds. Attempts that came to nothing through no fault of its own do not count. */
const lastAskedAt = (recent: readonly FetchJob[]): number | undefined => {
  const last = recent.findLast((job) => job.status !== 'queued' && !isBlameless(job));
  return last && Date.parse(('startedAt' in last && last.startedAt) || last.queuedAt);
};

/** One thing a source waits for; `until` in milliseconds. */
type Wait = { kind: Reason['kind']; text: string; until?: number };

const baseMsOf = ({ everyMinutes }: FeedSource, { fetchIntervalMinutes }: Pick<NextTryInput, 'fetchIntervalMinutes'>): number =>
  (everyMinutes ?? fetchIntervalMinutes) * MINUTE;

/**
 * The intervals of a source that was asked at `asked`: the base, and what its posts and the feed itself make of it.
 * An interval the owner gave to this very source is not made longer.
 */
const intervalWaits = (source: FeedSource, input: Omit<NextTryInput, 'source'>, asked: number): Wait[] => {
  const baseMs = baseMsOf(source, input);
  const until = asked + baseMs;
  if (source.everyMinutes !== undefined) {
    return [{ kind: 'own-interval', text: `Its own interval: every ${inWords(baseMs)}.`, until }];
  }
  const base: Wait = { kind: 'interval', text: `Every ${inWords(baseMs)}.`, until };
  if (input.adaptiveIntervals === false) return [base];
  const memory = relevantMemory({ source, memory: input.memory });
  const pace = paceOf(memory?.rhythm, asked, baseMs);
  const ttlMs = Math.min((memory?.ttlMinutes ?? 0) * MINUTE, LONGEST_LEARNED_MS);
  const ttl: Wait = { kind: 'ttl', text: `The feed asks to be read every ${inWords(ttlMs)} at most.`, until: asked + ttlMs };
  // Of two that end at the same time the one that says more stands first.
  return [...(pace ? [pace] : []), ...(ttlMs > baseMs ? [ttl] : []), base];
};

const longest = (waits: readonly Wait[]): number => Math.max(...waits.map(({ until }) => until ?? Number.NEGATIVE_INFINITY));

/** How long a source that is well waits between two requests now, milliseconds: its interval, longer where it is quiet. */
export const intervalMsOf = (source: FeedSource, input: Omit<NextTryInput, 'source' | 'recent'>, now: number): number =>
  longest(intervalWaits(source, { ...input, recent: [] }, now)) - now;

const intervalReasons = (source: FeedSource, input: NextTryInput): Reason[] => {
  const asked = lastAskedAt(input.recent);
  const waits = intervalWaits(source, input, asked ?? 0);
  // Never asked: the base says how often it will be; there is nothing to wait for.
  if (asked === undefined) return waits.slice(-1).map(({ kind, text }) => ({ kind, text }));
  return waits.map(({ until, ...reason }) => ({ ...reason, ...(until === undefined ? {} : { until: toInstant(until) }) }));
};

const memoryReason = (input: NextTryInput): Reason | undefined => {
  const memory = relevantMemory(input);
  if (!memory?.notBefore || !memory.notBeforeReason) return undefined;
  const times = memory.failures === 1 ? 'It failed the last time' : `It failed ${memory.failures} times in a row`;
  const text = {
    'retry-after': 'The server asked us to wait.',
    'max-age': 'The server says its answer is good until then.',
    failures: `${times}, so it is asked less often.`,
  }[memory.notBeforeReason];
  return { kind: memory.notBeforeReason, text, until: memory.notBefore };
};

const hostReason = ({ hostPause }: NextTryInput): Reason | undefined =>
  hostPause && { kind: 'host', text: `${hostPause.host} asked us to wait.`, until: hostPause.notBefore };

const scheduleReason = ({ scheduleDueAt, source }: NextTryInput): Reason | undefined =>
  scheduleDueAt || source.kind === 'hacker-news'
    ? { kind: 'schedule', text: 'With its schedule.', ...(scheduleDueAt ? { until: scheduleDueAt } : {}) }
    : undefined;

/**
 * When a source is asked next, and the chain of reasons, the one that decides first. Absent `nextTryAt`: paused, or at the next
 * opportunity. What is over by `now` is left out of the reasons, except the interval.
 */
export const whenNext = (input: NextTryInput, now: number): { nextTryAt?: string; why: Reason[] } => {
  const { source } = input;
  if (source.paused) return { why: [{ kind: 'paused', text: 'Paused. It is not asked until you resume it.' }] };
  const intervals = source.kind === 'feed' ? intervalReasons(source, input) : [];
  const others = [memoryReason(input), hostReason(input), scheduleReason(input)].filter(
    (reason) => reason !== undefined && (reason.until === undefined || Date.parse(reason.until) > now),
  );
  const why = [...intervals, ...others]
    .filter((reason) => reason !== undefined)
    .sort((a, b) => (b.until ?? '').localeCompare(a.until ?? ''));
  const latest = why[0]?.until;
  return { ...(latest ? { nextTryAt: toInstant(Math.max(Date.parse(latest), now)) } : {}), why };
};

/** One source with what is known of it. */
export type Candidate = Omit<NextTryInput, 'source' | 'scheduleDueAt'> & { source: FeedSource };

const isAfter = (instant: string | undefined, now: number): boolean => instant !== undefined && Date.parse(instant) > now;

/** The server or its host asked for a pause that is not over: nobody asks, not even by hand. */
export const mustWait = (memory: FetchMemory | undefined, hostPause: HostMemory | undefined, now: number): boolean =>
  isAfter(hostPause?.notBefore, now) || (memory?.notBeforeReason === 'retry-after' && isAfter(memory.notBefore, now));

/**
 * A schedule as frequent as the interval rings some seconds before or after the last request's anniversary;
 * without a little slack every second look would be left out.
 */
const slackFor = (intervalMs: number): number => Math.min(intervalMs / 10, 2 * MINUTE);

const dueByInterval = (candidate: Candidate, asked: number): number => {
  const due = longest(intervalWaits(candidate.source, candidate, asked));
  return due - slackFor(due - asked);
};

/** The instant a source is due, milliseconds; -Infinity when it was never asked. */
const dueAt = (candidate: Candidate): number => {
  const asked = lastAskedAt(candidate.recent);
  const byInterval = asked === undefined ? Number.NEGATIVE_INFINITY : dueByInterval(candidate, asked);
  const notBefore = relevantMemory(candidate)?.notBefore;
  const byMemory = notBefore ? Date.parse(notBefore) : Number.NEGATIVE_INFINITY;
  return Math.max(byInterval, byMemory);
};

/** The source that is asked next when none is due now, with the reasons; nothing when all are paused. */
export const soonest = (
  candidates: readonly Candidate[],
  now: number,
): { source: FeedSource; nextTryAt: string; why: Reason[] } | undefined => {
  const pauseEnd = ({ hostPause }: Candidate): number => Date.parse(hostPause?.notBefore ?? '') || Number.NEGATIVE_INFINITY;
  const rows = candidates
    .filter(({ source }) => !source.paused)
    .map((candidate) => ({ candidate, at: Math.max(dueAt(candidate), pauseEnd(candidate)) }));
  const first = rows.reduce<(typeof rows)[number] | undefined>(
    (best, row) => (best && best.at <= row.at ? best : row),
    undefined,
  );
  if (!first) return undefined;
  const { nextTryAt, why } = whenNext(first.candidate, now);
  return nextTryAt ? { source: first.candidate.source, nextTryAt, why } : undefined;
};

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The sources to ask now, in the order to ask them: starred, then most overdue, then least failures.
 * `byHand` looks at no interval and no back-off, but never asks before a pause that a server wanted is over.
 */
export const dueSources = (candidates: readonly Candidate[], options: { byHand: boolean; now: number }): Candidate[] =>
  candidates
    .filter((candidate) => !candidate.source.paused && !mustWait(relevantMemory(candidate), candidate.hostPause, options.now))
    .map((candidate) => ({ candidate, dueAt: dueAt(candidate), failures: relevantMemory(candidate)?.failures ?? 0 }))
    .filter((row) => options.byHand || row.dueAt <= options.now)
    .sort(
      (a, b) =>
        Number(b.candidate.source.starred) - Number(a.candidate.source.starred) ||
        compare(a.dueAt, b.dueAt) ||
        compare(a.failures, b.failures) ||
        a.candidate.source.id.localeCompare(b.candidate.source.id),
    )
    .map((row) => row.candidate);
