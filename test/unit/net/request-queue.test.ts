import { expect, test } from 'vitest';
import { createRequestQueue, type Place, type RequestQueue } from '../../../main/net/request-queue.ts';
import { createFakeClock, type FakeClock, settle } from '../../helpers/fake-clock.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

const PAUSE_MS = 1000;

/* A queue of which every start and end is written down. */
const observeQueue = (lanes: number) => {
  const clock: FakeClock = createFakeClock('2026-11-21T12:00:00.000Z');
  const queue: RequestQueue = createRequestQueue(clock, lanes, PAUSE_MS);
  const started: { name: string; at: number }[] = [];
  const leaves = new Map<string, () => void>();
  const enter = (name: string, place: Partial<Place> = {}, signal?: AbortSignal): Promise<void> =>
    queue.enter({ host: name, isSuspect: false, isContinuation: false, ...place }, signal).then((leave) => {
      started.push({ name, at: clock.monotonic() });
      leaves.set(name, leave);
    });
  const leave = (name: string): void => leaves.get(name)?.();
  return { clock, queue, started, enter, leave, names: () => started.map((one) => one.name) };
};

hostileCase(54, 'of five hundred feeds on one host one is asked at a time, a second apart, and others do not wait', async () => {
  const { clock, started, enter, leave, names } = observeQueue(64);
  for (let index = 0; index < 500; index += 1) void enter(`crowd-${index}`, { host: 'crowd.example' });
  void enter('alone');
  await settle();
  expect(names()).toEqual(['crowd-0', 'alone']);
  for (let index = 0; index < 500; index += 1) {
    await clock.pass(50);
    leave(`crowd-${index}`);
    await clock.pass(PAUSE_MS - 1);
    expect(started).toHaveLength(index + 2);
    await clock.pass(1);
  }
  const times = started.filter((one) => one.name.startsWith('crowd')).map((one) => one.at);
  expect(times).toHaveLength(500);
  expect(times.every((at, index) => index === 0 || at - (times[index - 1] ?? 0) === PAUSE_MS + 50)).toBe(true);
  expect(clock.waiting()).toBe(0);
  return 'OK';
});

test('D-24 Reddit is asked once a minute, whichever of its hosts a feed names, and others do not wait for it', async () => {
  const { clock, enter, leave, names } = observeQueue(64);
  for (const [index, host] of ['www.reddit.com', 'old.reddit.com', 'reddit.com'].entries()) void enter(`r${index}`, { host });
  void enter('other', { host: 'notreddit.com' });
  await settle();
  expect(names()).toEqual(['r0', 'other']);
  leave('r0');
  await clock.pass(59_999);
  expect(names()).toHaveLength(2);
  await clock.pass(1);
  expect(names().at(-1)).toBe('r1');
  leave('r1');
  await clock.pass(60_000);
  expect(names().at(-1)).toBe('r2');
});

test('the first request to a host never waits, and a host long left alone is like a new one', async () => {
  const { clock, enter, leave, names } = observeQueue(4);
  void enter('a');
  await settle();
  leave('a');
  await clock.pass(PAUSE_MS);
  void enter('again', { host: 'a' });
  await settle();
  expect(names()).toEqual(['a', 'again']);
});

test('lanes bound what is in flight, in the order of asking, and can be changed while it runs', async () => {
  const { queue, enter, leave, names } = observeQueue(2);
  for (const name of ['a', 'b', 'c', 'd', 'e']) void enter(name);
  await settle();
  expect(names()).toEqual(['a', 'b']);
  leave('b');
  leave('b');
  await settle();
  expect(names()).toEqual(['a', 'b', 'c']);
  queue.setLanes(4);
  await settle();
  expect(names()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('sources that failed last time use at most a quarter of the lanes, and do not starve', async () => {
  const { enter, leave, names } = observeQueue(8);
  for (let index = 0; index < 4; index += 1) void enter(`bad-${index}`, { isSuspect: true });
  for (let index = 0; index < 8; index += 1) void enter(`good-${index}`);
  await settle();
  expect(names()).toEqual(['bad-0', 'bad-1', 'good-0', 'good-1', 'good-2', 'good-3', 'good-4', 'good-5']);
  leave('bad-0');
  await settle();
  expect(names().at(-1)).toBe('bad-2');
  leave('good-0');
  await settle();
  expect(names().at(-1)).toBe('good-6');
});

test('one lane is enough for a suspect source', async () => {
  const { enter, names } = observeQueue(1);
  void enter('bad', { isSuspect: true });
  await settle();
  expect(names()).toEqual(['bad']);
});

test('requests without a host share the lanes and nothing else', async () => {
  const { enter, leave, names } = observeQueue(3);
  for (let index = 0; index < 5; index += 1) void enter(`item-${index}`, { host: undefined as never });
  await settle();
  expect(names()).toHaveLength(3);
  leave('item-1');
  leave('item-0');
  await settle();
  expect(names()).toEqual(['item-0', 'item-1', 'item-2', 'item-3', 'item-4']);
});

test('requests without a host that fill all their lanes hold no other up', async () => {
  const { enter, names } = observeQueue(3);
  for (let index = 0; index < 9; index += 1) void enter(`item-${index}`, { host: undefined as never });
  for (const name of ['a', 'b', 'c', 'd']) void enter(name);
  await settle();
  expect(names().sort()).toEqual(['a', 'b', 'c', 'item-0', 'item-1', 'item-2']);
});

test('what goes on with something begun stands before what has not begun', async () => {
  const { clock, enter, leave, names } = observeQueue(4);
  void enter('first', { host: 'h' });
  void enter('second', { host: 'h' });
  void enter('step', { host: 'h', isContinuation: true });
  await settle();
  leave('first');
  await clock.pass(PAUSE_MS);
  expect(names()).toEqual(['first', 'step']);
});

test('who is cancelled leaves the line wherever it stands, and the next moves up', async () => {
  const { clock, queue, enter, leave, names } = observeQueue(1);
  const stop = new AbortController();
  const reasons: unknown[] = [];
  void enter('a', { host: 'x' });
  // One has come forward for its host and waits for a lane only, one stands in the line of the host.
  const forward = enter('b', { host: 'y' }, stop.signal).catch((error: unknown) => reasons.push(error));
  const inLine = enter('c', { host: 'x' }, stop.signal).catch((error: unknown) => reasons.push(error));
  void enter('d', { host: 'y' });
  void enter('e', { host: 'x' });
  await settle();
  expect(queue.isAwaited('x')).toBe(true);
  stop.abort('enough');
  await Promise.all([forward, inLine]);
  expect(reasons).toEqual(['enough', 'enough']);
  leave('a');
  await settle();
  expect(names()).toEqual(['a', 'd']);
  leave('d');
  await clock.pass(PAUSE_MS);
  expect(names()).toEqual(['a', 'd', 'e']);
  expect(queue.isAwaited('x')).toBe(false);
  await expect(queue.enter({ isSuspect: false, isContinuation: false }, stop.signal)).rejects.toBe('enough');
});
