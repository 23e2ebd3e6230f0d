import type { Schedule } from '../../preload/contract/schedule.ts';
import type { Store } from '../store/repositories.ts';
import type { Services } from './services.ts';

const FETCH_FEEDS = 'fetch_feeds';
/** The paces we gave the built-in schedule last, minutes; another one is its owner's and stays. */
const PACES = 'fetch.paces';
const FIRST_PACE = 30;

const ourPaces = (store: Store): number[] => {
  const noted = store.notes.get(PACES);
  return Array.isArray(noted) ? noted.filter((minutes) => typeof minutes === 'number') : [FIRST_PACE];
};

/** The shortest time between two looks that any feed asks for, minutes. */
const shortestInterval = (store: Store): number =>
  Math.min(
    store.settings.get().fetchIntervalMinutes,
    ...store.sources
      .all()
      .flatMap((source) => (source.kind === 'feed' && !source.paused && source.everyMinutes ? [source.everyMinutes] : [])),
  );

const isOurs = ({ trigger, isBuiltIn }: Schedule, paces: readonly number[]): boolean =>
  isBuiltIn && trigger.type === 'interval' && paces.includes(trigger.minutes);

/** Why *Fetch feeds* looks more often than the settings say: *As often as Example wants to be asked; ...*. Undefined when it does not. */
export const paceHint = (store: Store, { id, trigger }: Schedule): string | undefined => {
  const { fetchIntervalMinutes } = store.settings.get();
  if (id !== FETCH_FEEDS || trigger.type !== 'interval' || trigger.minutes >= fetchIntervalMinutes) return undefined;
  const quickest = store.sources
    .all()
    .find((source) => source.kind === 'feed' && !source.paused && source.everyMinutes === trigger.minutes);
  return quickest && `As often as ${quickest.title.slice(0, 80)} wants to be asked. The other feeds keep their own times.`;
};

const changePace = async ({ store, machine }: Services): Promise<void> => {
  const schedule = store.schedules.get(FETCH_FEEDS);
  const paces = ourPaces(store);
  const minutes = shortestInterval(store);
  if (!schedule || !isOurs(schedule, paces)) return;
  if (schedule.trigger.type === 'interval' && schedule.trigger.minutes === minutes) return;
  // Both are ours until the schedule is stored, whatever happens in between.
  await store.notes.put(PACES, [...paces.slice(-1), minutes]);
  const { scheduler } = await machine();
  await scheduler.update(FETCH_FEEDS, { trigger: { type: 'interval', minutes } });
  await store.notes.put(PACES, [minutes]);
};

/**
 * Makes the built-in *Fetch feeds* look as often as the shortest interval asks for, so that an interval acts at once.
 * A schedule whose time its owner changed is left alone.
 */
export const keepPace = async (services: Services): Promise<void> => {
  try {
    await changePace(services);
  } catch (error) {
    // The change that led here is stored; the schedule follows at the next one.
    services.log.warn('The pace of fetching could not be changed', { error });
  }
};
