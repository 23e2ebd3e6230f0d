import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { FeedSource, Reason, Source } from '../../preload/contract/source.ts';
import { toInstant } from '../lib/clock.ts';
import type { FetchMemory, HostMemory } from '../store/repositories.ts';

/** What decides when a source is asked next. `recent` are its fetch jobs, newest last. */
export type NextTryInput = {
  source: Source;
  memory?: FetchMemory | undefined;
  hostPause?: HostMemory | undefined;
  recent: readonly FetchJob[];
  fetchIntervalMinutes: number;
  /** When the schedule that takes this source is due; no request is made before it. */
  scheduleDueAt?: string | undefined;
};

const MINUTE = 60_000;

/** *30 minutes*, *2 hours*, *1 day*. */
export const inWords = (ms: number): string => {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  const [count, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 2880
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

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

const intervalReason = (source: FeedSource, input: NextTryInput): Reason => {
  const minutes = source.everyMinutes ?? input.fetchIntervalMinutes;
  const asked = lastAskedAt(input.recent);
  return {
    kind: source.everyMinutes === undefined ? 'interval' : 'own-interval',
    text:
      source.everyMinutes === undefined
        ? `Every ${inWords(minutes * MINUTE)}.`
        : `Its own interval: every ${inWords(minutes * MINUTE)}.`,
    ...(asked === undefined ? {} : { until: toInstant(asked + minutes * MINUTE) }),
  };
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
  const interval = source.kind === 'feed' ? intervalReason(source, input) : undefined;
  const others = [memoryReason(input), hostReason(input), scheduleReason(input)].filter(
    (reason) => reason !== undefined && (reason.until === undefined || Date.parse(reason.until) > now),
  );
  const why = [interval, ...others]
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

/** The instant a source is due, milliseconds; -Infinity when it was never asked. */
const dueAt = (candidate: Candidate): number => {
  const asked = lastAskedAt(candidate.recent);
  const intervalMs = (candidate.source.everyMinutes ?? candidate.fetchIntervalMinutes) * MINUTE;
  const byInterval = asked === undefined ? Number.NEGATIVE_INFINITY : asked + intervalMs - slackFor(intervalMs);
  const notBefore = relevantMemory(candidate)?.notBefore;
  const byMemory = notBefore ? Date.parse(notBefore) : Number.NEGATIVE_INFINITY;
  return Math.max(byInterval, byMemory);
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
