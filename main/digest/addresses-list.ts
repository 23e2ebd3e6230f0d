import { createHash } from 'node:crypto';
import type { Recipient, RecipientImport } from '../../preload/contract/recipient.ts';
import { addressKey, personKey, readAddressLines } from './addresses.ts';

/* The same address of the same digest is the same row, also after it was removed and added again. */
const recipientId = (scheduleId: string, address: string): string =>
  createHash('sha256')
    .update(JSON.stringify([scheduleId, addressKey(address)]))
    .digest('hex')
    .slice(0, 32);

/**
 * What a list of addresses adds to a digest. Addresses that are there stay as they are, whatever their state, and whoever has
 * unsubscribed is not brought back under another spelling or tag of the address.
 */
export const importAddresses = (
  scheduleId: string,
  present: readonly Recipient[],
  text: string,
  now: string,
): { added: Recipient[]; report: RecipientImport } => {
  const { addresses, refused } = readAddressLines(text);
  const known = new Set(present.map(({ address }) => addressKey(address)));
  const left = new Set(present.filter(({ state }) => state === 'unsubscribed').map(({ address }) => personKey(address)));
  const added: Recipient[] = [];
  for (const address of addresses) {
    const key = addressKey(address);
    if (known.has(key) || left.has(personKey(address))) continue;
    known.add(key);
    const id = recipientId(scheduleId, address);
    added.push({ id, scheduleId, address, addedAt: now, state: 'active', changedAt: now, refusals: 0 });
  }
  return { added, report: { added: added.length, known: addresses.length - added.length, refused } };
};

/** A recipient in the state the owner wants; made active, what was refused before is forgotten. */
export const withState = (recipient: Recipient, state: Recipient['state'], now: string): Recipient => {
  const { errorCode: _, errorMessage: __, ...rest } = recipient;
  return state === 'active'
    ? { ...rest, state, changedAt: now, refusals: 0 }
    : { ...recipient, state, changedAt: recipient.state === state ? recipient.changedAt : now };
};
