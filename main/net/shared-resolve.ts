import { AppError } from '../../preload/contract/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Resolve } from './address-policy.ts';
import { inSeconds } from './net-errors.ts';

type Addresses = Awaited<ReturnType<Resolve>>;
type Entry = { addresses: Promise<Addresses>; goodUntil: number };

const KEEP_MS = 30_000;
const PRUNE_AT = 512;

/** A resolver that is asked once for all who want the same name at the same time, with a limit of time. */
export type SharedResolve = {
  resolve: Resolve;
  /** The addresses did not answer: ask anew next time. */
  forget: (hostName: string) => void;
};

const asDnsError = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError('DNS_FAIL', 'There is no server of this name.', { cause: error });

const withLimit = (ask: Resolve, clock: Clock, limitMs: number, hostName: string): Promise<Addresses> => {
  const stop = new AbortController();
  return new Promise((resolve, reject) => {
    const cancelTimer = clock.after(limitMs, () => {
      const tooLong = new AppError('DNS_FAIL', `The name of the server could not be found within ${inSeconds(limitMs)}.`);
      stop.abort(tooLong);
      reject(tooLong);
    });
    ask(hostName, stop.signal)
      .then(resolve, (error: unknown) => reject(asDnsError(error)))
      .finally(cancelTimer);
  });
};

/** Shares questions of the moment and keeps answers for 30 s. Throws DNS_FAIL after `limitMs`, or the signal's reason. */
export const createSharedResolve = (ask: Resolve, clock: Clock, limitMs: number): SharedResolve => {
  const entries = new Map<string, Entry>();

  const prune = (): void => {
    if (entries.size < PRUNE_AT) return;
    for (const [name, entry] of entries) if (entry.goodUntil <= clock.monotonic()) entries.delete(name);
  };
  const begin = (hostName: string): Entry => {
    prune();
    const entry: Entry = { addresses: withLimit(ask, clock, limitMs, hostName), goodUntil: Number.POSITIVE_INFINITY };
    entries.set(hostName, entry);
    entry.addresses.then(
      () => {
        entry.goodUntil = clock.monotonic() + KEEP_MS;
      },
      () => entries.delete(hostName),
    );
    return entry;
  };

  return {
    forget: (hostName) => void entries.delete(hostName),
    resolve: (hostName, signal) =>
      new Promise((resolve, reject) => {
        const known = entries.get(hostName);
        const entry = known && known.goodUntil > clock.monotonic() ? known : begin(hostName);
        const onAbort = (): void => reject(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        entry.addresses.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
      }),
  };
};
