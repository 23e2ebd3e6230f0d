import type { Delivery } from '../../preload/contract/digest.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { toInstant } from '../lib/clock.ts';
import { moved } from './outbox-rows.ts';
import type { OutboxDeps } from './outbox-types.ts';

/**
 * At a start: what was being handed over when Tidings ended is in doubt, is said so, and is never sent by itself again.
 * Files are simply written again. Answers how many are in doubt.
 */
export const recoverDeliveries = async ({
  store,
  clock,
  log,
  alerts,
  events,
}: Pick<OutboxDeps, 'store' | 'clock' | 'log' | 'alerts' | 'events'>): Promise<number> => {
  const found = store.deliveries.all().filter(({ state }) => state === 'sending');
  if (found.length === 0) return 0;
  const isOut = ({ sink }: Delivery): boolean => sink === 'mail' || sink === 'webhook';
  const errorMessage = 'Tidings ended while this was being handed over. It may have arrived.';
  const change = (row: Delivery): Delivery =>
    isOut(row)
      ? moved(row, { state: 'in-doubt', errorCode: 'MAIL_IN_DOUBT', errorMessage }, clock.now())
      : moved(row, { state: 'planned' }, clock.now());
  await store.deliveries.put(found.map(change));
  const doubtful = found.filter(isOut);
  log.warn('Deliveries of the last start are in doubt', { count: doubtful.length });
  for (const editionId of new Set(doubtful.map((row) => row.editionId))) raiseDoubt({ store, alerts, events }, editionId);
  return doubtful.length;
};

/** Raises the alert of an edition with deliveries in doubt; clears it when there are none. */
export const raiseDoubt = (
  { store, alerts, events }: Pick<OutboxDeps, 'store' | 'alerts' | 'events'>,
  editionId: string,
): void => {
  const edition = store.editions.get(editionId);
  const id = `digest-in-doubt-${editionId}`;
  const count = store.deliveries.ofEdition(editionId).filter(({ state }) => state === 'in-doubt').length;
  if (edition) events.emit('digests.changed', { scheduleId: edition.scheduleId });
  if (count === 0) return void alerts?.clear(id);
  const name = edition?.content.name ?? 'A digest';
  const text = `${name}: in doubt whether ${count === 1 ? 'one delivery' : `${count} deliveries`} arrived. Nothing is sent again by itself.`;
  // Put away with fewer in doubt, it is shown again.
  alerts?.clear(id);
  alerts?.raise({ id, kind: 'digest-in-doubt', subjectId: edition?.scheduleId ?? editionId, text });
};

/**
 * What the owner found out about a delivery in doubt: it arrived, or it is to be sent again; then it is planned and the next
 * sending of its edition takes it. Throws NOT_FOUND, or CONFLICT when nothing is in doubt (any more).
 */
export const decideDelivery = async (
  deps: Pick<OutboxDeps, 'store' | 'clock' | 'alerts' | 'events'>,
  id: string,
  verdict: 'arrived' | 'send-again',
): Promise<Delivery> => {
  const { store, clock } = deps;
  const row = store.deliveries.get(id);
  if (!row) throw new AppError('NOT_FOUND', 'There is no such delivery.');
  if (row.state !== 'in-doubt') throw new AppError('CONFLICT', 'This delivery is not in doubt.');
  const now = clock.now();
  const decidedAt = toInstant(now);
  const decided =
    verdict === 'arrived'
      ? moved(row, { state: 'sent', decidedAt }, now)
      : moved(row, { state: 'planned', attempts: 0, decidedAt }, now);
  await store.deliveries.put([decided]);
  raiseDoubt(deps, row.editionId);
  return decided;
};
