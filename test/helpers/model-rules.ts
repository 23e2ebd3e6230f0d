import type { ActiveWindow, Trigger } from '../../preload/contract/schedule.ts';
import { FIRST, naiveDues, type WallYears, writeWallYears } from './naive-dues.ts';
import { readKeptTables } from './tzif.ts';

/*
 * Rules for the model of the scheduler, with all their slots in the weeks it lives in, from the naive reading of the wall clock.
 */

/** The weeks around the end of summer time in Europe. A history begins on the 24th. */
export const MODEL_START = '2026-10-24T22:10:30.000Z';
const FROM = Date.UTC(2026, 9, 1);
const UNTIL = Date.UTC(2026, 10, 25);
const MINUTE = 60_000;

export type ModelRule = { trigger: Trigger; timeZone: string; window?: ActiveWindow };

const EVERY_DAY: ActiveWindow['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const cron = (expression: string): Trigger => ({ type: 'cron', expression });

export const MODEL_RULES: readonly ModelRule[] = [
  { trigger: { type: 'interval', minutes: 7 }, timeZone: 'Europe/Berlin' },
  { trigger: { type: 'interval', minutes: 30 }, timeZone: 'Europe/Berlin' },
  { trigger: cron('*/10 * * * *'), timeZone: 'Europe/Berlin' },
  { trigger: cron('0 * * * *'), timeZone: 'UTC' },
  { trigger: { type: 'daily', time: '02:30' }, timeZone: 'Europe/Berlin' },
  { trigger: cron('15,45 1,2,3 * * *'), timeZone: 'Europe/Berlin' },
  { trigger: cron('*/20 1-22 * * *'), timeZone: 'Australia/Lord_Howe' },
  { trigger: { type: 'weekly', days: ['sun', 'wed'], time: '00:15' }, timeZone: 'America/New_York' },
  { trigger: cron('*/15 * * * *'), timeZone: 'Europe/Berlin', window: { days: EVERY_DAY, from: '01:30', to: '04:00' } },
  { trigger: { type: 'interval', minutes: 30 }, timeZone: 'UTC', window: { days: ['sun', 'mon'], from: '22:00', to: '06:00' } },
];

const years = new Map<string, WallYears>();
const wallOf = (timeZone: string): WallYears => {
  const known = years.get(timeZone);
  if (known) return known;
  const table = timeZone === 'UTC' ? { before: 0, changes: [] } : readKeptTables().zones[timeZone];
  if (!table) throw new Error(`No table for ${timeZone}`);
  const made = writeWallYears(table);
  years.set(timeZone, made);
  return made;
};

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const WEEK: ActiveWindow['days'] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Whether the wall clock stands inside the window: each of its minutes belongs to the day on which it opened. */
const isInside = ({ window, timeZone }: ModelRule, at: number): boolean => {
  if (!window) return true;
  const wall = wallOf(timeZone).wall[(at - FIRST) / MINUTE] as number;
  const [from, to] = [minuteOf(window.from), minuteOf(window.to)];
  const length = (to - from + 1440) % 1440 || 1440;
  return [0, 1].some((daysAgo) => {
    const opened = (Math.floor(wall / 1440) - daysAgo) * 1440 + from;
    return wall >= opened && wall < opened + length && window.days.includes(WEEK[new Date(opened * MINUTE).getUTCDay()] ?? 'sun');
  });
};

const known = new Map<string, number[]>();

/** All slots of a rule in those weeks, in milliseconds. The grid of an interval is laid through `anchor`. */
export const slotsOf = (rule: ModelRule, anchor: number): readonly number[] => {
  const { trigger } = rule;
  const step = trigger.type === 'interval' ? trigger.minutes * MINUTE : 0;
  const key = JSON.stringify([rule, step && anchor % step]);
  const found = known.get(key);
  if (found) return found;
  const all =
    trigger.type === 'interval'
      ? Array.from(
          { length: Math.floor((UNTIL - FROM) / step) },
          (_, index) => FROM + ((((anchor - FROM) % step) + step) % step) + index * step,
        )
      : naiveDues(wallOf(rule.timeZone), trigger, FROM, 20_000).filter((due) => due < UNTIL);
  const slots = all.filter((due) => isInside(rule, due));
  known.set(key, slots);
  return slots;
};

/** Takes the large tables away once the slots are known. */
export const prepareRules = (): void => {
  for (const rule of MODEL_RULES) if (rule.trigger.type !== 'interval') slotsOf(rule, 0);
  for (const zone of [...years.keys()]) if (zone !== 'UTC') years.delete(zone);
};

/** The slots after `from` and up to `until`. */
export const slotsBetween = (slots: readonly number[], from: number, until: number): number[] => {
  let [low, high] = [0, slots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle] as number) <= from) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let index = low; index < slots.length && (slots[index] as number) <= until; index += 1) found.push(slots[index] as number);
  return found;
};
