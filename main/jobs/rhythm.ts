import type { Rhythm } from '../store/repositories.ts';
import { inWords } from './span-words.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** What is older is forgotten, but for the newest. */
const KEPT_HOURS = 28 * 24;
const MOST_HOURS = 168;
/** A source is asked about so often between two posts, and so often during a silence as long as the present one. */
const LOOKS_A_GAP = 12;
const LOOKS_A_SILENCE = 48;
/** No source is asked less often because of what was learnt. */
export const LONGEST_LEARNED_MS = DAY;

/** Hours of the day (UTC) that hold most posts: `from` up to, not including, `to`; `share` of 1. May go over midnight. */
export type BusyHours = { from: number; to: number; share: number };
const MOST_BUSY_HOURS = 8;
const BUSY_SHARE = 0.7;
const BUSY_POSTS = 10;
const BUSY_DAYS = 5;
/** After so long a silence the busy hours of before say nothing. */
const BUSY_SILENCE_MS = WEEK;

const hourOf = (ms: number): number => Math.floor(ms / HOUR);

/** Adds posts to what is known of a source's rhythm: each counts in the hour it was published. `times` in milliseconds, a time to come counts as now. */
export const learn = (known: Rhythm | undefined, times: readonly number[], now: number): Rhythm | undefined => {
  const posts = new Map(known?.hours);
  for (const time of times) {
    const hour = hourOf(Math.min(time, now));
    if (hour > 0) posts.set(hour, (posts.get(hour) ?? 0) + 1);
  }
  // Hours to come were learnt while the clock was wrong.
  const all = [...posts].filter(([hour]) => hour <= hourOf(now)).sort(([left], [right]) => left - right);
  const first = hourOf(now) - KEPT_HOURS;
  const hours = all.filter(([hour], index) => hour >= first || index === all.length - 1).slice(-MOST_HOURS);
  return hours.length > 0 ? { hours } : undefined;
};

/** What follows from a rhythm, whatever the moment. */
type Habits = { posts: number; oldest: number; newest: number; gapMs: number; busy?: BusyHours; outsideGapMs: number };

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const wrap = (hour: number): number => (hour + 24) % 24;
const isIn = ({ from, to }: Pick<BusyHours, 'from' | 'to'>, hour: number): boolean => wrap(hour - from) < wrap(to - from);

const widen = (perHour: readonly number[], from: number, length: number, posts: number): { from: number; length: number } => {
  const enough = posts / length / 2;
  const isBusy = (hour: number): boolean => (perHour[wrap(hour)] ?? 0) >= enough;
  let [first, wide] = [from, length];
  while (wide < MOST_BUSY_HOURS && isBusy(first + wide)) wide += 1;
  while (wide < MOST_BUSY_HOURS && isBusy(first - 1)) {
    first = wrap(first - 1);
    wide += 1;
  }
  return { from: first, length: wide };
};

/** The shortest stretch of the day that holds most posts, widened by neighbours as busy; nothing where posts come at any hour. */
const busyHoursOf = ({ hours }: Rhythm): BusyHours | undefined => {
  const perHour = Array.from({ length: 24 }, () => 0);
  for (const [hour, posts] of hours) perHour[hour % 24] = (perHour[hour % 24] ?? 0) + posts;
  const total = sum(perHour);
  if (total < BUSY_POSTS) return undefined;
  const within = (from: number, length: number): number =>
    sum(Array.from({ length }, (_none, index) => perHour[wrap(from + index)] ?? 0));
  for (let length = 1; length <= MOST_BUSY_HOURS; length += 1) {
    const counts = perHour.map((_none, from) => within(from, length));
    const most = Math.max(...counts);
    if (most / total < BUSY_SHARE) continue;
    const wide = widen(perHour, counts.indexOf(most), length, most);
    const busy = { from: wide.from, to: wrap(wide.from + wide.length), share: within(wide.from, wide.length) / total };
    const days = new Set(hours.filter(([hour]) => isIn(busy, hour % 24)).map(([hour]) => Math.floor(hour / 24)));
    return days.size >= BUSY_DAYS ? busy : undefined;
  }
  return undefined;
};

/** The middle pause between two hours with posts; 0 where too few are known to say. */
const usualGapMs = (hours: readonly number[]): number => {
  const gaps = hours.slice(1).map((hour, index) => hour - (hours[index] ?? hour));
  return gaps.length < 2 ? 0 : (gaps.sort((left, right) => left - right)[Math.floor(gaps.length / 2)] ?? 0) * HOUR;
};

const outsideGapMs = ({ hours }: Rhythm, busy: BusyHours, oldest: number, newest: number): number => {
  const days = Math.max(1, (newest - oldest) / 24);
  const outside = hours.filter(([hour]) => !isIn(busy, hour % 24)).length;
  return (days * wrap(busy.from - busy.to) * HOUR) / Math.max(1, outside);
};

const reckon = (rhythm: Rhythm): Habits | undefined => {
  const at = rhythm.hours.map(([hour]) => hour);
  const [oldest, newest] = [at[0], at.at(-1)];
  if (oldest === undefined || newest === undefined) return undefined;
  const busy = busyHoursOf(rhythm);
  return {
    posts: sum(rhythm.hours.map(([, posts]) => posts)),
    oldest: oldest * HOUR,
    newest: newest * HOUR,
    gapMs: usualGapMs(at),
    outsideGapMs: busy ? outsideGapMs(rhythm, busy, oldest, newest) : 0,
    ...(busy ? { busy } : {}),
  };
};

/** A row is a value: what follows from it is reckoned once, so that thousands of sources are looked through quickly. */
const reckoned = new WeakMap<Rhythm, Habits | undefined>();
const habitsOf = (rhythm: Rhythm): Habits | undefined => {
  if (!reckoned.has(rhythm)) reckoned.set(rhythm, reckon(rhythm));
  return reckoned.get(rhythm);
};

/** When the next look comes by what was learnt, and why. */
export type Pace = { until: number; kind: 'learned' | 'busy-hours'; text: string };

const oclock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const postsAWeek = ({ posts, oldest }: Habits, asked: number): string => {
  const perWeek = posts / Math.max((asked - oldest) / WEEK, 1 / 7);
  return perWeek < 1.5 ? 'about 1 post a week' : `about ${Math.round(perWeek)} posts a week`;
};

/** The base interval a whole number of times, up to `wanted`. */
const factorFor = (baseMs: number, wanted: number): number => Math.floor(Math.min(wanted, LONGEST_LEARNED_MS) / baseMs);

const byHours = (habits: Habits, busy: BusyHours, asked: number, baseMs: number): Pace | undefined => {
  const step = factorFor(baseMs, habits.outsideGapMs / LOOKS_A_GAP) * baseMs;
  if (step <= baseMs) return undefined;
  const soonest = asked + baseMs;
  const said = `Most of its posts come from ${oclock(busy.from)} to ${oclock(busy.to)} UTC`;
  if (isIn(busy, hourOf(soonest) % 24)) {
    return { until: soonest, kind: 'busy-hours', text: `${said}, so it is asked every ${inWords(baseMs)} then.` };
  }
  const begin = (hourOf(soonest) + wrap(busy.from - (hourOf(soonest) % 24))) * HOUR;
  return {
    until: Math.min(asked + step, begin),
    kind: 'busy-hours',
    text: `${said}. At other hours it is asked every ${inWords(step)}.`,
  };
};

/**
 * When a source asked at `asked` is asked again by what was learnt of its posts, never before the base interval is over.
 * Nothing where it posts too often, or too little is known, to differ from the base.
 */
export const paceOf = (rhythm: Rhythm | undefined, asked: number, baseMs: number): Pace | undefined => {
  const habits = rhythm && habitsOf(rhythm);
  if (!habits) return undefined;
  const silence = Math.max(0, asked - habits.newest);
  const busy = habits.busy && silence < BUSY_SILENCE_MS ? byHours(habits, habits.busy, asked, baseMs) : undefined;
  if (busy) return busy;
  const [byGap, bySilence] = [habits.gapMs / LOOKS_A_GAP, silence / LOOKS_A_SILENCE];
  const factor = factorFor(baseMs, Math.max(byGap, bySilence));
  if (factor < 2) return undefined;
  const why = byGap >= bySilence ? `It has ${postsAWeek(habits, asked)}` : `Its newest post is ${inWords(silence)} old`;
  return {
    until: asked + factor * baseMs,
    kind: 'learned',
    text: `${why}, so it is asked ${factor} times less often: every ${inWords(factor * baseMs)}.`,
  };
};
