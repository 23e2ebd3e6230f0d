import { words } from '../words/words.ts';

const { stats: say } = words;

/** Durations worth a line on a log scale, in milliseconds. */
const DURATION_TICKS = [100, 1000, 10_000, 60_000, 600_000, 3_600_000];

/** The far end of a scale is at least so many times its near end. */
const LEAST_SPAN = 12;

/** From where to where a log scale of these durations goes, and at most three lines on it; milliseconds. */
export const durationSpan = (durations: number[]): { low: number; high: number; ticks: number[] } => {
  const real = durations.filter((ms) => ms > 0);
  const least = real.length > 0 ? Math.min(...real) : 300;
  const most = real.length > 0 ? Math.max(...real) : 300;
  // Short spans are widened on both sides, so that they stand in the middle.
  const room = Math.max(1.5, Math.sqrt((LEAST_SPAN * least) / most));
  const low = Math.max(1, least / room);
  const high = Math.max(low * LEAST_SPAN, most * room);
  return { low, high, ticks: DURATION_TICKS.filter((tick) => tick >= low && tick <= high).slice(-3) };
};

/** A share in whole percent, never 0 or 100 when it is not: `4 %`. */
export const percentOf = (part: number, whole: number): string => {
  if (whole <= 0) return '';
  const share = (part / whole) * 100;
  if (part > 0 && share < 1) return say.percent(1);
  if (part < whole && share > 99) return say.percent(99);
  return say.percent(Math.round(share));
};

/** Posts of some days; `date` is the first of them, YYYY-MM-DD. */
export type DaySum = { date: string; posts: number; read: number; days: number };

/** Sums days into weeks that end with the last day, for spans with too many days to tell apart. */
export const byWeek = (days: readonly { date: string; posts: number; read: number }[]): DaySum[] => {
  const sums: DaySum[] = [];
  const first = days.length % 7;
  days.forEach((day, index) => {
    const last = sums.at(-1);
    const isStart = last === undefined || (index - first) % 7 === 0;
    if (isStart) sums.push({ date: day.date, posts: day.posts, read: day.read, days: 1 });
    else {
      last.posts += day.posts;
      last.read += day.read;
      last.days += 1;
    }
  });
  return sums;
};

/** How strong a cell of the week is drawn, 0 to 5; nothing is 0, anything at least 1. */
export const heatOf = (posts: number, most: number): number =>
  posts === 0 || most === 0 ? 0 : Math.max(1, Math.ceil((posts / most) * 5));

/** Where a score stands between the bars of its steps: 2.5 is in the middle of the third. */
export const placeOfScore = (score: number, steps: readonly { from: number; to?: number }[]): number => {
  const at = Math.max(
    0,
    steps.findLastIndex((step) => step.from <= score),
  );
  const step = steps[at];
  if (!step || step.to === undefined) return at;
  return at + (score - step.from) / (step.to + 1 - step.from);
};
