import { AppError } from '../../preload/contract/errors.ts';

/** What an ending may be a sign of, before it is known whether anybody can be reached: no name found, or all led to one strange place. */
export type DomainSign = { kind: 'offline' } | { kind: 'portal'; host: string };
type Waiting<Held> = { domain: string; sign: DomainSign; held: Held };

/** So many domains with the same sign, and nobody who answered as themselves, are the network's doing. */
const FOR_A_VERDICT = 3;
/** So many and the verdict is not put off to the end of the run. */
const ENOUGH = 10;
/** A feed that was read so recently shows that the network is there, milliseconds. */
const RECENT_MS = 30 * 60_000;

/** What outlives one run: which domains spoke for an offline verdict already, and when somebody was last reached. */
export type NetworkMemory = { accused: Set<string>; goodAt: number };
export const createNetworkMemory = (): NetworkMemory => ({ accused: new Set(), goodAt: Number.NEGATIVE_INFINITY });

/** Whether the domains of a run or the network are to blame. */
export type DomainVerdict<Held> = {
  /** Somebody answered as they should: from now on nothing is held back. Gives back what was. */
  answered: () => Held[];
  /** False when this must not be held back. */
  hold: (domain: string, sign: DomainSign, held: Held) => boolean;
  /** The network is to blame; asked at the end, and while the run goes on. */
  reached: (isEnd: boolean) => AppError | undefined;
  release: () => Held[];
};

/** One verdict for one run. A dead domain speaks for it once: dead sites among themselves must not look like being offline for ever. */
export const createDomainVerdict = <Held>(memory: NetworkMemory, now: () => number): DomainVerdict<Held> => {
  let waiting: Waiting<Held>[] = [];
  let hasAnswer = false;
  const release = (): Held[] => {
    const released = waiting.map(({ held }) => held);
    waiting = [];
    return released;
  };
  const portals = (): number => {
    const hosts = waiting.flatMap(({ sign }) => (sign.kind === 'portal' ? [sign.host] : []));
    return Math.max(0, ...hosts.map((host) => hosts.filter((other) => other === host).length));
  };
  const unknown = (): string[] =>
    waiting.flatMap(({ domain, sign }) => (sign.kind === 'offline' && !memory.accused.has(domain) ? [domain] : []));
  return {
    answered: () => {
      hasAnswer = true;
      memory.accused.clear();
      return release();
    },
    hold: (domain, sign, held) => {
      if (hasAnswer) return false;
      waiting.push({ domain, sign, held });
      return true;
    },
    reached: (isEnd) => {
      const least = isEnd ? FOR_A_VERDICT : ENOUGH;
      if (hasAnswer) return undefined;
      if (portals() >= least)
        return new AppError('CAPTIVE_PORTAL', 'All sites led to the same page. This network seems to want a login first.');
      const speaking = unknown();
      if (speaking.length < least || now() - memory.goodAt < RECENT_MS) return undefined;
      for (const domain of speaking) memory.accused.add(domain);
      return new AppError('OFFLINE', 'No site could be found. This computer seems to be offline.');
    },
    release,
  };
};
