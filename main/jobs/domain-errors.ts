import type { AppError, ErrorCode } from '../../preload/contract/errors.ts';

/** Troubles that pass by themselves: the site is asked again, less and less often. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DNS_FAIL',
  'CONN_REFUSED',
  'CONN_TIMEOUT',
  'HEADER_TIMEOUT',
  'IDLE_TIMEOUT',
  'TOTAL_TIMEOUT',
  'CONN_RESET',
  'BODY_TRUNCATED',
  'HTTP_429',
  'HTTP_5XX',
]);
/** *Request Timeout* and *Too Early* pass too. RFC 9110, section 15.5.9; RFC 8470. */
const PASSING_STATUSES = [408, 425];

/** True for what may be different the next time: 429, 5xx, time-outs, names that are not found. 404 and 410 are not asked again. */
export const isPassing = ({ code, details }: AppError): boolean =>
  PASSING.has(code) || PASSING_STATUSES.includes(details.status ?? 0);

/** The host wants to be left alone, and so was not asked at all: nobody answered, so there is no status. */
export const wasNotAsked = ({ details }: AppError): boolean => details.retryAfterMs !== undefined && details.status === undefined;
