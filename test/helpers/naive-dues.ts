import type { Trigger } from '../../preload/contract/schedule.ts';
import type { ZoneTable } from './tzif.ts';

/*
 * The rule of time, read naively and a second time: the wall clock of every minute of nine years is written into an array
 * from a table of the tz database, and each is asked whether it is due. Shares no code and no zone data with the scheduler.
 */

/** The years that are written out: a month before the first case and two leap days after the last. */
export const FIRST = Date.UTC(2023, 11, 1);
export const LAST = Date.UTC(2033, 0, 1);
const MINUTE = 60_000;
const SIZE = (LAST - FIRST) / MINUTE;
const FIRST_MINUTE = FIRST / MINUTE;
const FIRST_DAY = FIRST / 86_400_000 - 2;

/** What the clock on the wall showed at each minute since `FIRST`, as minutes since 1970, and the latest it had shown until then. */
export type WallYears = { wall: Int32Array; latest: Int32Array };

export const writeWallYears = ({ before, changes }: ZoneTable): WallYears => {
  const [wall, latest] = [new Int32Array(SIZE), new Int32Array(SIZE)];
  const minutes = changes.map(([at]) => Date.parse(at) / MINUTE);
  let [offset, next, highest] = [before, 0, 0];
  for (let index = 0; index < SIZE; index += 1) {
    const minute = FIRST_MINUTE + index;
    for (; (minutes[next] ?? Number.POSITIVE_INFINITY) <= minute; next += 1) offset = changes[next]?.[1] ?? offset;
    wall[index] = minute + offset;
    highest = Math.max(highest, minute + offset);
    latest[index] = highest;
  }
  return { wall, latest };
};

type Calendar = { year: number; month: number; day: number; weekday: number; length: number };
/** Each day of the calendar, from two before the first. */
const CALENDAR: readonly Calendar[] = Array.from({ length: (LAST - FIRST) / 86_400_000 + 4 }, (_, index) => {
  const date = new Date((FIRST_DAY + index) * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const length = month === 2 ? (year % 4 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return { year, month, day: date.getUTCDate(), weekday: date.getUTCDay(), length };
});

const WORDS = 'sun mon tue wed thu fri sat jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** A number, or a name in its place: days of the week from 0, months from 1. */
const read = (text: string): number => {
  const at = WORDS.indexOf(text.toLowerCase());
  return at < 0 ? Number(text) : at < 7 ? at : at - 6;
};

/** Whether one part of a list (crontab(5)) means a value. */
const partMeans = (part: string, value: number, low: number, high: number): boolean => {
  const [span = '', step = '1'] = part.split('/');
  const [from, to] = span === '*' ? [low, high] : [read(span.split('-')[0] ?? ''), read(span.split('-')[1] ?? span)];
  return value >= from && value <= to && (value - from) % Number(step) === 0;
};
const means = (field: string, value: number, low: number, high: number): boolean =>
  field.split(',').some((part) => partMeans(part, value, low, high));

/** Day of month with `L`, the last one. */
const dateMeans = (field: string, { day, length }: Calendar): boolean =>
  field.split(',').some((part) => (part.toUpperCase() === 'L' ? day === length : partMeans(part, day, 1, 31)));

/** Day of week with `5L` (the last Friday) and `5#2` (the second). */
const weekdayMeans = (field: string, { day, length, weekday }: Calendar): boolean =>
  field.split(',').some((part) => {
    const last = /^(\w+)L$/i.exec(part)?.[1];
    if (last !== undefined && !WORDS.includes(part.toLowerCase())) return read(last) % 7 === weekday && day + 7 > length;
    const [name = '', nth] = part.split('#');
    if (nth !== undefined) return read(name) % 7 === weekday && Math.ceil(day / 7) === Number(nth);
    return partMeans(part, weekday, 0, 6) || (part !== '*' && !part.startsWith('*/') && partMeans(part, weekday + 7, 0, 7));
  });

type Rule = { isDay: (day: Calendar) => boolean; isTime: (minuteOfDay: number) => boolean; isFixed: boolean };

const cronRule = (expression: string): Rule => {
  const [minute = '', hour = '', date = '', month = '', weekday = ''] = expression.trim().split(/\s+/);
  const isEither = !date.startsWith('*') && !weekday.startsWith('*');
  return {
    isDay: (day) => {
      const [onDate, onWeekday] = [dateMeans(date, day), weekdayMeans(weekday, day)];
      return means(month, day.month, 1, 12) && (isEither ? onDate || onWeekday : onDate && onWeekday);
    },
    isTime: (time) => means(hour, Math.floor(time / 60), 0, 23) && means(minute, time % 60, 0, 59),
    isFixed: /^[\d,]+$/.test(minute) && /^[\d,]+$/.test(hour),
  };
};

const toRule = (trigger: Exclude<Trigger, { type: 'interval' }>): Rule => {
  if (trigger.type === 'cron') return cronRule(trigger.expression);
  const [hours = 0, minutes = 0] = trigger.time.split(':').map(Number);
  const isDay = (day: Calendar): boolean => {
    if (trigger.type === 'daily') return true;
    if (trigger.type === 'weekly') return (trigger.days as string[]).includes(WORDS[day.weekday] ?? '');
    return day.day === (trigger.day > day.length ? day.length : trigger.day);
  };
  return { isDay, isTime: (time) => time === hours * 60 + minutes, isFixed: true };
};

/** Remembers what was asked before: 1 is yes, 2 is no. */
const remembered = (size: number, ask: (index: number) => boolean): ((index: number) => boolean) => {
  const known = new Uint8Array(size);
  return (index) => {
    if (known[index] === 0) known[index] = ask(index) ? 1 : 2;
    return known[index] === 1;
  };
};

/** Questions about a wall-clock minute, and about a stretch of minutes of which no day is meant. */
const tabled = (rule: Rule): { isMeant: (wall: number) => boolean; isIdle: (from: number, to: number) => boolean } => {
  const isDay = remembered(CALENDAR.length, (index) => rule.isDay(CALENDAR[index] as Calendar));
  const isTime = remembered(1440, rule.isTime);
  const dayOf = (wall: number): number => Math.floor(wall / 1440) - FIRST_DAY;
  return {
    isMeant: (wall) => isTime(wall % 1440) && isDay(dayOf(wall)),
    isIdle: (from, to) => {
      for (let day = dayOf(from); day <= dayOf(to); day += 1) if (isDay(day)) return false;
      return true;
    },
  };
};

/** How many days are read, to be done today: more for rules that may come once in four years. */
const daysFor = (trigger: Trigger): number => (trigger.type === 'cron' && / 29 2 /.test(trigger.expression) ? 4000 : 420);

/** The first `count` due instants after `from`, fewer when the days that are read end before; in milliseconds. */
export const naiveDues = ({ wall, latest }: WallYears, trigger: Trigger, from: number, count: number): number[] => {
  const start = Math.floor(from / MINUTE);
  if (trigger.type === 'interval')
    return Array.from({ length: count }, (_, index) => (start + (index + 1) * trigger.minutes) * MINUTE);
  const rule = toRule(trigger);
  const { isMeant, isIdle } = tabled(rule);
  const found: number[] = [];
  const end = Math.min(SIZE, start - FIRST_MINUTE + daysFor(trigger) * 1440);
  for (let index = start + 1 - FIRST_MINUTE; index < end && found.length < count; index += 1) {
    const now = wall[index] as number;
    // Whole days are passed over together, with a day on both sides because a change may show their clock again.
    if (index % 1440 === 0 && index + 1439 < end && isIdle(now - 1440, (wall[index + 1439] as number) + 1440)) {
      index += 1439;
      continue;
    }
    // A fixed time is due when the clock first shows it, or first shows a later one: the end of a gap.
    let shown = rule.isFixed ? (latest[index - 1] as number) + 1 : now;
    while (shown < now && !isMeant(shown)) shown += 1;
    if (shown <= now && isMeant(shown)) found.push((FIRST_MINUTE + index) * MINUTE);
  }
  return found;
};
