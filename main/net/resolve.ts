import { ADDRCONFIG } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { AppError } from '../../preload/contract/errors.ts';
import type { Resolve } from './address-policy.ts';
import { hasNetwork, offline } from './net-errors.ts';

type Address = { address: string; family: 4 | 6 };

/* getaddrinfo holds a thread of the pool that the store also needs for its disk; two of four is the most it may have. */
const MAX_SYSTEM_LOOKUPS = 2;
let systemLookups = 0;
const line: (() => void)[] = [];

const withSystemLookup = async (name: string, signal: AbortSignal): Promise<Address[]> => {
  if (systemLookups >= MAX_SYSTEM_LOOKUPS) await new Promise<void>((resolve) => line.push(resolve));
  else systemLookups += 1;
  try {
    if (signal.aborted) return [];
    const found = await lookup(name, { all: true, hints: ADDRCONFIG });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  } finally {
    const next = line.shift();
    if (next) next();
    else systemLookups -= 1;
  }
};

/* c-ares asks the name servers itself, without a thread; it does not know the hosts file, mDNS or a VPN's split view. */
const withNameServers = async (name: string, signal: AbortSignal): Promise<Address[]> => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const [v6, v4] = await Promise.allSettled([resolver.resolve6(name), resolver.resolve4(name)]);
  signal.removeEventListener('abort', cancel);
  return [
    ...(v4.status === 'fulfilled' ? v4.value.map((address): Address => ({ address, family: 4 })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map((address): Address => ({ address, family: 6 })) : []),
  ];
};

const LOOPBACK: Address[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

const resolveName = async (name: string, signal: AbortSignal): Promise<Address[]> => {
  // RFC 6761: localhost is this machine and never asked for.
  if (name === 'localhost' || name.endsWith('.localhost')) return LOOPBACK;
  const isLocalName = !name.includes('.') || /\.(local|lan|home|internal|home\.arpa)$/.test(name);
  const found = isLocalName ? [] : await withNameServers(name, signal);
  return found.length > 0 || signal.aborted ? found : await withSystemLookup(name, signal);
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/**
 * The names of the real world: the name servers first, then what the system knows (hosts file, mDNS), at most two such questions
 * at once. The caller's signal sets the time. Throws DNS_FAIL, or OFFLINE when this machine has no network.
 */
export const systemResolve: Resolve = async (hostName, signal) => {
  const found = await Promise.race([resolveName(hostName.toLowerCase(), signal), aborted(signal)]).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw hasNetwork() ? notFound(error) : offline(error);
  });
  if (found.length === 0) throw hasNetwork() ? notFound() : offline();
  return found;
};

const notFound = (cause?: unknown): AppError => new AppError('DNS_FAIL', 'There is no server of this name.', { cause });
