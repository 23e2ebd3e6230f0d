import type { Schedule } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import { MINUTE_MS } from './calendar.ts';
import { nextOf, type Rule } from './due.ts';
import type { SchedulerDeps } from './state.ts';
import { zoneOf } from './zone.ts';

type Asked = Rule & Pick<Schedule, 'jobKind'> & { id?: string | undefined; next: readonly string[] };

const isDueAt = (rule: Rule, instant: string): boolean => nextOf(rule, toInstant(Date.parse(instant) - MINUTE_MS)) === instant;

const wallTime = (timeZone: string, instant: string): string => {
  const wall = Date.parse(instant) + zoneOf(timeZone).offsetAt(Date.parse(instant));
  return toInstant(wall).slice(11, 16);
};

/** The next instant at which both are due, among the next few of each. */
const meeting = (asked: Asked, other: Schedule): string | undefined => {
  let due = other.nextDueAt;
  for (let step = 0; due !== undefined && step < 3; step += 1) {
    if (isDueAt(asked, due)) return due;
    due = nextOf(other, due);
  }
  return asked.next.find((instant) => isDueAt(other, instant));
};

/** Says when another heavy job starts at the same time: *Complete series also starts at 03:00.* Undefined when none does. */
export const hintFor = (asked: Asked, { jobs, store }: Pick<SchedulerDeps, 'jobs' | 'store'>): string | undefined => {
  const isHeavy = (kind: string): boolean => jobs.get(kind)?.isHeavy === true;
  if (!isHeavy(asked.jobKind)) return undefined;
  for (const other of store.schedules.all()) {
    if (other.id === asked.id || !other.enabled || !isHeavy(other.jobKind)) continue;
    const at = meeting(asked, other);
    if (at) return `${other.name} also starts at ${wallTime(asked.timeZone, at)}.`;
  }
  return undefined;
};
