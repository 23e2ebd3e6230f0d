import type { Alerts } from '../lib/alerts.ts';
import type { EventBus } from '../lib/events.ts';
import type { Store } from '../store/repositories.ts';

type Deps = {
  store: Pick<Store, 'editions' | 'deliveries' | 'recipients'>;
  events: Pick<EventBus, 'emit'>;
  alerts?: Pick<Alerts, 'clear'>;
};

/** What went with a digest. */
export type RemovedDigest = { editions: number; deliveries: number; recipients: number };

/**
 * Removes what belongs to a digest whose schedule is gone: its editions, where they went, and who got them. Run records stay.
 * Undefined when there was nothing. Deliveries go first, so that what a crash leaves can be removed again.
 */
export const removeDigest = async ({ store, events, alerts }: Deps, scheduleId: string): Promise<{ digest?: RemovedDigest }> => {
  const editions = store.editions.ofDigest(scheduleId).map(({ id }) => id);
  const recipients = store.recipients.ofDigest(scheduleId).map(({ id }) => id);
  if (editions.length + recipients.length === 0) return {};
  const deliveries = editions.flatMap((id) => store.deliveries.ofEdition(id)).map(({ id }) => id);
  const digest = {
    deliveries: await store.deliveries.remove(deliveries),
    recipients: await store.recipients.remove(recipients),
    editions: await store.editions.remove(editions),
  };
  for (const id of editions) alerts?.clear(`digest-in-doubt-${id}`);
  events.emit('digests.changed', { scheduleId });
  return { digest };
};
