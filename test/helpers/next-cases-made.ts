import { type Trigger, type Weekday, weekdaySchema } from '../../preload/contract/schedule.ts';
import type { ZoneTable } from './tzif.ts';

/** One line of `tidings next --cases`. */
export type NextCase = { trigger: Trigger; zone: string; from: string; count: number };

/** Zones whose clocks change in these years: at 02:00 and 03:00, at midnight, by half an hour, by two hours, before Ramadan. */
export const CASE_ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'America/Havana',
  'Asia/Beirut',
  'Africa/Cairo',
  'Atlantic/Azores',
  'Africa/Casablanca',
  'America/Asuncion',
  'America/Santiago',
  'America/St_Johns',
  'America/Nuuk',
  'Antarctica/Troll',
  'Asia/Gaza',
  'Europe/Dublin',
] as const;
/** The changes the cases lie around. */
export const CASE_YEARS: readonly [from: number, until: number] = [Date.UTC(2024, 0, 1), Date.UTC(2031, 0, 1)];

type Random = (below: number) => number;
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const MINUTE = 60_000;
const two = (value: number): string => String(value).padStart(2, '0');
const pick = <Value>(random: Random, values: readonly Value[]): Value => values[random(values.length)] as Value;

/** What the clock showed just before a change and just after it. */
type Change = { at: number; walls: [Date, Date] };
export const changesOf = ({ before, changes }: ZoneTable): Change[] =>
  changes.flatMap(([instant, offset], index) => {
    const at = Date.parse(instant);
    const old = changes[index - 1]?.[1] ?? before;
    if (at < CASE_YEARS[0] || at >= CASE_YEARS[1]) return [];
    return [{ at, walls: [new Date(at + (old - 1) * MINUTE), new Date(at + offset * MINUTE)] as [Date, Date] }];
  });

/** A time of day close to the change, more often than not inside the hour that is left out or comes twice. */
const minuteNear = (random: Random, { walls }: Change): number => {
  const [old, now] = walls.map((wall) => wall.getUTCHours() * 60 + wall.getUTCMinutes()) as [number, number];
  const near = pick(random, [old, now, old + 1, now - 1, Math.min(old, now) + random(121), old - random(60), now + random(60)]);
  return random(8) === 0 ? random(1440) : (near + 1440) % 1440;
};

/** A field of numbers around `near`: a number, a list, a range, a step. */
const field = (random: Random, near: number, low: number, high: number): string => {
  const [a, b] = [near, low + random(high - low + 1)].sort((x, y) => x - y) as [number, number];
  const step = 1 + random(Math.max(1, Math.floor((high - low) / 2)));
  return pick(random, ['*', `${near}`, `${near}`, `${a},${b}`, `${a}-${b}`, `*/${step}`, `${a}-${b}/${step}`, `${a},${a}-${b}`]);
};

const DAY_WORDS = ['SUN', 'mon', 'Tue', 'wed', 'thu', 'fri', 'SAT'];
const MONTH_WORDS = 'jan feb MAR apr may jun jul aug sep Oct nov dec'.split(' ');

const dateField = (random: Random, wall: Date, withMore: boolean): string => {
  const day = wall.getUTCDate();
  return pick(random, [
    '*',
    '*',
    '*',
    field(random, day, 1, 31),
    `${day}`,
    '28-31',
    '1,15',
    ...(withMore ? ['L', `${day},L`] : []),
  ]);
};
const weekdayField = (random: Random, wall: Date, withMore: boolean): string => {
  const day = wall.getUTCDay();
  const [word, nth] = [DAY_WORDS[day], Math.ceil(wall.getUTCDate() / 7)];
  const more = [`${day}#${nth}`, `${word}#${1 + random(4)}`, `${day}L`, `${day}#1,${(day + 3) % 7}`];
  return pick(random, [
    '*',
    '*',
    '*',
    `${day}`,
    `${word}`,
    'sun',
    '7',
    '0,6',
    'mon-fri',
    '5-7',
    '*/2',
    ...(withMore ? more : []),
  ]);
};
const monthField = (random: Random, wall: Date): string => {
  const month = wall.getUTCMonth() + 1;
  const word = MONTH_WORDS[month - 1];
  return pick(random, ['*', '*', '*', '*', `${month}`, `${word}`, `${month},12`, `1-${month}`, '*/2', '3-11/4']);
};

const madeCron = (random: Random, change: Change, withMore: boolean): Trigger => {
  const time = minuteNear(random, change);
  const wall = pick(random, change.walls);
  const [minute, hour] = [time % 60, Math.floor(time / 60)];
  const isFixed = random(5) < 2;
  const fields = isFixed
    ? [
        pick(random, [`${minute}`, `${minute},${random(60)}`]),
        pick(random, [`${hour}`, `${hour},${(hour + 1) % 24},${random(24)}`]),
      ]
    : [field(random, minute, 0, 59), field(random, hour, 0, 23)];
  const days = [dateField(random, wall, withMore), monthField(random, wall), weekdayField(random, wall, withMore)];
  const leap = random(40) === 0 ? ['29', '2', '*'] : days;
  return { type: 'cron', expression: [...fields, ...leap].join(' ') };
};

const madeTrigger = (random: Random, change: Change, withMore: boolean): Trigger => {
  const minute = minuteNear(random, change);
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  const wall = pick(random, change.walls);
  switch (
    pick(random, ['interval', 'daily', 'daily', 'weekly', 'weekly', 'monthly', 'monthly', 'cron', 'cron', 'cron', 'cron', 'cron'])
  ) {
    case 'interval':
      return { type: 'interval', minutes: pick(random, [1, 7, 30, 60, 90, 1440, 1 + random(5000)]) };
    case 'daily':
      return { type: 'daily', time };
    case 'weekly': {
      const days = weekdaySchema.options.filter(() => random(3) === 0);
      const day = weekdaySchema.options[(wall.getUTCDay() + 6) % 7] as Weekday;
      return { type: 'weekly', days: [...new Set([day, ...days])], time };
    }
    case 'monthly':
      return { type: 'monthly', day: pick(random, [wall.getUTCDate(), wall.getUTCDate(), 29, 30, 31, 1 + random(31)]), time };
    default:
      return madeCron(random, change, withMore);
  }
};

/** From three days before the change to a day after; sometimes the change itself, a second beside it, or in the middle of a minute. */
const madeFrom = (random: Random, { at }: Change): number => {
  const minutes = random(4 * 1440) - 3 * 1440;
  const extra = pick(random, [0, 0, 0, 1, 30_000, 59_999]);
  return pick(random, [
    at,
    at - 1,
    at - MINUTE,
    at + minutes * MINUTE + extra,
    at + minutes * MINUTE + extra,
    at - random(180) * MINUTE,
  ]);
};

/** So many cases of one zone, spread evenly over its changes. Some have no due instant within the years; the caller sorts them out. */
export const madeCases = (zone: string, table: ZoneTable, wanted: number, withMore: boolean): NextCase[] => {
  const random = createRandom([...zone].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7));
  const changes = changesOf(table);
  return Array.from({ length: changes.length === 0 ? 0 : wanted }, (_, index) => {
    const change = changes[index % changes.length] as Change;
    const trigger = madeTrigger(random, change, withMore);
    const count = 1 + random(trigger.type === 'monthly' ? 3 : 8);
    return { trigger, zone, from: new Date(madeFrom(random, change)).toISOString(), count };
  });
};
