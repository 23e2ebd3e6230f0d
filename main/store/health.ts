import type { AppError } from '../../preload/contract/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Store } from './repositories.ts';

type Problem = NonNullable<ReturnType<Store['problem']>>;

/** What stops writing, kept per file, and the tries to get going again. */
export type Health = {
  problem: () => Problem | undefined;
  onProblem: (listener: () => void) => () => void;
  /** Notes that `name` cannot be written; `mend` is tried again until it succeeds. Without it the problem stays. */
  report: (name: string, error: AppError, mend?: () => Promise<void>) => void;
  resolve: (name: string) => void;
  /** Set when writing must not go on at all, such as a folder that was taken away. */
  halted: () => AppError | undefined;
  halt: (error: AppError) => void;
  stop: () => void;
};

/** How long to wait before writing is tried again, in milliseconds. */
export const RETRY_MS = 5_000;

const toProblem = (error: AppError): Problem => ({
  code: error.code === 'STORE_FULL' || error.code === 'STORE_READONLY' ? error.code : 'STORE_IO',
  message: error.message,
});

/** Keeps the state of writing. */
export const createHealth = (clock: Clock): Health => {
  const broken = new Map<string, { error: AppError; mend?: (() => Promise<void>) | undefined }>();
  const listeners = new Set<() => void>();
  let haltedBy: AppError | undefined;
  let cancel: (() => void) | undefined;
  let isStopped = false;
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const tryAll = async (): Promise<void> => {
    cancel = undefined;
    // Each mender reports or resolves by itself; what it throws is what it has reported.
    for (const { mend } of [...broken.values()]) await mend?.().catch(() => {});
    plan();
  };
  const plan = (): void => {
    if (cancel || isStopped || haltedBy || broken.size === 0) return;
    cancel = clock.after(RETRY_MS, () => void tryAll());
  };
  return {
    problem: () => {
      const error = haltedBy ?? broken.values().next().value?.error;
      return error && toProblem(error);
    },
    onProblem: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    report: (name, error, mend) => {
      const isNews = broken.get(name)?.error.code !== error.code;
      broken.set(name, { error, mend });
      plan();
      if (isNews) tell();
    },
    resolve: (name) => {
      if (broken.delete(name) && broken.size === 0) tell();
    },
    halted: () => haltedBy,
    halt: (error) => {
      if (haltedBy) return;
      haltedBy = error;
      tell();
    },
    stop: () => {
      isStopped = true;
      cancel?.();
      listeners.clear();
    },
  };
};
