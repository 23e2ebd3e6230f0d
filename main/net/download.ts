import { AppError } from '../../preload/contract/errors.ts';
import { type Clock, MAX_TIMER_MS } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type AddressPolicy, type Resolve, systemAddressPolicy } from './address-policy.ts';
import { createConnections } from './connections.ts';
import { createCoolDown } from './cool-down.ts';
import type { Download, Downloader, DownloadRequest } from './download-types.ts';
import { createGate } from './gate.ts';
import { cleanValidators, parseFreshness, single, toValidators } from './headers.ts';
import { type Hop, hop, type Services, type Trip } from './hop.ts';
import { DEFAULT_LIMITS, type Limits, MAX_LANES } from './limits.ts';
import { post } from './post.ts';
import { followRedirect, isRedirect, movedTo, toRequestUrl } from './redirects.ts';
import { createRequestQueue } from './request-queue.ts';
import { systemResolve } from './resolve.ts';
import { createSharedResolve } from './shared-resolve.ts';
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

const follow = (trip: Trip, { answer }: Hop): void => {
  const from = trip.url;
  const rules = { allowDowngrade: trip.request.allowDowngrade ?? false, most: trip.limits.redirects };
  trip.url = followRedirect(from, answer.status, answer.headers, trip.redirects, rules);
  trip.redirects.push({ from: from.href, to: trip.url.href, status: answer.status });
};

/* Statuses that are no error and yet bring no whole document. */
const checkWhole = (status: number): void => {
  if (status !== 204 && status !== 205 && status !== 206) return;
  throw new AppError('NOT_A_FEED', `The server answered ${status}, which is not a whole document.`, { status });
};

const checkAsked = (request: DownloadRequest): void => {
  const { etag, lastModified } = cleanValidators(request.validators ?? {});
  if (etag || lastModified) return;
  throw new AppError('NOT_MODIFIED_UNCACHED', 'The server answered 304 although we have nothing of it yet.', { status: 304 });
};

const toDownload = (trip: Trip, { answer: { status, headers }, bytes }: Hop, clock: Clock): Download => {
  const freshForMs = parseFreshness(headers, clock.now());
  const moved = movedTo(trip.redirects);
  const common = {
    finalUrl: trip.url.href,
    redirects: trip.redirects,
    ...(moved ? { movedTo: moved } : {}),
    status,
    validators: toValidators(headers),
    ...(freshForMs === undefined ? {} : { freshForMs }),
    wireBytes: trip.wireBytes,
    ms: clock.monotonic() - trip.startedAt,
  };
  if (status === 304) {
    checkAsked(trip.request);
    return { ...common, kind: 'not-modified' };
  }
  if (!bytes) throw toStatusError(status, headers, clock.now());
  checkWhole(status);
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

const travel = async (services: Services, trip: Trip): Promise<Download> => {
  for (;;) {
    try {
      const done = await hop(services, trip);
      if (!isRedirect(done.answer.status)) return toDownload(trip, done, services.clock);
      follow(trip, done);
    } catch (error) {
      // A server that compresses badly may still be able to send it plain: one more try.
      const mayAskPlain = error instanceof AppError && error.code === 'BODY_ENCODING' && !trip.isIdentityOnly;
      if (!mayAskPlain) throw error;
      trip.isIdentityOnly = true;
    }
  }
};

const toFirstUrl = (raw: string): URL => {
  const url = URL.parse(raw);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return toRequestUrl(url);
  throw new AppError('USAGE', 'Only addresses that begin with http or https can be read.');
};

/* An owner who gives a source more time gives its parts more time too. A picture may bring less than a document. */
const limitsFor = (given: Limits, { timeoutMs, purpose }: DownloadRequest): Limits => {
  const most = (bytes: number): number => (purpose === 'image' ? Math.min(bytes, given.imageBytes) : bytes);
  const limits = { ...given, wireBytes: most(given.wireBytes), decodedBytes: most(given.decodedBytes) };
  const factor = Math.max(1, (timeoutMs ?? limits.totalMs) / limits.totalMs);
  return factor === 1 ? limits : { ...limits, headersMs: limits.headersMs * factor, idleMs: limits.idleMs * factor };
};

const startTrip = (request: DownloadRequest, limits: Limits, clock: Clock): Trip => ({
  request,
  limits: limitsFor(limits, request),
  url: toFirstUrl(request.url),
  redirects: [],
  reach: { allowLocal: request.allowLocalNetwork ?? false },
  isIdentityOnly: false,
  hasBegun: false,
  leftMs: request.timeoutMs ?? limits.totalMs,
  bigBodies: 0,
  wireBytes: 0,
  startedAt: clock.monotonic(),
});

/* Settles after the pause for the network, or at once when the request is stopped: it then ends where it stands in line. */
const afterWake = ({ clock, limits, stop }: Services, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.after(limits.wakeMs, () => finish());
    const finish = (): void => {
      cancel();
      for (const source of [signal, stop]) source?.removeEventListener('abort', finish);
      resolve();
    };
    for (const source of [signal, stop]) source?.addEventListener('abort', finish);
    if (signal?.aborted || stop.aborted) finish();
  });

/** No server has answered: the network may still be away. */
const isOnTheWay = (error: unknown): error is AppError =>
  error instanceof AppError && /^(?:DNS_FAIL|OFFLINE|CONN_|TLS_|HEADER_TIMEOUT|TOTAL_TIMEOUT)/.test(error.code);

const checkLanes = (lanes: number): number => {
  if (Number.isInteger(lanes) && lanes >= 1 && lanes <= MAX_LANES) return lanes;
  throw new AppError('USAGE', `The number of requests at a time must be between 1 and ${MAX_LANES}.`);
};

const createServices = (deps: DownloaderDeps, stop: AbortSignal): Services => {
  const { clock } = deps;
  const limits: Limits = { ...DEFAULT_LIMITS, ...deps.limits };
  return {
    ...createSharedResolve(deps.resolve ?? systemResolve, clock, limits.dnsMs),
    policy: deps.policy ?? systemAddressPolicy,
    clock,
    limits,
    ...(deps.tls?.ca ? { ca: deps.tls.ca } : {}),
    userAgent: deps.userAgent,
    queue: createRequestQueue(clock, checkLanes(deps.lanes ?? MAX_LANES), limits.hostPauseMs),
    connections: createConnections(limits.headerBytes, clock.now),
    bigBodies: createGate(limits.bigBodies),
    coolDown: createCoolDown(clock),
    stop,
  };
};

/* Timers of the clock let the process end; while somebody waits for an answer it must not. */
const createAwake = (): { hold: () => void; release: () => void } => {
  let holders = 0;
  let handle: NodeJS.Timeout | undefined;
  return {
    hold: () => {
      holders += 1;
      handle ??= setInterval(() => {}, MAX_TIMER_MS);
    },
    release: () => {
      holders -= 1;
      if (holders > 0) return;
      clearInterval(handle);
      handle = undefined;
    },
  };
};

/**
 * The only way out to the network. Every address is checked, literal and resolved, on every step; requests to a host come one
 * at a time; nothing is read beyond the limits; no cookie and no credential is ever sent.
 */
export const createDownloader = (deps: DownloaderDeps): Downloader => {
  const stop = new AbortController();
  const services = createServices(deps, stop.signal);
  const open = new Set<Promise<unknown>>();
  const awake = createAwake();

  const once = async (request: DownloadRequest): Promise<Download> => {
    const trip = startTrip(request, services.limits, deps.clock);
    try {
      return await travel(services, trip);
    } catch (error) {
      if (error instanceof AppError && error.code === 'ADDR_BLOCKED') deps.log.warn('Address refused', { url: trip.url.href });
      throw error;
    } finally {
      for (let held = trip.bigBodies; held > 0; held -= 1) services.bigBodies.leave();
    }
  };

  /* Once more after a sleep, when the network had a moment to come back. A second failure of the way out blames nobody either. */
  const run = async (request: DownloadRequest): Promise<Download> => {
    try {
      return await once(request);
    } catch (error) {
      if (!(error instanceof AppError) || !error.details.wasAsleep) throw error;
    }
    deps.log.info('Asking again after sleep', { url: request.url });
    await afterWake(services, request.signal);
    const { onStart: _told, ...again } = request;
    return await once(again).catch((error: unknown) => {
      throw isOnTheWay(error) ? new AppError(error.code, error.message, { ...error.details, wasAsleep: true }) : error;
    });
  };

  const whileOpen = async <Result>(running: Promise<Result>): Promise<Result> => {
    open.add(running);
    awake.hold();
    try {
      return await running;
    } finally {
      open.delete(running);
      awake.release();
    }
  };

  return {
    download: (request) => whileOpen(run(request)),
    post: (request) =>
      whileOpen(post(services, request, () => startTrip({ ...request, purpose: 'page' }, services.limits, deps.clock))),
    setLanes: (lanes) => services.queue.setLanes(checkLanes(lanes)),
    warmUp: services.connections.warmUp,
    close: async () => {
      stop.abort(new AppError('CANCELLED', 'Tidings is closing.'));
      await Promise.allSettled(open);
      await services.connections.close();
    },
  };
};
