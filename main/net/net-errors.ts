import { networkInterfaces } from 'node:os';
import { AppError, type ErrorCode } from '../../preload/contract/errors.ts';

/** Where in a request something went wrong. */
export type Phase = 'connect' | 'headers' | 'body';

/** A span as people say it: `15 seconds`, `0.2 seconds`. */
export const inSeconds = (ms: number): string => {
  const seconds = Number((ms / 1000).toFixed(ms < 1000 ? 1 : 0));
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
};

/** False when this machine has no network at all: every interface but the loopback is down. */
export const hasNetwork = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal));

export const offline = (cause?: unknown): AppError =>
  new AppError('OFFLINE', 'This computer has no network connection.', { cause });

const UNREACHABLE = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EINVAL',
  'EACCES',
  'EPERM',
]);
const RESET = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
  'UND_ERR_INFO',
]);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/* An attempt at several addresses fails with all its reasons; the most telling one speaks for them. */
const reasonOf = (error: unknown): unknown => {
  if (!(error instanceof AggregateError)) return error;
  return error.errors.find((one) => !UNREACHABLE.has(codeOf(one))) ?? error.errors.at(-1);
};

const connectError = (error: unknown, isTls: boolean): AppError => {
  const code = codeOf(error);
  const fail = (to: ErrorCode, sentence: string): AppError => new AppError(to, sentence, { cause: error });
  if (code === 'ECONNREFUSED') return fail('CONN_REFUSED', 'The server refused the connection.');
  if (code === 'ETIMEDOUT') return fail('CONN_TIMEOUT', 'The server could not be reached in time.');
  if (UNREACHABLE.has(code)) {
    return hasNetwork() && code !== 'ENETDOWN'
      ? fail('CONN_REFUSED', 'The server cannot be reached from this network.')
      : offline(error);
  }
  if (isTls && !RESET.has(code)) return fail('TLS_INVALID', tlsSentence(code));
  return fail('CONN_RESET', 'The server closed the connection without an answer.');
};

const tlsSentence = (code: string): string => {
  if (code === 'CERT_HAS_EXPIRED') return 'The certificate of this server has expired.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'The certificate of this server belongs to another name.';
  if (/SELF_SIGNED|UNABLE_TO|ISSUER/.test(code))
    return 'The certificate of this server is not signed by anybody this computer trusts.';
  return 'No safe connection to this server could be made.';
};

const MALFORMED = 'The server sent an answer that breaks the rules of HTTP.';

/* While headers are read, a length that does not match means that the parser gave up on them. */
const isCut = (code: string, phase: Phase): boolean =>
  code === 'HPE_INVALID_EOF_STATE' || (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' && phase === 'body');
const isMalformed = (code: string, error: unknown): boolean =>
  code.startsWith('HPE_') || (error instanceof Error && /^bad (response|upgrade)|does not match the HTTP/.test(error.message));
const isTlsFailure = (code: string): boolean => /^ERR_(SSL|TLS|OSSL)/.test(code) || code === 'EPROTO';

/* While an answer is read. What nobody foresaw is taken for an answer that breaks the rules. */
const answerError = (error: unknown, phase: Phase): AppError => {
  const code = codeOf(error);
  const fail = (to: ErrorCode, sentence: string): AppError => new AppError(to, sentence, { cause: error });
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return fail('HEADERS_TOO_BIG', 'The server sent more header lines than can be read.');
  }
  if (isCut(code, phase)) return cutOff(phase, error);
  if (isMalformed(code, error)) return fail('HTTP_PROTOCOL', MALFORMED);
  if (isTlsFailure(code)) return fail('TLS_INVALID', tlsSentence(code));
  if (code === 'ECONNRESET') return fail('CONN_RESET', 'The server broke the connection off.');
  if (RESET.has(code)) return cutOff(phase, error);
  if (UNREACHABLE.has(code) && !hasNetwork()) return offline(error);
  if (UNREACHABLE.has(code) || code === 'ETIMEDOUT') return fail('CONN_RESET', 'The connection to the server was lost.');
  return fail('HTTP_PROTOCOL', MALFORMED);
};

/**
 * Any error of undici, Node, TLS or DNS as one of the closed list, with a sentence without addresses or secrets.
 * `phase` says how far the request had come.
 */
export const toNetError = (thrown: unknown, phase: Phase, isTls = false): AppError => {
  if (thrown instanceof AppError) return thrown;
  const error = reasonOf(thrown);
  return phase === 'connect' ? connectError(error, isTls) : answerError(error, phase);
};

const cutOff = (phase: Phase, cause: unknown): AppError =>
  phase === 'body'
    ? new AppError('BODY_TRUNCATED', 'The answer stopped before its end.', { cause })
    : new AppError('CONN_RESET', 'The server closed the connection without an answer.', { cause });

/** The answer broke the rules of HTTP in a way the parser lets pass. */
export const malformed = (): AppError => new AppError('HTTP_PROTOCOL', MALFORMED);
