import type { Settings } from '../preload/contract/settings.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import type { Hint, Senses, WaitReason } from './lib/power.ts';

/** A computer that said it would sleep and is still awake after this time, milliseconds, has thought better of it. */
const SUSPEND_MS = 60_000;

/** What is known of this computer's power, for whoever decides what starts. */
export type Power = {
  /** Why heavy work would better wait; undefined where nothing speaks against it. */
  whyWait: (goesOut: boolean) => WaitReason | undefined;
  /** It said that it is going to sleep: what begins now would not end. */
  isFallingAsleep: () => boolean;
  hear: (hint: Hint) => void;
};

type Deps = { senses: Senses; settings: () => Settings; clock: Clock; log: Log; lookAgain: () => void };

/** Reads hints when they are asked for. A sense that fails says nothing. */
export const createPower = ({ senses, settings, clock, log, lookAgain }: Deps): Power => {
  let suspendedAt: number | undefined;
  let isTold = false;
  const ask = (sense: (() => boolean) | undefined): boolean => {
    try {
      return sense?.() ?? false;
    } catch (error) {
      if (!isTold) log.warn('The power of this computer cannot be read', { error });
      isTold = true;
      return false;
    }
  };
  return {
    whyWait: (goesOut) => {
      if (ask(senses.isOnBattery)) return 'on battery';
      if (goesOut && settings().isMetered) return 'on a metered connection';
      return ask(senses.isHot) ? 'while this computer is hot' : undefined;
    },
    // Measured by the wall clock too: during the sleep the other one may stand still.
    isFallingAsleep: () => suspendedAt !== undefined && Math.abs(clock.now() - suspendedAt) < SUSPEND_MS,
    hear: (hint) => {
      log.info('Hint of the system', { hint });
      suspendedAt = hint === 'suspend' ? clock.now() : hint === 'lock' ? suspendedAt : undefined;
      if (hint !== 'suspend' && hint !== 'lock') lookAgain();
    },
  };
};
