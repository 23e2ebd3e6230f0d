import type { Stats } from '../../preload/contract/stats.ts';
import { count, number } from '../words/counting.ts';
import { percentOf } from './chart-math.ts';

/** `2 October`, from YYYY-MM-DD. */
export const dayWords = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
/** `2 Oct`, from YYYY-MM-DD. */
export const shortDay = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

const indexOfMost = (values: number[]): number => values.indexOf(Math.max(...values));

/** The finding in the posts of each day; the last day is today and not over. */
export const perDayFinding = (perDay: Stats['perDay']): string => {
  const past = perDay.slice(0, -1);
  const today = perDay.at(-1);
  const total = past.reduce((sum, day) => sum + day.posts, 0);
  const most = past[indexOfMost(past.map((day) => day.posts))];
  const soFar = today ? `${number(today.posts)} so far today` : '';
  if (!most || total === 0) return today?.posts ? `${soFar}; nothing before.` : 'No posts yet.';
  const usual = Math.round(total / past.length);
  return `About ${number(usual)} a day, most on ${dayWords(most.date)} (${number(most.posts)}); ${soFar}.`;
};

/** The busiest hour, as `07`. Absent when nothing came. */
export const busiestHour = (perHour: number[]): number | undefined =>
  perHour.some((posts) => posts > 0) ? indexOfMost(perHour) : undefined;

const hour = (value: number) => `${String(value).padStart(2, '0')}:00`;

/** The finding in the hours of arrival. */
export const perHourFinding = (perHour: number[]): string => {
  const busiest = busiestHour(perHour);
  if (busiest === undefined) return 'No posts yet.';
  const total = perHour.reduce((sum, posts) => sum + posts, 0);
  return `Most arrive from ${hour(busiest)} to ${hour((busiest + 1) % 24)}: ${percentOf(perHour[busiest] ?? 0, total)} of all.`;
};

/** The finding in what was opened. */
export const openedFinding = (stats: Pick<Stats, 'bySource' | 'posts' | 'opened'>): string => {
  const [top] = stats.bySource;
  if (!top || stats.posts === 0) return 'No posts yet.';
  const share = percentOf(top.posts, stats.posts);
  return `${top.title} brought most, ${share} of all. You opened ${number(stats.opened)} of ${count(stats.posts, 'post')}.`;
};

/** The finding in the scores of Hacker News. */
export const scoresFinding = (scores: Stats['scores']): string => {
  const total = scores.reduce((sum, step) => sum + step.posts, 0);
  if (total === 0) return 'No stories of Hacker News yet.';
  const high = scores.filter((step) => step.from >= 100).reduce((sum, step) => sum + step.posts, 0);
  return `${number(high)} of ${count(total, 'story', 'stories')} have 100 points or more.`;
};

/** `20 to 49`, `500 and more`. */
export const stepWords = (step: { from: number; to?: number }): string =>
  step.to === undefined ? `${step.from} and more` : `${step.from} to ${step.to}`;

/** The runs in one sentence: *1,388 runs, 4 failed, 28 missed.* */
export const runsFinding = (runs: Stats['runs']): string => {
  if (runs.total === 0) return 'No runs yet.';
  const failed = runs.failed > 0 ? `${number(runs.failed)} failed` : 'none failed';
  const missed = runs.missed > 0 ? `, ${number(runs.missed)} missed` : '';
  return `${count(runs.total, 'run')}, ${failed}${missed}.`;
};
