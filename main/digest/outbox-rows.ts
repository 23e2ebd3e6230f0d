import { createHash } from 'node:crypto';
import type { Delivery, DeliveryCounts, DigestOptions, Edition, SinkKind } from '../../preload/contract/digest.ts';
import type { Recipient } from '../../preload/contract/recipient.ts';
import { toInstant } from '../lib/clock.ts';
import { addressKey, personKey, toAddress } from './addresses.ts';

/** The id of the one delivery there can ever be of this edition to this receiver. */
export const deliveryId = (editionId: string, sink: SinkKind, to: string): string =>
  createHash('sha256')
    .update(JSON.stringify([editionId, sink, addressKey(to)]))
    .digest('hex')
    .slice(0, 40);

type Receiver = Pick<Delivery, 'sink' | 'to' | 'recipientId'>;

/** Addresses a file or a hook by what people know it as. */
const OTHER_SINKS: readonly { sink: Exclude<SinkKind, 'mail' | 'webhook'>; to: string }[] = [
  { sink: 'eml', to: '.eml file' },
  { sink: 'html', to: 'HTML file' },
  { sink: 'feed', to: 'Atom feed' },
];

/** Who gets an edition. A test goes to its one address, or to nobody. */
const receivers = (edition: Edition, options: DigestOptions, recipients: readonly Recipient[]): Receiver[] => {
  if (edition.content.isTest) return options.testTo ? [{ sink: 'mail', to: toAddress(options.testTo, 'testTo') }] : [];
  const { sinks } = options;
  const left = new Set(recipients.filter(({ state }) => state === 'unsubscribed').map(({ address }) => personKey(address)));
  const people = recipients.filter(({ state, address }) => state === 'active' && !left.has(personKey(address)));
  return [
    ...(sinks.mail ? people.map(({ id, address }) => ({ sink: 'mail' as const, to: address, recipientId: id })) : []),
    ...OTHER_SINKS.filter(({ sink }) => sinks[sink]),
    ...(sinks.webhook ? [{ sink: 'webhook' as const, to: sinks.webhook }] : []),
  ];
};

/** A row for each receiver, one for each id. */
export const plannedRows = (
  edition: Edition,
  options: DigestOptions,
  recipients: readonly Recipient[],
  now: number,
): Delivery[] => {
  const rows = receivers(edition, options, recipients).map(
    ({ sink, to, recipientId }): Delivery => ({
      id: deliveryId(edition.id, sink, to),
      editionId: edition.id,
      sink,
      ...(recipientId ? { recipientId } : {}),
      to,
      state: 'planned',
      attempts: 0,
      changedAt: toInstant(now),
    }),
  );
  return [...new Map(rows.map((row) => [row.id, row])).values()];
};

/** How many deliveries stand how. */
export const countDeliveries = (rows: readonly Delivery[]): DeliveryCounts => {
  const counts: DeliveryCounts = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

/** Not to be sent any more, whatever else happens. */
export const hasEnded = ({ state }: Delivery): boolean =>
  state === 'sent' || state === 'rejected' || state === 'withdrawn' || state === 'in-doubt';

/** A row in another state; what it said before is forgotten. */
export const moved = (
  { nextAt: _, errorCode: __, errorMessage: ___, ...row }: Delivery,
  change: Pick<Delivery, 'state'> & Partial<Delivery>,
  now: number,
): Delivery => ({ ...row, ...change, changedAt: toInstant(now) });
