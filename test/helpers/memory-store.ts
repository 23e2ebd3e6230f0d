import type { FetchJobsRepository, RunsRepository, Store } from '../../main/store/repositories.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { CompletedFetchJob, FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run } from '../../preload/contract/run.ts';
import { runSchema } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { scheduleSchema } from '../../preload/contract/schedule.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../preload/contract/settings.ts';

/** The parts of a store that the scheduler and the runner use, in memory. Rows are checked against their schemas. */
export type MemoryStore = Pick<Store, 'runs' | 'fetchJobs' | 'schedules' | 'settings' | 'notes'> & {
  /** Makes the next writes fail, as a full disk does. */
  failWrites: (count: number) => void;
};

const FINAL = ['completed', 'failed', 'cancelled', 'abandoned', 'missed', 'skipped', 'deferred'];

const memoryRuns = (write: () => Promise<void>): RunsRepository => {
  const rows = new Map<string, Run>();
  const newestFirst = (): Run[] => [...rows.values()].reverse();
  return {
    get: (id) => rows.get(id),
    put: async (run) => {
      const before = rows.get(run.id);
      if (before && FINAL.includes(before.status) && before.status !== run.status)
        throw new AppError('CONFLICT', `A ${before.status} run cannot become ${run.status}.`);
      runSchema.parse(run);
      await write();
      rows.set(run.id, structuredClone(run));
      return run;
    },
    list: ({ limit = 50 }) => ({ rows: newestFirst().slice(0, limit), total: rows.size }),
    recentFor: (scheduleId, limit) =>
      newestFirst()
        .filter((run) => run.scheduleId === scheduleId)
        .slice(0, limit)
        .reverse(),
    latestFor: (scheduleId) => newestFirst().find((run) => run.scheduleId === scheduleId),
    matching: newestFirst,
    seriesOf: ({ scheduleId }) => [...rows.values()].filter((run) => run.scheduleId === scheduleId),
    retriesOf: (id) => [...rows.values()].filter((run) => run.retryOf === id),
    unfinished: () => newestFirst().filter((run) => run.status === 'queued' || run.status === 'running'),
    all: () => [...rows.values()],
    remove: async (ids) => {
      await write();
      return ids.filter((id) => rows.delete(id)).length;
    },
  };
};

const memoryFetchJobs = (write: () => Promise<void>): FetchJobsRepository => {
  const rows = new Map<string, FetchJob>();
  const all = (): FetchJob[] => [...rows.values()];
  const isOpen = (job: FetchJob): boolean => job.status === 'queued' || job.status === 'ongoing';
  const move = async (id: string, from: readonly string[], change: object): Promise<FetchJob | null> => {
    const job = rows.get(id);
    if (!job || !from.includes(job.status)) return null;
    await write();
    const next = { ...job, ...change } as FetchJob;
    rows.set(id, next);
    return next;
  };
  const ofSource = (sourceId: string): FetchJob[] => all().filter((job) => job.sourceId === sourceId);
  return {
    queue: async (job) => {
      if (ofSource(job.sourceId).some(isOpen)) return null;
      rows.set(job.id, { ...job, status: 'queued', postsCount: 0 });
      await write();
      return rows.get(job.id) ?? null;
    },
    markOngoing: (id, startedAt) => move(id, ['queued'], { status: 'ongoing', startedAt }),
    complete: (id, end) => move(id, ['ongoing'], { ...end, status: 'completed' }),
    fail: (id, end) => move(id, ['queued', 'ongoing'], { ...end, status: 'failed' }),
    get: (id) => rows.get(id) ?? null,
    latestFor: (sourceId) => ofSource(sourceId).at(-1) ?? null,
    openFor: (sourceId) => ofSource(sourceId).find(isOpen) ?? null,
    latestCompletedFor: (sourceId) =>
      ofSource(sourceId)
        .filter((job): job is CompletedFetchJob => job.status === 'completed')
        .at(-1) ?? null,
    recentFor: (sourceId, limit) => ofSource(sourceId).slice(-limit),
    forRun: (runId) => all().filter((job) => job.runId === runId),
    countFor: (runId) => all().filter((job) => job.runId === runId).length,
    failedIn: (runId) => all().filter((job) => job.runId === runId && job.status === 'failed' && !job.isBlameless).length,
    unfinished: () => all().filter(isOpen),
    all,
    remove: async (ids) => {
      await write();
      return ids.filter((id) => rows.delete(id)).length;
    },
  };
};

/** An empty store in memory, with the default settings. */
export const createMemoryStore = (): MemoryStore => {
  let failing = 0;
  const write = async (): Promise<void> => {
    await Promise.resolve();
    if (failing <= 0) return;
    failing -= 1;
    throw new AppError('STORE_FULL', 'The disk is full.');
  };
  const schedules = new Map<string, Schedule>();
  const notes = new Map<string, unknown>();
  let settings: Settings = { ...DEFAULT_SETTINGS };
  return {
    failWrites: (count) => {
      failing = count;
    },
    runs: memoryRuns(write),
    fetchJobs: memoryFetchJobs(write),
    schedules: {
      all: () => [...schedules.values()],
      get: (id) => schedules.get(id),
      put: async (rows) => {
        for (const row of rows) scheduleSchema.parse(row);
        await write();
        for (const row of rows) schedules.set(row.id, structuredClone(row));
      },
      remove: async (id) => {
        await write();
        return schedules.delete(id);
      },
    },
    settings: {
      get: () => settings,
      update: async (patch) => {
        await write();
        settings = { ...settings, ...patch };
        return settings;
      },
    },
    notes: {
      get: (key) => notes.get(key),
      put: async (key, value) => {
        await write();
        notes.set(key, value);
      },
    },
  };
};
