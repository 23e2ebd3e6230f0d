import { AppError, type ErrorCode } from '../../preload/contract/errors.ts';
import { type Headers, parseRetryAfter } from './headers.ts';

const CODES: Readonly<Record<number, ErrorCode>> = { 401: 'HTTP_401', 410: 'HTTP_GONE', 429: 'HTTP_429' };

const codeOf = (status: number): ErrorCode => {
  if (status >= 500) return 'HTTP_5XX';
  return CODES[status] ?? (status >= 400 ? 'HTTP_4XX' : 'HTTP_PROTOCOL');
};

const SENTENCES: Readonly<Record<number, string>> = {
  401: 'The server answered 401: it wants a name and a password.',
  403: 'The server answered 403: it does not let us read this.',
  410: 'The server answered 410: this feed is gone for good.',
  429: 'The server answered 429: we asked too often.',
  511: 'The server answered 511: this network wants a login first.',
};

/** The error of an answer that is not a document. `details` hold the status and how long the server asks us to wait. */
export const toStatusError = (status: number, headers: Headers, nowMs: number): AppError => {
  const retryAfterMs = parseRetryAfter(headers, nowMs);
  return new AppError(codeOf(status), SENTENCES[status] ?? `The server answered ${status}.`, {
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
};
