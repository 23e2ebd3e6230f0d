import { AppError } from '../../preload/contract/errors.ts';

/** The longest address that is kept, in characters. */
export const MAX_URL_LENGTH = 2048;

const isHttp = (url: URL): boolean => url.protocol === 'http:' || url.protocol === 'https:';

const ABSOLUTE = /^https?:\/\//i;

/**
 * Text from a document as an address that may be shown as a link: absolute http or https without credentials, or nothing.
 * Relative text needs `base`. Hostile cases 84, 85.
 */
export const toSafeLink = (raw: unknown, base?: string): string | undefined => {
  if (typeof raw !== 'string' || raw.trim() === '' || raw.length > MAX_URL_LENGTH * 2) return undefined;
  // Most are absolute already; reading the base for each would be half of the work.
  const from = base === undefined || ABSOLUTE.test(raw) ? null : URL.parse(base);
  const url = from && isHttp(from) ? URL.parse(raw, from.href) : URL.parse(raw);
  if (!url || !isHttp(url) || url.hostname === '') return undefined;
  url.username = '';
  url.password = '';
  return url.href.length <= MAX_URL_LENGTH ? url.href : undefined;
};

const HOST_AND_PORT = /^[^/?#:@\s]+:\d{1,5}(?:[/?#]|$)/;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/* `feed:` was once a scheme of its own: it stands for http, or stands before the real address. */
const withoutFeedScheme = (text: string): string => {
  const rest = /^feed:(.*)$/is.exec(text)?.[1];
  if (rest === undefined) return text;
  return /^https?:/i.test(rest) ? rest : `http://${rest.replace(/^\/+/, '')}`;
};

const withScheme = (text: string): string => {
  if (text.startsWith('//')) return `https:${text}`;
  const hasScheme = SCHEME.test(text) && !HOST_AND_PORT.test(text);
  return hasScheme ? text : `https://${text}`;
};

const refuse = (sentence: string): never => {
  throw new AppError('USAGE', sentence, { field: 'feedUrl' });
};

/**
 * The one way an address is written: scheme and host in small letters, host in punycode without a trailing dot, no default port,
 * no dot segments, no fragment, `feed:` as http, https where no scheme is given. Throws AppError USAGE for what cannot be a
 * source: another scheme, credentials, over 2,048 characters. Hostile case 56.
 */
export const normaliseUrl = (raw: string): string => {
  const text = raw.replace(/[\t\n\r]/g, '').trim();
  if (text === '') return refuse('Enter an address.');
  const url = URL.parse(withScheme(withoutFeedScheme(text)));
  if (!url) return refuse('This is not an address.');
  if (!isHttp(url)) return refuse('Only addresses that begin with http or https can be read.');
  if (url.username !== '' || url.password !== '') {
    return refuse('Passwords in addresses are not kept yet. Remove the name and the password from the address.');
  }
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '');
  url.hash = '';
  if (url.search === '') url.search = '';
  if (url.href.length > MAX_URL_LENGTH) return refuse('This address is longer than 2,048 characters.');
  return url.href;
};

/** What makes two addresses the same source. http and https are different sources. Never throws: what is no address is its own key. */
export const sameSourceKey = (url: string): string => {
  try {
    return normaliseUrl(url);
  } catch {
    return url.trim();
  }
};
