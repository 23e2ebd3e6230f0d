import type { AppError } from '../../preload/contract/errors.ts';
import type { CompletedFetchJob, FetchJob } from '../../preload/contract/fetch-job.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import type { JobServices } from './services.ts';

export type AttemptEnd = Pick<
  CompletedFetchJob,
  'outcome' | 'postsCount' | 'itemsCount' | 'bytes' | 'httpStatus' | 'request' | 'warnings'
>;

/** The fetch jobs of one run: each move is stored and then announced with the whole row. */
export type Attempts = {
  /** Null when another run has this source in its hands: attach to that one. */
  queue: (sourceId: string) => Promise<FetchJob | null>;
  markOngoing: (id: string) => Promise<FetchJob | null>;
  complete: (id: string, end: AttemptEnd) => Promise<FetchJob | null>;
  fail: (id: string, error: AppError, options?: { isBlameless?: boolean }) => Promise<FetchJob | null>;
  /** Settles when the job another run has open for this source has ended, or at abort. */
  attach: (sourceId: string, signal: AbortSignal) => Promise<void>;
};

/** The end of a pause that an answer asked for; nothing where nobody answered. */
const pauseAsked = ({ details }: AppError, now: number): { waitUntil?: string } =>
  details.status === undefined || !details.retryAfterMs ? {} : { waitUntil: toInstant(now + details.retryAfterMs) };

const isOpen = (job: FetchJob | null): boolean => job?.status === 'queued' || job?.status === 'ongoing';

/** Writes the fetch jobs of run `runId`. */
export const createAttempts = (
  { store, events, clock }: Pick<JobServices, 'store' | 'events' | 'clock'>,
  runId: string,
): Attempts => {
  const { fetchJobs } = store;
  const instant = (): string => toInstant(clock.now());
  const announce = (fetchJob: FetchJob | null): FetchJob | null => {
    if (fetchJob) events.emit('fetch-jobs.changed', { fetchJob });
    return fetchJob;
  };

  const tryToQueue = async (sourceId: string): Promise<FetchJob | null> =>
    announce(await fetchJobs.queue({ id: newId(clock.now()), runId, sourceId, queuedAt: instant() }));

  /* A full disk can keep a run from ending its rows; they would block their sources for ever. */
  const endLeftOver = async (sourceId: string): Promise<boolean> => {
    const open = fetchJobs.openFor(sourceId);
    const run = open && store.runs.get(open.runId);
    if (!open || !run || run.status === 'queued' || run.status === 'running') return false;
    const end = { endedAt: instant(), errorCode: 'INTERRUPTED' as const, errorMessage: 'The run ended before this was done.' };
    announce(await fetchJobs.fail(open.id, { ...end, isBlameless: true }));
    return true;
  };

  return {
    queue: async (sourceId) => {
      const queued = await tryToQueue(sourceId);
      if (queued) return queued;
      return (await endLeftOver(sourceId)) ? tryToQueue(sourceId) : null;
    },
    markOngoing: async (id) => announce(await fetchJobs.markOngoing(id, instant())),
    complete: async (id, end) => announce(await fetchJobs.complete(id, { ...end, endedAt: instant() })),
    fail: async (id, error, options = {}) =>
      announce(
        await fetchJobs.fail(id, {
          endedAt: instant(),
          errorCode: error.code,
          errorMessage: error.message,
          ...(error.details.status === undefined ? {} : { httpStatus: error.details.status }),
          ...pauseAsked(error, clock.now()),
          ...(options.isBlameless ? { isBlameless: true } : {}),
        }),
      ),
    attach: (sourceId, signal) => {
      const open = fetchJobs.openFor(sourceId);
      return new Promise((resolve) => {
        const look = (): void => {
          if (open && isOpen(fetchJobs.get(open.id)) && !signal.aborted) return;
          stopListening();
          signal.removeEventListener('abort', look);
          resolve();
        };
        const stopListening = events.onEvent(({ name }) => {
          if (name === 'fetch-jobs.changed' || name === 'sources.changed') look();
        });
        signal.addEventListener('abort', look);
        look();
      });
    },
  };
};
