import { AppError } from '../../preload/contract/errors.ts';
import { type Budget, createBudget } from './budget.ts';
import { bareHost, type ConnectDeps, classesOf, findDestination, openSocket, type Reach } from './connect.ts';
import type { Connection, Connections } from './connections.ts';
import type { CoolDown } from './cool-down.ts';
import { decodeBody, toCodings } from './decode-body.ts';
import type { DownloadRequest, Redirect } from './download-types.ts';
import { type Exchange, exchange } from './exchange.ts';
import type { Gate } from './gate.ts';
import { cleanValidators } from './headers.ts';
import type { Limits } from './limits.ts';
import { inSeconds } from './net-errors.ts';
import type { RequestQueue } from './request-queue.ts';
import { toStatusError } from './status-errors.ts';

/** What all requests share. */
export type Services = ConnectDeps & {
  userAgent: string;
  queue: RequestQueue;
  connections: Connections;
  bigBodies: Gate;
  coolDown: CoolDown;
  stop: AbortSignal;
};

/** One download on its way: what was asked, where it stands, what it holds and how much time it has left. */
export type Trip = {
  request: DownloadRequest;
  limits: Limits;
  url: URL;
  redirects: Redirect[];
  reach: Reach;
  isIdentityOnly: boolean;
  hasBegun: boolean;
  leftMs: number;
  /** Places at the gate of big bodies, given back when the download is over. */
  bigBodies: number;
  wireBytes: number;
  startedAt: number;
};

/** An answer; `bytes` when it brought a document. */
export type Hop = { answer: Exchange; bytes?: Buffer };

const ACCEPT: Readonly<Record<DownloadRequest['purpose'], string>> = {
  feed: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5',
  'hacker-news': 'application/json',
  page: 'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5',
  image: 'image/avif, image/webp, image/png, image/jpeg, image/gif, image/*;q=0.5',
};

const toHeaderLines = (services: Services, trip: Trip): string[] => {
  const { etag, lastModified } = cleanValidators(trip.request.validators ?? {});
  return [
    'user-agent',
    services.userAgent,
    'accept',
    ACCEPT[trip.request.purpose],
    'accept-encoding',
    trip.isIdentityOnly ? 'identity' : 'gzip, deflate, br, zstd',
    ...(etag ? ['if-none-match', etag] : []),
    ...(lastModified ? ['if-modified-since', lastModified] : []),
  ];
};

/* The Hacker News API: one request an item, and its documentation states no rate limit. */
const isExempt = (trip: Trip): boolean => trip.request.purpose === 'hacker-news';

const connectFor = async (services: Services, trip: Trip, signal: AbortSignal): Promise<Connection> =>
  services.connections.take(trip.url.origin, classesOf(trip.reach)) ?? (await connectAnew(services, trip, signal));

/** A connection of its own to a checked address of `trip.url`. Throws ADDR_BLOCKED, DNS_FAIL, CONN_*, TLS_INVALID, OFFLINE. */
export const connectAnew = async (services: Services, trip: Trip, signal: AbortSignal): Promise<Connection> => {
  const { origin } = trip.url;
  const { addresses, addressClass } = await findDestination(services, trip.url, trip.reach, signal);
  try {
    const socket = await openSocket(services, trip.url, addresses, signal);
    const keepMs = isExempt(trip) ? services.limits.keepAliveMs : services.limits.hostPauseMs + 1000;
    return await services.connections.open(socket, origin, addressClass, keepMs);
  } catch (error) {
    services.forget(bareHost(trip.url));
    throw error;
  }
};

/** One request that has its lane: what stops it, and how much time it has left. */
export type Way = {
  signal: AbortSignal;
  budget: Budget /** Gives up the wait for a place at the gate, if there is one. */;
  leaveGateLine: () => void;
};
const nothing = (): void => {};

/* One request on a connection. A kept connection may have been closed by the server just now: then again on a new one. */
const ask = async (services: Services, trip: Trip, way: Way): Promise<Exchange> => {
  const connection = await connectFor(services, trip, way.signal);
  trip.reach = { ...trip.reach, mustBe: connection.addressClass };
  const keepAlive = isExempt(trip) || services.queue.isAwaited(bareHost(trip.url));
  try {
    const answer = await exchange(connection, {
      path: trip.url.pathname + trip.url.search,
      headerLines: toHeaderLines(services, trip),
      clock: services.clock,
      limits: trip.limits,
      onBig: (onPlace) => enterGate(services, trip, way, onPlace),
      signal: way.signal,
    });
    if (keepAlive) services.connections.keep(connection);
    else services.connections.drop(connection);
    return answer;
  } catch (error) {
    services.connections.drop(connection);
    const wasClosed = error instanceof AppError && error.code === 'CONN_RESET';
    if (connection.isUsed && wasClosed && !way.signal.aborted) return await ask(services, trip, way);
    throw error;
  }
};

/* A place for a big body, now (true) or later through `onPlace`. The time spent waiting is ours, not the server's. */
const enterGate = (services: Services, trip: Trip, way: Way, onPlace: () => void): boolean => {
  if (trip.bigBodies > 0) return true;
  if (services.bigBodies.tryEnter()) {
    trip.bigBodies += 1;
    return true;
  }
  way.budget.pause();
  way.leaveGateLine();
  way.leaveGateLine = services.bigBodies.wait(() => {
    trip.bigBodies += 1;
    way.budget.resume();
    onPlace();
  });
  return false;
};

const waitAtGate = (services: Services, trip: Trip, way: Way): Promise<void> =>
  new Promise((resolve, reject) => {
    way.signal.addEventListener('abort', () => reject(way.signal.reason), { once: true });
    if (enterGate(services, trip, way, resolve)) resolve();
  });

const unpack = async (services: Services, trip: Trip, answer: Exchange, way: Way): Promise<Buffer> => {
  const codings = toCodings(answer.headers, trip.limits.encodings);
  if (codings.length === 0) return answer.wire;
  return await decodeBody(answer.wire, codings, trip.limits, way.signal, () => waitAtGate(services, trip, way));
};

/** What a server asks for with Retry-After holds for all that go to its host; in the local network each source is its own. */
export const noteRetryAfter = (
  services: Services,
  trip: Trip,
  { status, headers }: Pick<Exchange, 'status' | 'headers'>,
): void => {
  if (status !== 429 && status !== 503) return;
  const { code, details } = toStatusError(status, headers, services.clock.now());
  if (details.retryAfterMs !== undefined && trip.reach.mustBe === 'public') {
    services.coolDown.begin(bareHost(trip.url), code, details.retryAfterMs);
  }
};

const converse = async (services: Services, trip: Trip, way: Way): Promise<Hop> => {
  services.coolDown.check(bareHost(trip.url));
  const answer = await ask(services, trip, way);
  trip.wireBytes += answer.wire.length;
  noteRetryAfter(services, trip, answer);
  const isDocument = answer.status >= 200 && answer.status < 300;
  return isDocument ? { answer, bytes: await unpack(services, trip, answer, way) } : { answer };
};

const toCancelled = (reason: unknown): AppError =>
  reason instanceof AppError ? reason : new AppError('CANCELLED', 'The request was cancelled.', { cause: reason });

const asleep = (): AppError =>
  new AppError('TOTAL_TIMEOUT', 'This computer slept in the middle of the request.', { wasAsleep: true });

/** Waits for a lane, sends one request, reads and unpacks its answer. The time spent in the line is not counted. */
export const hop = (services: Services, trip: Trip): Promise<Hop> =>
  takeTurn(services, trip, (way) => converse(services, trip, way));

/** Waits for a lane and has it while `talk` runs, within the time of the trip. The time spent in the line is not counted. */
export const takeTurn = async <Result>(services: Services, trip: Trip, talk: (way: Way) => Promise<Result>): Promise<Result> => {
  const end = new AbortController();
  const sources = trip.request.signal ? [trip.request.signal, services.stop] : [services.stop];
  const onAbort = ({ target }: { target: unknown }): void => end.abort(toCancelled((target as AbortSignal).reason));
  for (const source of sources) {
    if (source.aborted) throw toCancelled(source.reason);
    source.addEventListener('abort', onAbort, { once: true });
  }
  try {
    return await inLane(services, trip, end, talk);
  } finally {
    for (const source of sources) source.removeEventListener('abort', onAbort);
  }
};

const inLane = async <Result>(
  services: Services,
  trip: Trip,
  end: AbortController,
  talk: (way: Way) => Promise<Result>,
): Promise<Result> => {
  const host = isExempt(trip) ? {} : { host: bareHost(trip.url) };
  const place = { ...host, isSuspect: trip.request.isSuspect ?? false, isContinuation: trip.hasBegun };
  const leave = await services.queue.enter(place, end.signal);
  if (!trip.hasBegun) trip.request.onStart?.();
  trip.hasBegun = true;
  const whole = trip.request.timeoutMs ?? trip.limits.totalMs;
  const budget = createBudget(services.clock, trip.leftMs, {
    onOver: () => end.abort(new AppError('TOTAL_TIMEOUT', `The whole answer did not arrive within ${inSeconds(whole)}.`)),
    onWake: () => end.abort(asleep()),
  });
  const way: Way = { signal: end.signal, budget, leaveGateLine: nothing };
  try {
    return await talk(way);
  } catch (error) {
    const isStopped = trip.request.signal?.aborted || services.stop.aborted;
    throw budget.wasAsleep() && !isStopped ? asleep() : error;
  } finally {
    way.leaveGateLine();
    trip.leftMs = budget.stop();
    leave();
  }
};
