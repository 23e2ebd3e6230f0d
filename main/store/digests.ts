import type { Delivery, Edition } from '../../preload/contract/digest.ts';
import type { Recipient } from '../../preload/contract/recipient.ts';
import type { Collection } from './collection.ts';
import type { DeliveriesRepository, EditionsRepository, RecipientsRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

export const editionsShape: Shape<Edition> = { name: 'editions', keyOf: (row) => row.id, migrations: [(row) => row] };
export const deliveriesShape: Shape<Delivery> = { name: 'deliveries', keyOf: (row) => row.id, migrations: [(row) => row] };
export const recipientsShape: Shape<Recipient> = { name: 'recipients', keyOf: (row) => row.id, migrations: [(row) => row] };

/** Editions as they were made, for each digest newest first. */
export const createEditions = (rows: Collection<Edition>): EditionsRepository => ({
  all: rows.all,
  get: rows.get,
  byKey: (key) => rows.all().find((edition) => edition.key === key),
  ofDigest: (scheduleId) =>
    rows
      .all()
      .filter((edition) => edition.scheduleId === scheduleId)
      .toSorted((a, b) => b.content.number - a.content.number),
  put: (edition) => rows.put([edition]),
  remove: rows.remove,
});

/** The outbox. */
export const createDeliveries = (rows: Collection<Delivery>): DeliveriesRepository => ({
  all: rows.all,
  get: rows.get,
  ofEdition: (editionId) => rows.all().filter((delivery) => delivery.editionId === editionId),
  put: rows.put,
  remove: rows.remove,
});

/** Who gets which digest. */
export const createRecipients = (rows: Collection<Recipient>): RecipientsRepository => ({
  get: rows.get,
  ofDigest: (scheduleId) =>
    rows
      .all()
      .filter((recipient) => recipient.scheduleId === scheduleId)
      .toSorted((a, b) => (a.addedAt === b.addedAt ? (a.address < b.address ? -1 : 1) : a.addedAt < b.addedAt ? -1 : 1)),
  put: rows.put,
  remove: rows.remove,
});
