import { AppError } from '../../preload/contract/errors.ts';

/** A moment at which a zone's clock was changed. `before` and `after` are offsets from UTC in milliseconds. */
export type Transition = { at: number; before: number; after: number };

/** The clock of one IANA zone. Instants are milliseconds since 1970; a wall time is written as if it were UTC. */
export type Zone = {
  /** Milliseconds to add to an instant to read the wall clock. */
  offsetAt: (instant: number) => number;
  /** Changes after `from` and up to `until`, oldest first. */
  transitions: (from: number, until: number) => Transition[];
  /** The first change after `from`, if it is not later than `until`. */
  firstTransition: (from: number, until: number) => Transition | undefined;
};

const DAY = 86_400_000;
const yearOf = (instant: number): number => new Date(instant).getUTCFullYear();
const startOfYear = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);

/** Reads the wall clock through the platform's own zone data. */
const createReader = (timeZone: string): ((instant: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const [month, day, year, hour, minute, second] = (format.format(instant).match(/\d+/g) ?? []).map(Number) as number[];
    const date = startOfYear(year as number) + daysBefore(year as number, month as number, day as number) * DAY;
    const wall = date + (((hour as number) * 60 + (minute as number)) * 60 + (second as number)) * 1000;
    return wall - Math.floor(instant / 1000) * 1000;
  };
};
const daysBefore = (year: number, month: number, day: number): number =>
  (new Date(0).setUTCFullYear(year, month - 1, day) - startOfYear(year)) / DAY;

/** The moment between `low` and `high` at which the offset changes, to the second. */
const findTransition = (read: (instant: number) => number, low: number, high: number): Transition => {
  const before = read(low);
  let [left, right] = [low, high];
  while (right - left > 1000) {
    const middle = Math.floor((left + right) / 2000) * 1000;
    if (read(middle) === before) left = middle;
    else right = middle;
  }
  return { at: right, before, after: read(right) };
};

type Year = { offset: number; transitions: Transition[] };

/** Changes of one zone were never closer than this plus two days (since 1970, all zones). */
const STRIDE = 5 * DAY;

/** In strides, because some zones change twice within weeks (Ramadan in Morocco). */
const readYear = (read: (instant: number) => number, year: number): Year => {
  const [start, end] = [startOfYear(year), startOfYear(year + 1)];
  const transitions: Transition[] = [];
  const first = read(start);
  let offset = first;
  for (let from = start; from < end; from += STRIDE) {
    const to = Math.min(from + STRIDE, end);
    const next = read(to);
    if (next !== offset) transitions.push(findTransition(read, from, to));
    offset = next;
  }
  return { offset: first, transitions };
};

const createZone = (timeZone: string): Zone => {
  const read = createReader(timeZone);
  const years = new Map<number, Year>();
  const yearTable = (year: number): Year => {
    const known = years.get(year) ?? readYear(read, year);
    if (!years.has(year)) years.set(year, known);
    return known;
  };
  const offsetAt = (instant: number): number => {
    const { offset, transitions } = yearTable(yearOf(instant));
    let found = offset;
    for (const transition of transitions) if (transition.at <= instant) found = transition.after;
    return found;
  };
  const firstTransition = (from: number, until: number): Transition | undefined => {
    for (let year = yearOf(from); year <= yearOf(until); year += 1) {
      const found = yearTable(year).transitions.find((transition) => transition.at > from);
      if (found) return found.at <= until ? found : undefined;
    }
    return undefined;
  };
  const transitions = (from: number, until: number): Transition[] => {
    const found: Transition[] = [];
    for (let next = firstTransition(from, until); next; next = firstTransition(next.at, until)) found.push(next);
    return found;
  };
  return { offsetAt, transitions, firstTransition };
};

const zones = new Map<string, Zone>();

/** The zone of this name. Throws SCHED_INVALID for a name the runtime does not know, and for a bare offset such as `+02:00`. */
export const zoneOf = (timeZone: string): Zone => {
  const known = zones.get(timeZone);
  if (known) return known;
  const invalid = new AppError('SCHED_INVALID', `"${String(timeZone).slice(0, 64)}" is not a time zone.`, { field: 'timeZone' });
  if (typeof timeZone !== 'string' || !/^[A-Za-z]/.test(timeZone)) throw invalid;
  try {
    const zone = createZone(timeZone);
    zones.set(timeZone, zone);
    return zone;
  } catch {
    throw invalid;
  }
};

/**
 * The instant a wall time stands for: its first occurrence where it comes twice,
 * the first instant after the gap where the clock jumps over it.
 */
export const instantOf = (zone: Zone, wall: number): number => {
  let start = Number.NEGATIVE_INFINITY;
  let offset = zone.offsetAt(wall - 26 * 3_600_000);
  for (const transition of zone.transitions(wall - 26 * 3_600_000, wall + 26 * 3_600_000)) {
    if (wall - offset < transition.at) break;
    start = transition.at;
    offset = transition.after;
  }
  return Math.max(start, wall - offset);
};
