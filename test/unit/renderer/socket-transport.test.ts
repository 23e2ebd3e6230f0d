import { describe, expect, it } from 'vitest';
import { createSocketTransport, type SocketPage } from '../../../renderer/client/socket-transport.ts';

type FakeSocket = {
  sent: string[];
  send: (text: string) => void;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;
};
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

/** A browser page in the hand: a key, a token store, sockets and pauses that the test moves. */
const handPage = (key?: string, token?: string) => {
  const sockets: FakeSocket[] = [];
  const pauses: { ms: number; then: () => void }[] = [];
  let kept: string | null = token ?? null;
  let exchange: (key: string) => Promise<string | null> = async () => 'TOKEN';
  const page: SocketPage = {
    host: '127.0.0.1:8080',
    takeKey: () => key,
    readToken: () => kept,
    writeToken: (next) => {
      kept = next;
    },
    exchange: (given) => exchange(given),
    openSocket: () => {
      const socket: FakeSocket = { sent: [], send: (text) => socket.sent.push(text) };
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    wait: (ms, then) => pauses.push({ ms, then }),
  };
  return {
    page,
    sockets,
    pauses,
    token: () => kept,
    onExchange: (next: typeof exchange) => {
      exchange = next;
    },
    say: (message: unknown, socket = sockets.at(-1)) => socket?.onmessage?.({ data: JSON.stringify(message) }),
  };
};

describe('the wire to the headless host', () => {
  it('changes the key for a token, shows the token first, and is connected when the host says so', async () => {
    const hand = handPage('KEY');
    const transport = createSocketTransport(hand.page);
    await settle();
    hand.sockets[0]?.onopen?.();
    expect(hand.sockets[0]?.sent).toEqual(['{"token":"TOKEN"}']);
    expect(transport.state()).toBe('connecting');
    hand.say({ ready: true });
    expect(transport.state()).toBe('connected');
  });
  it('questions asked before the connection wait for it, and replies find their question', async () => {
    const hand = handPage('KEY');
    const transport = createSocketTransport(hand.page);
    const first = transport.request('a', 1);
    const second = transport.request('b', 2);
    await settle();
    hand.sockets[0]?.onopen?.();
    hand.say({ ready: true });
    const asked = hand.sockets[0]?.sent.slice(1).map((text) => JSON.parse(text));
    expect(asked).toEqual([
      { id: 1, method: 'a', params: 1 },
      { id: 2, method: 'b', params: 2 },
    ]);
    hand.say({ id: 2, reply: { ok: true, result: 'two' } });
    hand.say({ id: 1, reply: { ok: true, result: 'one' } });
    expect(await second).toEqual({ ok: true, result: 'two' });
    expect(await first).toEqual({ ok: true, result: 'one' });
  });
  it('announcements reach every listener until it stops', async () => {
    const hand = handPage(undefined, 'TOKEN');
    const transport = createSocketTransport(hand.page);
    const heard: unknown[] = [];
    const stop = transport.onEvent((announcement) => heard.push(announcement.name));
    hand.say({ ready: true });
    hand.say({ event: { name: 'status.changed', data: {} } });
    stop();
    hand.say({ event: { name: 'status.changed', data: {} } });
    expect(heard).toEqual(['status.changed']);
  });
  it('a lost connection refuses what was under way and is tried again with growing pauses', async () => {
    const hand = handPage(undefined, 'TOKEN');
    const transport = createSocketTransport(hand.page);
    hand.say({ ready: true });
    const asked = transport.request('a', {});
    hand.sockets[0]?.onclose?.({ code: 1006 });
    await expect(asked).rejects.toThrow('lost');
    await expect(transport.request('b', {})).rejects.toThrow('lost');
    expect(transport.state()).toBe('lost');
    for (let round = 0; round < 8; round += 1) {
      hand.pauses.at(-1)?.then();
      hand.sockets.at(-1)?.onclose?.({ code: 1006 });
    }
    expect(hand.pauses.map((pause) => pause.ms)).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
    hand.pauses.at(-1)?.then();
    hand.say({ ready: true });
    expect(transport.state()).toBe('connected');
  });
  it('a token that is not good any more is forgotten, and only a fresh link helps', () => {
    const hand = handPage(undefined, 'OLD');
    const transport = createSocketTransport(hand.page);
    hand.sockets[0]?.onclose?.({ code: 4401 });
    expect(transport.state()).toBe('needs-link');
    expect(hand.token()).toBeNull();
    expect(hand.pauses).toEqual([]);
  });
  it('a used key, or none at all, needs a fresh link', async () => {
    const used = handPage('KEY');
    used.onExchange(async () => null);
    const transport = createSocketTransport(used.page);
    await settle();
    expect(transport.state()).toBe('needs-link');
    expect(createSocketTransport(handPage().page).state()).toBe('needs-link');
  });
  it('a key is not spent on a host that cannot be reached', async () => {
    const hand = handPage('KEY');
    hand.onExchange(() => Promise.reject(new Error('refused')));
    const transport = createSocketTransport(hand.page);
    await settle();
    expect(transport.state()).toBe('connecting');
    hand.onExchange(async () => 'TOKEN');
    hand.pauses[0]?.then();
    await settle();
    expect(hand.sockets).toHaveLength(1);
  });
});
