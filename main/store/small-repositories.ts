import type { Schedule } from '../../preload/contract/schedule.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../preload/contract/settings.ts';
import type { Collection } from './collection.ts';
import type {
  FetchMemory,
  FetchMemoryRepository,
  HostMemory,
  NotesRepository,
  SchedulesRepository,
  SettingsRepository,
} from './repositories.ts';
import type { Shape } from './rows.ts';

const first = [(row: Record<string, unknown>) => row];

const NETWORK_JOBS: readonly unknown[] = ['fetch-feeds', 'collect-hacker-news'];
/** Version 2: failed scheduled runs are started again. */
const withRetries = (row: Record<string, unknown>): Record<string, unknown> => ({
  ...row,
  retries: NETWORK_JOBS.includes(row.jobKind) ? 2 : 0,
  retryMinutes: 1,
});

export const schedulesShape: Shape<Schedule> = { name: 'schedules', keyOf: (row) => row.id, migrations: [...first, withRetries] };
/** The schedules, in the order they were made. */
export const createSchedules = (schedules: Collection<Schedule>): SchedulesRepository => ({
  all: schedules.all,
  get: schedules.get,
  put: schedules.put,
  remove: async (id) => (await schedules.remove([id])) > 0,
});

export const fetchMemoryShape: Shape<FetchMemory> = { name: 'fetch-memory', keyOf: (row) => row.sourceId, migrations: first };
export const hostsShape: Shape<HostMemory> = { name: 'hosts', keyOf: (row) => row.host, migrations: first };
/** What the next request to a source or host has to know. */
export const createFetchMemory = (memory: Collection<FetchMemory>, hosts: Collection<HostMemory>): FetchMemoryRepository => ({
  get: memory.get,
  put: (row) => memory.put([row]),
  remove: async (sourceId) => {
    await memory.remove([sourceId]);
  },
  host: hosts.get,
  putHost: (row) => hosts.put([row]),
});

/** One setting a row, so that a file with one odd value keeps all the others. */
export type SettingRow = { key: string; value: unknown };
export const settingsShape: Shape<SettingRow> = { name: 'settings', keyOf: (row) => row.key, migrations: first };
/** The settings, completed from the defaults. */
export const createSettings = (rows: Collection<SettingRow>): SettingsRepository => {
  const read = (): Settings => {
    const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
    for (const [key, schema] of Object.entries(settingsSchema.shape)) {
      const row = rows.get(key);
      const parsed = row ? schema.safeParse(row.value) : undefined;
      if (parsed?.success) settings[key] = parsed.data;
    }
    return settings as Settings;
  };
  let current = read();
  rows.onChange(() => {
    current = read();
  });
  return {
    get: () => current,
    update: async (patch) => {
      const put = Object.entries(patch).flatMap(([key, value]) => (value === undefined ? [] : { key, value }));
      await rows.put(put);
      return current;
    },
  };
};

export const notesShape: Shape<SettingRow> = { name: 'notes', keyOf: (row) => row.key, migrations: first };
/** Small durable values by key. */
export const createNotes = (rows: Collection<SettingRow>): NotesRepository => ({
  get: (key) => rows.get(key)?.value,
  put: (key, value) => rows.put([{ key, value }]),
});
