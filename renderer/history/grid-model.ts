import type { GridDot, GridRow, RunGrid } from '../../preload/contract/run.ts';
import { clock, dayAndMonth, dayNumber } from '../ui/format.ts';
import { words } from '../words/words.ts';

const { grid: say } = words.history;

/** How a source does over the runs of a grid. `dead`: every try failed, or the last three. `shaky`: the last one or two. */
export type VerdictKind = 'dead' | 'waiting' | 'shaky' | 'flaky' | 'mended' | 'fresh' | 'paused' | 'absent' | 'well';
export type Verdict = { kind: VerdictKind; words: string };
export type JudgedRow = { row: GridRow; verdict: Verdict };
/** How rows can be sorted. */
export const GRID_SORTS = ['problems', 'flaky', 'name'] as const;
export type GridSort = (typeof GRID_SORTS)[number];

/** Failures in a row after which a source counts as dead, as in the list of sources. */
const DEAD = 3;
/** This share of tries failed, with good ones in between: flaky. */
const FLAKY_SHARE = 0.15;
const GONE: Record<string, true> = { '404': true, '410': true };

/** A day, or a time where it is today. */
const sinceWords = (at: string, now: number): string => (dayNumber(at) === dayNumber(now) ? clock(at) : dayAndMonth(at, now));

const failedAtTheEnd = (asked: readonly string[]): number => {
  const lastGood = asked.findLastIndex((dot) => dot !== 'x');
  return asked.length - 1 - lastGood;
};

const deadWords = (row: GridRow, times: number, now: number): string => {
  const { failing } = row;
  if (!failing) return say.failedTimes(times);
  const since = sinceWords(failing.since, now);
  const status = failing.httpStatus;
  return status !== undefined && GONE[status]
    ? say.gone(since, status)
    : say.failingSince(since, status === undefined ? failing.errorCode : String(status));
};

const failureVerdict = (row: GridRow, asked: readonly string[], now: number): Verdict | undefined => {
  const failed = asked.filter((dot) => dot === 'x').length;
  if (failed === 0) return undefined;
  const atTheEnd = failedAtTheEnd(asked);
  if (atTheEnd >= DEAD || (failed === asked.length && failed > 1)) return { kind: 'dead', words: deadWords(row, atTheEnd, now) };
  if (failed > 1 && failed / asked.length >= FLAKY_SHARE) return { kind: 'flaky', words: say.flaky(failed, asked.length) };
  if (atTheEnd > 0) return { kind: 'shaky', words: say.failedTimes(atTheEnd) };
  return { kind: 'mended', words: say.mended(failed) };
};

/** What is to be said of a row; nothing of one that does well. */
export const verdictOf = (row: GridRow, runs: RunGrid['runs'], now: number): Verdict => {
  if (row.isPaused) return { kind: 'paused', words: say.paused };
  const asked = [...row.dots].filter((dot) => dot !== '.' && dot !== 'r');
  const failure = failureVerdict(row, asked, now);
  if (failure?.kind === 'dead') return failure;
  if (row.waitsUntil) return { kind: 'waiting', words: say.waiting(clock(row.waitsUntil)) };
  if (failure) return failure;
  if (asked.length === 0) return { kind: 'absent', words: say.absent };
  const first = runs[0];
  if (first && row.addedAt > first.at) return { kind: 'fresh', words: say.added(sinceWords(row.addedAt, now)) };
  return { kind: 'well', words: '' };
};

const RANKS: Record<Exclude<GridSort, 'name'>, readonly VerdictKind[]> = {
  problems: ['dead', 'flaky', 'shaky', 'waiting', 'mended', 'fresh', 'well', 'absent', 'paused'],
  flaky: ['flaky', 'shaky', 'mended', 'dead', 'waiting', 'fresh', 'well', 'absent', 'paused'],
};

/* One collator for all: comparing thousands of names without is slow. */
const byName = new Intl.Collator('en');

/** Rows judged and in their order; equal ones by title. */
export const toJudgedRows = (grid: RunGrid, sort: GridSort, text: string, now: number): JudgedRow[] => {
  const wanted = text.trim().toLowerCase();
  const rank = (kind: VerdictKind): number => (sort === 'name' ? 0 : RANKS[sort].indexOf(kind));
  return grid.rows
    .filter(({ title }) => wanted === '' || title.toLowerCase().includes(wanted))
    .map((row) => ({ row, verdict: verdictOf(row, grid.runs, now) }))
    .sort((a, b) => rank(a.verdict.kind) - rank(b.verdict.kind) || byName.compare(a.row.title, b.row.title));
};

/** The finding in one sentence: *41 sources: 1 fails every time, 2 are flaky.* */
export const gridSentence = (rows: readonly JudgedRow[]): string => {
  const of = (kind: VerdictKind): number => rows.filter(({ verdict }) => verdict.kind === kind).length;
  return say.summary(rows.length, of('dead'), of('flaky'));
};

/** What one cell says: *2 new*, *failed*. */
export const cellWords = (row: GridRow, column: number): string => {
  const dot = (row.dots[column] ?? '.') as GridDot;
  return dot === 'n' ? say.new(row.added[column] ?? 0) : say.dots[dot];
};

/** Where the focus goes from a cell; column 0 is the source, then one a run. Undefined: the key is not for moving. */
export const moveFrom = (
  from: { row: number; column: number },
  key: string,
  { rows, columns, page }: { rows: number; columns: number; page: number },
): { row: number; column: number } | undefined => {
  const moves: Record<string, [number, number]> = {
    ArrowDown: [from.row + 1, from.column],
    ArrowUp: [from.row - 1, from.column],
    ArrowRight: [from.row, from.column + 1],
    ArrowLeft: [from.row, from.column - 1],
    PageDown: [from.row + page, from.column],
    PageUp: [from.row - page, from.column],
    Home: [from.row, 0],
    End: [from.row, columns - 1],
  };
  const to = moves[key];
  if (!to) return undefined;
  const bound = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  return { row: bound(to[0], rows - 1), column: bound(to[1], columns - 1) };
};
