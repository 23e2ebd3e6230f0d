import { Buffer } from 'node:buffer';
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { reply, startHostileServer } from '../helpers/hostile-server.ts';
import { bodyOf, codeOf, errorOf, makeDownloader } from '../helpers/net-kit.ts';

/* Who may ask when, and what is left behind. The clock is real, the pauses are small. */

const MIB = 1024 * 1024;
const HOSTS = ['127.0.0.1', '127.0.1.1', '127.0.1.2'];

test('requests to one host come one at a time with the pause between them, redirects and second tries too', async () => {
  const server = await startHostileServer({ hosts: HOSTS });
  const downloader = makeDownloader({ limits: { hostPauseMs: 100 } });
  let inside = 0;
  let most = 0;
  const ended: number[] = [];
  const began: number[] = [];
  const guarded = (path: string, answer: (socket: Parameters<typeof reply>[0]) => void): void =>
    server.add(path, (socket) => {
      began.push(performance.now());
      inside += 1;
      most = Math.max(most, inside);
      setTimeout(() => {
        inside -= 1;
        ended.push(performance.now());
        answer(socket);
      }, 20);
    });
  guarded('/ok', (socket) => reply(socket, 200, {}, 'good'));
  guarded('/moved', (socket) => reply(socket, 301, { location: '/ok' }));
  guarded('/lie', (socket) => reply(socket, 200, { 'content-encoding': 'gzip' }, 'plain'));
  const paths = ['/ok', '/moved', '/lie', '/ok'];
  const codes = await Promise.all(paths.map((path) => codeOf(downloader, server.origin() + path)));
  expect(codes).toEqual(['OK', 'OK', 'BODY_ENCODING', 'OK']);
  expect(most).toBe(1);
  expect(began).toHaveLength(6);
  const pauses = began.slice(1).map((at, index) => at - (ended[index] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(99);
  await downloader.close();
  await server.close();
});

test('waiting in line does not eat the time of a request', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({ limits: { hostPauseMs: 60, totalMs: 1000, headersMs: 1000 } });
  server.add('/slow', (socket) => void setTimeout(() => reply(socket, 200, {}, 'good'), 200));
  const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf(downloader, `${server.origin()}/slow`)));
  expect(codes).toEqual(Array(6).fill('OK'));
  await downloader.close();
  await server.close();
});

test('Hacker News is asked in all lanes at once without a pause, and over the same connections the next time', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({ lanes: 16, limits: { hostPauseMs: 5000 } });
  server.add('/item', (socket) => void setTimeout(() => reply(socket, 200, {}, '{}'), 10));
  const ask = () => downloader.download({ url: `${server.origin()}/item`, purpose: 'hacker-news' });
  await Promise.all(Array.from({ length: 100 }, ask));
  expect(server.connections).toBe(16);
  expect(server.mostOpen).toBe(16);
  await Promise.all(Array.from({ length: 100 }, ask));
  expect(server.connections).toBe(16);
  expect(server.requests).toHaveLength(200);
  await downloader.close();
  await server.whenQuiet();
  await server.close();
});

test('feeds of one host share a connection while others wait, and the last one closes it', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({ limits: { hostPauseMs: 30 } });
  server.add('/ok', (socket) => reply(socket, 200, {}, 'good'));
  const codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(downloader, `${server.origin()}/ok`)));
  expect(codes).toEqual(Array(4).fill('OK'));
  expect(server.connections).toBe(1);
  await server.whenQuiet();
  await downloader.close();
  await server.close();
});

test('a thousand requests with one signal leave no socket and no listener behind', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({ limits: { headersMs: 20_000, totalMs: 30_000 } });
  server.add('/ok', (socket) => reply(socket, 200, {}, 'good'));
  const run = new AbortController();
  const ask = () => downloader.download({ url: `${server.origin()}/ok`, purpose: 'hacker-news', signal: run.signal });
  await Promise.all(Array.from({ length: 1000 }, ask));
  expect(getEventListeners(run.signal, 'abort')).toEqual([]);
  expect(server.connections).toBeLessThanOrEqual(64);
  await downloader.close();
  await server.whenQuiet();
  await server.close();
});

test('a kept connection that the server closed meanwhile is replaced without a failure', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader();
  let served = 0;
  server.add('/item', (socket) => {
    served += 1;
    // Every second request meets a server that hangs up without an answer.
    if (served % 2 === 0) socket.destroy();
    else reply(socket, 200, {}, '{}');
  });
  for (let index = 0; index < 4; index += 1) {
    expect((await downloader.download({ url: `${server.origin()}/item`, purpose: 'hacker-news' })).status).toBe(200);
  }
  expect(served).toBe(7);
  await downloader.close();
  await server.close();
});

test('a fresh connection that is closed without an answer fails once and is not tried again', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader();
  server.add('/gone', (socket) => void socket.end());
  expect(await codeOf(downloader, `${server.origin()}/gone`)).toBe('CONN_RESET');
  expect(server.count('/gone')).toBe(1);
  await downloader.close();
  await server.close();
});

test('no more large bodies than places are held at once, the small ones pass them', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({
    limits: { bigBodyBytes: 64 * 1024, bigBodies: 2, totalMs: 3000, idleMs: 3000, headersMs: 3000 },
  });
  const waiting: (() => void)[] = [];
  const allAsked = Promise.withResolvers<void>();
  server.add('/big', (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${2 * MIB}\r\n\r\n`);
    socket.write(Buffer.alloc(MIB));
    waiting.push(() => socket.write(Buffer.alloc(MIB)));
    if (waiting.length === 5) allAsked.resolve();
  });
  server.add('/small', (socket) => reply(socket, 200, {}, 'good'));
  let done = 0;
  const big = Array.from({ length: 5 }, () =>
    downloader.download({ url: `${server.origin()}/big`, purpose: 'hacker-news' }).then((download) => {
      done += 1;
      return bodyOf(download).length;
    }),
  );
  expect(bodyOf(await downloader.download({ url: `${server.origin()}/small`, purpose: 'hacker-news' }))).toBe('good');
  await allAsked.promise;
  for (const finish of waiting) finish();
  expect(await Promise.all(big)).toEqual(Array(5).fill(2 * MIB));
  expect(done).toBe(5);
  await downloader.close();
  await server.close();
});

test('a large body whose reading stands still for want of a place is cancelled like any other', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({ limits: { bigBodyBytes: 1024, bigBodies: 1 } });
  server.add('/half', (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5000000\r\n\r\n');
    socket.write(Buffer.alloc(MIB));
  });
  const codes = Array.from({ length: 4 }, () => codeOf(downloader, `${server.origin()}/half`, { purpose: 'hacker-news' }));
  // Each in turn has the place until its server has been silent for too long; then the next may read on.
  expect(await Promise.all(codes)).toEqual(Array(4).fill('IDLE_TIMEOUT'));
  await server.whenQuiet();
  server.add('/whole', (socket) => reply(socket, 200, {}, Buffer.alloc(MIB)));
  expect(await codeOf(downloader, `${server.origin()}/whole`)).toBe('OK');
  await downloader.close();
  await server.close();
});

test('an owner who gives a source more time gives it to every part, one who gives less is obeyed', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({ limits: { totalMs: 200, headersMs: 100 } });
  server.add('/slow', (socket) => void setTimeout(() => reply(socket, 200, {}, 'good'), 300));
  expect(await codeOf(downloader, `${server.origin()}/slow`)).toBe('HEADER_TIMEOUT');
  expect(await codeOf(downloader, `${server.origin()}/slow`, { timeoutMs: 2000 })).toBe('OK');
  const short = await errorOf(downloader.download({ url: `${server.origin()}/slow`, purpose: 'feed', timeoutMs: 50 }));
  expect([short.code, short.message]).toEqual(['TOTAL_TIMEOUT', 'The whole answer did not arrive within 0.1 seconds.']);
  await downloader.close();
  await server.close();
});

test('a number of lanes outside 1 to 64 is refused', async () => {
  const downloader = makeDownloader();
  for (const lanes of [0, 65, 1.5, Number.NaN]) expect(() => downloader.setLanes(lanes)).toThrow(/between 1 and 64/);
  await downloader.close();
});

test('an address that is no http address is refused before anything is sent', async () => {
  const downloader = makeDownloader();
  for (const url of ['file:///etc/passwd', 'ftp://pub.test/', 'nonsense', ''])
    expect(await codeOf(downloader, url)).toBe('USAGE');
  await downloader.close();
});
