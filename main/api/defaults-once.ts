import { defaultSchedules } from '../jobs/defaults.ts';
import type { Services } from './services.ts';

/** Which built-in schedules were ever written into this folder; what its owner removes stays removed. */
const DEFAULTS_WRITTEN = 'defaults.written';
/** What the first version wrote; its note was only `true`. */
const FIRST_SCHEDULES: readonly string[] = ['fetch_feeds', 'hourly_posts_collection'];

/** Ids written before, or undefined in a folder that never had defaults. */
const writtenBefore = ({ store }: Services): readonly string[] | undefined => {
  const note = store.notes.get(DEFAULTS_WRITTEN);
  if (Array.isArray(note)) return note as string[];
  // Schedules come last: where there are some, the defaults were written, even if the note of it is lost.
  const hasSchedules = store.schedules.all().length > 0;
  return note === true || hasSchedules ? FIRST_SCHEDULES : undefined;
};

/**
 * Writes the built-in schedules and sources into a folder that never had them, and schedules that are new in this version into an
 * older one. A crash in between is made good by the next start.
 */
export const writeDefaults = async (services: Services): Promise<void> => {
  const { store, clock, machine } = services;
  const before = writtenBefore(services);
  const isNew = (id: string): boolean => !before?.includes(id) && !store.schedules.get(id);
  const ids = defaultSchedules.map(({ id }) => id);
  if (Array.isArray(store.notes.get(DEFAULTS_WRITTEN)) && ids.every((id) => before?.includes(id))) return;
  if (ids.some(isNew)) {
    const [{ builtInSchedules, builtInSources }, { jobs }] = await Promise.all([import('./defaults.ts'), machine()]);
    if (!before && store.sources.all().length === 0) await store.sources.put(builtInSources(clock.now()));
    const added = builtInSchedules(jobs, clock.now()).filter(({ id }) => isNew(id));
    if (added.length > 0) await store.schedules.put(added);
  }
  await store.notes.put(DEFAULTS_WRITTEN, [...new Set([...(before ?? []), ...ids])]);
};
