import { AppError } from '../../preload/contract/errors.ts';
import type { NewSchedule, Schedule } from '../../preload/contract/schedule.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { dueFrom } from './due.ts';
import { validateTrigger } from './next-due.ts';
import { DEFAULT_TIMEOUT_MINUTES } from './runner.ts';

/** How often a failed scheduled run of a job that goes out is started again when nothing else is said. */
const NETWORK_RETRIES = 2;

/** Throws USAGE with the field that is wrong. */
export const checkOptions = (job: JobDefinition, options: unknown): void => {
  const parsed = job.optionsSchema.safeParse(options);
  if (parsed.success) return;
  const issue = parsed.error.issues[0];
  const field = ['options', ...(issue?.path ?? [])].join('.');
  throw new AppError('USAGE', `This option is not right (${field}: ${issue?.message ?? 'unreadable'}).`, { field });
};

/**
 * A whole schedule from what the owner filled in. `now` is in milliseconds.
 * Throws SCHED_INVALID, SCHED_NEVER or USAGE with the field.
 */
export const toSchedule = (
  given: NewSchedule,
  job: JobDefinition,
  context: { id: string; now: number; systemTimeZone: string; isBuiltIn?: boolean },
): Schedule => {
  const wanted = {
    ...job.defaults,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  } as NewSchedule;
  const timeZone = wanted.timeZone ?? context.systemTimeZone;
  const options = wanted.options ?? {};
  checkOptions(job, options);
  const schedule: Schedule = {
    id: context.id,
    name: wanted.name,
    jobKind: job.kind,
    options,
    trigger: validateTrigger(wanted.trigger, timeZone, { goesOut: job.goesOut, window: wanted.window ?? undefined }),
    timeZone,
    enabled: wanted.enabled ?? true,
    ...(wanted.window ? { window: wanted.window } : {}),
    missed: wanted.missed ?? 'run-once',
    ...(typeof wanted.graceMinutes === 'number' ? { graceMinutes: wanted.graceMinutes } : {}),
    jitterSeconds: wanted.jitterSeconds ?? 0,
    timeoutMinutes: wanted.timeoutMinutes ?? DEFAULT_TIMEOUT_MINUTES,
    retries: wanted.retries ?? (job.goesOut ? NETWORK_RETRIES : 0),
    retryMinutes: wanted.retryMinutes ?? 1,
    isBuiltIn: context.isBuiltIn ?? false,
    totals: { runs: 0, completed: 0, failed: 0 },
  };
  return schedule.enabled ? { ...schedule, nextDueAt: dueFrom(schedule, context.now) } : schedule;
};
