/** Time, passed in wherever a decision hangs on it, so that a test can move it. */
export type Clock = {
  /** Wall clock, milliseconds since 1970. Can jump. */
  now: () => number;
  /** Milliseconds that only grow; stands still while the machine sleeps on some systems. */
  monotonic: () => number;
  /** Calls back once after `ms` (at most 2^31-1, longer is cut); returns how to cancel. Does not keep the process alive. */
  after: (ms: number, callback: () => void) => () => void;
};

/** The longest delay a timer can take; `setTimeout` fires at once beyond it. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(ms, 0), MAX_TIMER_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** An instant as it is stored: ISO-8601, UTC. */
export const toInstant = (ms: number): string => new Date(ms).toISOString();

const FIRST_PLAUSIBLE = Date.UTC(2020, 0, 1);
const LAST_PLAUSIBLE = Date.UTC(2090, 0, 1);

/** False for a clock that is plainly wrong (1970 after an empty battery, 2099): nothing is dated or removed by it. */
export const isPlausible = (nowMs: number): boolean => nowMs >= FIRST_PLAUSIBLE && nowMs < LAST_PLAUSIBLE;
