import type { Run } from '../../preload/contract/run.ts';
import type { Lateness, LateReason } from '../../preload/contract/stats.ts';
import { median, percentile } from './numbers.ts';

const MINUTE_MS = 60_000;
/** A run and the row for what was missed before it are written at almost the same time: in the same such span, or the next to it. */
const SAME_MOMENT_MS = 2 * MINUTE_MS;

/** What the words of a missed row tell. */
const WORDS: readonly [RegExp, LateReason][] = [
  [/not running/i, 'off'],
  [/asleep/i, 'asleep'],
  [/offline|connection/i, 'offline'],
  [/paused/i, 'paused'],
];

/** Milliseconds from the due time to the start; undefined where there is no due time or no start, and for a retry, which is late by intent. */
export const latenessOf = (run: Run): number | undefined =>
  'startedAt' in run && run.startedAt && run.scheduledFor && run.cause !== 'retry'
    ? Math.max(0, Date.parse(run.startedAt) - Date.parse(run.scheduledFor))
    : undefined;

type Moments = ReadonlyMap<number, readonly Run[]>;
const momentOf = (run: Run): number => Math.floor(Date.parse(run.queuedAt) / SAME_MOMENT_MS);

/** Why a run came late: by the row of what was missed with it, of its own schedule first, else by its cause. */
const reasonOf = (run: Run, missed: Moments): LateReason => {
  const at = momentOf(run);
  const near = [at, at - 1, at + 1].flatMap((moment) => missed.get(moment) ?? []);
  const row = near.find(({ scheduleId }) => scheduleId === run.scheduleId) ?? near[0];
  const told = row && 'reason' in row ? WORDS.find(([words]) => words.test(row.reason))?.[1] : undefined;
  return told ?? (run.cause === 'catch-up' ? 'away' : 'busy');
};

const slotOf = ({ scheduleId }: Run, due: string | undefined): string => `${scheduleId} ${due}`;

/** How late runs were. `missed` are rows of what was not run or was deferred, which tell why; undefined where no run had a due time. */
export const latenessStats = (
  runs: readonly { run: Run; lateMs: number | undefined }[],
  missed: readonly Run[],
): Lateness | undefined => {
  const timed = runs.flatMap(({ run, lateMs: ms }) => (ms === undefined ? [] : [{ run, ms }]));
  const worst = timed.reduce<(typeof timed)[number] | undefined>(
    (most, one) => (most && most.ms >= one.ms ? most : one),
    undefined,
  );
  if (!worst) return undefined;
  const all = timed.map(({ ms }) => ms);
  const late = timed.filter(({ ms }) => ms >= MINUTE_MS);
  const waited = new Set(missed.flatMap((row) => (row.status === 'deferred' ? [slotOf(row, row.to)] : [])));
  const moments = Map.groupBy(
    missed.filter(({ status }) => status === 'missed'),
    momentOf,
  );
  const why = (run: Run): LateReason => (waited.has(slotOf(run, run.scheduledFor)) ? 'power' : reasonOf(run, moments));
  const reasons = [...Map.groupBy(late, ({ run }) => why(run))]
    .map(([reason, those]) => ({ reason, runs: those.length }))
    .sort((left, right) => right.runs - left.runs);
  return {
    p50Ms: median(all) ?? 0,
    p95Ms: percentile(all, 0.95) ?? 0,
    worstMs: worst.ms,
    worstAt: worst.run.scheduledFor ?? worst.run.queuedAt,
    late: late.length,
    reasons,
  };
};
