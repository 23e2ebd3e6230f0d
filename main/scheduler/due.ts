import { type Schedule, UNTIL_RESUMED } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import { MINUTE_MS } from './calendar.ts';
import { missedBetween } from './catch-up.ts';
import { nextDue } from './next-due.ts';
import { nextOpening } from './window.ts';
import { zoneOf } from './zone.ts';

/** How late a run may start and still count as on time. */
export const GRACE_MS = 120_000;

/** What to do about a schedule whose time has come. */
export type Plan = {
  /** The run to start, if any. */
  start?: { cause: 'schedule' | 'catch-up'; scheduledFor: string };
  /** The due instants no run stands for. */
  missed?: { from: string; to: string; count: number };
  /** The owner is asked whether one run is to stand for these. */
  asks?: { from: string; to: string; count: number };
  /** The due instant served last, and the one after it. */
  lastDueAt: string;
  nextDueAt: string;
};

const ms = (instant: string): number => Date.parse(instant);

/** The rule of a schedule: what decides when it is due. */
export type Rule = Pick<Schedule, 'trigger' | 'timeZone' | 'window'>;

/** The due instant after `from` by the rule of a schedule. Throws SCHED_NEVER. */
export const nextOf = ({ trigger, timeZone, window }: Rule, from: string): string => nextDue(trigger, timeZone, from, window);

const nextOnGrid = (minutes: number, base: number, now: number): number => {
  const step = minutes * MINUTE_MS;
  return base + Math.floor((now - base) / step) * step;
};

/**
 * The first due instant of a rule after `now` (milliseconds) when nothing was served before. The grid of an interval that would
 * never meet its window is laid from the next opening.
 */
export const firstDue = (rule: Rule, now: number): string => {
  const { trigger, window, timeZone } = rule;
  if (trigger.type !== 'interval' || !window) return nextOf(rule, toInstant(now));
  try {
    return nextOf(rule, toInstant(now));
  } catch {
    const opening = toInstant(Math.ceil(nextOpening(window, zoneOf(timeZone), now + 1) / MINUTE_MS) * MINUTE_MS);
    return nextDue({ type: 'interval', minutes: 1 }, timeZone, toInstant(Date.parse(opening) - MINUTE_MS), window);
  }
};

/**
 * The due instant to wait for from now on: after an edit, a resume, a clock that was set back.
 * A slot that was served is not served again, unless waiting for the one after it would take longer than the usual pause:
 * after a clock was set back by days, the days come again.
 */
export const dueFrom = (schedule: Schedule, now: number): string => {
  const { trigger, lastDueAt } = schedule;
  if (trigger.type === 'interval')
    return firstDue(schedule, lastDueAt && ms(lastDueAt) <= now ? nextOnGrid(trigger.minutes, ms(lastDueAt), now) : now);
  const fresh = firstDue(schedule, now);
  if (!lastDueAt || ms(lastDueAt) < ms(fresh)) return fresh;
  const kept = nextOf(schedule, lastDueAt);
  const usualPause = ms(nextOf(schedule, fresh)) - ms(fresh);
  return fresh === lastDueAt || ms(kept) - now <= usualPause ? kept : fresh;
};

/** The first instant after now inside the window on the grid of the stored one; a slot that was served is passed over. */
const onItsGrid = (schedule: Schedule, minutes: number, stored: number, now: number): string => {
  try {
    const due = nextOf(schedule, toInstant(nextOnGrid(minutes, stored, now)));
    return due === schedule.lastDueAt ? nextOf(schedule, due) : due;
  } catch {
    return dueFrom(schedule, now);
  }
};

/** A stored due instant that lies ahead, put right if the clock or the zone's rules have changed since it was reckoned. */
export const putRight = (schedule: Schedule, now: number): string => {
  const { nextDueAt, trigger } = schedule;
  if (!nextDueAt) return dueFrom(schedule, now);
  if (ms(nextDueAt) <= now) return nextDueAt;
  if (trigger.type === 'interval' && schedule.window) return onItsGrid(schedule, trigger.minutes, ms(nextDueAt), now);
  if (trigger.type === 'interval' && ms(nextDueAt) - now <= trigger.minutes * MINUTE_MS) return nextDueAt;
  return dueFrom(schedule, now);
};

/** A delay of 0 to `jitterSeconds`, always the same for the same due instant, and at most half the pause to the next. */
export const jitterMs = (schedule: Schedule): number => {
  const { nextDueAt, jitterSeconds, id } = schedule;
  if (!nextDueAt || jitterSeconds === 0) return 0;
  let hash = 2_166_136_261;
  for (const char of id + nextDueAt) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0;
  const pause = ms(nextOf(schedule, nextDueAt)) - ms(nextDueAt);
  return Math.floor((hash / 2 ** 32) * Math.min(jitterSeconds * 1000, pause / 2));
};

/** The moment the run for the stored due instant is to start. */
export const startTime = (schedule: Schedule): number => ms(schedule.nextDueAt ?? UNTIL_RESUMED) + jitterMs(schedule);

/** How late a run of a schedule that asks may be when nothing else is said, in minutes. */
export const ASK_GRACE_MINUTES = 720;

/** How late a run may start, in milliseconds: what the schedule says, or what its rule for missed times means. */
export const latenessAllowed = ({ missed, graceMinutes }: Pick<Schedule, 'missed' | 'graceMinutes'>): number => {
  if (graceMinutes !== undefined) return graceMinutes * MINUTE_MS;
  if (missed === 'ask') return ASK_GRACE_MINUTES * MINUTE_MS;
  return missed === 'skip' ? GRACE_MS : Number.POSITIVE_INFINITY;
};

/** What is to be done now; undefined while nothing is due. However many times were missed, one run is started. */
export const planFor = (schedule: Schedule, now: number): Plan | undefined => {
  const { nextDueAt, missed: policy } = schedule;
  if (!nextDueAt || startTime(schedule) > now) return undefined;
  const missed = missedBetween(schedule, nextDueAt, toInstant(now));
  if (!missed) return undefined;
  const { count, first, last, lastButOne } = missed;
  const served = { lastDueAt: last, nextDueAt: nextOf(schedule, last) };
  const late = now - ms(last) - jitterMs(schedule);
  const isOnTime = late <= GRACE_MS;
  const span = { from: first, to: last, count };
  if (late > latenessAllowed(schedule)) return { ...served, missed: span, ...(policy === 'ask' ? { asks: span } : {}) };
  const cause = isOnTime && (count === 1 || policy === 'skip') ? 'schedule' : 'catch-up';
  const rest = lastButOne ? { missed: { from: first, to: lastButOne, count: count - 1 } } : {};
  return { ...served, ...rest, start: { cause, scheduledFor: last } };
};
