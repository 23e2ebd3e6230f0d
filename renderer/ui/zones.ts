import { clock, dayAndMonth, dayNumber, dayOfMonth, monthName, shortDay } from './format.ts';

/** The zones a schedule may stand in: UTC, the one of this computer, then all others by name. */
export const zoneChoices = (own: string, chosen: string): string[] => {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set(['UTC', own, chosen, ...known])].filter(Boolean);
};

/** One due instant in the zone of its schedule: `11:00` today, else the day and the time. */
export type DueLabel = { time: string; day: string; isToday: boolean };
export const dueLabel = (instant: string, timeZone: string, now: number): DueLabel => ({
  time: clock(instant, timeZone),
  day: shortDay(instant, timeZone),
  isToday: dayNumber(instant, timeZone) === dayNumber(now, timeZone),
});

/** The next five on one line: times while they are close, days when each is on another: `11:00 11:30 12:00`, `15 Oct 16 19`. */
export const nextLine = (next: string[], timeZone: string): string[] => {
  const days = new Set(next.map((at) => dayNumber(at, timeZone)));
  if (days.size !== next.length || next.length < 2) return next.map((at) => clock(at, timeZone));
  return next.map((at, index) => {
    const before = next[index - 1];
    const isSameMonth = before !== undefined && monthName(before, timeZone) === monthName(at, timeZone);
    return isSameMonth ? dayOfMonth(at, timeZone) : dayAndMonth(at, Date.parse(at), timeZone);
  });
};
