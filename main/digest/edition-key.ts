import { createHash } from 'node:crypto';
import type { Schedule, Trigger } from '../../preload/contract/schedule.ts';

/** What the key of an edition hangs on. */
export type Keyed = Pick<Schedule, 'id' | 'trigger' | 'timeZone'>;

const DAY_MINUTES = 1440;
const isPlain = (field: string | undefined): boolean => /^\d+$/.test(field ?? '');

/** Whether a rule may be due more than once on one local date. */
export const comesOften = (trigger: Trigger): boolean => {
  if (trigger.type === 'interval') return trigger.minutes < DAY_MINUTES;
  if (trigger.type !== 'cron') return false;
  const [minute, hour] = trigger.expression.trim().split(/\s+/);
  return !isPlain(minute) || !isPlain(hour);
};

/** Date and time of a wall clock in a zone: `2026-11-22`, `08:00`. */
export const wallClock = (ms: number, timeZone: string): { date: string; time: string } => {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
};

/**
 * What there is one edition of: the digest and the local date of the due instant, with the local time where it comes more than once
 * a day. A clock that is set back meets the same key again.
 */
export const editionKey = ({ id, trigger, timeZone }: Keyed, dueMs: number): string => {
  const { date, time } = wallClock(dueMs, timeZone);
  return comesOften(trigger) ? `${id} ${date} ${time}` : `${id} ${date}`;
};

/** The id of the edition of a key: always the same, so that two who make it make one row. */
export const editionIdOf = (key: string): string => `ed${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
