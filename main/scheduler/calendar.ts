import type { Trigger, Weekday } from '../../preload/contract/schedule.ts';
import { type CronRule, matchesDay } from './cron.ts';

/** A calendar day as the number of days since 1970-01-01; no zone in it. */
export type Day = number;

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;
/** The order of `Date.prototype.getUTCDay`. */
export const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The pattern of days repeats after 400 years; what does not come in that time never does. */
const CYCLE_YEARS = 400;

/** A day of 1970-01-01 is a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7;

type Match = (year: number, month: number, day: number, weekday: number) => boolean;

const monthLength = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The first day at or after `from` that matches, or undefined when none does within the cycle. Months that cannot match are passed over. */
const findDay = (from: Day, mayMonth: (month: number) => boolean, matches: Match): Day | undefined => {
  const start = new Date(from * DAY_MS);
  let year = start.getUTCFullYear();
  let month = start.getUTCMonth() + 1;
  let firstDay = start.getUTCDate();
  for (const lastYear = year + CYCLE_YEARS; year <= lastYear; ) {
    const monthStart = Date.UTC(year, month - 1, 1) / DAY_MS;
    for (let day = firstDay; mayMonth(month) && day <= monthLength(year, month); day += 1) {
      if (matches(year, month, day, weekdayOf(monthStart + day - 1))) return monthStart + day - 1;
    }
    firstDay = 1;
    year += month === 12 ? 1 : 0;
    month = (month % 12) + 1;
  }
  return undefined;
};

/** The first day at or after `from` a cron rule means; undefined when it never comes. */
export const nextCronDay = (rule: CronRule, from: Day): Day | undefined =>
  findDay(
    from,
    (month) => rule.months.has(month),
    (year, month, day, weekday) => matchesDay(rule, { month, day, weekday, daysInMonth: monthLength(year, month) }),
  );

/** The first day at or after `from` a daily, weekly or monthly trigger means. */
export const nextPlainDay = (trigger: Extract<Trigger, { time: string }>, from: Day): Day => {
  if (trigger.type === 'daily') return from;
  if (trigger.type === 'weekly') {
    let day = from;
    while (!trigger.days.includes(WEEKDAYS[weekdayOf(day)] as Weekday)) day += 1;
    return day;
  }
  const isRight: Match = (year, month, day) => day === Math.min(trigger.day, monthLength(year, month));
  return findDay(from, () => true, isRight) as Day;
};
