import type { RunQuery, RunStatus } from '../../preload/contract/run.ts';
import { RUN_STATUSES } from '../ui/run-words.ts';

/** What the list is narrowed to. Kept in the address, so that a view can be linked and comes back. */
export type HistoryFilters = {
  status?: RunStatus;
  scheduleId?: string;
  cause?: NonNullable<RunQuery['cause']>;
  range: keyof typeof RANGES;
  problemsOnly: boolean;
};

/** Spans to choose from, in days; 0 is everything that is kept. */
export const RANGES = { day: 1, week: 7, month: 30, all: 0 } as const;
/** How each span is called. */
export const RANGE_WORDS: Record<keyof typeof RANGES, string> = {
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
  all: 'All that is kept',
};
const CAUSES = ['schedule', 'manual', 'catch-up', 'retry'] as const;
const DAY_MS = 86_400_000;

const pick = <Value extends string>(values: readonly Value[], text: string | undefined): Value | undefined =>
  values.find((value) => value === text);

/** Filters out of an address; what it does not understand is left out. */
export const readFilters = (params: Record<string, string | undefined>): HistoryFilters => {
  const status = pick(RUN_STATUSES, params.status);
  const cause = pick(CAUSES, params.cause);
  const scheduleId = params.schedule ?? '';
  return {
    ...(status ? { status } : {}),
    ...(cause ? { cause } : {}),
    ...(/^[\w-]{1,80}$/.test(scheduleId) ? { scheduleId } : {}),
    range: pick(Object.keys(RANGES) as (keyof typeof RANGES)[], params.range) ?? 'week',
    problemsOnly: params.problems === '1',
  };
};

/** Filters as an address holds them; what is at rest is left out. */
export const writeFilters = (filters: HistoryFilters): Record<string, string> => ({
  ...(filters.status ? { status: filters.status } : {}),
  ...(filters.scheduleId ? { schedule: filters.scheduleId } : {}),
  ...(filters.cause ? { cause: filters.cause } : {}),
  ...(filters.range === 'week' ? {} : { range: filters.range }),
  ...(filters.problemsOnly ? { problems: '1' } : {}),
});

/** Whether anything but the span is narrowed; then quiet runs are not folded. */
export const isNarrowed = (filters: HistoryFilters): boolean =>
  Boolean(filters.status || filters.scheduleId || filters.cause || filters.problemsOnly);

/** The question for the core. `since` counts whole minutes, so that it stays the same while a view is open. */
export const toRunQuery = (filters: HistoryFilters, now: number, limit: number): RunQuery => {
  const days = RANGES[filters.range];
  const minute = Math.floor(now / 60_000) * 60_000;
  return {
    ...(filters.status ? { status: [filters.status] } : {}),
    ...(filters.scheduleId ? { scheduleId: filters.scheduleId } : {}),
    ...(filters.cause ? { cause: filters.cause } : {}),
    ...(filters.problemsOnly ? { problemsOnly: true } : {}),
    ...(days ? { since: new Date(minute - days * DAY_MS).toISOString() } : {}),
    limit,
  };
};
