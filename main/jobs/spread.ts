import type { Clock } from '../lib/clock.ts';

/** So few are asked at once without harm. */
const FEW = 20;
/** From one start to the next, and the most that the last one waits, milliseconds. */
const STEP_MS = 20;
const LONGEST_MS = 60_000;

/** A number from 0 up to 1, always the same for the same text (FNV-1a, 32 bits). */
const fractionOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0;
  return hash / 2 ** 32;
};

/**
 * When each of many sources that are due together is asked, milliseconds from the start of the round: one after another in
 * their order, each with an offset of its own, all within a minute (hostile case 133). Few are not spread.
 */
export const spread = (ids: readonly string[]): number[] => {
  if (ids.length <= FEW) return ids.map(() => 0);
  const step = Math.min(STEP_MS, LONGEST_MS / ids.length);
  return ids.map((id, index) => (index + fractionOf(id)) * step);
};

/** Settles after `ms`, or at abort: who waits looks at the signal next. */
export const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal.addEventListener('abort', finish);
    if (signal.aborted) finish();
  });
