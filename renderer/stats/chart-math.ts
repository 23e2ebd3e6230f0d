/** A scale from zero: where to draw lines, at most three, and where the top is. */
export type Scale = { max: number; ticks: number[] };

const STEPS = [1, 2, 2.5, 5, 10];

/** A round scale that holds `max` with one to three lines above zero. */
export const scaleFor = (max: number): Scale => {
  if (max <= 0) return { max: 1, ticks: [] };
  const rough = max / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = STEPS.map((one) => one * power).filter((one) => one >= 1 || max < 1);
  const step = steps.find((one) => one >= rough) ?? 10 * power;
  const whole = max >= 1 ? Math.max(1, Math.ceil(step)) : step;
  const count = Math.ceil(max / whole);
  return { max: whole * count, ticks: Array.from({ length: count }, (_, index) => whole * (index + 1)) };
};

/** A bar by its place: fractions of the width and the height. */
export type Bar = { x: number; width: number; height: number; value: number };

/** Bars from zero, side by side, with a gap of a quarter. */
export const toBars = (values: number[], max: number): Bar[] => {
  const step = 1 / Math.max(1, values.length);
  return values.map((value, index) => ({
    x: index * step + step * 0.125,
    width: step * 0.75,
    height: max > 0 ? Math.max(0, value) / max : 0,
    value,
  }));
};

/** Durations worth a line on a log scale, in milliseconds. */
const DURATION_TICKS = [100, 1000, 10_000, 60_000, 600_000, 3_600_000];

/** A log scale for milliseconds: `at` gives 0 (bottom) to 1 (top). */
export type LogScale = { low: number; high: number; ticks: number[]; at: (ms: number) => number };

/** A log scale that holds all of the durations, with at most three lines. */
export const logScaleFor = (durations: number[]): LogScale => {
  const real = durations.filter((ms) => ms > 0);
  const low = Math.max(1, Math.min(...(real.length > 0 ? real : [100])) / 1.5);
  const high = Math.max(low * 10, Math.max(...(real.length > 0 ? real : [1000])) * 1.5);
  const span = Math.log(high) - Math.log(low);
  const at = (ms: number) => Math.min(1, Math.max(0, (Math.log(Math.max(low, ms)) - Math.log(low)) / span));
  const inside = DURATION_TICKS.filter((tick) => tick >= low && tick <= high);
  return { low, high, at, ticks: inside.slice(-3) };
};

/** A share in whole percent, never 0 or 100 when it is not: `4 %`. */
export const percent = (part: number, whole: number): string => {
  if (whole <= 0) return '';
  const share = (part / whole) * 100;
  if (part > 0 && share < 1) return '1 %';
  if (part < whole && share > 99) return '99 %';
  return `${Math.round(share)} %`;
};
