import type { Announcement, Reply } from '../../preload/contract/contract.ts';
import type { Connection, ConnectionState } from './connection.ts';

type Waiting = { resolve: (reply: Reply) => void; reject: (reason: Error) => void };
type Message = { ready?: true; id?: number; reply?: Reply; event?: Announcement };

const TOKEN = 'tidings.token';
const WRONG_TOKEN = 4401;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8000;

/** What the transport needs of the page it runs in; a test gives its own. */
export type SocketPage = {
  host: string;
  /** The `k` of the address, taken out of it; undefined when there is none. */
  takeKey: () => string | undefined;
  readToken: () => string | null;
  writeToken: (token: string | null) => void;
  /** `POST /session`: a token for a key, or null when the key is refused. Throws when the host cannot be reached. */
  exchange: (key: string) => Promise<string | null>;
  openSocket: (url: string) => WebSocket;
  wait: (ms: number, then: () => void) => void;
};

/** The page as the browser gives it. */
export const browserPage = (): SocketPage => ({
  host: location.host,
  takeKey: () => {
    const key = /^#k=([\w-]+)$/.exec(location.hash)?.[1];
    if (key) history.replaceState(null, '', location.pathname);
    return key;
  },
  readToken: () => sessionStorage.getItem(TOKEN),
  writeToken: (token) => (token === null ? sessionStorage.removeItem(TOKEN) : sessionStorage.setItem(TOKEN, token)),
  exchange: async (key) => {
    const answer = await fetch('/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    if (answer.status === 401) return null;
    if (!answer.ok) throw new Error('The host is busy.');
    return ((await answer.json()) as { token: string }).token;
  },
  openSocket: (url) => new WebSocket(url),
  wait: (ms, then) => void setTimeout(then, ms),
});

/**
 * The wire to the headless host: a key for a token, then one WebSocket that is opened again with growing pauses whenever
 * it is lost. Questions asked before the first connection wait for it; questions asked while it is lost are refused.
 */
export const createSocketTransport = (page: SocketPage): Connection => {
  const listeners = new Set<(announcement: Announcement) => void>();
  const stateListeners = new Set<() => void>();
  const waiting = new Map<number, Waiting>();
  const unsent: string[] = [];
  let state: ConnectionState = 'connecting';
  let socket: WebSocket | undefined;
  let lastId = 0;
  let pauseMs = FIRST_PAUSE_MS;

  const become = (next: ConnectionState) => {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener();
  };
  const refuseWaiting = () => {
    for (const { reject } of waiting.values()) reject(new Error('The connection is lost.'));
    waiting.clear();
    unsent.length = 0;
  };
  const ready = () => {
    pauseMs = FIRST_PAUSE_MS;
    for (const text of unsent.splice(0)) socket?.send(text);
    become('connected');
  };
  const receive = (text: string) => {
    const message = JSON.parse(text) as Message;
    if (message.ready) return ready();
    if (message.event) for (const listener of listeners) listener(message.event);
    if (message.id === undefined || !message.reply) return;
    waiting.get(message.id)?.resolve(message.reply);
    waiting.delete(message.id);
  };
  const giveUp = () => {
    page.writeToken(null);
    refuseWaiting();
    become('needs-link');
  };
  const tryAgain = () => {
    if (state === 'connected') become('lost');
    if (state === 'lost') refuseWaiting();
    page.wait(pauseMs, connect);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  };
  const open = (token: string) => {
    const next = page.openSocket(`ws://${page.host}/socket`);
    socket = next;
    next.onopen = () => next.send(JSON.stringify({ token }));
    next.onmessage = (event) => receive(String(event.data));
    next.onclose = (event) => (event.code === WRONG_TOKEN ? giveUp() : tryAgain());
  };
  const connect = () => {
    const token = page.readToken();
    if (token) open(token);
    else giveUp();
  };
  const start = async (key: string | undefined): Promise<void> => {
    if (!key) return connect();
    try {
      page.writeToken(await page.exchange(key));
      connect();
    } catch {
      page.wait(pauseMs, () => void start(key));
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  };
  void start(page.takeKey());

  return {
    request: (method, params) =>
      new Promise((resolve, reject) => {
        if (state === 'lost' || state === 'needs-link') return reject(new Error('The connection is lost.'));
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        const text = JSON.stringify({ id: lastId, method, params });
        if (state === 'connected') socket?.send(text);
        else unsent.push(text);
      }),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };
};
