import { ADDRCONFIG } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../preload/contract/errors.ts';
import type { Resolve } from './address-policy.ts';
import { hasNetwork, offline } from './net-errors.ts';

type Address = { address: string; family: 4 | 6 };

/** What names are asked of; each part has the real thing as its default. */
export type ResolveDeps = {
  /** Name servers, `address:port`, in place of the system's. */
  servers?: readonly string[];
  /** What the system itself knows of a name: hosts file, mDNS, a VPN's view. */
  askSystem?: (name: string) => Promise<Address[]>;
};

/* getaddrinfo holds a thread of the pool that the store also needs for its disk; two of four is the most it may have. */
const MAX_SYSTEM_LOOKUPS = 2;
/* How long an answer for one family waits for the other's. */
const OTHER_FAMILY_MS = 250;

const askGetaddrinfo = async (name: string): Promise<Address[]> =>
  (await lookup(name, { all: true, hints: ADDRCONFIG })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }));

const LOOPBACK: Address[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/* c-ares asks the name servers itself, without a thread. */
const askNameServers = async (name: string, servers: readonly string[] | undefined, signal: AbortSignal): Promise<Address[]> => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  if (servers) resolver.setServers(servers);
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const found: Address[] = [];
  const ask = async (family: 4 | 6): Promise<boolean> => {
    const addresses = await (family === 4 ? resolver.resolve4(name) : resolver.resolve6(name)).catch(() => []);
    found.push(...addresses.map((address) => ({ address, family })));
    return addresses.length > 0;
  };
  const both = [ask(4), ask(6)];
  const oneIsEnough = Promise.any(
    both.map((asked) => asked.then((isGood) => (isGood ? delay(OTHER_FAMILY_MS, undefined, { ref: false }) : Promise.reject()))),
  ).catch(() => {});
  await Promise.race([Promise.all(both), oneIsEnough]);
  signal.removeEventListener('abort', cancel);
  // Whatever has not answered by now is not waited for.
  resolver.cancel();
  return [...found];
};

/* At most two at a time; who has to wait stands in line. */
const createSystemLookup = (ask: (name: string) => Promise<Address[]>) => {
  const line: (() => void)[] = [];
  let running = 0;
  return async (name: string, signal: AbortSignal): Promise<Address[]> => {
    if (running >= MAX_SYSTEM_LOOKUPS) await new Promise<void>((resolve) => line.push(resolve));
    else running += 1;
    try {
      return signal.aborted ? [] : await ask(name);
    } finally {
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const notFound = (cause?: unknown): AppError =>
  hasNetwork() ? new AppError('DNS_FAIL', 'There is no server of this name.', { cause }) : offline(cause);

const LOCAL_NAME = /^[^.]+$|\.(?:local|lan|home|internal|home\.arpa)$/;

/**
 * A resolver of names: the name servers first, then what the system knows, at most two such questions at once. The caller's signal
 * sets the time. Throws DNS_FAIL, OFFLINE when this machine has no network, or the signal's reason.
 */
export const createResolve = ({ servers, askSystem = askGetaddrinfo }: ResolveDeps = {}): Resolve => {
  const systemLookup = createSystemLookup(askSystem);
  const find = async (name: string, signal: AbortSignal): Promise<Address[]> => {
    // RFC 6761: localhost is this machine and never asked for.
    if (name === 'localhost' || name.endsWith('.localhost')) return LOOPBACK;
    const found = LOCAL_NAME.test(name) ? [] : await askNameServers(name, servers, signal);
    return found.length > 0 || signal.aborted ? found : await systemLookup(name, signal);
  };
  return async (hostName, signal) => {
    const found = await Promise.race([find(hostName.toLowerCase(), signal), aborted(signal)]).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : notFound(error);
    });
    if (found.length === 0) throw notFound();
    return found;
  };
};

/** The names of the real world. */
export const systemResolve: Resolve = createResolve();
