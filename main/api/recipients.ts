import type { Handlers } from '../../preload/contract/contract.ts';
import { DIGEST_JOB } from '../../preload/contract/digest.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Recipient } from '../../preload/contract/recipient.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { toInstant } from '../lib/clock.ts';
import type { Services } from './services.ts';

type RecipientHandlers = Pick<Handlers, Extract<keyof Handlers, `recipients.${string}` | `mail.${string}`>>;

const digestOf = ({ store }: Services, id: string): Schedule => {
  const schedule = store.schedules.get(id);
  if (schedule?.jobKind !== DIGEST_JOB) throw new AppError('NOT_FOUND', 'There is no such digest.');
  return schedule;
};

const recipientOf = ({ store }: Services, id: string): Recipient => {
  const recipient = store.recipients.get(id);
  if (!recipient) throw new AppError('NOT_FOUND', 'There is no such recipient.');
  return recipient;
};

/** *weekly-roundup-recipients.txt*, whatever the digest is called. */
const exportName = (name: string): string => {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `${plain || 'digest'}-recipients.txt`;
};

/** What the screen can ask about the people of a digest, and about the way mail leaves. */
export const createRecipientHandlers = (services: Services): RecipientHandlers => {
  const { store, clock, events, secrets } = services;
  const tell = (scheduleId: string): void => events.emit('digests.changed', { scheduleId });
  return {
    'recipients.list': ({ scheduleId }) => store.recipients.ofDigest(scheduleId),
    'recipients.import': async ({ scheduleId, text }) => {
      digestOf(services, scheduleId);
      const { importAddresses } = await import('../digest/addresses-list.ts');
      // Looked at and put in one go: two imports at once add an address once.
      const present = store.recipients.ofDigest(scheduleId);
      const { added, report } = importAddresses(scheduleId, present, text, toInstant(clock.now()));
      if (added.length > 0) await store.recipients.put(added);
      if (added.length > 0) tell(scheduleId);
      return report;
    },
    'recipients.export': ({ scheduleId }) => {
      const { name } = digestOf(services, scheduleId);
      const active = store.recipients.ofDigest(scheduleId).filter(({ state }) => state === 'active');
      return { fileName: exportName(name), text: active.map(({ address }) => `${address}\n`).join('') };
    },
    'recipients.setState': async ({ id, state }) => {
      recipientOf(services, id);
      const { withState } = await import('../digest/addresses-list.ts');
      const changed = withState(recipientOf(services, id), state, toInstant(clock.now()));
      await store.recipients.put([changed]);
      tell(changed.scheduleId);
      return changed;
    },
    'recipients.remove': async ({ id }) => {
      const recipient = store.recipients.get(id);
      const removed = (await store.recipients.remove([id])) > 0;
      if (recipient) tell(recipient.scheduleId);
      return { removed };
    },
    'mail.check': async () => {
      const { checkMail } = await import('../digest/mail-check.ts');
      return checkMail({ account: store.settings.get().mail, password: () => secrets.get('smtp-password'), clock });
    },
  };
};
