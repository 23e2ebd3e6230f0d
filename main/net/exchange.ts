import type { Dispatcher } from 'undici';
import { AppError } from '../../preload/contract/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { type Connection, checkNothingFollows } from './connections.ts';
import { type Headers, single, toHeaders } from './headers.ts';
import type { Limits } from './limits.ts';
import { inSeconds, malformed, type Phase, toNetError } from './net-errors.ts';

/** One answer as it came over the wire, still packed. */
export type Exchange = { status: number; headers: Headers; wire: Buffer };

export type ExchangeRequest = {
  path: string;
  headerLines: string[];
  /** Makes it a POST: of its answer, whatever its status, the first `keepBytes` are kept, and a body that goes wrong is no error. */
  post?: { body: Uint8Array; keepBytes: number };
  /** The first bytes go out now. */
  onSend?: () => void;
  signal: AbortSignal;
  clock: Clock;
  limits: Limits;
  /** Asked once when the body turns out big: true when there is place for it, else `onPlace` is called when there is. */
  onBig: (onPlace: () => void) => boolean;
};

/* Answers whose body is not read: it is let run out if it is short, so that the connection stays whole. */
const UNREAD_BODY_BYTES = 64 * 1024;
const UNREAD_BODY_MS = 1000;
const MAX_INTERIM_ANSWERS = 32;
const TICK_MS = 1000;

/* A body that must come whole. */
const isWanted = ({ status, request }: Talk): boolean => request.post === undefined && status >= 200 && status < 300;

/* One conversation: the request, how far its answer has come, and how it ends. */
type Talk = {
  connection: Connection;
  request: ExchangeRequest;
  phase: Phase;
  /** What the phase's limit counts from, monotonic. */
  since: number;
  /** Reading stands still until there is a place for another big body. */
  isHeld: boolean;
  isBig: boolean;
  interim: number;
  status: number;
  headers: Headers;
  chunks: Buffer[];
  bytes: number;
  controller?: Dispatcher.DispatchController;
  isDone: boolean;
  cancelTick: () => void;
  onAbort: () => void;
  resolve: (answer: Exchange) => void;
  reject: (error: unknown) => void;
};

const settle = (talk: Talk): boolean => {
  if (talk.isDone) return false;
  talk.isDone = true;
  talk.cancelTick();
  talk.request.signal.removeEventListener('abort', talk.onAbort);
  return true;
};

const fail = (talk: Talk, error: unknown): void => {
  if (!settle(talk)) return;
  talk.controller?.abort(error instanceof Error ? error : new Error('stopped'));
  talk.connection.socket.destroy();
  talk.reject(toNetError(error, talk.phase));
};

const finish = (talk: Talk, isWhole: boolean): void => {
  if (!settle(talk)) return;
  if (!isWhole) talk.connection.socket.destroy();
  talk.connection.givenBack = talk.connection.givenBack.subarray(0, 0);
  // The rest of what the parser holds can be looked at when the parser has let go of it.
  queueMicrotask(() => {
    try {
      if (isWhole && isWanted(talk)) checkNothingFollows(talk.connection);
      talk.resolve({ status: talk.status, headers: talk.headers, wire: join(talk.chunks) });
    } catch (error) {
      talk.connection.socket.destroy();
      talk.reject(error);
    }
  });
};

const join = (chunks: Buffer[]): Buffer => {
  const [first] = chunks;
  return chunks.length === 1 && first ? first : Buffer.concat(chunks);
};

/* A body nobody wants may end as it likes. */
const stop = (talk: Talk, error: unknown): void => {
  if (talk.phase === 'body' && !isWanted(talk) && !talk.request.signal.aborted) finish(talk, false);
  else fail(talk, error);
};

const limitOf = (talk: Talk): number => {
  const { limits } = talk.request;
  if (talk.phase === 'headers') return limits.headersMs;
  return isWanted(talk) ? limits.idleMs : Math.min(UNREAD_BODY_MS, limits.idleMs);
};

const noAnswer = ({ headersMs }: Limits): AppError =>
  new AppError('HEADER_TIMEOUT', `The server did not answer within ${inSeconds(headersMs)}.`);

const tooBig = ({ wireBytes }: Limits): AppError =>
  new AppError('BODY_TOO_BIG', `The answer is larger than ${Math.round(wireBytes / 1024 / 1024)} MB.`);

const late = ({ phase, request: { limits } }: Talk): AppError =>
  phase === 'headers'
    ? noAnswer(limits)
    : new AppError('IDLE_TIMEOUT', `The server stopped sending for ${inSeconds(limits.idleMs)}.`);

/* One timer a request: it looks at what is due, and comes back when the next thing could be. */
const tick = (talk: Talk): void => {
  const { clock, limits } = talk.request;
  const leftMs = limitOf(talk) - (clock.monotonic() - talk.since);
  if (!talk.isHeld && leftMs <= 0) {
    stop(talk, late(talk));
  } else if (talk.connection.socket.bytesRead - talk.connection.bytesBefore > limits.wireBytes * 2) {
    // Bytes that never become body: endless status lines, chunk extensions.
    stop(talk, tooBig(limits));
  } else {
    talk.cancelTick = clock.after(Math.max(1, Math.min(TICK_MS, Math.ceil(leftMs))), () => tick(talk));
  }
};

const holdUntilPlace = (talk: Talk): void => {
  talk.isBig = true;
  const hasPlace = talk.request.onBig(() => {
    talk.isHeld = false;
    talk.since = talk.request.clock.monotonic();
    if (!talk.isDone) talk.controller?.resume();
  });
  if (hasPlace) return;
  talk.isHeld = true;
  talk.controller?.pause();
};

const onData = (talk: Talk, chunk: Buffer): void => {
  const { clock, limits } = talk.request;
  talk.bytes += chunk.length;
  if (!isWanted(talk)) {
    if (talk.bytes - chunk.length < (talk.request.post?.keepBytes ?? 0)) talk.chunks.push(chunk);
    if (talk.bytes > UNREAD_BODY_BYTES) finish(talk, false);
    return;
  }
  talk.since = clock.monotonic();
  talk.chunks.push(chunk);
  if (talk.bytes > limits.wireBytes) fail(talk, tooBig(limits));
  else if (talk.bytes > limits.bigBodyBytes && !talk.isBig) holdUntilPlace(talk);
};

/* What the parser lets pass and we do not. */
const checkHead = (talk: Talk): AppError | undefined => {
  const {
    status,
    headers,
    request: { limits },
  } = talk;
  if (status > 599) return malformed();
  const lengths = headers.get('content-length') ?? [];
  if (lengths.length > 1 || (lengths.length === 1 && headers.has('transfer-encoding'))) return malformed();
  const length = Number(single(headers, 'content-length') ?? 0);
  return isWanted(talk) && length > limits.wireBytes ? tooBig(limits) : undefined;
};

const onHead = (talk: Talk, status: number): void => {
  if (status < 200) {
    talk.interim += 1;
    if (talk.interim > MAX_INTERIM_ANSWERS) fail(talk, noAnswer(talk.request.limits));
    return;
  }
  talk.phase = 'body';
  talk.since = talk.request.clock.monotonic();
  talk.status = status;
  talk.headers = toHeaders((talk.controller?.rawHeaders ?? []) as Buffer[]);
  const refusal = checkHead(talk);
  if (refusal) fail(talk, refusal);
};

const toHandler = (talk: Talk): Dispatcher.DispatchHandler => ({
  onRequestStart: (controller) => {
    talk.controller = controller;
    talk.request.onSend?.();
    if (talk.isDone) controller.abort(new Error('stopped'));
  },
  onResponseStart: (_controller, status) => {
    if (!talk.isDone) onHead(talk, status);
  },
  onResponseData: (_controller, chunk) => {
    if (!talk.isDone) onData(talk, chunk);
  },
  onResponseEnd: () => finish(talk, true),
  onResponseError: (_controller, error) => stop(talk, error),
});

const nothing = (): void => {};

/**
 * Sends one GET or POST over a connection and reads the answer within the limits; does not follow, does not decode.
 * The body of an answer that is no document is not kept. Throws AppError of the network part of the list, or the signal's reason.
 */
export const exchange = (connection: Connection, request: ExchangeRequest): Promise<Exchange> =>
  new Promise((resolve, reject) => {
    const talk: Talk = {
      connection,
      request,
      phase: 'headers',
      since: request.clock.monotonic(),
      isHeld: false,
      isBig: false,
      interim: 0,
      status: 0,
      headers: new Map(),
      chunks: [],
      bytes: 0,
      isDone: false,
      cancelTick: nothing,
      onAbort: () => fail(talk, request.signal.reason),
      resolve,
      reject,
    };
    if (request.signal.aborted) {
      fail(talk, request.signal.reason);
      return;
    }
    request.signal.addEventListener('abort', talk.onAbort, { once: true });
    tick(talk);
    const { path, headerLines: headers, post } = request;
    const what = post ? { method: 'POST' as const, body: post.body } : { method: 'GET' as const };
    connection.client.dispatch({ path, headers, ...what }, toHandler(talk));
  });
