import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Downloader, PostAnswer, PostRequest } from '../../../main/net/download-types.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import { drip, type HostileServer, pour, raw, reply, startHostileServer } from '../../helpers/hostile-server.ts';
import { errorOf, makeDownloader, USER_AGENT } from '../../helpers/net-kit.ts';
import { type SinkServer, startSinkServer } from '../../helpers/sink-server.ts';
import { createTestResolve } from '../../helpers/test-network.ts';

/* Messages to servers that behave badly: what comes back, and whether one may be sent again. */

let server: HostileServer;
let sink: SinkServer;
let downloader: Downloader;
beforeAll(async () => {
  server = await startHostileServer({ hosts: ['127.0.0.1', '127.0.0.2'] });
});
afterAll(() => server.close());
beforeEach(async () => {
  sink = await startSinkServer();
  downloader = makeDownloader();
});
afterEach(async () => {
  await downloader.close();
  await server.whenQuiet();
  await sink.close();
});

const send = (path: string, more: Partial<PostRequest> = {}): Promise<PostAnswer> =>
  downloader.post({ url: server.origin() + path, body: '{"hello":"world"}', contentType: 'application/json', ...more });

const failed = async (path: string, more: Partial<PostRequest> = {}): Promise<AppError> => await errorOf(send(path, more));

const codeAndSent = ({ code, details }: AppError) => ({ code, wasSent: details.wasSent });

test('a message arrives whole, with its type, our name and nothing else of us', async () => {
  const answer = await send('', { url: `${sink.origin}/in?a=1`, headers: { 'Idempotency-Key': 'abc' } });
  expect({ status: answer.status, text: Buffer.from(answer.bytes).toString() }).toEqual({ status: 200, text: '{"ok":true}' });
  const [got] = sink.received;
  expect(got).toMatchObject({ method: 'POST', path: '/in?a=1', body: '{"hello":"world"}' });
  expect(got?.headers).toEqual({
    accept: '*/*',
    'accept-encoding': 'identity',
    connection: expect.any(String),
    'content-type': 'application/json',
    'content-length': '17',
    host: sink.origin.slice('http://'.length),
    'idempotency-key': 'abc',
    'user-agent': USER_AGENT,
  });
});

test('an answer of 4xx or 5xx is an answer, with its words and its wish to wait', async () => {
  server.add('/later', (socket) => reply(socket, 503, { 'retry-after': '120' }, 'come back'));
  server.add('/no', (socket) => reply(socket, 403, {}, '{"ok":false}'));
  const later = await send('/later');
  expect(later).toMatchObject({ status: 503, retryAfterMs: 120_000 });
  await downloader.close();
  downloader = makeDownloader();
  const no = await send('/no');
  expect({ status: no.status, text: Buffer.from(no.bytes).toString() }).toEqual({ status: 403, text: '{"ok":false}' });
});

test('a host that asked us to wait gets no second message before its time', async () => {
  server.add('/wait', (socket) => reply(socket, 429, { 'retry-after': '300' }));
  expect((await send('/wait')).status).toBe(429);
  expect(codeAndSent(await failed('/wait'))).toEqual({ code: 'HTTP_429', wasSent: false });
  expect(server.count('/wait')).toBe(1);
});

test('an address of the local network is refused unless allowed, and nothing goes out', async () => {
  server.add('/local', (socket) => reply(socket, 204));
  const url = `${server.origin('127.0.0.2')}/local`;
  const before = server.connections;
  expect(codeAndSent(await failed('', { url }))).toEqual({ code: 'ADDR_BLOCKED', wasSent: false });
  expect(server.connections).toBe(before);
  expect((await send('', { url, allowLocalNetwork: true })).status).toBe(204);
});

test('a metadata service gets no message even when the local network is allowed', async () => {
  const url = 'http://meta.test/latest';
  expect(codeAndSent(await failed('', { url, allowLocalNetwork: true }))).toEqual({ code: 'ADDR_BLOCKED', wasSent: false });
});

test.each([
  ['http://nobody.test/', 'DNS_FAIL'],
  ['http://127.0.0.1:1/', 'CONN_REFUSED'],
  ['https://127.0.0.1:PORT/', 'CONN_TIMEOUT'],
  ['ftp://127.0.0.1/', 'USAGE'],
])('what never reached a server says so: %s', async (url, code) => {
  const error = await failed('', { url: url.replace('PORT', String(server.port)) });
  expect(codeAndSent(error)).toEqual({ code, wasSent: false });
});

test('a server that takes the message and hangs up leaves it in doubt', async () => {
  sink.next = ['break'];
  server.add('/head-only', (socket) => socket.resetAndDestroy());
  expect(codeAndSent(await failed('', { url: sink.origin }))).toEqual({ code: 'CONN_RESET', wasSent: true });
  expect(codeAndSent(await failed('/head-only'))).toEqual({ code: 'CONN_RESET', wasSent: true });
  expect([sink.received.length, server.count('/head-only')]).toEqual([1, 1]);
});

test('a server that takes the message and is silent leaves it in doubt', async () => {
  server.add('/silent', () => {});
  expect(codeAndSent(await failed('/silent'))).toEqual({ code: 'HEADER_TIMEOUT', wasSent: true });
});

test('a message waiting for its turn that is stopped was not sent, one on its way was', async () => {
  const stop = new AbortController();
  const heard = new Promise<void>((resolve) => {
    server.add('/hold', () => resolve());
  });
  const first = errorOf(send('/hold', { signal: stop.signal }));
  const second = errorOf(send('/hold', { signal: stop.signal }));
  await heard;
  stop.abort();
  expect([codeAndSent(await first), codeAndSent(await second)]).toEqual([
    { code: 'CANCELLED', wasSent: true },
    { code: 'CANCELLED', wasSent: false },
  ]);
});

test('a redirect is not followed, whatever its kind', async () => {
  for (const status of [301, 302, 303, 307, 308, 304]) {
    server.add(`/r${status}`, (socket) => reply(socket, status, { location: '/target' }));
    const error = await failed(`/r${status}`);
    expect({ ...codeAndSent(error), status: error.details.status }).toEqual({ code: 'HTTP_PROTOCOL', wasSent: true, status });
  }
  expect(server.count('/target')).toBe(0);
});

test('of a huge answer the first 64 KiB are kept, and the rest is not read', async () => {
  server.add('/huge', (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 900000000\r\n\r\n');
    pour(socket, Buffer.alloc(64 * 1024, 'x'), 64 * 1024 * 1024);
  });
  const sent = server.bytesSent();
  const answer = await send('/huge');
  expect(answer.status).toBe(200);
  expect(answer.bytes.length).toBe(64 * 1024);
  await server.whenQuiet();
  expect(server.bytesSent() - sent).toBeLessThan(16 * 1024 * 1024);
});

test('an answer whose body drips or breaks off is still an answer', async () => {
  server.add('/drip', (socket) => {
    socket.write('HTTP/1.1 201 Created\r\ncontent-length: 9000\r\n\r\n');
    drip(socket, 50, 100, () => socket.write('x'));
  });
  server.add('/cut', raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
  expect((await send('/drip')).status).toBe(201);
  expect((await send('/cut')).status).toBe(200);
});

test('an answer that breaks the rules leaves the message in doubt', async () => {
  server.add('/nonsense', raw('SMTP ready\r\n\r\n'));
  expect(codeAndSent(await failed('/nonsense'))).toEqual({ code: 'HTTP_PROTOCOL', wasSent: true });
});

test('the body of a packed answer is left alone', async () => {
  server.add('/packed', (socket) => reply(socket, 200, { 'content-encoding': 'gzip' }, 'not really'));
  expect((await send('/packed')).bytes.length).toBe(0);
});

test.each([
  [{ 'content-length': '3' }],
  [{ Host: 'other.test' }],
  [{ cookie: 'a=b' }],
  [{ 'transfer-encoding': 'chunked' }],
  [{ 'x-a': 'one\r\nx-b: two' }],
  [{ 'bad name': 'x' }],
  [{ 'proxy-authorization': 'x' }],
])('a header that would change the request is refused: %o', async (headers) => {
  expect(codeAndSent(await failed('/never', { headers }))).toEqual({ code: 'USAGE', wasSent: false });
  expect(server.count('/never')).toBe(0);
});

test('a message too long, or of a type that is no header, is refused', async () => {
  const body = new Uint8Array(4 * 1024 * 1024 + 1);
  expect(codeAndSent(await failed('/never', { body }))).toEqual({ code: 'USAGE', wasSent: false });
  expect(codeAndSent(await failed('/never', { contentType: 'a\nb' }))).toEqual({ code: 'USAGE', wasSent: false });
});

test('a name that turns from public to local between two messages is refused the second time', async () => {
  await downloader.close();
  downloader = makeDownloader({ resolve: createTestResolve().resolve });
  server.add('/rebind', (socket) => reply(socket, 200));
  const url = `http://rebind.test:${server.port}/rebind`;
  expect((await send('', { url })).status).toBe(200);
  await downloader.close();
  downloader = makeDownloader({ resolve: async () => [{ address: '127.0.0.2', family: 4 }] });
  expect(codeAndSent(await failed('', { url }))).toEqual({ code: 'ADDR_BLOCKED', wasSent: false });
});

test('a big body goes out whole', async () => {
  await send('', { url: sink.origin, body: Buffer.alloc(300_000, 'y') });
  expect(sink.received[0]?.body).toBe('y'.repeat(300_000));
});
