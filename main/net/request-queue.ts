import type { Clock } from '../lib/clock.ts';

/** Who asks for a lane. */
export type Place = {
  /** One request at a time and a pause between two; absent means exempt. */
  host?: string;
  /** Uses at most a quarter of the lanes. */
  isSuspect: boolean;
  /** Goes on with something begun (a redirect): stands first in the line of its host. */
  isContinuation: boolean;
};

/**
 * Who may send a request now: lanes in all, one request at a time per host, a pause after each. First come, first served.
 * Those without a host have as many lanes of their own, so that an API that hangs holds nobody else up (hostile case 112).
 */
export type RequestQueue = {
  /** Waits for a lane; returns how to give it back. Rejects with the signal's reason. */
  enter: (place: Place, signal?: AbortSignal) => Promise<() => void>;
  /** True when another request to this host stands in line. */
  isAwaited: (host: string) => boolean;
  setLanes: (lanes: number) => void;
};

/** Sites that want less than others: all their hosts are one, with a longer pause. Reddit's feeds are asked once a minute. */
const SLOW_SITES: readonly { hosts: RegExp; name: string; pauseMs: number }[] = [
  { hosts: /^(?:[\w-]+\.)*reddit\.com$/, name: 'reddit.com', pauseMs: 60_000 },
];
const slowSite = (host: string) => SLOW_SITES.find(({ hosts }) => hosts.test(host));

type Entry = Place & { order: number; isGone: boolean; start: () => void };
type HostState = { isTaken: boolean; freeAt: number; waiting: Entry[]; cancelAlarm?: () => void };

const dropGone = (line: Entry[]): void => {
  while (line[0]?.isGone) line.shift();
};

/** A queue. `hostPauseMs` lies between the end of one request to a host and the start of the next; a host's first never waits. */
export const createRequestQueue = (clock: Clock, firstLanes: number, hostPauseMs: number): RequestQueue => {
  const hosts = new Map<string, HostState>();
  const ready: Entry[] = [];
  const readySuspects: Entry[] = [];
  const readyExempt: Entry[] = [];
  let lanes = firstLanes;
  let inFlight = 0;
  let exemptInFlight = 0;
  let suspectsInFlight = 0;
  let order = 0;
  let pruneAt = 1024;

  const next = (): Entry | undefined => {
    dropGone(ready);
    dropGone(readySuspects);
    const mayTakeSuspect = suspectsInFlight < Math.max(1, Math.floor(lanes / 4));
    const suspect = mayTakeSuspect ? readySuspects[0] : undefined;
    const healthy = ready[0];
    if (suspect && (!healthy || suspect.order < healthy.order)) return readySuspects.shift();
    return healthy ? ready.shift() : undefined;
  };

  const pumpExempt = (): void => {
    while (exemptInFlight < lanes) {
      dropGone(readyExempt);
      const entry = readyExempt.shift();
      if (!entry) return;
      exemptInFlight += 1;
      entry.start();
    }
  };

  const pump = (): void => {
    pumpExempt();
    while (inFlight < lanes) {
      const entry = next();
      if (!entry) return;
      inFlight += 1;
      if (entry.isSuspect) suspectsInFlight += 1;
      entry.start();
    }
  };

  const toReady = (entry: Entry): void => {
    if (entry.host === undefined) readyExempt.push(entry);
    else (entry.isSuspect ? readySuspects : ready).push(entry);
  };

  /** Lets the next of a host's line come forward, now or when the pause is over. */
  const settle = (host: HostState): void => {
    dropGone(host.waiting);
    if (host.isTaken || host.waiting.length === 0) return;
    const waitMs = host.freeAt - clock.monotonic();
    if (waitMs > 0) {
      host.cancelAlarm?.();
      host.cancelAlarm = clock.after(Math.ceil(waitMs), () => settle(host));
      return;
    }
    host.isTaken = true;
    toReady(host.waiting.shift() as Entry);
    pump();
  };

  const prune = (): void => {
    if (hosts.size < pruneAt) return;
    const now = clock.monotonic();
    for (const [name, host] of hosts) {
      if (!host.isTaken && host.waiting.length === 0 && host.freeAt <= now) hosts.delete(name);
    }
    pruneAt = Math.max(1024, hosts.size * 2);
  };

  const siteOf = (host: string): string => slowSite(host)?.name ?? host;
  const pauseOf = (host: string | undefined): number => (host === undefined ? 0 : (slowSite(host)?.pauseMs ?? hostPauseMs));

  const hostOf = (name: string): HostState => {
    const known = hosts.get(name);
    if (known) return known;
    prune();
    const host: HostState = { isTaken: false, freeAt: 0, waiting: [] };
    hosts.set(name, host);
    return host;
  };

  const stand = (entry: Entry): void => {
    if (entry.host === undefined) {
      toReady(entry);
      pump();
      return;
    }
    const host = hostOf(entry.host);
    if (entry.isContinuation) host.waiting.unshift(entry);
    else host.waiting.push(entry);
    settle(host);
  };

  const freeHost = (name: string | undefined, pauseMs: number): void => {
    const host = name === undefined ? undefined : hosts.get(name);
    if (!host) return;
    host.isTaken = false;
    if (pauseMs > 0) host.freeAt = clock.monotonic() + pauseMs;
    settle(host);
  };

  const leave = (entry: Entry): void => {
    if (entry.host === undefined) exemptInFlight -= 1;
    else {
      inFlight -= 1;
      if (entry.isSuspect) suspectsInFlight -= 1;
    }
    freeHost(entry.host, pauseOf(entry.host));
    pump();
  };

  const enter = (place: Place, signal?: AbortSignal): Promise<() => void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const giveUp = (): void => {
        const host = entry.host === undefined ? undefined : hosts.get(entry.host);
        const isInLine = host?.waiting.includes(entry) ?? false;
        entry.isGone = true;
        reject(signal?.reason);
        // It had come forward and held its host: the next in line may have it.
        if (host && !isInLine) freeHost(entry.host, 0);
      };
      const start = (): void => {
        signal?.removeEventListener('abort', giveUp);
        let hasLeft = false;
        resolve(() => {
          if (!hasLeft) leave(entry);
          hasLeft = true;
        });
      };
      const host = place.host === undefined ? {} : { host: siteOf(place.host) };
      const entry: Entry = { ...place, ...host, order: order++, isGone: false, start };
      signal?.addEventListener('abort', giveUp, { once: true });
      stand(entry);
    });

  return {
    enter,
    isAwaited: (host) => hosts.get(siteOf(host))?.waiting.some((entry) => !entry.isGone) ?? false,
    setLanes: (count) => {
      lanes = count;
      pump();
    },
  };
};
