import { type AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Run } from '../../preload/contract/run.ts';
import { toInstant } from '../lib/clock.ts';
import type { LiveRun } from './live-run.ts';

/** How a run ended: it came back, it threw, or it was stopped from outside. */
export type Ending = { kind: 'done' } | { kind: 'threw'; error: unknown } | { kind: 'stopped'; reason: AppError };

const MAX_STACK = 4000;
const stackOf = (error: AppError): string | undefined => {
  const inner = error.details.cause;
  return (inner instanceof Error ? inner.stack : error.stack)?.slice(0, MAX_STACK);
};

/** The last row of a run. */
export const toEndedRun = (live: LiveRun, ending: Ending, nowMs: number): Run => {
  const { notebook } = live;
  const { status: _, ...start } = live.run;
  const startedAt = 'startedAt' in live.run ? live.run.startedAt : undefined;
  const progress = notebook.progress();
  const plan = notebook.plan();
  const steps = notebook.steps();
  const worked = {
    ...start,
    counts: { ...notebook.counts },
    ...(progress ? { progress } : {}),
    ...(steps.length > 0 ? { steps } : {}),
    ...(plan.length > 0 ? { plan } : {}),
    endedAt: toInstant(nowMs),
    log: notebook.lines(),
  };
  const atLeastQueued = { startedAt: startedAt ?? toInstant(nowMs) };
  if (ending.kind === 'done') return { ...worked, ...atLeastQueued, status: 'completed' };
  const error = ending.kind === 'stopped' ? ending.reason : toAppError(ending.error);
  if (error.code === 'CANCELLED') return { ...worked, status: 'cancelled' };
  if (error.code === 'INTERRUPTED' && ending.kind === 'stopped') return { ...worked, status: 'abandoned' };
  const stack = stackOf(error);
  return {
    ...worked,
    ...atLeastQueued,
    status: 'failed',
    errorCode: error.code,
    errorMessage: error.message,
    ...(stack ? { errorStack: stack } : {}),
  };
};

/** A run another process left behind, closed. */
export const toAbandonedRun = (run: Run, nowMs: number): Run => {
  const { status: _, ...rest } = run;
  const at = toInstant(nowMs);
  const log = [{ at, level: 'warn' as const, message: 'Tidings stopped in the middle of this run.' }];
  return { counts: {}, ...rest, endedAt: at, log, status: 'abandoned' } as Run;
};
