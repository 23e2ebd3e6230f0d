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
    const [month, day, year, hour, minute, second] = (format.format(instant).match(/\d+/g) ?? []).map(Number) as Six;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  };
};
type Six = [number, number, number, number, number, number];

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

/** Changes of one zone were never closer than seven days (all zones since 1970), so a block has one at most. */
const BLOCK = 6 * DAY;
/** Blocks kept for one zone: enough for some forty years. */
const MAX_BLOCKS = 2500;
type Block = { offset: number; transition: Transition | undefined };

/** Reads blocks of days when they are first asked for, and keeps them. */
const createBlocks = (read: (instant: number) => number): ((index: number) => Block) => {
  const blocks = new Map<number, Block>();
  return (index) => {
    const known = blocks.get(index);
    if (known) return known;
    const [start, end] = [index * BLOCK, (index + 1) * BLOCK];
    const offset = blocks.get(index - 1)?.transition?.after ?? blocks.get(index - 1)?.offset ?? read(start);
    const isEven = (blocks.get(index + 1)?.offset ?? read(end)) === offset;
    const block = { offset, transition: isEven ? undefined : findTransition(read, start, end) };
    if (blocks.size >= MAX_BLOCKS) blocks.clear();
    blocks.set(index, block);
    return block;
  };
};

const createZone = (timeZone: string): Zone => {
  const block = createBlocks(createReader(timeZone));
  const offsetAt = (instant: number): number => {
    const { offset, transition } = block(Math.floor(instant / BLOCK));
    return transition && transition.at <= instant ? transition.after : offset;
  };
  const firstTransition = (from: number, until: number): Transition | undefined => {
    for (let index = Math.floor(from / BLOCK); index * BLOCK <= until; index += 1) {
      const { transition } = block(index);
      if (transition && transition.at > from) return transition.at <= until ? transition : undefined;
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
