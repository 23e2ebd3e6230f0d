import type { RunFilter, RunQuery, RunStatus } from '../../preload/contract/run.ts';
import { RUN_STATUSES } from '../ui/run-words.ts';

/** What the list is narrowed to. Kept in the address, so that a view can be linked and comes back. */
export type HistoryFilters = {
  status?: RunStatus;
  scheduleId?: string;
  jobKind?: string;
  cause?: NonNullable<RunQuery['cause']>;
  range: Range;
  /** Days, YYYY-MM-DD, both included; they stand in place of the range. */
  from?: string;
  to?: string;
  text?: string;
  problemsOnly: boolean;
};
export type Range = (typeof RANGES)[number];
/** Spans to choose from. */
export const RANGES = ['today', 'day', 'week', 'month', 'all'] as const;

const CAUSES = ['schedule', 'manual', 'catch-up', 'retry'] as const;
const DAY_MS = 86_400_000;
const DAYS: Partial<Record<Range, number>> = { day: 1, week: 7, month: 30 };

const pick = <Value extends string>(values: readonly Value[], text: string | undefined): Value | undefined =>
  values.find((value) => value === text);
const asDay = (text: string | undefined): string | undefined =>
  text && /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(`${text}T00:00:00`)) ? text : undefined;
const asName = (text = ''): string | undefined => (/^[\w-]{1,80}$/.test(text) ? text : undefined);

/** Leaves out what is undefined. */
const known = <Fields extends object>(fields: Fields): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** Filters out of an address; what it does not understand is left out. */
export const readFilters = (params: Record<string, string | undefined>): HistoryFilters => ({
  ...known({
    status: pick(RUN_STATUSES, params.status),
    cause: pick(CAUSES, params.cause),
    scheduleId: asName(params.schedule),
    jobKind: asName(params.job),
    from: asDay(params.from),
    to: asDay(params.to),
    text: params.q?.trim().slice(0, 100) || undefined,
  }),
  range: pick(RANGES, params.range) ?? 'week',
  problemsOnly: params.problems === '1',
});

/** Filters as an address holds them; what is at rest is left out. */
export const writeFilters = (filters: HistoryFilters): Record<string, string> =>
  known({
    status: filters.status,
    schedule: filters.scheduleId,
    job: filters.jobKind,
    cause: filters.cause,
    range: filters.range === 'week' ? undefined : filters.range,
    from: filters.from,
    to: filters.to,
    q: filters.text,
    problems: filters.problemsOnly ? '1' : undefined,
  }) as Record<string, string>;

/** Whether anything but the span is narrowed; then quiet runs are not folded. */
export const isNarrowed = ({ status, scheduleId, jobKind, cause, text, problemsOnly }: HistoryFilters): boolean =>
  Boolean(status || scheduleId || jobKind || cause || text || problemsOnly);

const sinceOf = ({ range, from, to }: HistoryFilters, now: number): number | undefined => {
  if (from) return Date.parse(`${from}T00:00:00`);
  if (to) return undefined;
  if (range === 'today') return new Date(now).setHours(0, 0, 0, 0);
  const days = DAYS[range];
  // Whole minutes, so that the question stays the same while a view is open.
  return days === undefined ? undefined : Math.floor(now / 60_000) * 60_000 - days * DAY_MS;
};

/** Which runs are meant. A day is one of this computer's zone. */
export const toRunFilter = (filters: HistoryFilters, now: number): RunFilter => {
  const since = sinceOf(filters, now);
  const until = filters.to ? new Date(Date.parse(`${filters.to}T00:00:00`)).setHours(23, 59, 59, 999) : undefined;
  return known({
    status: filters.status ? [filters.status] : undefined,
    scheduleId: filters.scheduleId,
    jobKind: filters.jobKind,
    cause: filters.cause,
    text: filters.text,
    problemsOnly: filters.problemsOnly ? true : undefined,
    since: since === undefined ? undefined : new Date(since).toISOString(),
    until: until === undefined ? undefined : new Date(until).toISOString(),
  });
};

/** The question for the core. */
export const toRunQuery = (filters: HistoryFilters, now: number, limit: number): RunQuery => ({
  ...toRunFilter(filters, now),
  limit,
});
