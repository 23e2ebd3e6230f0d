import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Resolve } from '../../main/net/address-policy.ts';

/** One request as the server saw it. */
export type SeenRequest = {
  host: string;
  path: string;
  headers: IncomingMessage['headers'];
  startedAt: number;
  endedAt?: number;
};

export type FeedServer = {
  port: number;
  /** The address of `path` on a pretended host, all of them this server: `url('a.test', '/feed')`. */
  url: (host: string, path: string) => string;
  /** Leads every name to this server. */
  resolve: Resolve;
  seen: SeenRequest[];
  /** The most requests that were open at once, in all and for one host. */
  most: { all: number; host: number };
  close: () => Promise<void>;
};

/** A web server on loopback that stands for many hosts. `answer` gets host and path; what it does not end hangs until the close. */
export const startFeedServer = async (
  answer: (request: SeenRequest, response: ServerResponse) => void | Promise<void>,
): Promise<FeedServer> => {
  const seen: SeenRequest[] = [];
  const most = { all: 0, host: 0 };
  const open = new Map<string, number>();
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const row: SeenRequest = { host, path: request.url ?? '/', headers: request.headers, startedAt: performance.now() };
    seen.push(row);
    open.set(host, (open.get(host) ?? 0) + 1);
    const counts = [...open.values()];
    most.all = Math.max(
      most.all,
      counts.reduce((sum, count) => sum + count, 0),
    );
    most.host = Math.max(most.host, ...counts);
    response.on('close', () => {
      row.endedAt = performance.now();
      open.set(host, (open.get(host) ?? 1) - 1);
    });
    void answer(row, response);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (host, path) => `http://${host}:${port}${path}`,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    seen,
    most,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
