/*
 * The rule of time, read naively: every minute is asked what the wall clock shows. Slow, and shares no code with the scheduler.
 */

export type WallMinute = {
  at: number;
  wall: number;
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
};

const MINUTE = 60_000;

/** Every minute of `days` days from `start`, as a clock on the wall of the zone shows it. */
export const wallMinutes = (timeZone: string, start: string, days: number): WallMinute[] => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const first = Date.parse(start);
  return Array.from({ length: days * 1440 }, (_, index) => {
    const at = first + index * MINUTE;
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
    const wall = Date.UTC(year, month - 1, day, hour, minute);
    return { at, wall, year, month, day, hour, minute, weekday: new Date(wall).getUTCDay() };
  });
};

/**
 * Due instants of a wall-clock time on the days `isDay` allows: the first minute at which the clock, having never shown
 * this time of this day or a later one, does. A day that is missing from the calendar is passed over at its end.
 */
export const wallDues = (
  minutes: readonly WallMinute[],
  isDay: (day: { year: number; month: number; day: number; weekday: number }) => boolean,
  timesOfDay: readonly number[],
): number[] => {
  const dues = new Set<number>();
  const targets: number[] = [];
  const [low, high] = [minutes[0]?.wall ?? 0, minutes.at(-1)?.wall ?? 0];
  for (let date = Math.floor(low / 86_400_000); date <= Math.floor(high / 86_400_000); date += 1) {
    const day = new Date(date * 86_400_000);
    const fields = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate(), weekday: day.getUTCDay() };
    if (isDay(fields)) targets.push(...timesOfDay.map((time) => date * 86_400_000 + time * MINUTE));
  }
  let highest = low;
  for (const { at, wall } of minutes.slice(1)) {
    if (targets.some((target) => highest < target && target <= wall)) dues.add(at);
    highest = Math.max(highest, wall);
  }
  return [...dues];
};

/** Due instants of a rhythm: every minute whose wall time matches. */
export const rhythmDues = (minutes: readonly WallMinute[], matches: (minute: WallMinute) => boolean): number[] =>
  minutes
    .slice(1)
    .filter(matches)
    .map(({ at }) => at);

const NAMES = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
  'sun',
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
];

/** Whether a cron field means a value: written out by hand from crontab(5). */
const means = (field: string, value: number, low: number, high: number): boolean =>
  field.split(',').some((part) => {
    const [range = '', step = '1'] = part.split('/');
    const [from, to] = range === '*' ? [low, high] : range.split('-').map((each) => Number(each));
    for (let each = from as number; each <= (to ?? (from as number)); each += Number(step)) if (each === value) return true;
    return false;
  });

/** A cron line as a question about a minute, for the oracle. */
export const cronOracle = (expression: string) => {
  const plain = expression.toLowerCase().replace(/[a-z]{3}/g, (name) => {
    const at = NAMES.indexOf(name);
    return String(at < 12 ? at + 1 : at - 12);
  });
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = plain.split(' ');
  const isDay = (date: { month: number; day: number; weekday: number }): boolean => {
    const onDay = means(day, date.day, 1, 31);
    const onWeekday = means(weekday, date.weekday, 0, 6) || means(weekday, date.weekday + 7, 0, 7);
    const isEither = day[0] !== '*' && weekday[0] !== '*';
    return means(month, date.month, 1, 12) && (isEither ? onDay || onWeekday : onDay && onWeekday);
  };
  const isTime = (time: { hour: number; minute: number }): boolean =>
    means(hour, time.hour, 0, 23) && means(minute, time.minute, 0, 59);
  const isFixed = !/[*/-]/.test(minute + hour);
  const timesOfDay = Array.from({ length: 1440 }, (_, time) => time).filter((time) =>
    isTime({ hour: Math.floor(time / 60), minute: time % 60 }),
  );
  return { isFixed, isDay, isTime, timesOfDay };
};
