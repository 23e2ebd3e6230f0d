import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../../main/lib/clock.ts';
import { hostileCase } from '../helpers/hostile-case.ts';
import { reply, startHostileServer } from '../helpers/hostile-server.ts';
import { bodyOf, errorOf, makeDownloader } from '../helpers/net-kit.ts';

/* What is left of a request when the computer slept in the middle of it. The clock on the wall jumps, the other one goes on. */

const HOUR = 3_600_000;
const sleepyClock = (): Clock & { sleep: () => void } => {
  let slept = 0;
  const sleep = (): void => {
    slept += 3 * HOUR;
  };
  return { ...systemClock, now: () => Date.now() + slept, sleep };
};
const PATIENT = { headersMs: 20_000, idleMs: 20_000, totalMs: 20_000 };

hostileCase(
  130,
  'a sleep in the middle of a request ends it at wake; it is asked once more, and then the answer counts',
  async () => {
    const server = await startHostileServer();
    const clock = sleepyClock();
    const downloader = makeDownloader({ clock, limits: { ...PATIENT, wakeMs: 50 } });
    server.add('/feed', (socket) => {
      if (server.count('/feed') === 1) clock.sleep();
      else reply(socket, 200, {}, 'good');
    });
    const began = performance.now();
    const answer = await downloader.download({ url: `${server.origin()}/feed`, purpose: 'feed' });
    expect(bodyOf(answer)).toBe('good');
    // Far sooner than the limits of the request, which stood still during the sleep.
    expect(performance.now() - began).toBeLessThan(5000);
    expect(server.count('/feed')).toBe(2);
    await downloader.close();
    await server.close();
    return 'OK';
  },
);

hostileCase(130, 'a second sleep is not tried again, and the failure says that nobody else is to blame', async () => {
  const server = await startHostileServer();
  const clock = sleepyClock();
  const downloader = makeDownloader({ clock, limits: { ...PATIENT, wakeMs: 50 } });
  server.add('/feed', () => clock.sleep());
  const error = await errorOf(downloader.download({ url: `${server.origin()}/feed`, purpose: 'feed' }));
  expect(error.details.wasAsleep).toBe(true);
  expect(error.message).toBe('This computer slept in the middle of the request.');
  expect(server.count('/feed')).toBe(2);
  await downloader.close();
  await server.close();
  return error.code;
});

test('a request that is cancelled while it waits for the network after a sleep ends as cancelled', async () => {
  const server = await startHostileServer();
  const clock = sleepyClock();
  const stop = new AbortController();
  const WAKE_MS = 7777;
  const after: Clock['after'] = (ms, callback) => {
    if (ms === WAKE_MS) queueMicrotask(() => stop.abort());
    return clock.after(ms, callback);
  };
  const downloader = makeDownloader({ clock: { ...clock, after }, limits: { ...PATIENT, wakeMs: WAKE_MS } });
  server.add('/feed', () => clock.sleep());
  const error = await errorOf(downloader.download({ url: `${server.origin()}/feed`, purpose: 'feed', signal: stop.signal }));
  expect(error.code).toBe('CANCELLED');
  expect(server.count('/feed')).toBe(1);
  await downloader.close();
  await server.close();
});

test('a connection kept over a sleep is not used again', async () => {
  const server = await startHostileServer();
  const clock = sleepyClock();
  const downloader = makeDownloader({ clock });
  server.add('/item', (socket) => reply(socket, 200, {}, '{}'));
  const ask = () => downloader.download({ url: `${server.origin()}/item`, purpose: 'hacker-news' });
  await ask();
  await ask();
  expect(server.connections).toBe(1);
  clock.sleep();
  await ask();
  expect(server.connections).toBe(2);
  await downloader.close();
  await server.close();
});
