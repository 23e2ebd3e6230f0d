import type { Services } from './services.ts';

/** The defaults are written once in the life of a data folder; what its owner removes stays removed. */
const DEFAULTS_WRITTEN = 'defaults.written';

/** Writes the built-in schedules and sources into a folder that never had them. A crash in between is made good by the next start. */
export const writeDefaults = async ({ store, clock, machine }: Services): Promise<void> => {
  if (store.notes.get(DEFAULTS_WRITTEN) === true) return;
  const [{ builtInSchedules, builtInSources }, { jobs }] = await Promise.all([import('./defaults.ts'), machine()]);
  const schedules = builtInSchedules(jobs, clock.now()).filter(({ id }) => !store.schedules.get(id));
  if (schedules.length > 0) await store.schedules.put(schedules);
  if (store.sources.all().length === 0) await store.sources.put(builtInSources(clock.now()));
  await store.notes.put(DEFAULTS_WRITTEN, true);
};
