import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../preload/contract/errors.ts';
import type { Log } from '../lib/log.ts';
import type { FeedParser } from './parsed-feed.ts';
import { type GoodAnswer, READY, type WorkerAnswer, type WorkerQuestion } from './worker-messages.ts';

export type ParserLimits = {
  /** One document, milliseconds. */
  parseMs: number;
  /** Until a new worker has loaded its code, milliseconds. */
  startMs: number;
  /** Heap of one worker, MiB. */
  heapMb: number;
  /** A worker without work ends after this time, milliseconds. */
  idleMs: number;
};
const LIMITS: ParserLimits = { parseMs: 5000, startMs: 30_000, heapMb: 256, idleMs: 10_000 };

export type ParserDeps = {
  log: Log;
  /** Workers at most; default is one less than there are cores, 1 to 2. */
  workers?: number;
  limits?: Partial<ParserLimits>;
  /** The worker's file, for tests. */
  workerUrl?: URL;
};

type Job = { input: WorkerQuestion; settle: (end: WorkerAnswer | AppError) => void };
type Seat = { worker: Worker; isReady: boolean; job?: Job; timer?: NodeJS.Timeout };

/** Next to the source when run from source, next to the bundle when built, outside the archive when packaged. A variable, so that the bundler leaves it alone. */
const defaultWorkerUrl = (): URL => {
  const name = import.meta.url.endsWith('.ts') ? './parse-worker.ts' : '../worker/parse-worker.js';
  return new URL(new URL(name, import.meta.url).href.replace('/app.asar/', '/app.asar.unpacked/'));
};

const defaultWorkers = (): number => Math.max(1, Math.min(2, availableParallelism() - 1));

const isOutOfMemory = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

const timeout = (): AppError => new AppError('PARSE_TIMEOUT', 'Reading the document took too long.');
const memory = (): AppError => new AppError('PARSE_MEMORY', 'Reading the document took too much memory.');
const cancelled = (): AppError => new AppError('CANCELLED', 'Reading the document was cancelled.');

/** The bytes in a buffer of their own, so that the worker can take them over. The caller's stay usable. */
const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/**
 * A small pool of workers that parse feeds: one starts with the first document, a second when documents wait, and all end when idle.
 * A worker that takes too long or too much memory is ended and replaced. A worker at rest does not keep the process alive.
 */
export const createFeedParser = ({
  log,
  workers = defaultWorkers(),
  limits = {},
  workerUrl = defaultWorkerUrl(),
}: ParserDeps): FeedParser => {
  const { parseMs, startMs, heapMb, idleMs } = { ...LIMITS, ...limits };
  const queue: Job[] = [];
  const seats = new Set<Seat>();
  let isClosed = false;

  const leave = (seat: Seat): Promise<number> => {
    clearTimeout(seat.timer);
    seats.delete(seat);
    return seat.worker.terminate();
  };
  /** The seat's job ends; the worker goes on or, when `isBroken`, makes room for a new one. */
  const finish = (seat: Seat, end: WorkerAnswer | AppError, isBroken: boolean): void => {
    const { job } = seat;
    clearTimeout(seat.timer);
    seat.job = undefined;
    if (isBroken) leave(seat).catch(() => {});
    job?.settle(end);
    next();
  };
  const rest = (seat: Seat): void => {
    seat.worker.unref();
    clearTimeout(seat.timer);
    seat.timer = setTimeout(() => leave(seat).catch(() => {}), idleMs);
    seat.timer.unref();
  };
  const hire = (): Seat => {
    const worker = new Worker(workerUrl, {
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      name: 'parse',
    });
    const seat: Seat = { worker, isReady: false };
    worker.on('message', (answer: WorkerAnswer | typeof READY) => {
      if (answer !== READY) return finish(seat, answer, false);
      seat.isReady = true;
      if (seat.job) watch(seat, parseMs);
    });
    worker.on('error', (error) => {
      log.warn('Parse worker stopped', { error });
      finish(
        seat,
        isOutOfMemory(error) ? memory() : new AppError('INTERNAL', 'Reading the document failed.', { cause: error }),
        true,
      );
    });
    worker.on('exit', () => {
      if (seats.has(seat)) finish(seat, memory(), true);
    });
    seats.add(seat);
    return seat;
  };
  /** Ends the seat's work when it takes longer than `ms`. */
  const watch = (seat: Seat, ms: number): void => {
    clearTimeout(seat.timer);
    seat.timer = setTimeout(() => {
      log.warn('Parse worker took too long', { ms, bytes: seat.job?.input.bytes.length });
      finish(seat, timeout(), true);
    }, ms);
    seat.timer.unref();
  };
  const give = (seat: Seat, job: Job): void => {
    seat.job = job;
    seat.worker.ref();
    watch(seat, seat.isReady ? parseMs : startMs);
    const bytes = ownBytes(job.input.bytes);
    seat.worker.postMessage({ ...job.input, bytes }, [bytes.buffer]);
  };
  /** Gives waiting documents to free workers, hires while there may be more, and lets the rest go home. */
  const next = (): void => {
    if (isClosed) return;
    const free = [...seats].filter((seat) => !seat.job);
    while (queue.length > 0 && (free.length > 0 || seats.size < workers)) {
      give(free.shift() ?? hire(), queue.shift() as Job);
    }
    for (const seat of free) rest(seat);
  };
  const drop = (job: Job, end: AppError): void => {
    const waiting = queue.indexOf(job);
    const seat = [...seats].find((other) => other.job === job);
    if (waiting !== -1) queue.splice(waiting, 1);
    if (seat) finish(seat, end, true);
    else job.settle(end);
  };

  const ask = (input: WorkerQuestion, signal?: AbortSignal): Promise<GoodAnswer> =>
    new Promise((resolve, reject) => {
      if (isClosed || signal?.aborted) return reject(cancelled());
      const onAbort = (): void => drop(job, cancelled());
      const job: Job = {
        input,
        settle: (end) => {
          signal?.removeEventListener('abort', onAbort);
          if (end instanceof AppError) return reject(end);
          return end.ok ? resolve(end) : reject(new AppError(end.error.code, end.error.message));
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(job);
      next();
    });

  const close = async (): Promise<void> => {
    isClosed = true;
    for (const job of queue.splice(0)) job.settle(cancelled());
    const leaving = [...seats];
    for (const seat of leaving) seat.job?.settle(cancelled());
    await Promise.all(leaving.map(leave));
  };
  const unexpected = (): AppError => new AppError('INTERNAL', 'Reading the document failed.');
  return {
    parse: async (input, signal) => {
      const answer = await ask(input, signal);
      if ('feed' in answer) return answer.feed;
      throw unexpected();
    },
    parsePosts: async (input, postsFor, signal) => {
      const answer = await ask({ ...input, postsFor }, signal);
      if ('posts' in answer) return answer.posts;
      throw unexpected();
    },
    readPage: async (input, signal) => {
      const answer = await ask({ ...input, isPage: true }, signal);
      if ('page' in answer) return answer.page;
      throw unexpected();
    },
    readHead: async (input, signal) => {
      const answer = await ask({ ...input, isHead: true }, signal);
      if ('head' in answer) return answer.head;
      throw unexpected();
    },
    extract: async (input, signal) => {
      const answer = await ask({ ...input, article: true }, signal);
      if ('article' in answer) return answer.article;
      throw unexpected();
    },
    toMarkdown: async (html, head) => {
      const answer = await ask({ bytes: new TextEncoder().encode(html), url: head.url ?? '', markdown: head });
      if ('markdown' in answer) return answer.markdown;
      throw unexpected();
    },
    close,
  };
};
