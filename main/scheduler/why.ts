import type { Schedule } from '../../preload/contract/schedule.ts';
import { UNTIL_RESUMED } from '../../preload/contract/schedule.ts';
import { deferralOf, latestStart, retryWaits } from './defer.ts';
import { type Retry, retryInWords } from './retry.ts';
import { holdReason, type SchedulerState } from './state.ts';

type Check = { ok: boolean; text: string };

const UNIT_STEPS = [
  { below: 90_000, ms: 1000, name: 'second' },
  { below: 90 * 60_000, ms: 60_000, name: 'minute' },
  { below: 36 * 3_600_000, ms: 3_600_000, name: 'hour' },
  { below: Number.POSITIVE_INFINITY, ms: 86_400_000, name: 'day' },
];

/** A length of time in words: *12 minutes*. */
export const spanInWords = (ms: number): string => {
  const unit = UNIT_STEPS.find((step) => ms < step.below) as (typeof UNIT_STEPS)[number];
  const count = Math.max(1, Math.round(ms / unit.ms));
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
};

const isAhead = (instant: string | null | undefined, now: number): instant is string =>
  typeof instant === 'string' && Date.parse(instant) > now;

const until = (instant: string, now: number): string =>
  instant === UNTIL_RESUMED ? 'until you resume' : `for another ${spanInWords(Date.parse(instant) - now)}`;

const checkAll = (state: SchedulerState, now: number): Check => {
  const { schedulerEnabled, pausedUntil } = state.store.settings.get();
  if (!schedulerEnabled) return { ok: false, text: 'The scheduler is switched off in Settings.' };
  if (isAhead(pausedUntil, now)) return { ok: false, text: `All schedules are paused ${until(pausedUntil, now)}.` };
  return { ok: true, text: 'Schedules are switched on.' };
};

const checkOne = (schedule: Schedule, now: number): Check => {
  if (!schedule.enabled) return { ok: false, text: 'This schedule is off.' };
  if (isAhead(schedule.pausedUntil, now))
    return { ok: false, text: `This schedule is paused ${until(schedule.pausedUntil, now)}.` };
  return { ok: true, text: 'This schedule is on.' };
};

const askedInWords = (count: number): string =>
  count === 1 ? 'A time was missed; say whether to make it up.' : `${count} times were missed; say whether to make them up.`;

const checkDue = (state: SchedulerState, schedule: Schedule, now: number): Check => {
  if (!state.jobs.has(schedule.jobKind)) return { ok: false, text: `There is no job called "${schedule.jobKind}".` };
  if (state.runner.running().some((run) => run.scheduleId === schedule.id)) return { ok: true, text: 'It is running now.' };
  if (!schedule.nextDueAt) return { ok: false, text: 'It has no next time while it is off.' };
  const wait = Date.parse(schedule.nextDueAt) - now;
  return wait > 0 ? checkAhead(state, schedule, wait, now) : checkPassed(state, schedule, now);
};

/** *on battery, for another 5 hours at most*, where heavy work waits for a better moment. */
const powerWait = (state: SchedulerState, since: string, reason: string, now: number): string =>
  `(${reason}), for another ${spanInWords(latestStart(state, since, now) - now)} at most.`;

const checkPassed = (state: SchedulerState, schedule: Schedule, now: number): Check => {
  const hold = holdReason(state, schedule, now);
  if (hold) return { ok: false, text: `It is due and waits: ${hold}` };
  const deferral = deferralOf(schedule);
  return deferral
    ? { ok: false, text: `It is due and waits ${powerWait(state, deferral.since, deferral.reason, now)}` }
    : { ok: true, text: 'It is due and starts now.' };
};

const checkAhead = (state: SchedulerState, schedule: Schedule, wait: number, now: number): Check => {
  const { retry, asked } = schedule;
  if (retry) return checkRetry(state, schedule, retry, now);
  const due = `It is next due in ${spanInWords(wait)}.`;
  return { ok: true, text: asked ? `${due} ${askedInWords(asked.count)}` : due };
};

const checkRetry = (state: SchedulerState, schedule: Schedule, retry: Retry, now: number): Check => {
  const wait = Date.parse(retry.at) - now;
  if (wait > 0) return { ok: true, text: `${retryInWords(retry)} starts in ${spanInWords(wait)}.` };
  const hold = holdReason(state, schedule, now);
  if (hold) return { ok: false, text: `${retryInWords(retry)} waits: ${hold}` };
  const reason = retryWaits(state, schedule, retry.at, now);
  return reason
    ? { ok: false, text: `${retryInWords(retry)} waits ${powerWait(state, retry.at, reason, now)}` }
    : { ok: true, text: `${retryInWords(retry)} starts now.` };
};

/** The four questions behind *why isn't this running?*, in the order to ask them. */
export const whyChecks = (state: SchedulerState, schedule: Schedule): Check[] => {
  const now = state.clock.now();
  return [
    state.isRunning
      ? { ok: true, text: 'The scheduler is running.' }
      : { ok: false, text: 'The scheduler is stopped: nothing starts by itself.' },
    checkAll(state, now),
    checkOne(schedule, now),
    checkDue(state, schedule, now),
  ];
};

/** One sentence: the first thing in the way, or when it is due. */
export const whyInWords = (state: SchedulerState, schedule: Schedule): string => {
  const checks = whyChecks(state, schedule);
  return (checks.find((check) => !check.ok) ?? (checks.at(-1) as Check)).text;
};
