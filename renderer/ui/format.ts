/*
 * How times, spans and counts are written, everywhere and only here. Pure, but for the region of words/locale.ts; `zone` is an
 * IANA name and defaults to this computer's.
 */
import { decimal, number, regionPercent } from '../words/counting.ts';
import { regionNow } from '../words/locale.ts';
import { words } from '../words/words.ts';
import { firstDayOfWeek, partsOf, write } from './dates.ts';

const { format: say } = words;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let ownZone: string | undefined;
/** The zone of this computer, as the browser knows it. */
export const localZone = (): string => {
  ownZone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ownZone;
};

const ms = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

/** `10:30`. */
export const clock = (at: string | number, zone = localZone()): string => write('time', ms(at), zone);
/** `07:06:02`. */
export const clockSeconds = (at: string | number, zone = localZone()): string => write('timeSeconds', ms(at), zone);
/** A time of day as it is stored, `06:30`, as the region writes it. */
export const timeOfDay = (time: string): string => write('time', Date.parse(`2024-01-01T${time}:00Z`), 'UTC');
/** `07:00`: an hour of a day, 0 to 23. */
export const hourOfDay = (hour: number): string => timeOfDay(`${two(hour)}:00`);
/** `2 Oct`, or `2 Oct 2024` when that is not the year of `now`. */
export const dayAndMonth = (at: string | number, now: number, zone = localZone()): string =>
  write(isOtherYear(at, now, zone) ? 'dayYear' : 'day', ms(at), zone);
const isOtherYear = (at: string | number, now: number, zone: string): boolean =>
  partsOf(ms(at), zone).year !== partsOf(now, zone).year;
/** `Wednesday 14 October`. */
export const longDay = (at: string | number, zone = localZone()): string => write('longDay', ms(at), zone);
/** `Wed 14 Oct`. */
export const shortDay = (at: string | number, zone = localZone()): string => write('weekdayDay', ms(at), zone);
/** `Oct`. */
export const monthName = (at: string | number, zone = localZone()): string => write('month', ms(at), zone);
/** `14`. */
export const dayOfMonth = (at: string | number, zone = localZone()): string => write('dayOfMonth', ms(at), zone);
/** A date without a time, YYYY-MM-DD, as `2 Oct`, or as `2 October`. */
export const plainDay = (date: string, length: 'short' | 'long' = 'short'): string =>
  write(length === 'short' ? 'day' : 'dayLongMonth', Date.parse(`${date}T00:00:00Z`), 'UTC');
/** `Wed 14 Oct, 10:22`; with the year when that is not the year of `now`. */
export const dateTime = (at: string | number, now: number, zone = localZone()): string =>
  write(isOtherYear(at, now, zone) ? 'dateTimeYear' : 'dateTime', ms(at), zone);
/** Which local day: equal numbers are the same day, and they count up by one. */
export const dayNumber = (at: string | number, zone = localZone()): number => partsOf(ms(at), zone).dayNumber;

/* Monday 1 January 2024, from which weekdays are counted. */
const A_MONDAY = Date.UTC(2024, 0, 1);
/** A day of the week by its number, 1 for Monday to 7 for Sunday: `Mon`, or `Monday`. */
export const weekdayName = (day: number, length: 'short' | 'long' = 'short'): string =>
  write(length === 'short' ? 'weekday' : 'longWeekday', A_MONDAY + (day - 1) * DAY, 'UTC');
/** The days of a week in the order of the region, 1 for Monday to 7 for Sunday. */
export const weekOrder = (): number[] => Array.from({ length: 7 }, (_, place) => ((firstDayOfWeek() - 1 + place) % 7) + 1);

/** What every time's tooltip says: local with its zone, then UTC. */
export const timeTooltip = (at: string | number, zone = localZone()): string => {
  const utc = new Date(ms(at)).toISOString();
  return `${write('exact', ms(at), zone)} ${zone}\n${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC`;
};

/** A time gone by: `Just now`, `18 min ago`, `3 h ago`, `Tue 21:30`, `2 Oct`. A time to come reads `Just now`. */
export const past = (at: string | number, now: number, zone = localZone()): string => {
  const age = now - ms(at);
  if (age < MINUTE) return say.justNow;
  if (age < HOUR) return say.minutesAgo(Math.floor(age / MINUTE));
  if (age < DAY) return say.hoursAgo(Math.floor(age / HOUR));
  return age >= 7 * DAY ? dayAndMonth(at, now, zone) : write('weekdayTime', ms(at), zone);
};

type Voice = 'alone' | 'inline' | 'bare';
const dueIn = (voice: Voice, at: number, now: number, zone: string): string => {
  const wait = at - now;
  if (wait < 1000) return say.dueNow[voice];
  if (wait < HOUR) return say.dueInMinutes[voice](Math.max(1, Math.floor(wait / MINUTE)));
  const days = partsOf(at, zone).dayNumber - partsOf(now, zone).dayNumber;
  if (days === 0) return say.dueInHours[voice](Math.floor(wait / HOUR));
  const time = write('time', at, zone);
  if (days === 1) return say.tomorrow[voice](time);
  return say.onDay(days < 7 ? write('longWeekday', at, zone) : dayAndMonth(at, now, zone), time, days);
};
/** A time to come: `Due now`, `Due in 12 min`, `Due in 3 h`, `Tomorrow 06:30`, `Sunday 03:00, in 4 days`. */
export const due = (at: string | number, now: number, zone = localZone()): string => dueIn('alone', ms(at), now, zone);
/** The same inside a sentence: `in 12 min`, `tomorrow 06:30`, `now`. */
export const dueInline = (at: string | number, now: number, zone = localZone()): string => dueIn('inline', ms(at), now, zone);
/** The same where a head says what is due: `In 12 min`, `Tomorrow 06:30`, `Now`. */
export const dueBare = (at: string | number, now: number, zone = localZone()): string => dueIn('bare', ms(at), now, zone);

const two = (value: number): string => String(value).padStart(2, '0');
/** How long: `48 ms`, `3.4 s`, `34 s`, `9 min 58`, `2 h 10`, `3 days 4 h`. */
export const duration = (milliseconds: number): string => {
  const span = Math.max(0, milliseconds);
  if (span < 100) return say.milliseconds(Math.round(span));
  if (span < 9950) return say.fewSeconds(span / 1000);
  const seconds = Math.round(span / 1000);
  if (seconds < 60) return say.seconds(seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? say.minutes(minutes) : say.minutesSeconds(minutes, two(seconds % 60));
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? say.hours(hours) : say.hoursMinutes(hours, two(minutes % 60));
  const rest = hours % 24;
  return rest === 0 ? say.days(Math.floor(hours / 24)) : say.daysHours(Math.floor(hours / 24), rest);
};
/** Behind a start time: `+36 min`; nothing under a minute. */
export const lateness = (milliseconds: number): string => (milliseconds < MINUTE ? '' : say.later(inMinutes(milliseconds)));
/** In a sentence: `36 min late (asleep)`. */
export const late = (milliseconds: number, reason?: string): string =>
  reason ? say.lateBecause(inMinutes(milliseconds), reason) : say.late(inMinutes(milliseconds));
const inMinutes = (milliseconds: number): string => {
  const unit = milliseconds < MINUTE ? 1000 : MINUTE;
  return duration(Math.floor(milliseconds / unit) * unit);
};

/** `34 unread of 61`, `61 posts`, `No posts`. Zero is left out or said. */
export const unreadOf = (unread: number, total: number): string => {
  if (total === 0) return say.noPosts;
  return unread === 0 ? say.allRead(total) : say.unreadOf(unread, total);
};
/** `12 new`, or `Nothing new`. */
export const newPosts = (value: number): string => (value === 0 ? say.nothingNew : say.newPosts(value));

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
/** `812 B`, `41 KB`, `2.4 MB`, `212 MB`, `1.2 GB`; a thousand to the next. */
export const bytes = (value: number): string => {
  let size = value;
  let unit = 0;
  while (size >= (unit === 0 ? 1000 : 999.5) && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return say.sizes[UNITS[unit] ?? 'B'](size < 9.95 && unit > 0 ? decimal(size, 1) : number(Math.round(size)));
};
/** `46 %`, with a space; elsewhere as the region writes it. */
export const percent = (share: number): string =>
  regionNow().isHouse ? say.percent(Math.round(share * 100)) : regionPercent(share);
