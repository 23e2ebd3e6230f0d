/*
 * Opens a data folder, says what was in doubt, sends the editions it is told, each until nothing is left to send, and ends; or is
 * killed in the middle. Arguments: folder, port of the mail server, file with its authority, numbers of editions.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createMailer } from '../../main/digest/mailer.ts';
import { planDeliveries, sendPlanned } from '../../main/digest/outbox.ts';
import { recoverDeliveries } from '../../main/digest/outbox-recovery.ts';
import type { OutboxDeps } from '../../main/digest/outbox-types.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { createEventBus } from '../../main/lib/events.ts';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';
import { digestOptionsSchema } from '../../preload/contract/digest.ts';
import { ACCOUNT, edition, RENDERED, recipient } from './smtp-outbox.ts';

const [dir = '', port = '', ca = '', ...numbers] = process.argv.slice(2);
const store = await openStore({ dir, log: silentLog });
const deps: OutboxDeps = {
  store,
  clock: systemClock,
  log: silentLog,
  events: createEventBus(silentLog),
  secrets: { get: async () => undefined },
  mailer: createMailer({ ca: readFileSync(ca, 'utf8') }),
};
await recoverDeliveries(deps);
if (store.recipients.ofDigest('daily').length === 0)
  await store.recipients.put(['ada@x.test', 'bob@x.test', 'cyd@x.test'].map((address) => recipient(address)));
await store.settings.update({ mail: { ...ACCOUNT, user: '', port: Number(port) } });
const options = digestOptionsSchema.parse({});
for (const number of numbers.map(Number)) {
  const given = edition(number);
  if (!store.editions.get(given.id)) await store.editions.put(given);
  await planDeliveries(deps, given, options);
  writeSync(1, `sending ${number}\n`);
  await sendPlanned(deps, { edition: given, rendered: RENDERED, options, now: Date.now, isForced: true });
}
writeSync(1, `${JSON.stringify(store.deliveries.all())}\n`);
await store.close();
