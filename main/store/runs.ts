import { AppError } from '../../preload/contract/errors.ts';
import type { Run, RunFilter, RunStatus } from '../../preload/contract/run.ts';
import type { Collection } from './collection.ts';
import { createGroups } from './groups.ts';
import type { FailuresRepository, RunsRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

export const runsShape: Shape<Run> = { name: 'runs', keyOf: (run) => run.id, migrations: [(row) => row] };

/** Where a run may go from where it stands; a status may always be written again with more told. */
const MOVES: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'failed', 'cancelled', 'abandoned', 'skipped', 'missed', 'deferred'],
  running: ['completed', 'failed', 'cancelled', 'abandoned'],
  deferred: ['queued', 'running', 'missed', 'skipped', 'cancelled', 'abandoned'],
  completed: [],
  failed: [],
  cancelled: [],
  abandoned: [],
  missed: [],
  skipped: [],
};
const isUnfinished = (run: Run): boolean => run.status === 'queued' || run.status === 'running';

const PROBLEMS: readonly RunStatus[] = ['failed', 'abandoned', 'missed'];

const CONDITIONS: readonly ((run: Run, filter: RunFilter, hasFailedFetch: (runId: string) => boolean) => boolean)[] = [
  (run, { status }) => !status || status.includes(run.status),
  (run, { scheduleId }) => !scheduleId || run.scheduleId === scheduleId,
  (run, { jobKind }) => !jobKind || run.jobKind === jobKind,
  (run, { cause }) => !cause || run.cause === cause,
  (run, { since }) => !since || run.queuedAt >= since,
  (run, { until }) => !until || run.queuedAt <= until,
  (run, { text }) => !text || run.name.toLowerCase().includes(text.toLowerCase()) || run.id.startsWith(text),
  (run, { problemsOnly }, hasFailedFetch) => !problemsOnly || isProblem(run, hasFailedFetch),
];

/** Whether a run is worth the owner's eye: it failed or was missed, or a source failed in it. */
export const isProblem = (run: Run, hasFailedFetch: (runId: string) => boolean): boolean =>
  PROBLEMS.includes(run.status) || (run.status === 'completed' && hasFailedFetch(run.id));

const matches = (run: Run, filter: RunFilter, hasFailedFetch: (runId: string) => boolean): boolean =>
  CONDITIONS.every((holds) => holds(run, filter, hasFailedFetch));

const newestFirst = (a: Run, b: Run): number =>
  a.queuedAt < b.queuedAt ? 1 : a.queuedAt > b.queuedAt ? -1 : a.id < b.id ? 1 : a.id > b.id ? -1 : 0;

/** Runs and their one way forward. `hasFailedFetch` says whether a source failed within a run. */
export const createRuns = (
  runs: Collection<Run>,
  hasFailedFetch: (runId: string) => boolean,
  failures?: Pick<FailuresRepository, 'noteRun' | 'settleEarlier'>,
): RunsRepository => {
  const bySchedule = createGroups<Run>((run) => run.scheduleId);
  const byRetried = createGroups<Run>((run) => run.retryOf);
  const open = new Set<string>();
  let sorted: Run[] | undefined;
  const index = (before: Run | undefined, after: Run | undefined): void => {
    bySchedule.note(before, after);
    byRetried.note(before, after);
    if (before) open.delete(before.id);
    if (after && isUnfinished(after)) open.add(after.id);
    sorted = undefined;
  };
  for (const run of runs.all()) index(undefined, run);
  runs.onChange(index);
  const all = (): Run[] => {
    sorted ??= runs.all().sort(newestFirst);
    return sorted;
  };
  const rowsOf = (ids: readonly string[]): Run[] => ids.flatMap((id) => runs.get(id) ?? []);
  const matching = (filter: RunFilter): Run[] => all().filter((run) => matches(run, filter, hasFailedFetch));

  return {
    get: (id) => runs.get(id),
    put: async (run) => {
      const before = runs.get(run.id);
      if (before && before.status !== run.status && !MOVES[before.status].includes(run.status)) {
        throw new AppError('CONFLICT', `A run that is ${before.status} cannot become ${run.status}.`);
      }
      const hasJustFailed = run.status === 'failed' && before?.status !== 'failed';
      if (hasJustFailed) await failures?.settleEarlier();
      await runs.put([run]);
      if (hasJustFailed) await failures?.noteRun(run);
      return run;
    },
    list: (query) => {
      const rows = matching(query);
      const limit = query.limit ?? 50;
      const after = query.cursor ? runs.get(query.cursor) : undefined;
      const found = after ? rows.findIndex((run) => newestFirst(after, run) < 0) : 0;
      const start = query.cursor && (!after || found < 0) ? rows.length : found;
      const page = rows.slice(start, start + limit);
      const last = page.at(-1);
      return { rows: page, total: rows.length, ...(last && start + limit < rows.length ? { next: last.id } : {}) };
    },
    recentFor: (scheduleId, limit) => rowsOf(bySchedule.ids(scheduleId).slice(-limit)),
    latestFor: (scheduleId) => runs.get(bySchedule.ids(scheduleId).at(-1) ?? ''),
    matching,
    seriesOf: ({ scheduleId, jobKind }) =>
      scheduleId
        ? rowsOf(bySchedule.ids(scheduleId))
        : all()
            .filter((run) => run.jobKind === jobKind && !run.scheduleId)
            .reverse(),
    retriesOf: (id) => rowsOf(byRetried.ids(id)),
    unfinished: () => rowsOf([...open]),
    all: () => runs.all(),
    remove: (ids) => runs.remove(ids),
  };
};
