import type { ActiveWindow, Weekday } from '../../preload/contract/schedule.ts';
import { DAY_MS, MINUTE_MS, WEEKDAYS, weekdayOf } from './calendar.ts';
import { instantOf, type Zone } from './zone.ts';

const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const opensOn = (window: ActiveWindow, day: number): boolean => window.days.includes(WEEKDAYS[weekdayOf(day)] as Weekday);

/** Whether the wall clock of `zone` stands inside the window at `instant` (milliseconds). */
export const isInWindow = (window: ActiveWindow, zone: Zone, instant: number): boolean => {
  const wall = instant + zone.offsetAt(instant);
  const day = Math.floor(wall / DAY_MS);
  const minute = (wall - day * DAY_MS) / MINUTE_MS;
  const [from, to] = [minuteOfDay(window.from), minuteOfDay(window.to)];
  if (from < to) return opensOn(window, day) && minute >= from && minute < to;
  return (opensOn(window, day) && minute >= from) || (opensOn(window, day - 1) && minute < to);
};

/**
 * The first instant at or after `instant` that may lie inside: the window is already open, or it opens there.
 * A window that opens twice on a night with an hour twice is found at its first opening; one that lies in a gap never opens that day.
 */
export const nextOpening = (window: ActiveWindow, zone: Zone, instant: number): number => {
  if (isInWindow(window, zone, instant)) return instant;
  const today = Math.floor((instant + zone.offsetAt(instant)) / DAY_MS);
  for (let day = today - 2; ; day += 1) {
    if (!opensOn(window, day)) continue;
    const opening = instantOf(zone, day * DAY_MS + minuteOfDay(window.from) * MINUTE_MS);
    if (opening > instant) return opening;
  }
};
