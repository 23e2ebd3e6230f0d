import { AppError } from '../../preload/contract/errors.ts';
import { type ActiveWindow, activeWindowSchema, type Trigger, triggerSchema } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import { DAY_MS, type Day, MINUTE_MS, nextCronDay, nextPlainDay } from './calendar.ts';
import { type CronRule, parseCron } from './cron.ts';
import { isInWindow, nextOpening } from './window.ts';
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

/** Beyond so many years without a due instant inside its window a rule never has one; cron days such as 29 February repeat more slowly. */
const WINDOW_YEARS = 12;
const CRON_WINDOW_YEARS = 41;
const YEAR_MS = 366 * DAY_MS;

const neverInside = (): AppError =>
  new AppError('SCHED_NEVER', 'This rule never comes due inside its active window.', { field: 'window' });

/** Where to look on from a due instant outside the window: its next opening, but nothing that a clock set back makes come twice is leapt over. */
const lookOnFrom = (window: ActiveWindow, zone: Zone, due: number): number => {
  const opening = nextOpening(window, zone, due);
  for (let change = zone.firstTransition(due - DAY_MS, opening); change; change = zone.firstTransition(change.at, opening)) {
    if (change.at > due) return Math.min(change.at, opening);
    if (due < change.at + change.before - change.after) return due + 1;
  }
  return opening;
};

/** The next due instant inside the window. What lies between two openings is leapt over; an interval stays on its grid. */
const nextDueInside = (trigger: Trigger, zone: Zone, from: number, window: ActiveWindow): number => {
  const last = from + YEAR_MS * (trigger.type === 'cron' ? CRON_WINDOW_YEARS : WINDOW_YEARS);
  let due = nextDueMs(trigger, zone, from);
  while (!isInWindow(window, zone, due)) {
    if (due > Math.min(last, LAST_INSTANT)) throw neverInside();
    const start = lookOnFrom(window, zone, due);
    if (trigger.type !== 'interval') due = nextDueMs(trigger, zone, start - 1);
    else due += Math.ceil((start - due) / (trigger.minutes * MINUTE_MS)) * trigger.minutes * MINUTE_MS;
  }
  return due;
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
 * With a window only those inside it count. Throws SCHED_INVALID (not a trigger, zone or instant) or SCHED_NEVER, with the reason.
 */
export const nextDues = (trigger: Trigger, timeZone: string, from: string, count: number, window?: ActiveWindow): string[] => {
  const zone = zoneOf(timeZone);
  const dues: string[] = [];
  let after = toMs(from);
  while (dues.length < count) {
    after = window ? nextDueInside(trigger, zone, after, window) : nextDueMs(trigger, zone, after);
    if (!(after <= LAST_INSTANT)) throw never();
    dues.push(toInstant(after));
  }
  return dues;
};

/** The first due instant after `from`. See `nextDues`. */
export const nextDue = (trigger: Trigger, timeZone: string, from: string, window?: ActiveWindow): string =>
  nextDues(trigger, timeZone, from, 1, window)[0] as string;

/** A window as it is typed or read from a file; undefined when there is none. Throws SCHED_INVALID with the field. */
export const readWindow = (window: unknown): ActiveWindow | undefined => {
  if (window === undefined || window === null) return undefined;
  const parsed = activeWindowSchema.safeParse(window);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = ['window', ...(issue?.path ?? [])].join('.');
  throw new AppError('SCHED_INVALID', `This is not an active window (${where}: ${issue?.message ?? 'unreadable'}).`, {
    field: 'window',
  });
};

/** Where the look for a due instant inside a window begins when a rule is checked. */
const ANY_INSTANT = '2026-01-01T00:00:00.000Z';

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
export const validateTrigger = (
  trigger: unknown,
  timeZone: string,
  { goesOut, window }: { goesOut: boolean; window?: ActiveWindow | undefined },
): Trigger => {
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
  // An interval comes inside sooner or later, or its grid is laid from the window's opening when it is saved.
  if (window && rule.type !== 'interval') nextDue(rule, timeZone, ANY_INSTANT, window);
  return rule;
};
