import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../../preload/contract/errors.ts';

/** Ports tried after the wanted one before the system chooses. */
const NEXT_PORTS = 20;

/** What happens to requests and to connections that want to become sockets. */
export type Handlers = {
  onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  onUpgrade: (request: IncomingMessage, connection: Duplex, head: Buffer) => void;
};
/** The port that was free on all addresses, and a server for each. */
export type Listening = { port: number; servers: Server[] };

/** A server with tight limits: 64 connections, 5 s for the head, 15 s for the request, 16 KiB of headers. */
const newServer = ({ onRequest, onUpgrade }: Handlers): Server => {
  const server = createServer({
    headersTimeout: 5000,
    requestTimeout: 15_000,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 16_384,
    insecureHTTPParser: false,
    requireHostHeader: false,
  });
  server.maxHeadersCount = 50;
  server.maxConnections = 64;
  server.on('request', onRequest);
  server.on('upgrade', onUpgrade);
  server.on('clientError', (_error, connection) => connection.destroy());
  return server;
};

/** Settles with the code of the trouble, or undefined when the server listens. */
const tryListen = (server: Server, port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => resolve(error.code ?? 'ERROR');
    server.once('error', onError);
    server.listen({ port, host, ipv6Only: host.includes(':'), exclusive: true }, () => {
      server.off('error', onError);
      resolve(undefined);
    });
  });

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

const closeAll = (servers: readonly Server[]): void => {
  for (const server of servers) server.close();
};

/** Listens on one port of all `hosts`; undefined when it is taken on any of them. An address this machine has not is left out. */
const tryPort = async (wanted: number, hosts: readonly string[], handlers: Handlers): Promise<Listening | undefined> => {
  const servers: Server[] = [];
  let port = wanted;
  for (const host of hosts) {
    const server = newServer(handlers);
    const trouble = await tryListen(server, port, host);
    if (trouble === undefined) {
      servers.push(server);
      port = portOf(server);
    } else if (trouble === 'EADDRINUSE' || trouble === 'EACCES') {
      closeAll(servers);
      return undefined;
    }
  }
  return servers.length > 0 ? { port, servers } : undefined;
};

/** Listens on `wanted` or, when that is taken, on one of the next ports, or on any. Throws CONN_REFUSED when there is none. */
export const listen = async (wanted: number, hosts: readonly string[], handlers: Handlers): Promise<Listening> => {
  const ports =
    wanted > 0 ? Array.from({ length: NEXT_PORTS }, (_none, step) => wanted + step).filter((port) => port < 65_536) : [];
  for (const port of [...ports, 0, 0, 0]) {
    const listening = await tryPort(port, hosts, handlers);
    if (listening) return listening;
  }
  throw new AppError('CONN_REFUSED', 'No port of this computer could be used for the window.');
};
