import type { Stats } from '../../preload/contract/stats.ts';
import { dayAndMonth, plainDay } from '../ui/format.ts';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { percentOf } from './chart-math.ts';

const { findings: say, heat } = words.stats;

/** `2 October`, from YYYY-MM-DD. */
export const dayWords = (date: string): string => plainDay(date, 'long');
/** `2 Oct`, from YYYY-MM-DD. */
export const shortDay = (date: string): string => plainDay(date);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const indexOfMost = (values: number[]): number => values.indexOf(Math.max(...values));

/** `23 Nov 2025`, from YYYY-MM-DD; the year is left out where it is that of `other`. */
export const dayBeside = (date: string, other: string): string =>
  date.slice(0, 4) === other.slice(0, 4)
    ? dayWords(date)
    : dayAndMonth(`${date}T00:00:00Z`, Date.parse(`${other}T00:00:00Z`), 'UTC');

/** The finding in the posts of each day; the last day is today and not over. Days before the first post say nothing. */
export const perDayFinding = (perDay: Stats['perDay']): string => {
  const first = perDay.findIndex((day) => day.posts > 0);
  const past = first < 0 ? [] : perDay.slice(first, -1);
  const today = perDay.at(-1);
  const total = sum(past.map((day) => day.posts));
  const most = past[indexOfMost(past.map((day) => day.posts))];
  const soFar = today ? say.soFarToday(number(today.posts)) : '';
  if (!most || total === 0) return today?.posts ? say.nothingBefore(soFar) : say.noPosts;
  return say.perDay(Math.round(total / past.length), dayWords(most.date), most.posts, soFar);
};

/** The busiest hour, as `7`. Absent when nothing came. */
export const busiestHour = (perHour: number[]): number | undefined =>
  perHour.some((posts) => posts > 0) ? indexOfMost(perHour) : undefined;

/** The finding in the hours of arrival. */
export const perHourFinding = (perHour: number[]): string => {
  const busiest = busiestHour(perHour);
  if (busiest === undefined) return say.noPosts;
  return say.perHour(busiest, percentOf(perHour[busiest] ?? 0, sum(perHour)));
};

/** The finding in the hours of the week: the busiest hour, and the busiest day. */
export const weekFinding = (perHour: number[], perWeekHour: readonly number[][]): string => {
  const days = perWeekHour.map(sum);
  if (busiestHour(perHour) === undefined) return say.noPosts;
  return perHourFinding(perHour) + say.onDay(heat.longDays[indexOfMost(days)] ?? '');
};

/** The finding in what was opened. */
export const openedFinding = (stats: Pick<Stats, 'bySource' | 'posts' | 'opened'>): string => {
  const [top] = stats.bySource;
  if (!top || stats.posts === 0) return say.noPosts;
  return say.opened(top.title, percentOf(top.posts, stats.posts), stats.opened, stats.posts);
};

/** The finding in the scores of Hacker News. */
export const scoresFinding = (scores: Stats['scores']): string => {
  const total = sum(scores.map((step) => step.posts));
  if (total === 0) return say.noStories;
  return say.scores(sum(scores.filter((step) => step.from >= 100).map((step) => step.posts)), total);
};

/** `20 to 49`, `500 and more`. */
export const stepWords = (step: { from: number; to?: number }): string =>
  step.to === undefined ? say.stepFrom(step.from) : say.stepTo(step.from, step.to);

/** The runs in one sentence: *1,388 runs, 4 failed, 28 missed.* */
export const runsFinding = (runs: Stats['runs']): string =>
  runs.total === 0 ? say.noRuns : say.runs(runs.total, say.failed(runs.failed), runs.missed > 0 ? say.missed(runs.missed) : '');
