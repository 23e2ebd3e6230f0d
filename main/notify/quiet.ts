import type { Notifications } from '../../preload/contract/message.ts';
import type { Weekday } from '../../preload/contract/schedule.ts';

const DAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** What a clock on the wall shows in a zone. */
const wallClock = (now: number, timeZone: string): { day: number; time: string } => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return { day: DAYS.indexOf(part('weekday').toLowerCase() as Weekday), time: `${part('hour')}:${part('minute')}` };
};

/**
 * Whether nothing is to be told at `now`, milliseconds. The clock of the zone alone decides, so that a span over midnight, a changed clock
 * and the nights that are an hour longer or shorter need no reckoning. The same time twice means the whole day.
 */
export const isQuiet = (quiet: Notifications['quiet'], now: number, timeZone: string): boolean => {
  if (!quiet) return false;
  const { day, time } = wallClock(now, timeZone);
  const isDay = (index: number): boolean => quiet.days.includes(DAYS[(index + 7) % 7] as Weekday);
  const { from, to } = quiet;
  if (from < to) return isDay(day) && time >= from && time < to;
  return (isDay(day) && time >= from) || (isDay(day - 1) && time < to);
};
