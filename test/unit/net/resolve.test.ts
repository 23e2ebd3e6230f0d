import { createSocket, type Socket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createResolve } from '../../../main/net/resolve.ts';
import { createSharedResolve } from '../../../main/net/shared-resolve.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { createFakeClock, settle } from '../../helpers/fake-clock.ts';

/* A name server of our own on the loopback: it knows a few names, keeps silent for `mute.*`, and breaks for `broken.*`. */
const KNOWN: Readonly<Record<string, { a?: string; aaaa?: string }>> = {
  'both.example': { a: '192.0.2.1', aaaa: '2001:db8::1' },
  'four.example': { a: '192.0.2.4' },
  'six.example': { aaaa: '2001:db8::6' },
  'mute-six.example': { a: '192.0.2.7' },
};
const A = 1;

const nameIn = (packet: Buffer): { name: string; type: number; end: number } => {
  const labels: string[] = [];
  let at = 12;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: packet.readUInt16BE(at + 1), end: at + 5 };
};

const toBytes = (address: string): Buffer =>
  address.includes(':')
    ? Buffer.from(`20010db8${'0'.repeat(23)}${address.at(-1)}`, 'hex')
    : Buffer.from(address.split('.').map(Number));

const answerTo = (packet: Buffer): Buffer | undefined => {
  const { name, type, end } = nameIn(packet);
  const known = KNOWN[name];
  if (name.startsWith('mute.') || (name.startsWith('mute-six') && type !== A)) return undefined;
  const address = type === A ? known?.a : known?.aaaa;
  const code = name.startsWith('broken.') ? 2 : known ? 0 : 3;
  const head = Buffer.from(packet.subarray(0, end));
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(address ? 1 : 0, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  if (!address) return head;
  const data = toBytes(address);
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, record, data]);
};

let nameServer: Socket;
let servers: string[];
beforeAll(async () => {
  nameServer = createSocket('udp4');
  nameServer.on('message', (packet, from) => {
    const answer = answerTo(packet);
    if (answer) nameServer.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) => nameServer.bind(0, '127.0.0.1', resolve));
  servers = [`127.0.0.1:${nameServer.address().port}`];
});
afterAll(() => {
  nameServer.close();
});

const unknownToSystem = async (): Promise<never> => {
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
};
const noLimit = new AbortController().signal;

test('a name is asked of the name servers in both families', async () => {
  const resolve = createResolve({ servers, askSystem: unknownToSystem });
  expect(await resolve('Both.Example', noLimit)).toEqual(
    expect.arrayContaining([
      { address: '192.0.2.1', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ]),
  );
  expect(await resolve('four.example', noLimit)).toEqual([{ address: '192.0.2.4', family: 4 }]);
  expect(await resolve('six.example', noLimit)).toEqual([{ address: '2001:db8::6', family: 6 }]);
});

test('a server that keeps silent about one family does not hold up the other', async () => {
  const resolve = createResolve({ servers, askSystem: unknownToSystem });
  const began = performance.now();
  expect(await resolve('mute-six.example', noLimit)).toEqual([{ address: '192.0.2.7', family: 4 }]);
  expect(performance.now() - began).toBeLessThan(1000);
});

test('a name that nobody knows, or whose server is broken, is a failure with a sentence', async () => {
  const resolve = createResolve({ servers, askSystem: unknownToSystem });
  for (const name of ['gone.example', 'broken.example']) {
    const error = await resolve(name, noLimit).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    // A machine without any network says that instead.
    expect(['DNS_FAIL', 'OFFLINE']).toContain((error as AppError).code);
  }
});

test('what the name servers do not know is asked of the system, and names of the local network only there', async () => {
  const asked: string[] = [];
  const askSystem = async (name: string) => {
    asked.push(name);
    return [{ address: '192.168.1.5', family: 4 as const }];
  };
  const resolve = createResolve({ servers, askSystem });
  for (const name of ['gone.example', 'printer.local', 'printer', 'four.example', 'localhost', 'x.localhost'])
    await resolve(name, noLimit);
  expect(asked).toEqual(['gone.example', 'printer.local', 'printer']);
  expect((await resolve('localhost', noLimit)).map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
});

test('a system that hangs holds two questions at most, the rest end with their own time, and the disk stays free', async () => {
  let hanging = 0;
  const askSystem = (): Promise<never> => {
    hanging += 1;
    return new Promise<never>(() => {});
  };
  const resolve = createResolve({ servers, askSystem });
  const stop = new AbortController();
  const all = Array.from({ length: 20 }, (_, index) => resolve(`printer${index}`, stop.signal).catch((error: unknown) => error));
  await settle();
  expect(hanging).toBe(2);
  expect(await readFile(new URL(import.meta.url), 'utf8')).toContain('the disk stays free');
  const reason = new AppError('DNS_FAIL', 'Too long.');
  stop.abort(reason);
  expect(new Set(await Promise.all(all))).toEqual(new Set([reason]));
});

test('a name server that keeps silent is left when the time is over', async () => {
  const clock = createFakeClock('2026-11-21T12:00:00.000Z');
  const { resolve } = createSharedResolve(createResolve({ servers, askSystem: unknownToSystem }), clock, 10_000);
  const pending = resolve('mute.example', noLimit).catch((error: unknown) => error);
  await settle();
  await clock.pass(10_000);
  expect(await pending).toMatchObject({
    code: 'DNS_FAIL',
    message: 'The name of the server could not be found within 10 seconds.',
  });
});

test('those who want the same name at the same time share one question, and its answer for half a minute', async () => {
  const clock = createFakeClock('2026-11-21T12:00:00.000Z');
  let asked = 0;
  const shared = createSharedResolve(
    async () => {
      asked += 1;
      await settle();
      if (asked === 1) throw new Error('at first it fails');
      return [{ address: '192.0.2.1', family: 4 }];
    },
    clock,
    10_000,
  );
  const failed = await Promise.allSettled(Array.from({ length: 5 }, () => shared.resolve('a.example', noLimit)));
  expect([asked, ...failed.map(({ status }) => status)]).toEqual([1, ...Array(5).fill('rejected')]);
  await Promise.all(Array.from({ length: 5 }, () => shared.resolve('a.example', noLimit)));
  expect(asked).toBe(2);
  await clock.pass(29_000);
  await shared.resolve('a.example', noLimit);
  expect(asked).toBe(2);
  await clock.pass(2000);
  await shared.resolve('a.example', noLimit);
  expect(asked).toBe(3);
  shared.forget('a.example');
  await shared.resolve('a.example', noLimit);
  expect(asked).toBe(4);
  expect(clock.waiting()).toBe(0);
});
