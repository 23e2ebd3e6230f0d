import type { Delivery, DeliveryCounts, DigestOptions, Edition } from '../../preload/contract/digest.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { toInstant } from '../lib/clock.ts';
import { personKey } from './addresses.ts';
import type { MailOutcome } from './mailer-outcome.ts';
import { raiseDoubt } from './outbox-recovery.ts';
import { countDeliveries, hasEnded, moved, plannedRows } from './outbox-rows.ts';
import type { OutboxDeps, Sender, SendOptions } from './outbox-types.ts';
import { makeReady } from './sinks.ts';

/** The most times one delivery is tried. */
export const MAX_ATTEMPTS = 5;
/** Refusals for good in a row after which a recipient gets nothing any more. */
const MAX_REFUSALS = 3;
/** In doubt in a row, after which nobody else is put in doubt by this server. */
const MAX_DOUBTS = 3;
/** The first wait when the digest's schedule does not say another, minutes. */
const WAIT_MINUTES = 5;

/**
 * Writes down who gets an edition, once: an edition that has rows keeps them, whoever has joined since.
 * Durable when it answers. Throws MAIL_INPUT for a test address that is none.
 */
export const planDeliveries = async (deps: OutboxDeps, edition: Edition, options: DigestOptions): Promise<Delivery[]> => {
  const { deliveries, recipients } = deps.store;
  const known = deliveries.ofEdition(edition.id);
  if (known.length > 0) return known;
  const rows = plannedRows(edition, options, recipients.ofDigest(edition.scheduleId), deps.clock.now());
  if (rows.length > 0) await deliveries.put(rows);
  deps.events.emit('digests.changed', { scheduleId: edition.scheduleId });
  return rows;
};

/** How far the sending of an edition has come. */
export type SendResult = {
  counts: DeliveryCounts;
  /** Handed over by this call. */
  sent: number;
  /** Why something is still to be sent: the run failed by it. */
  error?: AppError;
  /** When the earliest of what waits is tried again. */
  nextAt?: string;
};

/** Why this delivery is not to be made any more, or undefined. Looked at right before it is. */
const whyWithdrawn = ({ store, edition }: Sender, { recipientId, to }: Delivery): string | undefined => {
  if (!recipientId) return undefined;
  const recipient = store.recipients.get(recipientId);
  if (!recipient) return 'The address was taken off the list.';
  if (recipient.state === 'suspended') return 'The address is suspended.';
  const person = personKey(to);
  const hasLeft = store.recipients
    .ofDigest(edition.scheduleId)
    .some(({ state, address }) => state === 'unsubscribed' && personKey(address) === person);
  return hasLeft ? 'This person has unsubscribed.' : undefined;
};

const tell = ({ events, edition }: Sender): void => events.emit('digests.changed', { scheduleId: edition.scheduleId });

const write = async (sender: Sender, row: Delivery): Promise<void> => {
  await sender.store.deliveries.put([row]);
  tell(sender);
};

const waitMs = ({ store, edition }: Sender, attempts: number): number =>
  (store.schedules.get(edition.scheduleId)?.retryMinutes ?? WAIT_MINUTES) * 60_000 * 2 ** (attempts - 1);

/** What a row becomes by what happened. */
const afterOutcome = (sender: Sender, row: Delivery, outcome: MailOutcome): Delivery => {
  const now = sender.now();
  const why = {
    ...(outcome.code ? { errorCode: outcome.code } : {}),
    ...(outcome.message ? { errorMessage: outcome.message.slice(0, 300) } : {}),
  };
  if (outcome.state !== 'deferred') return moved(row, { state: outcome.state, ...why }, now);
  // Cancelled while nothing had left: as if it had not been begun.
  if (sender.signal?.aborted) return moved(row, { state: 'planned', attempts: row.attempts - 1 }, now);
  if (outcome.needsOwner) return moved(row, { state: 'deferred', ...why }, now);
  if (row.attempts >= MAX_ATTEMPTS) return moved(row, { state: 'rejected', ...why }, now);
  return moved(row, { state: 'deferred', ...why, nextAt: toInstant(now + waitMs(sender, row.attempts)) }, now);
};

/** Counts refusals for good; three in a row suspend. */
const noteRecipient = async ({ store, now }: Sender, row: Delivery, outcome: MailOutcome): Promise<void> => {
  const recipient = row.recipientId ? store.recipients.get(row.recipientId) : undefined;
  if (!recipient) return;
  if (outcome.state === 'sent' && recipient.refusals > 0) {
    const { errorCode: _, errorMessage: __, ...rest } = recipient;
    await store.recipients.put([{ ...rest, refusals: 0 }]);
  }
  if (outcome.state !== 'rejected' || !outcome.isReceivers) return;
  const refusals = recipient.refusals + 1;
  const isSuspended = refusals >= MAX_REFUSALS && recipient.state === 'active';
  await store.recipients.put([
    {
      ...recipient,
      refusals,
      ...(isSuspended ? { state: 'suspended' as const, changedAt: toInstant(now()) } : {}),
      ...(outcome.code ? { errorCode: outcome.code } : {}),
      ...(outcome.message ? { errorMessage: outcome.message } : {}),
    },
  ]);
};

const mayBeSent = (sender: Sender, { state, nextAt }: Delivery): boolean => {
  if (state === 'planned') return true;
  if (state !== 'deferred') return false;
  return sender.isForced === true || (nextAt !== undefined && Date.parse(nextAt) <= sender.now());
};

/**
 * One delivery. The claim is looked at and taken in one go, so that of two senders one has it; the intent is on the disk before
 * anything goes out. Undefined when there was nothing to do.
 */
const sendOne = async (sender: Sender, id: string): Promise<MailOutcome | undefined> => {
  const { store } = sender;
  const wanted = store.deliveries.get(id);
  if (!wanted || !mayBeSent(sender, wanted)) return undefined;
  const handOver = await makeReady(sender, wanted);
  const row = store.deliveries.get(id);
  if (!row || !mayBeSent(sender, row)) return undefined;
  const claimed = moved(row, { state: 'sending', attempts: row.attempts + 1 }, sender.now());
  await write(sender, claimed);
  const reason = whyWithdrawn(sender, claimed);
  if (reason) {
    await write(sender, moved(claimed, { state: 'withdrawn', attempts: row.attempts, errorMessage: reason }, sender.now()));
    return undefined;
  }
  const outcome = await handOver();
  await write(sender, afterOutcome(sender, claimed, outcome));
  if (outcome.state === 'in-doubt') raiseDoubt(sender, sender.edition.id);
  await noteRecipient(sender, claimed, outcome);
  return outcome;
};

/** What waits for the owner keeps the rest of the edition back: the same password would be refused again. */
const blockade = ({ store, edition, isForced }: Sender): AppError | undefined => {
  const row = isForced
    ? undefined
    : store.deliveries.ofEdition(edition.id).find(({ state, nextAt }) => state === 'deferred' && nextAt === undefined);
  return row && new AppError(row.errorCode ?? 'MAIL_AUTH', row.errorMessage ?? 'Sending waits for you.');
};

/** Ends what earlier editions still had to send: the next one has come. */
const withdrawEarlier = async (sender: Sender): Promise<void> => {
  const { store, edition } = sender;
  if (edition.content.isTest) return;
  const earlier = store.editions
    .ofDigest(edition.scheduleId)
    .filter(({ content }) => !content.isTest && content.number < edition.content.number)
    .flatMap(({ id }) => store.deliveries.ofEdition(id))
    .filter(({ state }) => state === 'planned' || state === 'deferred');
  const errorMessage = 'The next edition came before this one could be sent.';
  if (earlier.length > 0)
    await store.deliveries.put(earlier.map((row) => ({ ...moved(row, { state: 'withdrawn', errorMessage }, sender.now()) })));
};

const resultOf = ({ store, edition }: Sender, sent: number, trouble: AppError | undefined): SendResult => {
  const rows = store.deliveries.ofEdition(edition.id);
  const waiting = rows.filter(({ state }) => state === 'deferred');
  const nextAt = waiting.flatMap((row) => row.nextAt ?? []).sort()[0];
  const [first] = waiting;
  const error = trouble ?? (first && new AppError(first.errorCode ?? 'MAIL_CONNECT', first.errorMessage ?? 'Not all was sent.'));
  return { counts: countDeliveries(rows), sent, ...(error ? { error } : {}), ...(nextAt ? { nextAt } : {}) };
};

const asError = ({ isEverybodys, code, message }: MailOutcome): AppError | undefined =>
  isEverybodys ? new AppError(code ?? 'MAIL_CONNECT', message ?? 'The mail server could not be used.') : undefined;

const tooDoubtful = (): AppError =>
  new AppError('MAIL_IN_DOUBT', `${MAX_DOUBTS} deliveries in a row are in doubt, so the rest waits for you.`);

/** Whether all deliveries of an edition have come to an end. */
export const isAllSent = ({ store }: Pick<OutboxDeps, 'store'>, editionId: string): boolean =>
  store.deliveries.ofEdition(editionId).every(hasEnded);

/** From here on the edition does not change. */
const noteBegun = async ({ store, edition, now }: Sender): Promise<void> => {
  const stored = store.editions.get(edition.id);
  if (stored && !stored.sendBegunAt) await store.editions.put({ ...stored, sendBegunAt: toInstant(now()) });
};

const noteEnded = async (sender: Sender): Promise<void> => {
  const { store, edition, now } = sender;
  const stored = store.editions.get(edition.id);
  if (!stored || stored.endedAt || !isAllSent(sender, edition.id)) return;
  await store.editions.put({ ...stored, endedAt: toInstant(now()) });
  tell(sender);
};

/**
 * Sends what is planned and what waits and is due, one after the other; trouble that everybody would have ends the round.
 * Throws the signal's reason between two receivers, and STORE_ errors; all else is told in the answer and in the rows.
 */
export const sendPlanned = async (deps: OutboxDeps, wanted: SendOptions): Promise<SendResult> => {
  const sender: Sender = { ...deps, ...wanted };
  await withdrawEarlier(sender);
  const held = blockade(sender);
  if (held) return resultOf(sender, 0, held);
  await noteBegun(sender);
  const ids = deps.store.deliveries
    .ofEdition(wanted.edition.id)
    .filter((row) => mayBeSent(sender, row))
    .map(({ id }) => id);
  let sent = 0;
  let skipsMail: AppError | undefined;
  let doubts = 0;
  for (const [at, id] of ids.entries()) {
    wanted.signal?.throwIfAborted();
    wanted.onProgress?.(at, ids.length);
    const isMail = deps.store.deliveries.get(id)?.sink === 'mail';
    if (isMail && skipsMail) continue;
    const outcome = await sendOne(sender, id);
    if (outcome?.state === 'sent') sent += 1;
    doubts = outcome?.state === 'in-doubt' ? doubts + 1 : 0;
    if (outcome && isMail) skipsMail = doubts >= MAX_DOUBTS ? tooDoubtful() : asError(outcome);
  }
  wanted.signal?.throwIfAborted();
  wanted.onProgress?.(ids.length, ids.length);
  await noteEnded(sender);
  return resultOf(sender, sent, skipsMail);
};
