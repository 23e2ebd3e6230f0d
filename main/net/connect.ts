import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { AppError } from '../../preload/contract/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { type AddressClass, type AddressPolicy, isForbiddenName } from './address-policy.ts';
import type { Limits } from './limits.ts';
import { inSeconds, toNetError } from './net-errors.ts';
import type { SharedResolve } from './shared-resolve.ts';

type Address = { address: string; family: 4 | 6 };

/** Addresses of one name that may be connected to, all of one class. */
export type Destination = { addresses: Address[]; addressClass: Exclude<AddressClass, 'forbidden'> };

export type ConnectDeps = SharedResolve & { policy: AddressPolicy; clock: Clock; limits: Limits; ca?: string };

/* The most addresses of one name that are tried. */
const MAX_ADDRESSES = 6;
const NEXT_FAMILY_AFTER_MS = 400;

const BLOCKED_LOCAL = 'This address belongs to the local network. Allow it for this source to go on.';
const BLOCKED_LOCAL_REDIRECT = 'The server sent us on to an address of the local network. That is not followed.';
const BLOCKED = 'This address leads to a place that is never opened.';
const BLOCKED_OUT = 'This source of the local network sent us on to the internet. That is not followed.';

/** What an address may lead to: a redirect stays in the class in which the request began. */
export type Reach = { allowLocal: boolean; mustBe?: Destination['addressClass'] };

/** The classes a request may reach, best first. */
export const classesOf = ({ allowLocal, mustBe }: Reach): readonly Destination['addressClass'][] => {
  if (mustBe) return [mustBe];
  return allowLocal ? ['public', 'local'] : ['public'];
};

const refusal = (classes: AddressClass[], reach: Reach): AppError => {
  const hasLocal = classes.includes('local');
  if (reach.mustBe === 'local' && !hasLocal && classes.includes('public')) return new AppError('ADDR_BLOCKED', BLOCKED_OUT);
  if (!hasLocal) return new AppError('ADDR_BLOCKED', BLOCKED);
  return new AppError('ADDR_BLOCKED', reach.mustBe ? BLOCKED_LOCAL_REDIRECT : BLOCKED_LOCAL);
};

/** Keeps what the policy allows. Public addresses go before local ones of the same name. Throws ADDR_BLOCKED when none is left. */
export const checkAddresses = (found: Address[], policy: AddressPolicy, reach: Reach): Destination => {
  const classed = found.map((entry) => ({ entry, addressClass: policy(entry.address) }));
  for (const addressClass of classesOf(reach)) {
    const addresses = classed.filter((one) => one.addressClass === addressClass).map((one) => one.entry);
    if (addresses.length > 0) return { addresses: addresses.slice(0, MAX_ADDRESSES), addressClass };
  }
  throw refusal(
    classed.map((one) => one.addressClass),
    reach,
  );
};

/** A host name as the resolver and the policy want it: without brackets and trailing dot. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');

/**
 * Where a URL leads: a literal address is checked itself, a name through all its addresses.
 * Only what comes back here is ever connected to, so a name that changes its mind afterwards changes nothing.
 */
export const findDestination = async (deps: ConnectDeps, url: URL, reach: Reach, signal: AbortSignal): Promise<Destination> => {
  const host = bareHost(url);
  const family = isIP(host);
  if (family !== 0) return checkAddresses([{ address: host, family: family === 6 ? 6 : 4 }], deps.policy, reach);
  if (isForbiddenName(host)) throw new AppError('ADDR_BLOCKED', BLOCKED);
  const found = await deps.resolve(host, signal);
  if (found.length === 0) throw new AppError('DNS_FAIL', 'There is no server of this name.');
  return checkAddresses(found, deps.policy, reach);
};

const isTls = (url: URL): boolean => url.protocol === 'https:';

const startSocket = (url: URL, addresses: Address[], ca: string | undefined): Socket => {
  const host = bareHost(url);
  const [only] = addresses;
  const lookup: LookupFunction = (_name, _options, callback) => callback(null, addresses);
  const where =
    addresses.length === 1 && only
      ? { host: only.address }
      : { host, lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_FAMILY_AFTER_MS };
  const options = { ...where, port: Number(url.port) || (isTls(url) ? 443 : 80) };
  if (!isTls(url)) return netConnect({ ...options, noDelay: true });
  const name = isIP(host) === 0 ? { servername: host } : {};
  return tlsConnect({ ...options, ...name, ALPNProtocols: ['http/1.1'], minVersion: 'TLSv1.2', ...(ca ? { ca } : {}) });
};

/** A socket to one of the checked addresses, through the TLS handshake. Throws CONN_REFUSED, CONN_TIMEOUT, CONN_RESET, TLS_INVALID, OFFLINE or the signal's reason. */
export const openSocket = (deps: ConnectDeps, url: URL, addresses: Address[], signal: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = startSocket(url, addresses, deps.ca);
    const settle = (): void => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      socket.removeListener('error', fail);
      socket.removeListener('close', onClose);
    };
    const fail = (error: unknown): void => {
      settle();
      // What still comes from a dead socket is of no interest, and must not become an uncaught error.
      socket.on('error', () => {});
      socket.destroy();
      reject(toNetError(error, 'connect', isTls(url)));
    };
    const onAbort = (): void => fail(signal.reason);
    const onClose = (): void => fail(new AppError('CONN_RESET', 'The server closed the connection without an answer.'));
    const cancelTimer = deps.clock.after(deps.limits.connectMs, () =>
      fail(new AppError('CONN_TIMEOUT', `The server could not be reached within ${inSeconds(deps.limits.connectMs)}.`)),
    );
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', fail);
    socket.once('close', onClose);
    socket.once(isTls(url) ? 'secureConnect' : 'connect', () => {
      settle();
      resolve(socket);
    });
  });
