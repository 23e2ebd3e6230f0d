import { once } from 'node:events';
import { WebSocket } from 'ws';
import { dispatch } from '../../main/api/dispatch.ts';
import type { Core } from '../../main/core.ts';
import { type LoopbackHost, type ServeDeps, serve } from '../../main/headless/serve.ts';
import type { StaticFiles } from '../../main/headless/static-files.ts';
import { type Clock, systemClock } from '../../main/lib/clock.ts';
import { createLog, type Log } from '../../main/lib/log.ts';
import type { Announcement, Reply, Transport } from '../../preload/contract/contract.ts';

/** A page of one line and a script. */
export const TEST_FILES: StaticFiles = new Map([
  ['/', { body: Buffer.from('<!doctype html><title>Tidings</title>'), headers: { 'Content-Type': 'text/html; charset=utf-8' } }],
  ['/assets/a-1.js', { body: Buffer.from('1'), headers: { 'Content-Type': 'text/javascript; charset=utf-8' } }],
]);

/** A clock on which every look is a second later, so that no rate limit is ever reached. */
export const unhurriedClock = (): Clock => {
  let at = 0;
  return {
    ...systemClock,
    monotonic: () => {
      at += 1000;
      return at;
    },
  };
};

/** A log that is kept. `wrote` settles with the first line, written already or not yet, that holds `text`. */
export const keptLog = (): { log: Log; lines: string[]; wrote: (text: string) => Promise<string> } => {
  const lines: string[] = [];
  const waiting: { text: string; resolve: (line: string) => void }[] = [];
  const write = (line: string): void => {
    lines.push(line);
    for (const { text, resolve } of waiting) if (line.includes(text)) resolve(line);
  };
  return {
    log: createLog(write, Date.now),
    lines,
    wrote: (text) =>
      new Promise((resolve) => {
        const already = lines.find((line) => line.includes(text));
        if (already) resolve(already);
        else waiting.push({ text, resolve });
      }),
  };
};

/** A loopback host over a core, or over a stand-in that answers everything with `{}`. */
export const serveForTest = (own: Partial<ServeDeps> & { core?: Core } = {}): Promise<LoopbackHost> => {
  const { core, ...deps } = own;
  const nothing = async (): Promise<Reply> => ({ ok: true, result: {} });
  return serve({
    ask: core ? (method, params) => dispatch(core.handlers, method, params) : nothing,
    onEvent: core?.onEvent ?? (() => () => {}),
    files: TEST_FILES,
    log: keptLog().log,
    clock: systemClock,
    port: 0,
    ...deps,
  });
};

/** The launch key in a link. */
export const keyOf = (link: string): string => new URL(link).hash.replace('#k=', '');

/** A session token, as the page gets one. */
export const sessionToken = async (host: LoopbackHost): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${host.port}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key: keyOf(host.newLink()) }),
  });
  return ((await response.json()) as { token: string }).token;
};

/** A WebSocket to the host; `headers` stand in for the page's own. */
export const openSocket = (host: LoopbackHost, headers: Record<string, string> = {}): WebSocket =>
  new WebSocket(`ws://127.0.0.1:${host.port}/socket`, { headers: { Origin: `http://127.0.0.1:${host.port}`, ...headers } });

/** A socket that was let in. */
export const openSession = async (host: LoopbackHost): Promise<WebSocket> => {
  const token = await sessionToken(host);
  const socket = openSocket(host);
  await once(socket, 'open');
  const ready = once(socket, 'message');
  socket.send(JSON.stringify({ token }));
  const [data] = await ready;
  if (String(data) !== '{"ready":true}') throw new Error(`Not let in: ${String(data)}`);
  return socket;
};

/** The code a socket is closed with. */
export const closeCode = async (socket: WebSocket): Promise<number> => {
  const [code] = await once(socket, 'close');
  return code as number;
};

/** Questions over a socket that was let in. */
export const socketTransport = (socket: WebSocket): Transport => {
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Set<(announcement: Announcement) => void>();
  let lastId = 0;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { id?: number; reply?: Reply; event?: Announcement };
    if (message.event) for (const listener of [...listeners]) listener(message.event);
    if (message.id !== undefined && message.reply) waiting.get(message.id)?.(message.reply);
  });
  return {
    request: (method, params) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        socket.send(JSON.stringify({ id: lastId, method, params }));
      }),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
