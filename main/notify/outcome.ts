import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { PostAnswer } from '../net/download-types.ts';

/** What handing a message over came to. `again`: surely not taken, try later. `in-doubt`: perhaps taken, so never again. */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'again'; error: AppError; afterMs?: number }
  | { kind: 'refused'; error: AppError }
  | { kind: 'in-doubt'; error: AppError };

/** What goes away by itself: too many, too slow, busy, gone for a moment. */
const PASSING = new Set([408, 425, 429]);

/** What an answer means. `words`: what the server says of it, if it can be shown. */
export const ofAnswer = ({ status, retryAfterMs }: Omit<PostAnswer, 'ms' | 'bytes'>, words = ''): Outcome => {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const sentence = words ? `The server answered ${status}: ${words}` : `The server answered ${status}.`;
  const isPassing = PASSING.has(status) || status >= 500;
  const code = status >= 500 ? 'HTTP_5XX' : status === 429 ? 'HTTP_429' : status === 401 ? 'HTTP_401' : 'HTTP_4XX';
  const error = new AppError(code, sentence, { status });
  if (!isPassing) return { kind: 'refused', error };
  return { kind: 'again', error, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
};

/** What only the owner can put right. */
const HOPELESS = new Set(['USAGE', 'ADDR_BLOCKED', 'IPC_INVALID']);

/* The way out speaks of sources; here the owner allows an address. */
const inPlace = (error: AppError): AppError =>
  error.code === 'ADDR_BLOCKED' && error.message.includes('Allow it for this source')
    ? new AppError(error.code, 'This address belongs to the local network. Allow that for it to go on.', error.details)
    : error;

/** What an error of sending means: only what surely did not arrive is sent again. */
export const ofError = (thrown: unknown): Outcome => {
  const error = inPlace(toAppError(thrown));
  if (error.details.wasSent !== false) return { kind: 'in-doubt', error };
  if (HOPELESS.has(error.code)) return { kind: 'refused', error };
  const { retryAfterMs } = error.details;
  return { kind: 'again', error, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
};
