import { AppError, toAppError } from '../../preload/contract/errors.ts';
import { bareHost } from './connect.ts';
import type { PostAnswer, PostRequest } from './download-types.ts';
import { exchange } from './exchange.ts';
import { list, parseRetryAfter } from './headers.ts';
import { connectAnew, noteRetryAfter, type Services, type Trip, takeTurn, type Way } from './hop.ts';
import { isRedirect } from './redirects.ts';

/** The longest message, and what is kept of its answer; bytes. */
const MOST_SENT = 4 * 1024 * 1024;
const MOST_KEPT = 64 * 1024;

/** A field name is a token, a value is visible ASCII (RFC 9110, 5.1 and 5.5). */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]{1,64}$/i;
const VALUE = /^[\x20-\x7e]{1,2048}$/;

/* Where the message ends, who asks and what travels with it is said by us alone. */
const OURS = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);

const usage = (sentence: string): AppError => new AppError('USAGE', sentence);

const checkLine = (name: string, value: string): void => {
  if (!NAME.test(name) || OURS.has(name.toLowerCase()) || /^(?:proxy|sec)-/i.test(name))
    throw usage('A header of this name cannot be sent.');
  if (!VALUE.test(value)) throw usage('A header holds characters that cannot be sent.');
};

const toHeaderLines = ({ userAgent }: Services, { contentType, headers = {} }: PostRequest): string[] => {
  if (!VALUE.test(contentType)) throw usage('The type of a message holds characters that cannot be sent.');
  const own = Object.entries(headers);
  for (const [name, value] of own) checkLine(name, value);
  const lines = ['user-agent', userAgent, 'accept', '*/*', 'accept-encoding', 'identity', 'content-type', contentType];
  return [...lines, ...own.flat()];
};

const toBytes = (body: string | Uint8Array): Uint8Array => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  if (bytes.length > MOST_SENT) throw usage('A message of more than 4 MB is not sent.');
  return bytes;
};

/** One message on its way, and whether a byte of it went out. */
type Message = { body: Uint8Array; headerLines: string[]; wasSent: boolean };

const send = async (services: Services, trip: Trip, message: Message, way: Way): Promise<Omit<PostAnswer, 'ms'>> => {
  services.coolDown.check(bareHost(trip.url));
  // Never one that was used before: a server may close that just now, and nobody could say what it has read.
  const connection = await connectAnew(services, trip, way.signal);
  trip.reach = { ...trip.reach, mustBe: connection.addressClass };
  try {
    const { status, headers, wire } = await exchange(connection, {
      path: trip.url.pathname + trip.url.search,
      headerLines: message.headerLines,
      post: { body: message.body, keepBytes: MOST_KEPT },
      onSend: () => {
        message.wasSent = true;
      },
      clock: services.clock,
      limits: trip.limits,
      onBig: () => true,
      signal: way.signal,
    });
    noteRetryAfter(services, trip, { status, headers });
    const isPlain = list(headers, 'content-encoding').every((coding) => coding === 'identity');
    const retryAfterMs = parseRetryAfter(headers, services.clock.now());
    const bytes = isPlain ? wire.subarray(0, MOST_KEPT) : new Uint8Array();
    return { status, bytes, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  } finally {
    services.connections.drop(connection);
  }
};

/* The server has read it by then, and sends us elsewhere: what it did with it is not known. */
const checkStatus = ({ status }: { status: number }): void => {
  if (status >= 400 || (status >= 200 && status < 300)) return;
  const where = isRedirect(status)
    ? 'which sends us elsewhere. A message is not sent on.'
    : 'which says nothing about the message.';
  throw new AppError('HTTP_PROTOCOL', `The server answered ${status}, ${where}`, { status });
};

/**
 * Sends one message through the same guard as every download: addresses are checked, one request a host at a time, within the limits.
 * Throws AppError with `details.wasSent`; an answer of 4xx or 5xx is an answer.
 */
export const post = async (services: Services, request: PostRequest, startTrip: () => Trip): Promise<PostAnswer> => {
  const message: Message = { body: new Uint8Array(), headerLines: [], wasSent: false };
  try {
    message.body = toBytes(request.body);
    message.headerLines = toHeaderLines(services, request);
    const trip = startTrip();
    const answer = await takeTurn(services, trip, (way) => send(services, trip, message, way));
    checkStatus(answer);
    return { ...answer, ms: services.clock.monotonic() - trip.startedAt };
  } catch (thrown) {
    const { code, message: sentence, details } = toAppError(thrown);
    throw new AppError(code, sentence, { ...details, wasSent: message.wasSent });
  }
};
