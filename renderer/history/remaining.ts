import type { Progress, Run } from '../../preload/contract/run.ts';
import { duration } from '../ui/format.ts';
import { tookMs } from '../ui/run-words.ts';
import { words } from '../words/words.ts';

const { running: say } = words.history;
/** Before this much of the time is over, the pace of a run says little, milliseconds. */
const EARLY_MS = 2000;

/**
 * Milliseconds a run will still take: from how long such runs take (`usualMs`), and where it takes longer, from its own pace.
 * Undefined while nothing can be said.
 */
export const remainingMs = (elapsed: number, progress: Progress | undefined, usualMs: number | undefined): number | undefined => {
  if (usualMs !== undefined && usualMs > elapsed) return usualMs - elapsed;
  if (!progress || progress.done === 0 || progress.total <= progress.done || elapsed < EARLY_MS) return undefined;
  return (elapsed / progress.done) * (progress.total - progress.done);
};

/** *about 12 s left*, or that it takes longer than usual; empty while nothing can be said. */
export const remainingWords = (run: Run, progress: Progress | undefined, usualMs: number | undefined, now: number): string => {
  const elapsed = tookMs(run, now);
  if (elapsed === undefined) return '';
  const left = remainingMs(elapsed, progress, usualMs);
  if (left !== undefined) return say.left(duration(Math.max(1000, Math.ceil(left / 1000) * 1000)));
  return usualMs !== undefined && elapsed > usualMs ? say.longer(duration(usualMs)) : '';
};
