import type { Clock } from '../lib/clock.ts';

/** A span of time that can stand still: what a request may take, without what we make it wait. */
export type Budget = {
  pause: () => void;
  resume: () => void;
  /** True when the computer slept while the span ran: what goes wrong then says nothing about the server. */
  wasAsleep: () => boolean;
  /** Ends it; returns what is left, milliseconds, at least 1. */
  stop: () => number;
};

export type BudgetEnds = {
  /** The time is over. */
  onOver: () => void;
  /** The computer slept: the connection leads nowhere any more. */
  onWake: () => void;
};

/** How often the clocks are looked at, and by how much a look may be late before it counts as sleep. */
const LOOK_MS = 1000;
const ASLEEP_MS = 30_000;

/**
 * Calls `onOver` once when `ms` of unpaused time have passed, or `onWake` when between two looks far more time passed than
 * was asked for. Both clocks are looked at: one of them stands still during sleep on some systems (hostile case 130).
 */
export const createBudget = (clock: Clock, ms: number, { onOver, onWake }: BudgetEnds): Budget => {
  let leftMs = ms;
  let isRunning = false;
  let hasSlept = false;
  let cancel = (): void => {};
  let wall = 0;
  let monotonic = 0;

  const passed = (): number => Math.max(clock.now() - wall, clock.monotonic() - monotonic);
  const isLate = (): boolean => passed() > LOOK_MS + ASLEEP_MS;
  const arm = (): void => {
    wall = clock.now();
    monotonic = clock.monotonic();
    cancel = clock.after(Math.max(0, Math.min(LOOK_MS, leftMs)), look);
  };
  const look = (): void => {
    hasSlept ||= isLate();
    leftMs -= clock.monotonic() - monotonic;
    if (hasSlept) onWake();
    else if (leftMs <= 0) onOver();
    else arm();
  };
  const pause = (): void => {
    if (!isRunning) return;
    isRunning = false;
    cancel();
    hasSlept ||= isLate();
    leftMs -= clock.monotonic() - monotonic;
  };
  const resume = (): void => {
    if (isRunning) return;
    isRunning = true;
    arm();
  };
  resume();
  return {
    pause,
    resume,
    wasAsleep: () => hasSlept || (isRunning && isLate()),
    stop: () => {
      pause();
      return Math.max(1, leftMs);
    },
  };
};
