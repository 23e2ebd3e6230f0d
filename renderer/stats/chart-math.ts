/** Durations worth a line on a log scale, in milliseconds. */
const DURATION_TICKS = [100, 1000, 10_000, 60_000, 600_000, 3_600_000];

/** The far end of a scale is at least so many times its near end. */
const LEAST_SPAN = 12;

/** A log scale for milliseconds: `at` gives 0 (bottom) to 1 (top). */
export type LogScale = { low: number; high: number; ticks: number[]; at: (ms: number) => number };

/** A log scale that holds all of the durations, with at most three lines. */
export const logScaleFor = (durations: number[]): LogScale => {
  const real = durations.filter((ms) => ms > 0);
  const least = real.length > 0 ? Math.min(...real) : 300;
  const most = real.length > 0 ? Math.max(...real) : 300;
  // Short spans are widened on both sides, so that they stand in the middle.
  const room = Math.max(1.5, Math.sqrt((LEAST_SPAN * least) / most));
  const low = Math.max(1, least / room);
  const high = Math.max(low * LEAST_SPAN, most * room);
  const span = Math.log(high) - Math.log(low);
  const at = (ms: number) => Math.min(1, Math.max(0, (Math.log(Math.max(low, ms)) - Math.log(low)) / span));
  const inside = DURATION_TICKS.filter((tick) => tick >= low && tick <= high);
  return { low, high, at, ticks: inside.slice(-3) };
};

/** A share in whole percent, never 0 or 100 when it is not: `4 %`. */
export const percentOf = (part: number, whole: number): string => {
  if (whole <= 0) return '';
  const share = (part / whole) * 100;
  if (part > 0 && share < 1) return '1 %';
  if (part < whole && share > 99) return '99 %';
  return `${Math.round(share)} %`;
};

/** Posts of some days; `date` is the first of them, YYYY-MM-DD. */
export type DaySum = { date: string; posts: number; days: number };

/** Sums days into weeks that end with the last day, for spans with too many days to tell apart. */
export const byWeek = (days: readonly { date: string; posts: number }[]): DaySum[] => {
  const sums: DaySum[] = [];
  const first = days.length % 7;
  days.forEach((day, index) => {
    const last = sums.at(-1);
    const isStart = last === undefined || (index - first) % 7 === 0;
    if (isStart) sums.push({ date: day.date, posts: day.posts, days: 1 });
    else {
      last.posts += day.posts;
      last.days += 1;
    }
  });
  return sums;
};
