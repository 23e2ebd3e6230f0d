/** Lets `perSecond` calls through in each second of `now` (milliseconds, monotonic); answers false beyond. */
export const createRateLimit = (perSecond: number, now: () => number): (() => boolean) => {
  let windowStart = Number.NEGATIVE_INFINITY;
  let used = 0;
  return () => {
    const at = now();
    if (at - windowStart >= 1000) {
      windowStart = at;
      used = 0;
    }
    used += 1;
    return used <= perSecond;
  };
};
