import { AppError } from '../../preload/contract/errors.ts';

/** What a failure may be a sign of: nobody can be reached, or a login page stands between us and everybody. */
export type Sign = 'offline' | 'portal';

/** So many different hosts in a row, with no good answer between, and it is not their fault. */
const HOSTS_FOR_A_VERDICT = 3;

const verdicts: Record<Sign, () => AppError> = {
  offline: () => new AppError('OFFLINE', 'No host could be found. This computer seems to be offline.'),
  portal: () =>
    new AppError('CAPTIVE_PORTAL', 'Several feeds turned into web pages at once. This network seems to want a login first.'),
};

/** Failures that wait for a verdict: is it the sources, or the network we are on? */
export type NetworkVerdict<Held> = {
  /** Holds a failure back. An error means: the network is to blame, stop. */
  hold: (sign: Sign, host: string, held: Held) => AppError | undefined;
  /** Somebody answered as they should: gives back what was held, to be blamed after all. */
  release: () => Held[];
};

/** One verdict for one cycle. */
export const createNetworkVerdict = <Held>(): NetworkVerdict<Held> => {
  let waiting: { sign: Sign; host: string; held: Held }[] = [];
  return {
    hold: (sign, host, held) => {
      waiting.push({ sign, host, held });
      const hosts = new Set(waiting.filter((row) => row.sign === sign).map((row) => row.host));
      return hosts.size >= HOSTS_FOR_A_VERDICT ? verdicts[sign]() : undefined;
    },
    release: () => {
      const released = waiting.map((row) => row.held);
      waiting = [];
      return released;
    },
  };
};

/**
 * What a failure may be a sign of. Only a source that was well before can turn bad because of the network:
 * known failures, new sources and permanent redirects to a page stand for themselves.
 */
export const signOf = (
  error: AppError,
  source: { failures: number; hasEverWorked: boolean; wasMoved: boolean },
): Sign | undefined => {
  if (error.code === 'OFFLINE') return 'offline';
  if (source.failures > 0) return undefined;
  if (error.code === 'DNS_FAIL') return 'offline';
  if (error.details.status === 511) return 'portal';
  return error.code === 'NOT_A_FEED' && source.hasEverWorked && !source.wasMoved ? 'portal' : undefined;
};
