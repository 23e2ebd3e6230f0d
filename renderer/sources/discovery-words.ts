import type { ErrorCode, ErrorData } from '../../preload/contract/errors.ts';
import type { FeedPreview } from '../../preload/contract/source.ts';
import { words } from '../words/words.ts';

const { discoveryWords: say } = words.sources;

const FORMATS: Record<FeedPreview['format'], string> = { rss: 'RSS', atom: say.atom, rdf: 'RSS 1.0', json: say.jsonFeed };

/** `2 a week`, `14 a day`, `1 a month`. */
export const rateWords = (perWeek: number): string => {
  if (perWeek >= 14) return say.aDay(Math.round(perWeek / 7));
  if (perWeek >= 0.95) return say.aWeek(Math.round(perWeek));
  const perMonth = (perWeek * 52) / 12;
  return perMonth >= 0.95 ? say.aMonth(Math.round(perMonth)) : say.lessThanOneAMonth;
};

/** One feed in a line: *Atom, 20 posts, whole text, 2 a week*. */
export const feedWords = (feed: FeedPreview): string =>
  [
    FORMATS[feed.format],
    say.posts(feed.postCount),
    feed.postCount > 0 ? (feed.hasFullText ? say.wholeText : say.firstParagraphsOnly) : '',
    feed.perWeek === undefined ? '' : rateWords(feed.perWeek).toLowerCase(),
  ]
    .filter(Boolean)
    .join(', ');

/** What a person can do about it, where we know. */
const WHAT_TO_DO: Partial<Record<ErrorCode, string>> = {
  ADDR_BLOCKED: say.onlyAServerOfYourOwn,
  NOT_A_FEED: say.tryAnotherAddress,
  DNS_FAIL: say.lookForASlip,
  CONN_REFUSED: say.nothingListensThere,
  CONN_TIMEOUT: say.tryAgainInAWhile,
  TOTAL_TIMEOUT: say.tryAgainInAWhile,
  HEADER_TIMEOUT: say.tryAgainInAWhile,
  IDLE_TIMEOUT: say.tryAgainInAWhile,
  HTTP_4XX: say.lookInABrowser,
  HTTP_401: say.wantsAPassword,
  HTTP_GONE: say.wasTakenDown,
  HTTP_429: say.hostAsksForAPause,
  HTTP_5XX: say.serverHasTrouble,
  TLS_INVALID: say.certificateIsNotValid,
  CAPTIVE_PORTAL: say.signInToThisNetwork,
  OFFLINE: say.noConnection,
};

/** What happened is in the error's own sentence; this is what to do. */
export const whatToDo = (error: ErrorData): string => WHAT_TO_DO[error.code] ?? say.checkTheAddress;

/** Whether an address is worth asking for: it has a host with a dot or a scheme, or is a bare local name with a port. */
export const looksLikeAddress = (text: string): boolean => {
  const trimmed = text.trim();
  if (/^(feed|https?):\/?\/?[^/\s]+/i.test(trimmed)) return true;
  return /^[^\s/]+\.[^\s/.]{2,}(\/\S*)?$/.test(trimmed) || /^(localhost|\[[\da-f:]+\]|[\d.]+)(:\d+)?(\/\S*)?$/i.test(trimmed);
};
