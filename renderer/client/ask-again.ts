/** At most this often is a question asked again because of events, in milliseconds: four times a second. */
export const GAP_MS = 250;

/** The little of a clock that `askAgain` needs; a test gives its own. */
export type Timer = { now: () => number; set: (ms: number, then: () => void) => unknown; clear: (handle: unknown) => void };
export const realTimer: Timer = {
  now: () => performance.now(),
  set: (ms, then) => setTimeout(then, ms),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};

/**
 * Turns a burst of nudges into few calls of `ask`: the first at once, then never two at a time and never closer than
 * `gapMs`; the last nudge is always followed by a call that starts after it.
 */
export const askAgain = (ask: () => Promise<void>, timer: Timer = realTimer, gapMs: number = GAP_MS) => {
  let isAsking = false;
  let isWanted = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  let handle: unknown;
  let isStopped = false;

  const plan = () => {
    if (isStopped || isAsking || handle !== undefined || !isWanted) return;
    const wait = askedAt + gapMs - timer.now();
    if (wait <= 0) void start();
    else handle = timer.set(wait, () => void start());
  };
  const start = async () => {
    handle = undefined;
    isWanted = false;
    isAsking = true;
    askedAt = timer.now();
    await ask();
    isAsking = false;
    plan();
  };
  return {
    nudge: () => {
      isWanted = true;
      plan();
    },
    stop: () => {
      isStopped = true;
      if (handle !== undefined) timer.clear(handle);
    },
  };
};
