import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Downloader } from '../../main/net/download-types.ts';
import { type HostileServer, reply, startHostileServer } from '../helpers/hostile-server.ts';
import { codeOf, makeDownloader } from '../helpers/net-kit.ts';

/* A download tells when it leaves the line: what waits is queued, what is asked for is ongoing. */

let server: HostileServer;
let downloader: Downloader;
const arrived = Promise.withResolvers<() => void>();
beforeAll(async () => {
  server = await startHostileServer({ hosts: ['127.0.0.1'] });
  server.add('/slow', (socket) => arrived.resolve(() => reply(socket, 200, {}, 'good')));
  server.add('/ok', (socket) => reply(socket, 200, {}, 'good'));
  server.add('/moved', (socket) => reply(socket, 302, { location: '/ok' }, ''));
  downloader = makeDownloader();
});
afterAll(async () => {
  await downloader.close();
  await server.close();
});

test('a download says once that it begins, also when it is sent on', async () => {
  let begun = 0;
  const onStart = (): void => {
    begun += 1;
  };
  expect(await codeOf(downloader, `${server.origin('127.0.0.1')}/moved`, { onStart })).toBe('OK');
  expect(begun).toBe(1);
});

test('a download that stands in line behind another of its host has not begun', async () => {
  const told: string[] = [];
  const first = codeOf(downloader, `${server.origin('127.0.0.1')}/slow`, { onStart: () => told.push('first') });
  const second = codeOf(downloader, `${server.origin('127.0.0.1')}/ok`, { onStart: () => told.push('second') });
  const answerFirst = await arrived.promise;
  expect(told).toEqual(['first']);
  answerFirst();
  expect(await Promise.all([first, second])).toEqual(['OK', 'OK']);
  expect(told).toEqual(['first', 'second']);
});
