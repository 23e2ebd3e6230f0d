import type { Mailer, Sending } from '../../main/digest/mailer.ts';
import type { MailOutcome } from '../../main/digest/mailer-outcome.ts';
import { planDeliveries, type SendResult, sendPlanned } from '../../main/digest/outbox.ts';
import type { OutboxDeps, SendOptions } from '../../main/digest/outbox-types.ts';
import { type Alerts, createAlerts } from '../../main/lib/alerts.ts';
import { createEventBus } from '../../main/lib/events.ts';
import { silentLog } from '../../main/lib/log.ts';
import type { Store } from '../../main/store/repositories.ts';
import { type DigestOptions, type DigestOptionsInput, digestOptionsSchema, type Edition } from '../../preload/contract/digest.ts';
import type { MailAccount } from '../../preload/contract/mail.ts';
import type { Recipient } from '../../preload/contract/recipient.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createMemoryFs } from './memory-fs.ts';
import { openTestStore } from './store-kit.ts';

export const ACCOUNT: MailAccount = {
  host: '127.0.0.1',
  port: 587,
  security: 'starttls',
  user: 'ada',
  from: 'digest@sender.test',
  fromName: 'Morning paper',
};
export const RENDERED = { subject: 'Morning paper, 3 posts', html: '<p>Three posts</p>', text: 'Three posts' };
const AT = '2026-11-21T12:00:00.000Z';

export const edition = (number = 1, more: Partial<Edition> = {}): Edition => ({
  id: `edition-${number}`,
  scheduleId: 'daily',
  key: `daily ${number}`,
  runId: 'run',
  madeAt: AT,
  from: AT,
  to: AT,
  considered: 3,
  content: {
    name: 'Morning paper',
    number,
    at: AT,
    timeZone: 'UTC',
    tone: 'brief',
    isTest: false,
    sections: [{ title: 'All', more: 0 }],
    items: [],
    more: 0,
  },
  subject: RENDERED.subject,
  ...more,
});

export const recipient = (address: string, more: Partial<Recipient> = {}): Recipient => ({
  id: address.replaceAll(/[^\w]/g, '-'),
  scheduleId: 'daily',
  address,
  addedAt: AT,
  state: 'active',
  changedAt: AT,
  refusals: 0,
  ...more,
});

/** A mailer that answers as it is told, and keeps what it was given. */
export const pretendMailer = (answer: (sending: Sending) => MailOutcome | Promise<MailOutcome> = () => ({ state: 'sent' })) => {
  const asked: Sending[] = [];
  const mailer: Mailer = {
    send: async (sending) => {
      asked.push(sending);
      return answer(sending);
    },
  };
  return { mailer, asked, to: () => asked.map((sending) => sending.to) };
};

export type OutboxBench = {
  store: Store;
  alerts: Alerts;
  clock: FakeClock;
  deps: OutboxDeps;
  options: DigestOptions;
  /** Plans and sends an edition as the job does. */
  send: (edition: Edition, more?: Partial<SendOptions>) => Promise<SendResult>;
};

/** The outbox over a real store in memory, people in the list, and a pretended way out. */
export const startOutbox = async (
  mailer: Mailer,
  people: readonly (string | Recipient)[],
  wanted: DigestOptionsInput = {},
  more: Partial<OutboxDeps> = {},
): Promise<OutboxBench> => {
  const clock = createFakeClock(AT);
  const store = await openTestStore({ dir: '/data', fs: createMemoryFs(), clock });
  await store.recipients.put(people.map((one) => (typeof one === 'string' ? recipient(one) : one)));
  await store.settings.update({ mail: ACCOUNT });
  const events = createEventBus(silentLog);
  const alerts = createAlerts({ notes: store.notes, events, clock, log: silentLog });
  const secrets = { get: async () => 'pass word' };
  const deps: OutboxDeps = { store, clock, log: silentLog, events, alerts, secrets, mailer, ...more };
  const options = digestOptionsSchema.parse(wanted);
  return {
    store,
    alerts,
    clock,
    deps,
    options,
    send: async (given, moreOptions = {}) => {
      if (!store.editions.get(given.id)) await store.editions.put(given);
      await planDeliveries(deps, given, options);
      return sendPlanned(deps, { edition: given, rendered: RENDERED, options, now: clock.now, ...moreOptions });
    },
  };
};

/** What the rows of an edition say, by address. */
export const statesOf = ({ store }: Pick<OutboxBench, 'store'>, editionId: string): Record<string, string> =>
  Object.fromEntries(store.deliveries.ofEdition(editionId).map(({ to, state }) => [to, state]));
