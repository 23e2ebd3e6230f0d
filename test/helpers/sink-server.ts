import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One message as it came in, whole. */
export type Received = { method: string; path: string; headers: IncomingMessage['headers']; body: string };
/** How the next message is treated: an answer, or the connection broken after it was read, or no answer at all. */
export type Treatment = { status: number; headers?: Record<string, string>; body?: string } | 'break' | 'silence';

export type SinkServer = {
  origin: string;
  received: Received[];
  /** Treatments of the next messages in order; after them all are answered `usual`. */
  next: Treatment[];
  usual: Treatment;
  /** Settles when so many have come in all. */
  whenReceived: (count: number) => Promise<void>;
  close: () => Promise<void>;
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const treat = (response: ServerResponse, treatment: Treatment): void => {
  if (treatment === 'silence') return;
  if (treatment === 'break') response.socket?.destroy();
  else response.writeHead(treatment.status, treatment.headers).end(treatment.body ?? '');
};

/** A server on the loopback that takes messages (webhooks, a bot's API) and answers as it is told. `port` 0 is a free one. */
export const startSinkServer = async (options: { port?: number; host?: string } = {}): Promise<SinkServer> => {
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    sink.received.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    for (const look of [...waiting]) look();
    treat(response, sink.next.shift() ?? sink.usual);
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  const address = server.address();
  const sink: SinkServer = {
    origin: `http://${host}:${typeof address === 'object' && address ? address.port : 0}`,
    received: [],
    next: [],
    usual: { status: 200, body: '{"ok":true}' },
    whenReceived: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (sink.received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sink;
};
