import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import { MINUTE_MS } from './calendar.ts';

/** A retry that waits. */
export type Retry = NonNullable<Schedule['retry']>;

/** Wrong options stay wrong, a refused password locks the account in the end, and what may have arrived is not sent twice. */
const STAYS: readonly ErrorCode[] = ['USAGE', 'MAIL_AUTH', 'MAIL_INPUT', 'MAIL_IN_DOUBT'];

/**
 * The retry that is to follow a run which has just ended, `now` in milliseconds; undefined when none is. Waits 1, 2, 4 ... times `retryMinutes`.
 * Only what the scheduler started is tried again. What a second try cannot mend, or must not repeat, is left. Without a network a run waits for it and uses up no attempt.
 */
export const retryAfter = (schedule: Schedule, run: Run, now: number): Retry | undefined => {
  if (run.status !== 'failed' || run.cause === 'manual' || !run.scheduledFor || STAYS.includes(run.errorCode)) return undefined;
  if (!schedule.enabled || schedule.retries === 0) return undefined;
  const of = schedule.retries + 1;
  const present = run.attempt?.number ?? 1;
  const isOffline = run.errorCode === 'OFFLINE';
  const number = isOffline ? Math.max(present, 2) : present + 1;
  if (number > of) return undefined;
  const waitMinutes = schedule.retryMinutes * 2 ** (isOffline ? 0 : present - 1);
  return { scheduledFor: run.scheduledFor, number, of, at: toInstant(now + waitMinutes * MINUTE_MS) };
};

/** Whether the next due time comes before the retry: then that run stands for it. */
export const isOvertaken = ({ nextDueAt }: Schedule, retry: Retry): boolean =>
  nextDueAt === undefined || (nextDueAt > retry.scheduledFor && nextDueAt <= retry.at);

const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** *The last run failed; the first of 2 retries*. */
export const retryInWords = ({ number, of }: Retry): string =>
  `The last run failed; the ${of === 2 ? 'only retry' : `${ORDINALS[number - 1]} of ${of - 1} retries`}`;
