import { AppError, type ErrorCode } from '../../preload/contract/errors.ts';
import type { Clock } from '../lib/clock.ts';

/** Hosts that asked us to stay away for a while. */
export type CoolDown = {
  /** Remembers what a server asked for with Retry-After. */
  begin: (host: string, code: ErrorCode, ms: number) => void;
  /** Throws the code the host last answered, with `details.retryAfterMs`, while it wants to be left alone. Nothing is sent. */
  check: (host: string) => void;
};

const inMinutes = (ms: number): string => {
  const minutes = Math.ceil(ms / 60_000);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
};

/** Kept in memory; what must outlive the program is stored by whoever asked. Hostile case 38. */
export const createCoolDown = (clock: Clock): CoolDown => {
  const hosts = new Map<string, { code: ErrorCode; until: number }>();
  return {
    begin: (host, code, ms) => hosts.set(host, { code, until: clock.monotonic() + ms }),
    check: (host) => {
      const known = hosts.get(host);
      if (!known) return;
      const leftMs = known.until - clock.monotonic();
      if (leftMs <= 0) {
        hosts.delete(host);
        return;
      }
      throw new AppError(known.code, `This server asked us to wait. It is asked again in ${inMinutes(leftMs)}.`, {
        retryAfterMs: Math.ceil(leftMs),
      });
    },
  };
};
