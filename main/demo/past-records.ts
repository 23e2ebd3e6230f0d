import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { FeedSource, HackerNewsSource } from '../../preload/contract/source.ts';
import { newId } from '../lib/ids.ts';
import type { Store } from '../store/repositories.ts';
import { chance, DAY, DAYS, HOUR, instant } from './past-times.ts';
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

/** Writes a run as it would have gone; a few fail. */
export const writeRun = async (
  store: Store,
  facts: {
    id: string;
    scheduleId: string;
    jobKind: string;
    name: string;
    at: number;
    tookMs: number;
    counts: Record<string, number>;
    problem?: string;
  },
): Promise<void> => {
  const { id, scheduleId, jobKind, name, at, tookMs, counts, problem } = facts;
  const base = {
    id,
    scheduleId,
    jobKind,
    name,
    cause: 'schedule',
    scheduledFor: instant(at),
    queuedAt: instant(at),
    options: {},
  } as const;
  const worked = { startedAt: instant(at + 10), counts };
  const ended = {
    endedAt: instant(at + 10 + tookMs),
    log: [
      {
        at: instant(at + 10 + tookMs),
        level: problem ? ('warn' as const) : ('info' as const),
        message: problem ?? 'All sources were asked.',
      },
    ],
  };
  await store.runs.put({ ...base, status: 'queued' });
  await store.runs.put({ ...base, ...worked, counts: {}, status: 'running' });
  const last: Run =
    chance(at) < 0.02
      ? {
          ...base,
          ...worked,
          ...ended,
          status: 'failed',
          errorCode: 'RUN_TIMEOUT',
          errorMessage: 'The run took longer than 10 minutes and was stopped. What it had stored is kept and nothing is lost.',
        }
      : { ...base, ...worked, ...ended, status: 'completed' };
  await store.runs.put(last);
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
