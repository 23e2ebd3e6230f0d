import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Announcement, Reply } from '../../preload/contract/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { createRateLimit } from '../lib/rate-limit.ts';
import { type AllowedHosts, allowedHosts, whyRefused } from './guard.ts';
import { listen } from './listen.ts';
import { handleRequest, type PostRoute } from './routes.ts';
import { createSessions } from './sessions.ts';
import { createSocket } from './socket.ts';
import type { StaticFiles } from './static-files.ts';

/** Loopback, both families; the second is left out where this machine has none. */
const LOOPBACK = ['127.0.0.1', '::1'];
const WRONG_KEYS_PER_SECOND = 10;

/** Where to listen: always on loopback, so that `tidings open` finds us, and beyond it where that was asked for. */
const addressesFor = (exposed: string | undefined): string[] => {
  if (exposed === undefined) return LOOPBACK;
  if (exposed === '0.0.0.0') return ['0.0.0.0', '::1'];
  if (exposed === '::') return ['0.0.0.0', '::'];
  return [...LOOPBACK, exposed];
};

/** What the loopback host is made with. */
export type ServeDeps = {
  ask: (method: unknown, params: unknown) => Promise<Reply>;
  onEvent: (listener: (announcement: Announcement) => void) => () => void;
  files: StaticFiles;
  log: Log;
  clock: Clock;
  /** The port of last time; 0 lets the system choose. */
  port: number;
  /** An address beyond loopback, which the owner asked for by a long flag, and the names it is reached by. */
  exposed?: { address: string; names: readonly string[] };
  /** Routes beside `/session`. */
  posts?: Readonly<Record<string, PostRoute>>;
};

/** A host that listens. */
export type LoopbackHost = {
  port: number;
  /** A fresh address that opens the window once, within 60 seconds; on this computer, or by another name it is served under. */
  newLink: (name?: string) => string;
  close: () => Promise<void>;
};

const refuseUpgrade = (connection: Duplex): void => {
  connection.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => connection.destroy());
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** `POST /session`: a session token for a launch key. At most ten wrong ones a second. */
const sessionRoute = (redeem: (key: unknown) => string | undefined, clock: Clock, log: Log): PostRoute => {
  const mayTry = createRateLimit(WRONG_KEYS_PER_SECOND, clock.monotonic);
  return ({ key }) => {
    const token = redeem(key);
    if (token !== undefined) return { status: 200, body: { token } };
    log.warn('Wrong launch key', { code: 'HOST_FORBIDDEN' });
    return { status: mayTry() ? 401 : 429 };
  };
};

/** Serves the window on the loopback interface. Everything but the page's own files needs a session. */
export const serve = async (deps: ServeDeps): Promise<LoopbackHost> => {
  const { log, clock, exposed } = deps;
  const sessions = createSessions(clock);
  const socket = createSocket({ ask: deps.ask, onEvent: deps.onEvent, sessions, log, clock });
  let allowed: AllowedHosts = new Set();
  const refused = (why: string): void =>
    log.warn('Request refused', { why, code: why === 'size' ? 'HOST_TOO_BIG' : 'HOST_FORBIDDEN' });
  const routeDeps = {
    files: deps.files,
    posts: { '/session': sessionRoute(sessions.redeem, clock, log), ...deps.posts },
    allowed: () => allowed,
    onRefused: refused,
  };
  const onUpgrade = (request: IncomingMessage, connection: Duplex, head: Buffer): void => {
    connection.on('error', () => connection.destroy());
    const why = whyRefused(request, allowed, true) ?? (request.url === '/socket' ? undefined : 'path');
    if (why === undefined) socket.upgrade(request, connection, head);
    else {
      refused(why);
      refuseUpgrade(connection);
    }
  };
  const { port, servers } = await listen(deps.port, addressesFor(exposed?.address), {
    onRequest: (request, response) => {
      handleRequest(request, response, routeDeps).catch((error: unknown) => {
        log.warn('Request failed', { error });
        response.destroy();
      });
    },
    onUpgrade,
  });
  allowed = allowedHosts(port, exposed?.names);
  return {
    port,
    newLink: (name = '127.0.0.1') => `http://${name}:${port}/#k=${sessions.newKey()}`,
    close: async () => {
      socket.close();
      await Promise.all(servers.map(closeServer));
    },
  };
};
