import { once } from 'node:events';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** One request as it came in. */
export type RawRequest = { path: string; headers: Readonly<Record<string, string>>; head: string; at: number; address: string };
/** Answers one request by writing to the socket whatever it likes. Timers and loops are bounded by the socket: `onGone` tells when it is closed. */
export type Route = (socket: Socket, request: RawRequest, server: HostileServer) => void;

export type HostileServer = {
  port: number;
  /** `http://127.0.0.1:1234` or of another address or name. */
  origin: (host?: string) => string;
  requests: RawRequest[];
  /** Connections ever accepted. */
  connections: number;
  /** Sockets open now. */
  open: Set<Socket>;
  /** The most sockets open at the same time. One that its client has let go of is open no more, whatever is heard of first. */
  mostOpen: number;
  bytesSent: () => number;
  count: (path: string) => number;
  add: (path: string, route: Route) => void;
  /** Resolves when every client has closed. */
  whenQuiet: () => Promise<void>;
  close: () => Promise<void>;
};

/** Calls back once when the socket is closed. */
export const onGone = (socket: Socket, callback: () => void): void => {
  socket.once('close', callback);
};

/** Calls `write` every `ms` until the socket closes or `most` times were reached. */
export const drip = (socket: Socket, ms: number, most: number, write: (index: number) => void): void => {
  let index = 0;
  const timer = setInterval(() => {
    if (index >= most) clearInterval(timer);
    else if (!socket.destroyed) write(index++);
  }, ms);
  onGone(socket, () => clearInterval(timer));
};

/** Writes as fast as the client reads, until the socket closes or `mostBytes` are sent. */
export const pour = (socket: Socket, chunk: Buffer, mostBytes: number): void => {
  let sent = 0;
  const go = (): void => {
    while (!socket.destroyed && sent < mostBytes) {
      sent += chunk.length;
      if (!socket.write(chunk)) return;
    }
  };
  socket.on('drain', go);
  go();
};

/** A whole, honest answer. The connection stays open when the client wants that. */
export const reply = (socket: Socket, status: number, headers: Record<string, string> = {}, body: Buffer | string = ''): void => {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ 'content-length': String(bytes.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`, 'latin1'), bytes]));
};

/** An answer written as it stands, byte for byte, and the connection closed. */
export const raw =
  (...parts: (string | Buffer)[]): Route =>
  (socket) => {
    for (const part of parts) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
    socket.end();
  };

const toRequest = (head: string, socket: Socket): RawRequest => {
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { path: first.split(' ')[1] ?? '', headers, head, at: performance.now(), address: socket.localAddress ?? '' };
};

const listen = async (server: Server, port: number, host: string): Promise<void> => {
  server.listen({ port, host });
  await once(server, 'listening');
};

const listenOnAll = async (make: () => Server, hosts: readonly string[]): Promise<Server[]> => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const servers: Server[] = [];
    try {
      for (const host of hosts) {
        const server = make();
        const first = servers[0]?.address();
        await listen(server, typeof first === 'object' && first ? first.port : 0, host);
        servers.push(server);
      }
      return servers;
    } catch {
      // The port is taken on one of the addresses: another one.
      for (const server of servers) server.close();
    }
  }
  throw new Error(`No port is free on ${hosts.join(', ')}`);
};

export type HostileOptions = {
  hosts?: readonly string[];
  tls?: TlsOptions;
  routes?: Readonly<Record<string, Route>>;
  onConnect?: (socket: Socket) => void;
};

/**
 * A server that answers each path as it is told, well or badly, on raw sockets. It listens on loopback addresses only, on one port for
 * all of them, and counts what comes. Unknown paths answer 404.
 */
export const startHostileServer = async (options: HostileOptions = {}): Promise<HostileServer> => {
  const routes = new Map(Object.entries(options.routes ?? {}));
  const open = new Set<Socket>();
  /** Those whose clients hold them. */
  const held = new Set<Socket>();
  const requests: RawRequest[] = [];
  let sent = 0;
  let quiet: (() => void)[] = [];

  const onHead = (socket: Socket, head: string): void => {
    const request = toRequest(head, socket);
    requests.push(request);
    const route = routes.get(request.path.split('?')[0] ?? '');
    if (route) route(socket, request, api);
    else reply(socket, 404, {}, 'not here');
  };
  const onSocket = (socket: Socket): void => {
    api.connections += 1;
    open.add(socket);
    held.add(socket);
    // The end of an older one may be told in the same turn, after this one.
    setImmediate(() => {
      api.mostOpen = Math.max(api.mostOpen, held.size);
    });
    for (const event of ['end', 'error', 'close']) socket.once(event, () => held.delete(socket));
    let text = '';
    socket.on('error', () => {});
    socket.on('close', () => {
      sent += socket.bytesWritten;
      open.delete(socket);
      if (open.size === 0) for (const callback of quiet.splice(0)) callback();
    });
    options.onConnect?.(socket);
    if (options.onConnect) return;
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        onHead(socket, head);
      }
    });
  };

  const make = (): Server =>
    (options.tls ? createTlsServer(options.tls, onSocket) : createTcpServer(onSocket)).on('tlsClientError', () => {});
  const servers = await listenOnAll(make, options.hosts ?? ['127.0.0.1']);
  const address = servers[0]?.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const api: HostileServer = {
    port,
    origin: (host = '127.0.0.1') => `${options.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    requests,
    connections: 0,
    open,
    mostOpen: 0,
    bytesSent: () => sent + [...open].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    count: (path) => requests.filter((request) => request.path === path).length,
    add: (path, route) => void routes.set(path, route),
    whenQuiet: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => quiet.push(resolve))),
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      quiet = [];
    },
  };
  return api;
};
