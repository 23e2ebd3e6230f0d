import type { Schedule } from '../../preload/contract/schedule.ts';
import type { EventBus } from '../lib/events.ts';
import type { Store } from '../store/repositories.ts';

type Deps = { store: Pick<Store, 'schedules'>; events: EventBus };

/** The end of the line of changes, one line a repository. */
const lines = new WeakMap<object, Promise<unknown>>();

/**
 * Changes one stored schedule, one change after another, so that the runner's totals and the scheduler's next time never
 * overwrite each other. `change` answers the new row, or undefined to leave it. Answers the row as it then is.
 */
export const changeSchedule = (
  { store, events }: Deps,
  id: string,
  change: (schedule: Schedule) => Schedule | undefined,
): Promise<Schedule | undefined> => {
  const next = (lines.get(store.schedules) ?? Promise.resolve()).then(async () => {
    const present = store.schedules.get(id);
    const changed = present && change(present);
    if (!changed) return present;
    await store.schedules.put([changed]);
    events.emit('schedules.changed', { ids: [id] });
    return changed;
  });
  lines.set(
    store.schedules,
    next.catch(() => {}),
  );
  return next;
};
