import { isDeepStrictEqual } from 'node:util';
import { type AppError, toAppError } from '../../preload/contract/errors.ts';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { FeedSource } from '../../preload/contract/source.ts';
import { toInstant } from '../lib/clock.ts';
import type { Download } from '../net/download-types.ts';
import type { FetchMemory } from '../store/repositories.ts';
import type { Attempts } from './attempts.ts';
import { afterFailure, hostPauseAfter, isGoneForGood, isMovedForGood } from './back-off.ts';
import { hostOf } from './due-sources.ts';
import type { Fetched } from './fetch-source.ts';
import type { JobContext } from './job.ts';
import { createNetworkVerdict, type NetworkVerdict, signOf } from './network-verdict.ts';
import type { JobServices } from './services.ts';
import { fillFromFeed, followMove, pauseGone } from './source-upkeep.ts';
import { inWords } from './span-words.ts';

/** One source in the hands of this run. */
export type Work = { source: FeedSource; job: FetchJob; memory: FetchMemory };

/** How the attempts of one cycle end: written down, counted, announced. */
export type Endings = {
  succeed: (work: Work, fetched: Fetched) => Promise<void>;
  /** Rejects when the store cannot be written: then nothing goes on. */
  fail: (work: Work, thrown: unknown, answer: Download | undefined) => Promise<void>;
  /** Not asked, or broken off, through no fault of its own. */
  endBlameless: (work: Work, error: AppError) => Promise<void>;
  /** Failures that were held back for a verdict that never came. */
  settle: () => Promise<void>;
  /** What stopped the cycle: cancel, a network that is not there. */
  stopped: () => AppError | undefined;
  /** Every attempt found this computer offline. */
  wasOffline: () => boolean;
};

type Held = { work: Work; error: AppError };
type Cycle = {
  services: JobServices;
  context: Pick<JobContext<unknown>, 'count' | 'log' | 'signal'>;
  attempts: Attempts;
  verdict: NetworkVerdict<Held>;
  onEnd: (work: Work) => void;
  stop: (error: AppError) => void;
  tally: { good: number; offline: number; blamed: number; stop?: AppError };
};

const nameOf = ({ source }: Work): string => source.title || hostOf(source.feedUrl);

const announcePosts = ({ services }: Cycle, { source }: Work, { saved }: Fetched): void => {
  if (!saved || saved.added.length + saved.updated.length === 0) return;
  services.events.emit('posts.changed', { added: saved.added.length, sourceIds: [source.id] });
};

const countSuccess = ({ context, services }: Cycle, { source }: Work, { end, saved }: Fetched): void => {
  context.count('new_posts', end.postsCount);
  context.count('updated_posts', saved?.updated.length ?? 0);
  context.count('bytes', end.bytes ?? 0);
  if (end.outcome === 'not-modified') context.count('not_modified');
  if (end.outcome === 'nothing-new') context.count('nothing_new');
  if (end.outcome === 'new-posts') {
    services.log.info('Fetch finished', { sourceId: source.id, outcome: end.outcome, added: end.postsCount });
  }
};

/** Uses the new address of a feed that has moved for good. */
const moveIfForGood = async (cycle: Cycle, work: Work, fetched: Fetched): Promise<Fetched> => {
  const { moved, ...memory } = fetched.memory;
  if (!moved || !isMovedForGood(fetched.memory, cycle.services.clock.now())) return fetched;
  if (!(await followMove(cycle.services, work.source.id, moved.to))) return fetched;
  cycle.context.log('warn', `${nameOf(work)}: moved for good, its new address is used from now on (W_MOVED).`);
  const warnings = [...(fetched.end.warnings ?? []), { code: 'W_MOVED' as const, count: 1 }];
  return { ...fetched, memory: { ...memory, url: moved.to, movedFrom: work.source.feedUrl }, end: { ...fetched.end, warnings } };
};

const succeed = async (cycle: Cycle, work: Work, first: Fetched): Promise<void> => {
  const { services, attempts } = cycle;
  const { store } = services;
  cycle.tally.good += 1;
  announcePosts(cycle, work, first);
  const fetched = await moveIfForGood(cycle, work, first);
  const isKnown = store.sources.get(work.source.id) !== undefined;
  // A 304 that changes nothing writes nothing but the end of its row.
  const hasNews = isKnown && !isDeepStrictEqual(fetched.memory, store.fetchMemory.get(work.source.id));
  await Promise.all([
    hasNews ? store.fetchMemory.put(fetched.memory) : undefined,
    fetched.feed ? fillFromFeed(services, work.source.id, fetched.feed) : undefined,
    attempts.complete(work.job.id, fetched.end),
  ]);
  countSuccess(cycle, work, fetched);
  cycle.onEnd(work);
};

const rememberFailure = async (cycle: Cycle, work: Work, error: AppError): Promise<FetchMemory> => {
  const { store, clock, random = Math.random } = cycle.services;
  const now = clock.now();
  const memory = afterFailure(work.memory, error, { now, random });
  if (!store.sources.get(work.source.id)) return memory;
  const host = hostOf(work.source.feedUrl);
  const pauseUntil = hostPauseAfter(error, host, store.fetchMemory.host(host)?.notBefore, now);
  await Promise.all([
    store.fetchMemory.put(memory),
    pauseUntil ? store.fetchMemory.putHost({ host, notBefore: pauseUntil, reason: 'retry-after' }) : undefined,
    isGoneForGood(memory, now) ? pauseGone(cycle.services, work.source.id) : undefined,
  ]);
  return memory;
};

const blame = async (cycle: Cycle, { work, error }: Held): Promise<void> => {
  const { services, context, attempts } = cycle;
  cycle.tally.blamed += 1;
  const [memory] = await Promise.all([rememberFailure(cycle, work, error), attempts.fail(work.job.id, error)]);
  const waitMs = Date.parse(memory.notBefore ?? '') - services.clock.now();
  const next = isGoneForGood(memory, services.clock.now())
    ? 'It is paused now.'
    : `Next try in ${inWords(waitMs)} at the earliest.`;
  context.log('warn', `${nameOf(work)}: ${error.message} ${next}`);
  context.count('failed');
  services.log.warn('Fetch failed', { sourceId: work.source.id, code: error.code, failures: memory.failures });
  cycle.onEnd(work);
};

const endBlameless = async (cycle: Cycle, work: Work, error: AppError): Promise<void> => {
  if (error.code === 'OFFLINE') cycle.tally.offline += 1;
  await cycle.attempts.fail(work.job.id, error, { isBlameless: true });
  cycle.context.count('postponed');
  cycle.onEnd(work);
};

const release = async (cycle: Cycle): Promise<void> => {
  const end = (held: Held): Promise<void> =>
    held.error.code === 'OFFLINE' ? endBlameless(cycle, held.work, held.error) : blame(cycle, held);
  await Promise.all(cycle.verdict.release().map(end));
};

const stopFor = async (cycle: Cycle, error: AppError): Promise<void> => {
  cycle.tally.stop = error;
  cycle.context.log('error', error.message);
  cycle.services.log.warn('Cycle stopped', { code: error.code });
  cycle.stop(error);
  await Promise.all(cycle.verdict.release().map(({ work }) => endBlameless(cycle, work, error)));
};

const isStoreTrouble = ({ code }: AppError): boolean => code.startsWith('STORE_');

/** The downloader knows that the host wants to be left alone: nobody answered, so there is no status. */
const wasNotAsked = ({ details }: AppError): boolean => details.retryAfterMs !== undefined && details.status === undefined;

const waitWithHost = async (cycle: Cycle, work: Work, error: AppError): Promise<void> => {
  const { store, clock } = cycle.services;
  const notBefore = toInstant(clock.now() + (error.details.retryAfterMs ?? 0));
  if (store.sources.get(work.source.id) && notBefore > (work.memory.notBefore ?? '')) {
    await store.fetchMemory.put({ ...work.memory, notBefore, notBeforeReason: 'retry-after' });
  }
  await endBlameless(cycle, work, error);
};

const fail = async (cycle: Cycle, work: Work, thrown: unknown, answer: Download | undefined): Promise<void> => {
  const stopped = cycle.tally.stop ?? (cycle.context.signal.aborted ? toAppError(cycle.context.signal.reason) : undefined);
  if (stopped) return endBlameless(cycle, work, stopped);
  const error = toAppError(thrown);
  if (isStoreTrouble(error)) throw error;
  if (error.details.wasAsleep) return endBlameless(cycle, work, error);
  if (wasNotAsked(error)) return waitWithHost(cycle, work, error);
  const sign = signOf(error, {
    failures: work.memory.failures,
    hasEverWorked: cycle.services.store.fetchJobs.latestCompletedFor(work.source.id) !== null,
    wasMoved: answer?.movedTo !== undefined,
  });
  if (!sign) {
    if (error.details.status !== undefined) await release(cycle);
    return blame(cycle, { work, error });
  }
  const verdict = cycle.verdict.hold(sign, hostOf(work.source.feedUrl), { work, error });
  if (verdict) await stopFor(cycle, verdict);
};

/** The endings of one cycle. `stop` is called once, when the network is to blame for what happens. */
export const createEndings = (parts: Omit<Cycle, 'verdict' | 'tally'>): Endings => {
  const cycle: Cycle = { ...parts, verdict: createNetworkVerdict<Held>(), tally: { good: 0, offline: 0, blamed: 0 } };
  const { tally, context } = cycle;
  return {
    succeed: async (work, fetched) => {
      await Promise.all([succeed(cycle, work, fetched), release(cycle)]);
    },
    fail: (work, thrown, answer) => fail(cycle, work, thrown, answer),
    endBlameless: (work, error) => endBlameless(cycle, work, error),
    settle: () => release(cycle),
    stopped: () => tally.stop ?? (context.signal.aborted ? toAppError(context.signal.reason) : undefined),
    wasOffline: () => tally.offline > 0 && tally.good + tally.blamed === 0,
  };
};
