/** The zones a schedule may stand in: UTC, the one of this computer, then all others by name. */
export const zoneChoices = (own: string, chosen: string): string[] => {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set(['UTC', own, chosen, ...known])].filter(Boolean);
};

const parts = (instant: string, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(new Date(instant));

/** One due instant in the zone of its schedule: `11:00` today, else the day and the time. */
export type DueLabel = { time: string; day: string; isToday: boolean };
export const dueLabel = (instant: string, timeZone: string, now: number): DueLabel => {
  const day = (at: string) => parts(at, timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const today = day(new Date(now).toISOString());
  return {
    time: parts(instant, timeZone, { hour: '2-digit', minute: '2-digit' }),
    day: parts(instant, timeZone, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', ''),
    isToday: day(instant) === today,
  };
};

/** The next five on one line: times while they are close, days when each is on another: `11:00 11:30 12:00`, `15 Oct 16 19`. */
export const nextLine = (next: string[], timeZone: string): string[] => {
  const days = next.map((at) => parts(at, timeZone, { day: 'numeric', month: 'short' }));
  const areDays = new Set(days).size === next.length && next.length > 1;
  if (!areDays) return next.map((at) => parts(at, timeZone, { hour: '2-digit', minute: '2-digit' }));
  return next.map((at, index) => {
    const month = parts(at, timeZone, { month: 'short' });
    const before = next[index - 1];
    const same = before !== undefined && parts(before, timeZone, { month: 'short' }) === month;
    return same ? parts(at, timeZone, { day: 'numeric' }) : (days[index] ?? '');
  });
};
