import type { Clock } from '../lib/clock.ts';

/** A span of time that can stand still: what a request may take, without what we make it wait. */
export type Budget = {
  pause: () => void;
  resume: () => void;
  /** Ends it; returns what is left, milliseconds, at least 1. */
  stop: () => number;
};

/** Calls `onOver` once when `ms` of unpaused time have passed. */
export const createBudget = (clock: Clock, ms: number, onOver: () => void): Budget => {
  let leftMs = ms;
  let since = clock.monotonic();
  let isRunning = true;
  let cancel = clock.after(ms, onOver);
  const pause = (): void => {
    if (!isRunning) return;
    isRunning = false;
    cancel();
    leftMs -= clock.monotonic() - since;
  };
  return {
    pause,
    resume: () => {
      if (isRunning) return;
      isRunning = true;
      since = clock.monotonic();
      cancel = clock.after(Math.max(0, leftMs), onOver);
    },
    stop: () => {
      pause();
      return Math.max(1, leftMs);
    },
  };
};
