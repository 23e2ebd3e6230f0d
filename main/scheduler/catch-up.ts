import type { Schedule } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import { MINUTE_MS } from './calendar.ts';
import { nextDues } from './next-due.ts';

type Rule = Pick<Schedule, 'trigger' | 'timeZone' | 'window'>;

/** Due instants that passed, as one: how many, the first, the last, and the last but one where there are two or more. */
export type Missed = { count: number; first: string; last: string; lastButOne?: string };

/** Steps that are walked one by one; what is beyond is reckoned from their pace. */
const MAX_STEPS = 5500;
const STEP = 500;

const ms = (instant: string): number => Date.parse(instant);

const after = ({ trigger, timeZone, window }: Rule, from: string, count: number): string[] =>
  nextDues(trigger, timeZone, from, count, window);

const missedOfInterval = (minutes: number, first: string, until: number): Missed => {
  const step = minutes * MINUTE_MS;
  const count = Math.floor((until - ms(first)) / step) + 1;
  const at = (index: number): string => toInstant(ms(first) + index * step);
  return { count, first, last: at(count - 1), ...(count > 1 ? { lastButOne: at(count - 2) } : {}) };
};

/** The last two due instants up to `until`, found by stepping back further and further. */
const lastTwo = (rule: Rule, first: string, until: number): string[] => {
  for (let back = 60 * MINUTE_MS; ; back *= 2) {
    const dues = [startBefore(rule, first, until - back)];
    while (dues.length < MAX_STEPS) {
      const [due = ''] = after(rule, dues.at(-1) as string, 1);
      if (ms(due) > until) break;
      dues.push(due);
    }
    if (dues.length > 2) return dues.slice(-2);
  }
};
/** An instant at or before `instant` to count on from; on the grid for an interval. */
const startBefore = ({ trigger }: Rule, first: string, instant: number): string => {
  if (trigger.type !== 'interval') return toInstant(instant);
  const step = trigger.minutes * MINUTE_MS;
  return toInstant(ms(first) + Math.floor((instant - ms(first)) / step) * step);
};

/**
 * What was due from `first` (a due instant) up to and including `now`, in one value. Undefined when `first` is still to come.
 * The count is exact for intervals without a window and for up to 5,500 others; beyond that it is reckoned from their pace.
 */
export const missedBetween = (rule: Rule, first: string, now: string): Missed | undefined => {
  const until = ms(now);
  const { trigger, window } = rule;
  if (ms(first) > until) return undefined;
  if (trigger.type === 'interval' && !window) return missedOfInterval(trigger.minutes, first, until);
  const dues = [first];
  while (dues.length < MAX_STEPS) {
    const more = after(rule, dues.at(-1) as string, dues.length === 1 ? 1 : STEP);
    const passed = more.filter((due) => ms(due) <= until);
    dues.push(...passed);
    if (passed.length < more.length) {
      const [lastButOne] = dues.slice(-2, -1);
      return { count: dues.length, first, last: dues.at(-1) as string, ...(lastButOne ? { lastButOne } : {}) };
    }
  }
  const [lastButOne, last] = lastTwo(rule, first, until) as [string, string];
  const pace = (ms(dues.at(-1) as string) - ms(first)) / (dues.length - 1);
  return { count: Math.round((ms(last) - ms(first)) / pace) + 1, first, last, lastButOne };
};
