import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '../../preload/contract/digest.ts';
import { toAppError } from '../../preload/contract/errors.ts';
import type { MailAccount } from '../../preload/contract/mail.ts';
import { createMailer } from './mailer.ts';
import { composeLetter, toLetter } from './mailer-message.ts';
import { IN_DOUBT, type MailOutcome } from './mailer-outcome.ts';
import type { Sender } from './outbox-types.ts';

const NO_ACCOUNT: MailOutcome = {
  state: 'deferred',
  code: 'MAIL_INPUT',
  message: 'No mail server is set up. Name one in the settings.',
  isEverybodys: true,
  needsOwner: true,
};

/** What is left to be done when everything is ready. */
export type HandOver = () => Promise<MailOutcome>;

const mail = async (sender: Sender, { to }: Delivery): Promise<HandOver> => {
  const { store, edition, rendered, secrets, clock, mailer = createMailer({ clock }) } = sender;
  const account = store.settings.get().mail;
  if (!account) return async () => NO_ACCOUNT;
  const letter = toLetter(edition, rendered, account, to);
  const [raw, password] = await Promise.all([composeLetter(letter), secrets?.get('smtp-password')]);
  const { signal } = sender;
  return () => mailer.send({ account, password, from: letter.from.address, to: letter.to, raw, ...(signal ? { signal } : {}) });
};

/** Where files of a digest are: a folder of its own in the data folder. */
export const sinkFolder = (dir: string, scheduleId: string): string => join(dir, 'digests', scheduleId);

/** A name that is one file name on every system. */
const fileName = ({ edition }: Sender, ending: string): string =>
  `${edition.content.at.slice(0, 10)}-${String(edition.content.number).padStart(4, '0')}-${createHash('sha256').update(edition.id).digest('hex').slice(0, 6)}${ending}`;

/** Writes a file whole or not at all, only for this user. The same edition written twice is the same file. */
export const writeWhole = async (folder: string, name: string, content: string | Uint8Array): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.${name}.tmp`);
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, name));
};

/* The account of an .eml file where none is set up: RFC 2606 keeps this name free. */
const NOBODY: MailAccount = {
  host: 'localhost',
  port: 587,
  security: 'starttls',
  user: '',
  from: 'digest@tidings.invalid',
  fromName: 'Tidings',
};

const eml = async (sender: Sender): Promise<void> => {
  const account = sender.store.settings.get().mail ?? NOBODY;
  const raw = await composeLetter(toLetter(sender.edition, sender.rendered, account, account.from));
  await writeWhole(sinkFolder(sender.store.dir, sender.edition.scheduleId), fileName(sender, '.eml'), raw);
};

const html = ({ store, edition, rendered, ...rest }: Sender): Promise<void> =>
  writeWhole(sinkFolder(store.dir, edition.scheduleId), fileName({ store, edition, rendered, ...rest }, '.html'), rendered.html);

/* The whole feed is written again; a reader sees the one before or this one. */
const feed = async ({ store, edition }: Sender): Promise<void> => {
  const { feedOfEdition } = await import('./feed.ts');
  await writeWhole(sinkFolder(store.dir, edition.scheduleId), 'feed.xml', await feedOfEdition(store.editions, edition));
};

const FAILED_FILE: MailOutcome = { state: 'deferred', code: 'STORE_IO', message: 'The file could not be written.' };

const asFile = async (write: Promise<void>): Promise<MailOutcome> => {
  try {
    await write;
    return { state: 'sent' };
  } catch {
    return FAILED_FILE;
  }
};

/** The edition as JSON, for whoever listens at the hook. */
const hookBody = ({ edition, rendered }: Sender): string =>
  JSON.stringify({
    edition: { id: edition.id, number: edition.content.number, at: edition.content.at },
    digest: { id: edition.scheduleId, name: edition.content.name },
    subject: rendered.subject,
    sections: edition.content.sections,
    items: edition.content.items,
    more: edition.content.more,
    text: rendered.text,
  });

const afterAnswer = (status: number): MailOutcome => {
  if (status >= 200 && status < 300) return { state: 'sent' };
  const message = `The server of the hook answered ${status}.`;
  if (status === 429 || status >= 500) return { state: 'deferred', code: status === 429 ? 'HTTP_429' : 'HTTP_5XX', message };
  return { state: 'rejected', code: 'HTTP_4XX', message };
};

const callHook = async (sender: Sender, { id, to }: Delivery, token: string | undefined): Promise<MailOutcome> => {
  const { downloader, signal } = sender;
  if (!downloader) return { state: 'deferred', code: 'INTERNAL', message: 'There is no way out to the network.' };
  try {
    const { status } = await downloader.post({
      url: to,
      body: hookBody(sender),
      contentType: 'application/json',
      headers: { 'Idempotency-Key': id, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      // The owner typed it.
      allowLocalNetwork: true,
      ...(signal ? { signal } : {}),
    });
    return afterAnswer(status);
  } catch (error) {
    const { code, message, details } = toAppError(error);
    return details.wasSent === false ? { state: 'deferred', code, message } : { ...IN_DOUBT, message };
  }
};

const webhook = async (sender: Sender, row: Delivery): Promise<HandOver> => {
  const token = await sender.secrets?.get('digest-webhook-token');
  return () => callHook(sender, row, token);
};

const failed = (error: unknown): MailOutcome => {
  const { code, message } = toAppError(error);
  return { state: 'deferred', code, message, isEverybodys: true, needsOwner: code === 'MAIL_INPUT' };
};

const ready = async (sender: Sender, row: Delivery): Promise<HandOver> => {
  if (row.sink === 'mail') return mail(sender, row);
  if (row.sink === 'webhook') return webhook(sender, row);
  if (row.sink === 'eml') return () => asFile(eml(sender));
  if (row.sink === 'html') return () => asFile(html(sender));
  return () => asFile(feed(sender));
};

/**
 * Makes everything ready to hand one edition to one receiver, so that what it answers begins by connecting. Neither of both throws:
 * what went wrong before anything left is deferred.
 */
export const makeReady = async (sender: Sender, row: Delivery): Promise<HandOver> => {
  try {
    const handOver = await ready(sender, row);
    // Nobody can say how far it came.
    return () => handOver().catch(() => IN_DOUBT);
  } catch (error) {
    return async () => failed(error);
  }
};
