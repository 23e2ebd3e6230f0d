import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run, RunStep } from '../../preload/contract/run.ts';
import type { FeedSource, HackerNewsSource } from '../../preload/contract/source.ts';
import { newId } from '../lib/ids.ts';
import type { Store } from '../store/repositories.ts';
import { chance, DAY, DAYS, HOUR, instant, MINUTE } from './past-times.ts';
import type { DemoFeed } from './world.ts';

/** The pause that the failing source asks for. */
const PAUSE_MS = 900_000;

/** One source's attempt in the past. */
export type PastFetch = {
  source: FeedSource | HackerNewsSource;
  at: number;
  tookMs: number;
  added: number;
  mood: DemoFeed['mood'];
};

/** Writes a fetch job as it would have gone. */
export const writeFetch = async (
  store: Store,
  runId: string,
  { source, at, tookMs, added, mood }: PastFetch,
): Promise<FetchJob | null> => {
  const id = newId(at);
  await store.fetchJobs.queue({ id, runId, sourceId: source.id, queuedAt: instant(at) });
  await store.fetchJobs.markOngoing(id, instant(at + 20));
  const endedAt = instant(at + 20 + tookMs);
  if (mood === 'failing' || (mood === 'slow' && chance(at + 3) < 0.2)) {
    const slow = mood === 'slow';
    return store.fetchJobs.fail(id, {
      endedAt,
      errorCode: slow ? 'TOTAL_TIMEOUT' : 'HTTP_5XX',
      errorMessage: slow ? 'The whole answer took longer than 20 seconds.' : 'The server answered 503.',
      ...(slow ? {} : { httpStatus: 503, waitUntil: instant(at + PAUSE_MS) }),
    });
  }
  // Few servers send the whole feed again although they know that it is the same.
  const honest = source.id.length % 5 === 0 ? 0.7 : 0.99;
  const outcome = added > 0 ? 'new-posts' : chance(at + source.id.length) < honest ? 'not-modified' : 'nothing-new';
  return store.fetchJobs.complete(id, {
    endedAt,
    outcome,
    postsCount: added,
    httpStatus: outcome === 'not-modified' ? 304 : 200,
    bytes: outcome === 'not-modified' ? 180 : 24_000,
  });
};

/** What is told of a run of the past. */
export type PastRun = {
  id: string;
  scheduleId: string;
  jobKind: string;
  name: string;
  at: number;
  tookMs: number;
  counts: Record<string, number>;
  problem?: string;
};

const LIMIT_MS = 10 * MINUTE;
/** How long after a failure the run was tried again. */
const RETRY_MS = 12 * MINUTE;
/** The parts of the work, each with its share of the time. */
const STEPS: Readonly<Record<string, readonly (readonly [name: string, share: number])[]>> = {
  'fetch-feeds': [
    ['Choose due sources', 0.02],
    ['Fetch and keep', 0.98],
  ],
  'collect-hacker-news': [
    ['Read the lists and their stories', 0.9],
    ['Keep stories', 0.1],
  ],
};

const stepsOf = ({ jobKind, counts }: PastRun, from: number, tookMs: number, left = 0): RunStep[] => {
  const total = counts.sources ?? counts.posts_fetched;
  let at = from;
  return (STEPS[jobKind] ?? []).map(([name, share], place, all) => {
    const startedAt = instant(at);
    at += Math.round(tookMs * share);
    const isLast = place === all.length - 1;
    return {
      name,
      startedAt,
      endedAt: instant(isLast ? from + tookMs : at),
      ...(isLast && total ? { done: total - left, total } : {}),
    };
  });
};

const baseOf = ({ id, scheduleId, jobKind, name, at }: PastRun) => ({
  id,
  scheduleId,
  jobKind,
  name,
  scheduledFor: instant(at),
  options: {},
});

const begin = async (
  store: Store,
  base: ReturnType<typeof baseOf> & Pick<Run, 'cause' | 'attempt'>,
  at: number,
): Promise<void> => {
  await store.runs.put({ ...base, queuedAt: instant(at), status: 'queued' });
  await store.runs.put({ ...base, queuedAt: instant(at), startedAt: instant(at + 10), counts: {}, status: 'running' });
};

/** A run that never came to its end, and the second try that did. */
const writeFailed = async (store: Store, facts: PastRun): Promise<void> => {
  const { at, counts } = facts;
  const base = { ...baseOf(facts), cause: 'schedule' as const };
  const endedAt = instant(at + 10 + LIMIT_MS);
  const message = 'The run took longer than 10 minutes and was stopped.';
  await begin(store, base, at);
  await store.runs.put({
    ...base,
    queuedAt: instant(at),
    startedAt: instant(at + 10),
    steps: stepsOf(facts, at + 10, LIMIT_MS, 1),
    counts,
    endedAt,
    log: [{ at: endedAt, level: 'error', message }],
    status: 'failed',
    errorCode: 'RUN_TIMEOUT',
    errorMessage: message,
  });
  const again = { ...baseOf(facts), id: newId(at + RETRY_MS), cause: 'retry' as const, attempt: { number: 2, of: 3 } };
  const from = at + RETRY_MS + 10;
  await begin(store, again, at + RETRY_MS);
  await store.runs.put({
    ...again,
    queuedAt: instant(at + RETRY_MS),
    startedAt: instant(from),
    steps: stepsOf({ ...facts, counts: {} }, from, 900),
    counts: Object.fromEntries(Object.keys(counts).map((name) => [name, 0])),
    endedAt: instant(from + 900),
    log: [{ at: instant(from + 900), level: 'info', message: 'What was left is done.' }],
    status: 'completed',
  });
};

/** Writes a run as it would have gone until `now`; a few fail and are tried again. */
export const writeRun = async (store: Store, facts: PastRun, now: number): Promise<void> => {
  const { at, tookMs, counts, problem } = facts;
  if (chance(at) < 0.02 && at + RETRY_MS + MINUTE < now) return writeFailed(store, facts);
  const base = { ...baseOf(facts), cause: 'schedule' as const };
  const endedAt = instant(at + 10 + tookMs);
  const steps = stepsOf(facts, at + 10, tookMs);
  await begin(store, base, at);
  await store.runs.put({
    ...base,
    queuedAt: instant(at),
    startedAt: instant(at + 10),
    ...(steps.length > 0 ? { steps } : {}),
    counts,
    endedAt,
    log: [{ at: endedAt, level: problem ? 'warn' : 'info', message: problem ?? 'All sources were asked.' }],
    status: 'completed',
  });
};

/** Something that happened in the past; events are written in the order of time, as they would have been. */
export type Past = { at: number; write: () => Promise<void> };

/** One row for each night: what would have run while the computer slept. */
export const nights = (
  store: Store,
  now: number,
  schedule: { id: string; jobKind: string; name: string; everyMinutes: number },
): Past[] =>
  Array.from({ length: DAYS }, (_, day) => {
    const from = new Date(Math.ceil((now - day * DAY - 13 * HOUR) / HOUR) * HOUR);
    const to = from.getTime() + 8 * HOUR;
    const write = async (): Promise<void> => {
      await store.runs.put({
        id: newId(to),
        scheduleId: schedule.id,
        jobKind: schedule.jobKind,
        name: schedule.name,
        cause: 'schedule',
        scheduledFor: from.toISOString(),
        queuedAt: instant(to),
        status: 'missed',
        endedAt: instant(to),
        reason: 'asleep',
        from: from.toISOString(),
        to: instant(to),
        missedCount: Math.floor((8 * 60) / schedule.everyMinutes),
      });
    };
    return { at: to - 1, write };
  }).filter(({ at }) => at < now);
