import type { Socket } from 'node:net';
import type { Client } from 'undici';
import type { Destination } from './connect.ts';
import { malformed } from './net-errors.ts';

/** One connection to a checked address, with the HTTP parser on it. */
export type Connection = {
  client: Client;
  socket: Socket;
  origin: string;
  addressClass: Destination['addressClass'];
  /** It carried a request before: the server may have closed it meanwhile. */
  isUsed: boolean;
  /** When it was kept last, wall clock. */
  keptAt: number;
  /** What it had read when the present request began. */
  bytesBefore: number;
  /** What the parser gave back of the last bytes it read. */
  givenBack: Uint8Array;
};

/** Connections that wait for the next request of their origin. */
export type Connections = {
  /** `keepMs`: how long it is kept when nobody uses it. */
  open: (socket: Socket, origin: string, addressClass: Destination['addressClass'], keepMs: number) => Promise<Connection>;
  /** An unused connection to the origin, if one of these classes is kept. */
  take: (origin: string, classes: readonly Destination['addressClass'][]) => Connection | undefined;
  keep: (connection: Connection) => void;
  drop: (connection: Connection) => void;
  /** Loads the HTTP parser ahead of the first connection. */
  warmUp: () => Promise<void>;
  close: () => Promise<void>;
};

/* One error for all that we close ourselves: without it undici makes one each time, and its stack costs more than the request. */
const CLOSED = Object.assign(new Error('closed'), { code: 'UND_ERR_INFO' });

/** Kept for longer by the clock on the wall: the computer slept, and the other side has forgotten it. */
const MOST_KEPT_MS = 60_000;

/** The connections. A kept one closes by itself after its time, or when the server closes it. `headerBytes` is the most a header block may have. */
export const createConnections = (headerBytes: number, now: () => number): Connections => {
  const idle = new Map<string, Connection[]>();
  const all = new Set<Connection>();
  let loading: Promise<typeof Client> | undefined;
  /* Loaded when the first request goes out, so that what never asks the network starts without it. */
  const loadClient = (): Promise<typeof Client> => {
    loading ??= import('undici/lib/dispatcher/client.js').then((module) => module.default);
    return loading;
  };

  const forget = (connection: Connection): void => {
    const kept = idle.get(connection.origin)?.filter((one) => one !== connection) ?? [];
    if (kept.length > 0) idle.set(connection.origin, kept);
    else idle.delete(connection.origin);
  };
  const drop = (connection: Connection): void => {
    if (!all.delete(connection)) return;
    forget(connection);
    connection.socket.destroy(CLOSED);
  };

  const open: Connections['open'] = async (socket, origin, addressClass, keepMs) => {
    // Before anything else, so that no error of the socket goes unheard.
    socket.on('error', () => {});
    let isHandedOver = false;
    const Parser = await loadClient();
    const client = new Parser(origin, {
      // The only socket this client ever gets: it can never connect by itself to an address nobody checked.
      connect: (_options, callback) => {
        const mayHave = !isHandedOver && !socket.destroyed;
        isHandedOver = true;
        // In a microtask, because the client is not ready for the answer while it asks.
        queueMicrotask(() => {
          if (mayHave) callback(null, socket);
          else callback(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), null);
        });
      },
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: headerBytes,
      keepAliveTimeout: keepMs,
      keepAliveMaxTimeout: keepMs,
    });
    const connection: Connection = {
      client,
      socket,
      origin,
      addressClass,
      isUsed: false,
      keptAt: 0,
      bytesBefore: 0,
      givenBack: NOTHING,
    };
    listenToUnshift(connection);
    all.add(connection);
    // After the parser's own listener, which still has to tell the request why.
    socket.once('close', () => queueMicrotask(() => drop(connection)));
    if (socket.destroyed) drop(connection);
    return connection;
  };

  return {
    open,
    drop,
    warmUp: async () => {
      await loadClient();
    },
    take: (origin, classes) => {
      const connection = idle.get(origin)?.findLast((one) => classes.includes(one.addressClass) && !one.socket.destroyed);
      if (!connection) return undefined;
      forget(connection);
      if (now() - connection.keptAt < MOST_KEPT_MS) return connection;
      drop(connection);
      return undefined;
    },
    keep: (connection) => {
      if (!all.has(connection) || connection.socket.destroyed) return drop(connection);
      connection.isUsed = true;
      connection.keptAt = now();
      connection.bytesBefore = connection.socket.bytesRead;
      const kept = idle.get(connection.origin) ?? [];
      idle.set(connection.origin, [...kept, connection]);
    },
    close: async () => {
      const open = [...all];
      for (const connection of open) drop(connection);
      await Promise.all(
        open.map((connection) =>
          connection.socket.closed ? undefined : new Promise((resolve) => connection.socket.once('close', resolve)),
        ),
      );
    },
  };
};

const NOTHING = new Uint8Array();

/* The parser gives back what follows an answer, but to a socket that is closed by then and forgets it. */
const listenToUnshift = (connection: Connection): void => {
  const { socket } = connection;
  const unshift = socket.unshift.bind(socket);
  socket.unshift = (chunk: Uint8Array): void => {
    connection.givenBack = chunk;
    unshift(chunk);
  };
};

/** Throws HTTP_PROTOCOL when bytes came after the end of an answer: its length was a lie. Call it when the parser has returned. */
export const checkNothingFollows = ({ socket, givenBack }: Connection): void => {
  const hasRest = givenBack.some((byte) => byte !== 0x0d && byte !== 0x0a);
  const message = socket.errored?.message ?? '';
  if (hasRest || message === 'bad response' || message.startsWith('Response does not match')) throw malformed();
};
