import { type Schedule, UNTIL_RESUMED } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import { MINUTE_MS } from './calendar.ts';
import { missedBetween } from './catch-up.ts';
import { nextDue } from './next-due.ts';

/** How late a run may start and still count as on time. */
export const GRACE_MS = 120_000;

/** What to do about a schedule whose time has come. */
export type Plan = {
  /** The run to start, if any. */
  start?: { cause: 'schedule' | 'catch-up'; scheduledFor: string };
  /** The due instants no run stands for. */
  missed?: { from: string; to: string; count: number };
  /** The due instant served last, and the one after it. */
  lastDueAt: string;
  nextDueAt: string;
};

const ms = (instant: string): number => Date.parse(instant);

const nextOnGrid = (minutes: number, base: number, now: number): string => {
  const step = minutes * MINUTE_MS;
  return toInstant(base + (Math.floor((now - base) / step) + 1) * step);
};

/**
 * The due instant to wait for from now on: after an edit, a resume, a clock that was set back.
 * A slot that was served is not served again, unless waiting for the one after it would take longer than the usual pause:
 * after a clock was set back by days, the days come again.
 */
export const dueFrom = (schedule: Schedule, now: number): string => {
  const { trigger, timeZone, lastDueAt } = schedule;
  if (trigger.type === 'interval') {
    const base = lastDueAt && ms(lastDueAt) <= now ? ms(lastDueAt) : Math.floor(now / MINUTE_MS) * MINUTE_MS;
    return nextOnGrid(trigger.minutes, base, now);
  }
  const fresh = nextDue(trigger, timeZone, toInstant(now));
  if (!lastDueAt || ms(lastDueAt) < ms(fresh)) return fresh;
  const kept = nextDue(trigger, timeZone, lastDueAt);
  const usualPause = ms(nextDue(trigger, timeZone, fresh)) - ms(fresh);
  return fresh === lastDueAt || ms(kept) - now <= usualPause ? kept : fresh;
};

/** A stored due instant that lies ahead, put right if the clock or the zone's rules have changed since it was reckoned. */
export const putRight = (schedule: Schedule, now: number): string => {
  const { nextDueAt, trigger } = schedule;
  if (!nextDueAt) return dueFrom(schedule, now);
  if (ms(nextDueAt) <= now) return nextDueAt;
  if (trigger.type === 'interval' && ms(nextDueAt) - now <= trigger.minutes * MINUTE_MS) return nextDueAt;
  return dueFrom(schedule, now);
};

/** A delay of 0 to `jitterSeconds`, always the same for the same due instant, and at most half the pause to the next. */
export const jitterMs = (schedule: Schedule): number => {
  const { nextDueAt, jitterSeconds, id, trigger, timeZone } = schedule;
  if (!nextDueAt || jitterSeconds === 0) return 0;
  let hash = 2_166_136_261;
  for (const char of id + nextDueAt) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0;
  const pause = ms(nextDue(trigger, timeZone, nextDueAt)) - ms(nextDueAt);
  return Math.floor((hash / 2 ** 32) * Math.min(jitterSeconds * 1000, pause / 2));
};

/** The moment the run for the stored due instant is to start. */
export const startTime = (schedule: Schedule): number => ms(schedule.nextDueAt ?? UNTIL_RESUMED) + jitterMs(schedule);

/** What is to be done now; undefined while nothing is due. However many times were missed, one run is started. */
export const planFor = (schedule: Schedule, now: number): Plan | undefined => {
  const { nextDueAt, trigger, timeZone, missed: policy } = schedule;
  if (!nextDueAt || startTime(schedule) > now) return undefined;
  const missed = missedBetween(trigger, timeZone, nextDueAt, toInstant(now));
  if (!missed) return undefined;
  const { count, first, last, lastButOne } = missed;
  const served = { lastDueAt: last, nextDueAt: nextDue(trigger, timeZone, last) };
  const isOnTime = now - ms(last) <= GRACE_MS + jitterMs(schedule);
  if (!isOnTime && policy === 'skip') return { ...served, missed: { from: first, to: last, count } };
  const cause = isOnTime && (count === 1 || policy === 'skip') ? 'schedule' : 'catch-up';
  const rest = lastButOne ? { missed: { from: first, to: lastButOne, count: count - 1 } } : {};
  return { ...served, ...rest, start: { cause, scheduledFor: last } };
};
