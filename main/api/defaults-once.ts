import type { Services } from './services.ts';

/** The defaults are written once in the life of a data folder; what its owner removes stays removed. */
const DEFAULTS_WRITTEN = 'defaults.written';

/** Writes the built-in schedules and sources into a folder that never had them. A crash in between is made good by the next start. */
export const writeDefaults = async ({ store, clock, machine }: Services): Promise<void> => {
  if (store.notes.get(DEFAULTS_WRITTEN) === true) return;
  // Schedules come last: where there are some, the defaults were written, even if the note of it is lost.
  if (store.schedules.all().length === 0) {
    const [{ builtInSchedules, builtInSources }, { jobs }] = await Promise.all([import('./defaults.ts'), machine()]);
    if (store.sources.all().length === 0) await store.sources.put(builtInSources(clock.now()));
    await store.schedules.put(builtInSchedules(jobs, clock.now()));
  }
  await store.notes.put(DEFAULTS_WRITTEN, true);
};
