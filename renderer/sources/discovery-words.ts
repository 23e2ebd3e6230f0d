import type { ErrorCode, ErrorData } from '../../preload/contract/errors.ts';
import type { FeedPreview } from '../../preload/contract/source.ts';
import { count } from '../words/counting.ts';

const FORMATS: Record<FeedPreview['format'], string> = { rss: 'RSS', atom: 'Atom', rdf: 'RSS 1.0', json: 'JSON Feed' };

/** `2 a week`, `14 a day`, `1 a month`. */
export const rateWords = (perWeek: number): string => {
  if (perWeek >= 14) return `${Math.round(perWeek / 7)} a day`;
  if (perWeek >= 0.95) return `${Math.round(perWeek)} a week`;
  const perMonth = (perWeek * 52) / 12;
  return perMonth >= 0.95 ? `${Math.round(perMonth)} a month` : 'Less than one a month';
};

/** One feed in a line: *Atom, 20 posts, whole text, 2 a week*. */
export const feedWords = (feed: FeedPreview): string =>
  [
    FORMATS[feed.format],
    count(feed.postCount, 'post'),
    feed.postCount > 0 ? (feed.hasFullText ? 'whole text' : 'first paragraphs only') : '',
    feed.perWeek === undefined ? '' : rateWords(feed.perWeek).toLowerCase(),
  ]
    .filter(Boolean)
    .join(', ');

/** What a person can do about it, where we know. */
const WHAT_TO_DO: Partial<Record<ErrorCode, string>> = {
  ADDR_BLOCKED: 'In the local network, only a server of your own should be read.',
  NOT_A_FEED: 'Try the address of the feed itself, or another page of the site.',
  DNS_FAIL: 'Look for a slip in the address, and check the connection.',
  CONN_REFUSED: 'Nothing listens there. Check the address and the port.',
  CONN_TIMEOUT: 'Try again in a while.',
  TOTAL_TIMEOUT: 'Try again in a while.',
  HEADER_TIMEOUT: 'Try again in a while.',
  IDLE_TIMEOUT: 'Try again in a while.',
  HTTP_4XX: 'Look at the address in a browser.',
  HTTP_401: 'This feed wants a password; Tidings cannot give one yet.',
  HTTP_GONE: 'The feed was taken down. Look for a new one on its site.',
  HTTP_429: 'The host asks for a pause. Try again later.',
  HTTP_5XX: 'The server has trouble. Try again in a while.',
  TLS_INVALID: 'The certificate of the site is not valid; its owner must mend it.',
  CAPTIVE_PORTAL: 'Sign in to this network in a browser, then try again.',
  OFFLINE: 'There is no connection. Try again when it is back.',
};

/** What happened is in the error's own sentence; this is what to do. */
export const whatToDo = (error: ErrorData): string => WHAT_TO_DO[error.code] ?? 'Check the address and try again.';

/** Whether an address is worth asking for: it has a host with a dot or a scheme, or is a bare local name with a port. */
export const looksLikeAddress = (text: string): boolean => {
  const trimmed = text.trim();
  if (/^(feed|https?):\/?\/?[^/\s]+/i.test(trimmed)) return true;
  return /^[^\s/]+\.[^\s/.]{2,}(\/\S*)?$/.test(trimmed) || /^(localhost|\[[\da-f:]+\]|[\d.]+)(:\d+)?(\/\S*)?$/i.test(trimmed);
};
