import { domainToASCII } from 'node:url';
import { AppError } from '../../preload/contract/errors.ts';
import type { RecipientImport } from '../../preload/contract/recipient.ts';

/* RFC 5321, 4.5.3.1: what a server has to take. */
const MAX_ADDRESS = 254;
const MAX_LOCAL_PART = 64;

/* RFC 5322 dot-atom. Quoted local parts are legal and used by nobody but those who attack. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
/* Letters of any script, before IDNA looks at them. */
const NAME = /^[\p{L}\p{N}\p{M}.-]+$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const isControl = (text: string): boolean =>
  [...text].some((letter) => letter < ' ' || letter === '\u007f' || letter === '\u2028' || letter === '\u2029');

const refusal = (sentence: string, field: string): AppError => new AppError('MAIL_INPUT', sentence, { field });

/** The sentence that says what is wrong with what stands before the `@`; undefined when nothing is. */
const wrongLocalPart = (local: string): string | undefined => {
  if (local === '') return 'Something is missing before the @.';
  if (local.startsWith('-')) return 'An address cannot begin with a hyphen.';
  if (local.length > MAX_LOCAL_PART) return `What stands before the @ may have at most ${MAX_LOCAL_PART} characters.`;
  if (!LOCAL_PART.test(local)) return 'What stands before the @ has characters that mail cannot use.';
  return undefined;
};

/** The domain in ASCII and lower case (RFC 5891 A-labels), or undefined when it is none. */
const toDomain = (text: string): string | undefined => {
  if (!NAME.test(text)) return undefined;
  const domain = domainToASCII(text).toLowerCase();
  const labels = domain.split('.');
  const isGood = labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
  return isGood ? domain : undefined;
};

/**
 * One address as it is stored, shown and handed to the server: nothing but local part, `@` and domain, ASCII, the domain in lower case.
 * Throws MAIL_INPUT with a sentence and the field for everything else: names, lists, groups, comments, line breaks.
 */
export const toAddress = (text: string, field = 'address'): string => {
  const wanted = text.replace(/^[ \t]+|[ \t]+$/g, '');
  if (wanted === '') throw refusal('An address is missing.', field);
  if (isControl(wanted)) throw refusal('An address has no line breaks and no control characters.', field);
  if (wanted.length > MAX_ADDRESS) throw refusal(`An address has at most ${MAX_ADDRESS} characters.`, field);
  const [local = '', domainText, ...more] = wanted.split('@');
  if (domainText === undefined) throw refusal('An address has an @.', field);
  if (more.length > 0 || /[\s,;:<>()"[\]\\]/.test(wanted))
    throw refusal('Write one plain address, such as ada@example.org, without a name.', field);
  const wrong = wrongLocalPart(local);
  if (wrong) throw refusal(wrong, field);
  const domain = toDomain(domainText);
  if (!domain) throw refusal('What stands after the @ is not a whole domain, such as example.org.', field);
  const address = `${local}@${domain}`;
  if (address.length > MAX_ADDRESS) throw refusal(`An address has at most ${MAX_ADDRESS} characters.`, field);
  return address;
};

/** What makes two addresses the same one in a list: they differ in case only. */
export const addressKey = (address: string): string => address.toLowerCase();

/** The person behind an address: its case and what follows a `+` do not count. Who has left, has left under all of these. */
export const personKey = (address: string): string => {
  const key = addressKey(address);
  const at = key.lastIndexOf('@');
  const plus = key.indexOf('+');
  return plus > 0 && plus < at ? key.slice(0, plus) + key.slice(at) : key;
};

/* A refused line is told by its beginning. */
const SHOWN = 80;

/** The addresses of a list, one a line; empty lines and those that begin with `#` say nothing. Lines count from 1. */
export const readAddressLines = (text: string): { addresses: string[]; refused: RecipientImport['refused'] } => {
  const addresses: string[] = [];
  const refused: RecipientImport['refused'] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    try {
      addresses.push(toAddress(line));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ line: index + 1, text: line.slice(0, SHOWN), message: error.message });
    }
  }
  return { addresses, refused };
};
