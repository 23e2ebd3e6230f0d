import { createHash } from 'node:crypto';
import type { Edition, RenderedEdition } from '../../preload/contract/digest.ts';
import type { MailAccount } from '../../preload/contract/mail.ts';
import { toAddress } from './addresses.ts';

/** One message to one receiver, before it is written out. All of it is plain text. */
export type Letter = {
  from: { name: string; address: string };
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Without angle brackets. */
  messageId: string;
  date: Date;
  headers: Record<string, string>;
};

const MAX_SUBJECT = 250;

/**
 * Text for a header: one line, bounded. `=?` is taken apart, because mail programs read an encoded word (RFC 2047) there,
 * whoever wrote it.
 */
export const headerText = (text: string, max = MAX_SUBJECT): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .replaceAll('?=', '? =')
    .trim()
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/, '');

/** The same for the same edition and receiver, so that mail programs show a message that came twice once. */
const messageIdOf = (editionId: string, to: string, domain: string): string =>
  `${createHash('sha256').update(`${editionId}\n${to}`).digest('hex').slice(0, 40)}@${domain}`;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/* RFC 6068: what may stand before the @ can mean something in an address of the web. */
const inMailto = (address: string): string => encodeURIComponent(address).replaceAll('%40', '@').replaceAll('%2B', '+');

/** The message of an edition to one address. Throws MAIL_INPUT when the address editions come from is none. */
export const toLetter = (edition: Edition, rendered: RenderedEdition, account: MailAccount, to: string): Letter => {
  const from = toAddress(account.from, 'from');
  const leave = account.unsubscribe ? toAddress(account.unsubscribe, 'unsubscribe') : from;
  const name = headerText(edition.content.name, 100);
  const wish = encodeURIComponent(`Unsubscribe from ${name}`);
  return {
    from: { name: headerText(account.fromName, 120), address: from },
    to: toAddress(to),
    subject: headerText(rendered.subject),
    html: rendered.html,
    text: rendered.text,
    messageId: messageIdOf(edition.id, to, domainOf(from)),
    date: new Date(edition.madeAt),
    headers: {
      // RFC 2919 and 2369. One-click leaving (RFC 8058) needs a web address, and there is none.
      'List-Id': `<${edition.scheduleId}.tidings.${domainOf(from)}>`,
      'List-Unsubscribe': `<mailto:${inMailto(leave)}?subject=${wish}>`,
      // RFC 3834: nobody's absence note answers it.
      'Auto-Submitted': 'auto-generated',
      Precedence: 'list',
    },
  };
};

/** The bytes of a message (RFC 5322), the same for the same letter. Reads no file and no address, whatever is in it. */
export const composeLetter = async (letter: Letter): Promise<Buffer> => {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: letter.from,
    to: { name: '', address: letter.to },
    subject: String(letter.subject),
    html: String(letter.html),
    text: String(letter.text),
    messageId: `<${letter.messageId}>`,
    date: letter.date,
    headers: letter.headers,
    baseBoundary: letter.messageId.slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  });
  return composer.compile().build();
};
