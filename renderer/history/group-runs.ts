import type { Run } from '../../preload/contract/run.ts';
import { failedOf, newOf } from '../ui/run-words.ts';

/** What stands in one place of the list: a run, or a stretch of quiet ones folded into one row. */
export type HistoryEntry = { kind: 'run'; run: Run } | { kind: 'fold'; runs: Run[]; from: string; to: string; posts: number };
/** One local day, newest first. `day` is YYYY-MM-DD in the zone it was asked for. */
export type HistoryDay = { day: string; entries: HistoryEntry[]; runs: number; failed: number };

/** A stretch shorter than this stays open. */
export const SHORTEST_FOLD = 3;
/** More new posts than this are worth a row of their own. */
const LITTLE = 2;

const isQuiet = (run: Run): boolean =>
  run.status === 'completed' && run.cause === 'schedule' && failedOf(run.counts) === 0 && newOf(run.counts) <= LITTLE;

/** The instant a run stands at in the list: when it was queued. */
export const placeOf = (run: Run): string => run.queuedAt;

/** A function from an instant to its local day, YYYY-MM-DD. */
export const dayNamer = (timeZone: string): ((instant: string) => string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (instant) => format.format(new Date(instant));
};

const fold = (stretch: Run[]): HistoryEntry[] => {
  const newest = stretch[0];
  const oldest = stretch.at(-1);
  if (stretch.length < SHORTEST_FOLD || !newest || !oldest) return stretch.map((run) => ({ kind: 'run', run }));
  const posts = stretch.reduce((sum, run) => sum + ('counts' in run ? newOf(run.counts) : 0), 0);
  return [{ kind: 'fold', runs: stretch, from: placeOf(oldest), to: placeOf(newest), posts }];
};

/** Success is quiet: stretches of scheduled runs that brought little become one entry each. Keeps the order. */
export const foldQuiet = (runs: Run[]): HistoryEntry[] => {
  const entries: HistoryEntry[] = [];
  let stretch: Run[] = [];
  for (const run of runs) {
    if (isQuiet(run)) {
      stretch.push(run);
      continue;
    }
    entries.push(...fold(stretch), { kind: 'run', run });
    stretch = [];
  }
  return [...entries, ...fold(stretch)];
};

const isFailed = (run: Run): boolean => run.status === 'failed' || run.status === 'abandoned';

/** Runs, newest first, by local day; quiet ones folded when `folding`. */
export const groupByDay = (runs: Run[], timeZone: string, folding: boolean): HistoryDay[] => {
  const dayOf = dayNamer(timeZone);
  const days = new Map<string, Run[]>();
  for (const run of runs) {
    const day = dayOf(placeOf(run));
    const list = days.get(day);
    if (list) list.push(run);
    else days.set(day, [run]);
  }
  return [...days].map(([day, list]) => ({
    day,
    entries: folding ? foldQuiet(list) : list.map((run) => ({ kind: 'run', run })),
    runs: list.length,
    failed: list.filter(isFailed).length,
  }));
};
