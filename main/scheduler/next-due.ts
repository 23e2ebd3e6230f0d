import { AppError } from '../../preload/contract/errors.ts';
import { type Trigger, triggerSchema } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import { DAY_MS, type Day, MINUTE_MS, nextCronDay, nextPlainDay } from './calendar.ts';
import { type CronRule, parseCron } from './cron.ts';
import { instantOf, type Zone, zoneOf } from './zone.ts';

/** The shortest time between two runs of a job that goes out to the network, in minutes. */
export const NETWORK_FLOOR_MINUTES = 5;
/** Instants are written with four digits of year. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59);

const never = (): AppError => new AppError('SCHED_NEVER', 'This rule never comes due: no such day exists.', { field: 'trigger' });

/** A wall-clock time on certain days: the days at or after one, and the minutes of such a day in order. */
type WallRule = { nextDay: (from: Day) => Day | undefined; minutesOfDay: readonly number[] };

const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const cronMinutes = (rule: CronRule): number[] => rule.hours.flatMap((hour) => rule.minutes.map((minute) => hour * 60 + minute));

/** The first wall-clock due instant after `after`. Begins two days early: a day can be missing from a zone's calendar. */
const nextWallDue = (rule: WallRule, zone: Zone, after: number): number => {
  const today = Math.floor((after + zone.offsetAt(after)) / DAY_MS);
  for (let day = rule.nextDay(today - 2); day !== undefined; day = rule.nextDay(day + 1)) {
    for (const minute of rule.minutesOfDay) {
      const due = instantOf(zone, day * DAY_MS + minute * MINUTE_MS);
      if (due > after) return due;
    }
  }
  throw never();
};

/** The first wall time at or after `wall` that a rhythm means. */
const nextRhythmWall = (rule: CronRule, wall: number): number => {
  const today = Math.floor(wall / DAY_MS);
  const day = nextCronDay(rule, today);
  if (day === undefined) throw never();
  const minute = firstMinute(rule, day === today ? Math.ceil((wall - today * DAY_MS) / MINUTE_MS) : 0);
  if (minute !== undefined) return day * DAY_MS + minute * MINUTE_MS;
  return nextRhythmWall(rule, (day + 1) * DAY_MS);
};
const firstMinute = (rule: CronRule, from: number): number | undefined => {
  const fromHour = Math.floor(from / 60);
  for (const hour of rule.hours) {
    if (hour < fromHour) continue;
    const minute = rule.minutes.find((each) => hour > fromHour || each >= from % 60);
    if (minute !== undefined) return hour * 60 + minute;
  }
  return undefined;
};

/** A rhythm follows the clock: looks for it in each stretch between two changes of the clock. */
const nextRhythmDue = (rule: CronRule, zone: Zone, after: number): number => {
  let start = Math.floor(after / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  for (;;) {
    const offset = zone.offsetAt(start);
    const due = nextRhythmWall(rule, start + offset) - offset;
    const change = zone.firstTransition(start, Math.min(due, LAST_INSTANT));
    if (!change) return due;
    start = change.at;
  }
};

const toWallRule = (trigger: Exclude<Trigger, { type: 'interval' }>): WallRule => {
  if (trigger.type !== 'cron')
    return { nextDay: (from) => nextPlainDay(trigger, from), minutesOfDay: [minuteOfDay(trigger.time)] };
  const rule = parseCron(trigger.expression);
  return { nextDay: (from) => nextCronDay(rule, from), minutesOfDay: cronMinutes(rule) };
};

const nextDueMs = (trigger: Trigger, zone: Zone, after: number): number => {
  if (trigger.type === 'interval') return Math.floor(after / MINUTE_MS) * MINUTE_MS + trigger.minutes * MINUTE_MS;
  if (trigger.type === 'cron' && !parseCron(trigger.expression).isFixedTime)
    return nextRhythmDue(parseCron(trigger.expression), zone, after);
  return nextWallDue(toWallRule(trigger), zone, after);
};

const toMs = (from: string): number => {
  const ms = /(Z|[+-]\d\d:?\d\d)$/i.test(from) ? Date.parse(from) : Number.NaN;
  if (Number.isNaN(ms))
    throw new AppError('SCHED_INVALID', 'The start is not an instant with a zone, such as 2026-03-29T00:00:00Z.');
  return ms;
};

/**
 * The next due instants after `from`, each strictly after the one before, to the minute.
 * An interval counts on from `from`; the rest are the wall clock of the zone (the rule of time, docs/architecture.md).
 * Throws SCHED_INVALID (not a trigger, zone or instant) or SCHED_NEVER, with the reason.
 */
export const nextDues = (trigger: Trigger, timeZone: string, from: string, count: number): string[] => {
  const zone = zoneOf(timeZone);
  const dues: string[] = [];
  let after = toMs(from);
  while (dues.length < count) {
    after = nextDueMs(trigger, zone, after);
    if (!(after <= LAST_INSTANT)) throw never();
    dues.push(toInstant(after));
  }
  return dues;
};

/** The first due instant after `from`. See `nextDues`. */
export const nextDue = (trigger: Trigger, timeZone: string, from: string): string =>
  nextDues(trigger, timeZone, from, 1)[0] as string;

/** Minutes between the two closest due times of a cron line. */
const closestMinutes = (rule: CronRule): number => {
  const minutes = cronMinutes(rule);
  const gaps = minutes.slice(1).map((minute, index) => minute - (minutes[index] as number));
  const overnight = (minutes[0] as number) + 1440 - (minutes.at(-1) as number);
  if (overnight < NETWORK_FLOOR_MINUTES && hasNeighbours(rule)) gaps.push(overnight);
  return Math.min(...gaps, 1440);
};
/** Two days in a row are meant, somewhere in four years. */
const hasNeighbours = (rule: CronRule): boolean => {
  for (let day = nextCronDay(rule, 0), next: Day | undefined; day !== undefined && day < 1500; day = next) {
    next = nextCronDay(rule, day + 1);
    if (next === day + 1) return true;
  }
  return false;
};

/**
 * Refuses what cannot be scheduled. Jobs that go out to the network run at most every five minutes.
 * Throws SCHED_INVALID or SCHED_NEVER with the reason and the field.
 */
export const validateTrigger = (trigger: unknown, timeZone: string, { goesOut }: { goesOut: boolean }): Trigger => {
  const parsed = triggerSchema.safeParse(trigger);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') || 'trigger';
    throw new AppError('SCHED_INVALID', `This is not a time rule (${where}: ${issue?.message ?? 'unreadable'}).`, {
      field: 'trigger',
    });
  }
  zoneOf(timeZone);
  const rule = parsed.data;
  const closest =
    rule.type === 'interval' ? rule.minutes : rule.type === 'cron' ? closestMinutes(parseCron(rule.expression)) : 1440;
  if (rule.type === 'cron' && nextCronDay(parseCron(rule.expression), 0) === undefined) throw never();
  if (goesOut && closest < NETWORK_FLOOR_MINUTES)
    throw new AppError('SCHED_INVALID', 'This job goes out to the network: every 5 minutes at most.', { field: 'trigger' });
  return rule;
};
