import { instantOf, zoneOf } from '../scheduler/zone.ts';

const DAY_MS = 86_400_000;

/** Local calendar arithmetic in one IANA zone. A day is the number of local days since 1970-01-01. */
export type LocalTime = {
  day: (ms: number) => number;
  /** 0 to 23. */
  hour: (ms: number) => number;
  /** The first instant of a day, milliseconds. */
  startOfDay: (day: number) => number;
};

/** YYYY-MM-DD of a local day. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The clock of one zone. Throws SCHED_INVALID for a zone this runtime does not know. */
export const createLocalTime = (timeZone: string): LocalTime => {
  const zone = zoneOf(timeZone);
  const local = (ms: number): number => ms + zone.offsetAt(ms);
  return {
    day: (ms) => Math.floor(local(ms) / DAY_MS),
    hour: (ms) => Math.floor((((local(ms) % DAY_MS) + DAY_MS) % DAY_MS) / 3_600_000),
    startOfDay: (day) => instantOf(zone, day * DAY_MS),
  };
};

/** The zone of this computer. */
export const systemTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
