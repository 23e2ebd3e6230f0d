/*
 * How times, spans and counts are written, everywhere. Pure; `zone` is an IANA name and defaults to this computer's.
 */
import { count, number } from '../words/counting.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Months as they are written in dates, short and long; January first. */
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

type Parts = { year: number; month: number; day: number; weekday: number; time: string; seconds: string; dayNumber: number };
const formatters = new Map<string, Intl.DateTimeFormat>();
const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
};

/** The zone of this computer, as the browser knows it. */
export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const partsOf = (at: number, zone: string): Parts => {
  const found: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(at)) found[type] = value;
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)];
  const dayNumber = Math.floor(Date.UTC(year, month - 1, day) / DAY);
  const weekday = (((dayNumber + 4) % 7) + 7) % 7;
  return { year, month, day, weekday, time: `${found.hour}:${found.minute}`, seconds: found.second ?? '00', dayNumber };
};
const ms = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));
const monthOf = (parts: Parts): string => MONTHS[parts.month - 1] ?? '';
const weekdayOf = (parts: Parts): string => WEEKDAYS[parts.weekday] ?? '';

/** `10:30`. */
export const clock = (at: string | number, zone = localZone()): string => partsOf(ms(at), zone).time;
/** `07:06:02`. */
export const clockSeconds = (at: string | number, zone = localZone()): string => {
  const { time, seconds } = partsOf(ms(at), zone);
  return `${time}:${seconds}`;
};
/** `2 Oct`, or `2 Oct 2024` when that is not the year of `now`. */
export const dayAndMonth = (at: string | number, now: number, zone = localZone()): string => {
  const parts = partsOf(ms(at), zone);
  const year = parts.year === partsOf(now, zone).year ? '' : ` ${parts.year}`;
  return `${parts.day} ${monthOf(parts)}${year}`;
};
/** `Wednesday 14 October`. */
export const longDay = (at: string | number, zone = localZone()): string => {
  const parts = partsOf(ms(at), zone);
  return `${weekdayOf(parts)} ${parts.day} ${LONG_MONTHS[parts.month - 1] ?? ''}`;
};
/** `Wed 14 Oct, 10:22`; with the year when that is not the year of `now`. */
export const dateTime = (at: string | number, now: number, zone = localZone()): string => {
  const parts = partsOf(ms(at), zone);
  return `${weekdayOf(parts).slice(0, 3)} ${dayAndMonth(at, now, zone)}, ${parts.time}`;
};
/** Which local day: equal numbers are the same day, and they count up by one. */
export const dayNumber = (at: string | number, zone = localZone()): number => partsOf(ms(at), zone).dayNumber;

/** What every time's tooltip says: local with its zone, then UTC. */
export const timeTooltip = (at: string | number, zone = localZone()): string => {
  const parts = partsOf(ms(at), zone);
  const local = `${weekdayOf(parts).slice(0, 3)} ${parts.day} ${monthOf(parts)} ${parts.year}, ${parts.time}:${parts.seconds} ${zone}`;
  const utc = new Date(ms(at)).toISOString();
  return `${local}\n${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC`;
};

/** A time gone by: `Just now`, `18 min ago`, `3 h ago`, `Tue 21:30`, `2 Oct`. A time to come reads `Just now`. */
export const past = (at: string | number, now: number, zone = localZone()): string => {
  const age = now - ms(at);
  if (age < MINUTE) return 'Just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  if (age >= 7 * DAY) return dayAndMonth(at, now, zone);
  const parts = partsOf(ms(at), zone);
  return `${weekdayOf(parts).slice(0, 3)} ${parts.time}`;
};

/** A time to come: `Due now`, `Due in 12 min`, `Due in 3 h`, `Tomorrow 06:30`, `Sunday 03:00, in 4 days`. */
export const due = (at: string | number, now: number, zone = localZone()): string => {
  const wait = ms(at) - now;
  if (wait < MINUTE) return wait < 1000 ? 'Due now' : 'Due in 1 min';
  if (wait < HOUR) return `Due in ${Math.floor(wait / MINUTE)} min`;
  const parts = partsOf(ms(at), zone);
  const days = parts.dayNumber - partsOf(now, zone).dayNumber;
  if (days === 0) return `Due in ${Math.floor(wait / HOUR)} h`;
  if (days === 1) return `Tomorrow ${parts.time}`;
  const day = days < 7 ? weekdayOf(parts) : dayAndMonth(at, now, zone);
  return `${day} ${parts.time}, in ${number(days)} days`;
};
/** The same inside a sentence: `in 12 min`, `tomorrow 06:30`, `now`. */
export const dueInline = (at: string | number, now: number, zone = localZone()): string => {
  const text = due(at, now, zone).replace(/^Due /, '');
  return text.startsWith('Tomorrow') ? text.replace('T', 't') : text;
};

const two = (value: number): string => String(value).padStart(2, '0');
/** How long: `48 ms`, `3.4 s`, `34 s`, `9 min 58`, `2 h 10`, `3 days 4 h`. */
export const duration = (milliseconds: number): string => {
  const span = Math.max(0, milliseconds);
  if (span < 100) return `${Math.round(span)} ms`;
  if (span < 9950) return `${(span / 1000).toFixed(1)} s`;
  const seconds = Math.round(span / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${two(seconds % 60)}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${two(minutes % 60)}`;
  const rest = hours % 24;
  return `${Math.floor(hours / 24)} days${rest === 0 ? '' : ` ${rest} h`}`;
};
/** Behind a start time: `+36 min`; nothing under a minute. */
export const lateness = (milliseconds: number): string => (milliseconds < MINUTE ? '' : `+${inMinutes(milliseconds)}`);
/** In a sentence: `36 min late (asleep)`. */
export const late = (milliseconds: number, reason?: string): string =>
  `${inMinutes(milliseconds)} late${reason ? ` (${reason})` : ''}`;
const inMinutes = (milliseconds: number): string => {
  const unit = milliseconds < MINUTE ? 1000 : MINUTE;
  return duration(Math.floor(milliseconds / unit) * unit);
};

/** `34 unread of 61`, `61 posts`, `No posts`. Zero is left out or said. */
export const unreadOf = (unread: number, total: number): string => {
  if (total === 0) return 'No posts';
  return unread === 0 ? `${count(total, 'post')}, all read` : `${number(unread)} unread of ${number(total)}`;
};
/** `12 new`, or `Nothing new`. */
export const newPosts = (value: number): string => (value === 0 ? 'Nothing new' : `${number(value)} new`);
/** `812 B`, `41 KB`, `2.4 MB`, `212 MB`, `1.2 GB`; a thousand to the next. */
export const bytes = (value: number): string => {
  if (value < 1000) return `${value} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let size = value / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 9.95 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
};
/** `46 %`, with a space. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
