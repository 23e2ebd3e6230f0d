import { AppError } from '../../preload/contract/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type AddressPolicy, type Resolve, systemAddressPolicy } from './address-policy.ts';
import { bareHost, type ConnectDeps, findDestination, openSocket, type Reach } from './connect.ts';
import { type Connection, type Connections, createConnections } from './connections.ts';
import { decodeBody, toCodings } from './decode-body.ts';
import type { Download, Downloader, DownloadRequest, Redirect } from './download-types.ts';
import { type Exchange, exchange } from './exchange.ts';
import { createGate, type Gate } from './gate.ts';
import { cleanValidators, parseFreshness, single, toValidators } from './headers.ts';
import { DEFAULT_LIMITS, type Limits, MAX_LANES } from './limits.ts';
import { inSeconds } from './net-errors.ts';
import { followRedirect, isRedirect, movedTo, toRequestUrl } from './redirects.ts';
import { createRequestQueue, type RequestQueue } from './request-queue.ts';
import { systemResolve } from './resolve.ts';
import { toStatusError } from './status-errors.ts';

/** What a downloader is made with. Policy, resolver and limits have the real world as their default. */
export type DownloaderDeps = {
  policy?: AddressPolicy;
  resolve?: Resolve;
  clock: Clock;
  log: Log;
  /** `Tidings/0.1.0 (+https://...)`. */
  userAgent: string;
  /** Requests in flight, 1 to 64; default 64. */
  lanes?: number;
  limits?: Partial<Limits>;
  /** A certificate authority to trust in place of the system's, PEM; for tests and private networks. */
  tls?: { ca?: string };
};

type Services = ConnectDeps & {
  userAgent: string;
  queue: RequestQueue;
  connections: Connections;
  bigBodies: Gate;
  stop: AbortSignal;
};

/* One download on its way: what was asked, where it stands, what it holds and how much time it has left. */
type Trip = {
  request: DownloadRequest;
  limits: Limits;
  url: URL;
  redirects: Redirect[];
  reach: Reach;
  isIdentityOnly: boolean;
  hasBegun: boolean;
  leftMs: number;
  bigBodies: number;
  wireBytes: number;
  startedAt: number;
};

const ACCEPT: Readonly<Record<DownloadRequest['purpose'], string>> = {
  feed: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5',
  'hacker-news': 'application/json',
  page: 'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5',
  image: 'image/png, image/jpeg, image/gif, image/webp, image/x-icon, image/*;q=0.8',
};

const headerLines = (services: Services, trip: Trip): string[] => {
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

const connectFor = async (services: Services, trip: Trip, signal: AbortSignal): Promise<Connection> => {
  const { origin } = trip.url;
  const classes = trip.reach.mustBe
    ? [trip.reach.mustBe]
    : trip.reach.allowLocal
      ? (['public', 'local'] as const)
      : (['public'] as const);
  const kept = services.connections.take(origin, classes);
  if (kept) return kept;
  const { addresses, addressClass } = await findDestination(services, trip.url, trip.reach, signal);
  const socket = await openSocket(services, trip.url, addresses, signal);
  return services.connections.open(socket, origin, addressClass);
};

const isExempt = (request: DownloadRequest): boolean => request.purpose === 'hacker-news';

/* One request on a connection. A kept connection may have been closed by the server just now: then once more on a new one. */
const ask = async (services: Services, trip: Trip, signal: AbortSignal): Promise<Exchange> => {
  const connection = await connectFor(services, trip, signal);
  trip.reach = { ...trip.reach, mustBe: connection.addressClass };
  const keepAlive = isExempt(trip.request) || services.queue.isAwaited(bareHost(trip.url));
  try {
    const answer = await exchange(connection, {
      path: trip.url.pathname + trip.url.search,
      headerLines: headerLines(services, trip),
      keepAlive,
      signal,
      clock: services.clock,
      limits: trip.limits,
      bigBodies: services.bigBodies,
      onBig: () => {
        trip.bigBodies += 1;
      },
    });
    if (keepAlive) services.connections.keep(connection);
    else services.connections.drop(connection);
    return answer;
  } catch (error) {
    services.connections.drop(connection);
    if (connection.isUsed && !signal.aborted && error instanceof AppError && error.code === 'CONN_RESET') {
      return await ask(services, trip, signal);
    }
    throw error;
  }
};

const unpack = async (services: Services, trip: Trip, answer: Exchange, signal: AbortSignal): Promise<Buffer> => {
  const codings = toCodings(answer.headers, trip.limits.encodings);
  if (codings.length === 0) return answer.wire;
  return await decodeBody(answer.wire, codings, trip.limits, signal, async () => {
    if (trip.bigBodies > 0) return;
    if (!services.bigBodies.tryEnter()) {
      await new Promise<void>((resolve, reject) => {
        const wait = services.bigBodies.wait(resolve);
        signal.addEventListener('abort', () => {
          wait.cancel();
          reject(signal.reason);
        });
      });
    }
    trip.bigBodies += 1;
  });
};

type Hop = { answer: Exchange; bytes?: Buffer };

/* Waits for a lane, sends one request, reads and unpacks its answer. The time spent waiting is not counted. */
const hop = async (services: Services, trip: Trip): Promise<Hop> => {
  const outside = trip.request.signal ? AbortSignal.any([trip.request.signal, services.stop]) : services.stop;
  const host = isExempt(trip.request) ? {} : { host: bareHost(trip.url) };
  const place = { ...host, isSuspect: trip.request.isSuspect ?? false, isContinuation: trip.hasBegun };
  const leave = await services.queue.enter(place, outside);
  const began = services.clock.monotonic();
  if (!trip.hasBegun) trip.request.onStart?.();
  trip.hasBegun = true;
  const late = new AbortController();
  const whole = trip.request.timeoutMs ?? trip.limits.totalMs;
  const cancelTimer = services.clock.after(trip.leftMs, () =>
    late.abort(new AppError('TOTAL_TIMEOUT', `The whole answer did not arrive within ${inSeconds(whole)}.`)),
  );
  const onOutside = (): void => late.abort(outside.reason);
  outside.addEventListener('abort', onOutside, { once: true });
  try {
    if (outside.aborted) throw outside.reason;
    const answer = await ask(services, trip, late.signal);
    trip.wireBytes += answer.wire.length;
    const isDocument = answer.status >= 200 && answer.status < 300;
    return isDocument ? { answer, bytes: await unpack(services, trip, answer, late.signal) } : { answer };
  } finally {
    cancelTimer();
    outside.removeEventListener('abort', onOutside);
    trip.leftMs = Math.max(1, trip.leftMs - (services.clock.monotonic() - began));
    leave();
  }
};

const follow = (trip: Trip, answer: Exchange): void => {
  const from = trip.url;
  const rules = { allowDowngrade: trip.request.allowDowngrade ?? false, most: trip.limits.redirects };
  trip.url = followRedirect(from, answer.status, answer.headers, trip.redirects, rules);
  trip.redirects.push({ from: from.href, to: trip.url.href, status: answer.status });
};

const toDownload = (services: Services, trip: Trip, { answer, bytes }: Hop): Download => {
  const { status, headers } = answer;
  const nowMs = services.clock.now();
  const freshForMs = parseFreshness(headers, nowMs);
  const moved = movedTo(trip.redirects);
  const common = {
    finalUrl: trip.url.href,
    redirects: trip.redirects,
    ...(moved ? { movedTo: moved } : {}),
    status,
    validators: toValidators(headers),
    ...(freshForMs === undefined ? {} : { freshForMs }),
    wireBytes: trip.wireBytes,
    ms: services.clock.monotonic() - trip.startedAt,
  };
  if (status === 304) return { ...common, kind: 'not-modified' };
  if (!bytes) throw toStatusError(status, headers, nowMs);
  if (status === 204 || status === 205 || status === 206) {
    throw new AppError('NOT_A_FEED', `The server answered ${status}, which is not a whole document.`, { status });
  }
  const contentType = single(headers, 'content-type');
  const contentLocation = single(headers, 'content-location');
  return {
    ...common,
    kind: 'body',
    bytes,
    ...(contentType ? { contentType } : {}),
    ...(contentLocation ? { contentLocation } : {}),
  };
};

const checkNotModified = (trip: Trip, status: number): void => {
  const { etag, lastModified } = cleanValidators(trip.request.validators ?? {});
  if (status === 304 && !etag && !lastModified) {
    throw new AppError('NOT_MODIFIED_UNCACHED', 'The server answered 304 although we have nothing of it yet.', { status });
  }
};

const travel = async (services: Services, trip: Trip): Promise<Download> => {
  for (;;) {
    try {
      const done = await hop(services, trip);
      if (!isRedirect(done.answer.status)) {
        checkNotModified(trip, done.answer.status);
        return toDownload(services, trip, done);
      }
      follow(trip, done.answer);
    } catch (error) {
      const mayAskPlain = error instanceof AppError && error.code === 'BODY_ENCODING' && !trip.isIdentityOnly;
      if (!mayAskPlain) throw error;
      trip.isIdentityOnly = true;
    }
  }
};

const toFirstUrl = (raw: string): URL => {
  const url = URL.parse(raw);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError('USAGE', 'Only addresses that begin with http or https can be read.');
  }
  return toRequestUrl(url);
};

/* An owner who gives a source more time gives its parts more time too. */
const limitsFor = (limits: Limits, timeoutMs: number | undefined): Limits => {
  const factor = Math.max(1, (timeoutMs ?? limits.totalMs) / limits.totalMs);
  return factor === 1 ? limits : { ...limits, headersMs: limits.headersMs * factor, idleMs: limits.idleMs * factor };
};

const startTrip = (request: DownloadRequest, limits: Limits, startedAt: number): Trip => ({
  request,
  limits: limitsFor(limits, request.timeoutMs),
  url: toFirstUrl(request.url),
  redirects: [],
  reach: { allowLocal: request.allowLocalNetwork ?? false },
  isIdentityOnly: false,
  hasBegun: false,
  leftMs: request.timeoutMs ?? limits.totalMs,
  bigBodies: 0,
  wireBytes: 0,
  startedAt,
});

const checkLanes = (lanes: number): number => {
  if (Number.isInteger(lanes) && lanes >= 1 && lanes <= MAX_LANES) return lanes;
  throw new AppError('USAGE', `The number of requests at a time must be between 1 and ${MAX_LANES}.`);
};

/**
 * The only way out to the network. Every address is checked, literal and resolved, on every step; requests to a host come one
 * at a time; nothing is read beyond the limits; no cookie and no credential is ever sent.
 */
export const createDownloader = (deps: DownloaderDeps): Downloader => {
  const limits: Limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const stop = new AbortController();
  const services: Services = {
    policy: deps.policy ?? systemAddressPolicy,
    resolve: deps.resolve ?? systemResolve,
    clock: deps.clock,
    limits,
    ...(deps.tls?.ca ? { ca: deps.tls.ca } : {}),
    userAgent: deps.userAgent,
    queue: createRequestQueue(deps.clock, checkLanes(deps.lanes ?? MAX_LANES), limits.hostPauseMs),
    connections: createConnections(limits),
    bigBodies: createGate(limits.bigBodies),
    stop: stop.signal,
  };
  const open = new Set<Promise<unknown>>();
  const awake = createAwake();

  const run = async (request: DownloadRequest): Promise<Download> => {
    const trip = startTrip(request, limits, deps.clock.monotonic());
    try {
      return await travel(services, trip);
    } finally {
      for (let held = trip.bigBodies; held > 0; held -= 1) services.bigBodies.leave();
    }
  };

  return {
    download: async (request) => {
      const running = run(request);
      open.add(running);
      awake.hold();
      try {
        return await running;
      } finally {
        open.delete(running);
        awake.release();
      }
    },
    setLanes: (lanes) => services.queue.setLanes(checkLanes(lanes)),
    close: async () => {
      stop.abort(new AppError('CANCELLED', 'Tidings is closing.'));
      await Promise.allSettled(open);
      await services.connections.close();
    },
  };
};

/* Timers of the clock let the process end; while somebody waits for an answer it must not. */
const createAwake = (): { hold: () => void; release: () => void } => {
  let holders = 0;
  let handle: NodeJS.Timeout | undefined;
  return {
    hold: () => {
      holders += 1;
      handle ??= setInterval(() => {}, 2 ** 30);
    },
    release: () => {
      holders -= 1;
      if (holders > 0) return;
      clearInterval(handle);
      handle = undefined;
    },
  };
};
