/*
 * The wire between the page and the headless host.
 *
 * 1. The page is opened with `http://127.0.0.1:PORT/#k=KEY` (one use, 60 seconds). It reads KEY from `location.hash` and
 *    takes it out of the address (`history.replaceState`).
 * 2. `POST /session` with `Content-Type: application/json` and `{"key":"KEY"}` answers 200 `{"token":"TOKEN"}`, or 401 with
 *    an empty body when the key is wrong, used or old (429: too many tries, wait a second). The page keeps TOKEN in
 *    `sessionStorage`; it is good until the host stops.
 * 3. `new WebSocket('ws://' + location.host + '/socket')`. The first message, within 2 seconds, is `{"token":"TOKEN"}`.
 *    The answer is `{"ready":true}`. A wrong token closes the socket with 4401: the page forgets it and says how to get a
 *    fresh link (`tidings open`). Close codes 4503 (too many windows), 1008 (too many questions), 1009 (message too big),
 *    1001 (the host stops) and a lost connection are worth another try, with growing pauses.
 * 4. From then on, text frames of JSON. The page sends `{"id":1,"method":"posts.list","params":{}}`; `id` is a number or a
 *    string of its own choice. The host answers `{"id":1,"reply":{"ok":true,"result":...}}` or
 *    `{"id":1,"reply":{"ok":false,"error":{"code":"...","message":"..."}}}`, in any order, and announces
 *    `{"event":{"name":"posts.changed","data":{...}}}` whenever something changed.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Announcement, MAX_REQUEST_CHARS, type Reply } from '../../preload/contract/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { createRateLimit } from '../lib/rate-limit.ts';
import type { Sessions } from './sessions.ts';

const MAX_WINDOWS = 8;
const MAX_STRANGERS = 16;
const HELLO_MS = 2000;
const PING_MS = 30_000;
/** A window that does not read is let go when this many bytes wait for it. */
const MAX_WAITING_BYTES = 4 * 1_048_576;
const CALLS_PER_SECOND = 100;
/** Beyond this a window is not busy but broken. */
const MESSAGES_PER_SECOND = 1000;

/** The WebSocket side of the host. */
export type Socket = {
  /** Takes over a connection whose headers were checked. */
  upgrade: (request: IncomingMessage, connection: Duplex, head: Buffer) => void;
  windows: () => number;
  /** Tells every window that the host stops. */
  close: () => void;
};
/** What the socket is made with; `ask` is the door. */
export type SocketDeps = {
  ask: (method: unknown, params: unknown) => Promise<Reply>;
  onEvent: (listener: (announcement: Announcement) => void) => () => void;
  sessions: Sessions;
  log: Log;
  clock: Clock;
};

const parse = (data: unknown): Record<string, unknown> | undefined => {
  try {
    const message: unknown = JSON.parse(String(data));
    return typeof message === 'object' && message !== null && !Array.isArray(message) ? { ...message } : undefined;
  } catch {
    return undefined;
  }
};

const isId = (id: unknown): id is string | number =>
  (typeof id === 'number' && Number.isSafeInteger(id)) || (typeof id === 'string' && id.length <= 64);

const sendText = (socket: WebSocket, text: string, log: Log): void => {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_WAITING_BYTES) {
    log.warn('Window let go: it does not read', { code: 'HOST_TOO_BIG', waiting: socket.bufferedAmount });
    socket.terminate();
    return;
  }
  socket.send(text);
};

/** Answers the questions of one window whose token was right. */
const serveWindow = (socket: WebSocket, { ask, clock, log }: SocketDeps, isSane: () => boolean): void => {
  const mayCall = createRateLimit(CALLS_PER_SECOND, clock.monotonic);
  const answer = async (id: string | number, method: unknown, params: unknown): Promise<void> => {
    const reply: Reply = mayCall()
      ? await ask(method, params)
      : { ok: false, error: { code: 'CONFLICT', message: 'Too many questions at once. Try again in a second.' } };
    sendText(socket, JSON.stringify({ id, reply }), log);
  };
  socket.on('message', (data, isBinary) => {
    if (!isSane()) return;
    const message = isBinary ? undefined : parse(data);
    if (!message || !isId(message.id)) {
      socket.close(1008, 'Not a question');
      return;
    }
    answer(message.id, message.method, message.params).catch((error: unknown) =>
      log.error('Answer could not be sent', { error }),
    );
  });
};

/** Lets at most so many frames a second through, then hangs up: pings count like messages. */
const hangUpOnFloods = (socket: WebSocket, clock: Clock): (() => boolean) => {
  const isCalm = createRateLimit(MESSAGES_PER_SECOND, clock.monotonic);
  const check = (): boolean => {
    if (isCalm()) return true;
    if (socket.readyState === socket.OPEN) {
      socket.close(1008, 'Too many messages');
      // A flood that goes on is not waited for.
      clock.after(1000, () => socket.terminate());
    }
    return false;
  };
  socket.on('ping', check);
  return check;
};

/** Opens no port: `serve.ts` hands over connections after its checks. */
export const createSocket = (deps: SocketDeps): Socket => {
  const { sessions, onEvent, clock, log } = deps;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_REQUEST_CHARS,
    perMessageDeflate: false,
    clientTracking: false,
    maxFragments: 1024,
  });
  const strangers = new Set<WebSocket>();
  const windows = new Map<WebSocket, { isAlive: boolean }>();

  const welcome = (socket: WebSocket, isSane: () => boolean): void => {
    if (windows.size >= MAX_WINDOWS) {
      socket.close(4503, 'Too many windows');
      return;
    }
    windows.set(socket, { isAlive: true });
    socket.on('pong', () => windows.has(socket) && windows.set(socket, { isAlive: true }));
    serveWindow(socket, deps, isSane);
    sendText(socket, '{"ready":true}', log);
  };

  const greet = (socket: WebSocket): void => {
    strangers.add(socket);
    const isSane = hangUpOnFloods(socket, clock);
    const giveUp = clock.after(HELLO_MS, () => socket.close(4401, 'No token'));
    socket.on('error', (error) => log.warn('Window connection failed', { error: error.message }));
    socket.on('close', () => {
      giveUp();
      strangers.delete(socket);
      windows.delete(socket);
    });
    socket.once('message', (data, isBinary) => {
      giveUp();
      strangers.delete(socket);
      const message = isBinary ? undefined : parse(data);
      if (sessions.isValid(message?.token)) welcome(socket, isSane);
      else socket.close(4401, 'Wrong token');
    });
  };

  const stopEvents = onEvent((announcement) => {
    if (windows.size === 0) return;
    const text = JSON.stringify({ event: announcement });
    for (const socket of windows.keys()) sendText(socket, text, log);
  });
  let stopPings = (): void => {};
  const pingAll = (): void => {
    for (const [socket, { isAlive }] of windows) {
      if (!isAlive) socket.terminate();
      else {
        windows.set(socket, { isAlive: false });
        socket.ping();
      }
    }
    stopPings = clock.after(PING_MS, pingAll);
  };
  stopPings = clock.after(PING_MS, pingAll);

  return {
    upgrade: (request, connection, head) => {
      if (strangers.size >= MAX_STRANGERS) connection.destroy();
      else server.handleUpgrade(request, connection, head, greet);
    },
    windows: () => windows.size,
    close: () => {
      stopEvents();
      stopPings();
      for (const socket of [...windows.keys(), ...strangers]) socket.close(1001, 'Tidings stops');
    },
  };
};
