import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { Destination } from './connect.ts';
import type { Limits } from './limits.ts';
import { malformed } from './net-errors.ts';

/** One connection to a checked address, with the HTTP parser on it. */
export type Connection = {
  client: Client;
  socket: Socket;
  origin: string;
  addressClass: Destination['addressClass'];
  /** It carried a request before: the server may have closed it meanwhile. */
  isUsed: boolean;
  /** What it had read when the present request began. */
  bytesBefore: number;
};

/** Connections that wait for the next request of their origin. */
export type Connections = {
  open: (socket: Socket, origin: string, addressClass: Destination['addressClass']) => Connection;
  /** An unused connection to the origin, if one of these classes is kept. */
  take: (origin: string, classes: readonly Destination['addressClass'][]) => Connection | undefined;
  keep: (connection: Connection) => void;
  drop: (connection: Connection) => void;
  close: () => Promise<void>;
};

/** The kept connections. Each closes by itself after `keepAliveMs`, or when the server closes it. */
export const createConnections = (limits: Limits): Connections => {
  const idle = new Map<string, Connection[]>();
  const all = new Set<Connection>();

  const forget = (connection: Connection): void => {
    const kept = idle.get(connection.origin)?.filter((one) => one !== connection) ?? [];
    if (kept.length > 0) idle.set(connection.origin, kept);
    else idle.delete(connection.origin);
  };
  const drop = (connection: Connection): void => {
    if (!all.delete(connection)) return;
    forget(connection);
    // Nothing that a closed connection still has to say matters.
    connection.client.destroy().catch(() => {});
    connection.socket.destroy();
  };

  const open: Connections['open'] = (socket, origin, addressClass) => {
    let isHandedOver = false;
    const client = new Client(origin, {
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
      maxHeaderSize: limits.headerBytes,
      keepAliveTimeout: limits.keepAliveMs,
      keepAliveMaxTimeout: limits.keepAliveMs,
    });
    const connection: Connection = { client, socket, origin, addressClass, isUsed: false, bytesBefore: 0 };
    all.add(connection);
    socket.on('error', () => {});
    socket.once('close', () => drop(connection));
    return connection;
  };

  return {
    open,
    drop,
    take: (origin, classes) => {
      const connection = idle.get(origin)?.findLast((one) => classes.includes(one.addressClass) && !one.socket.destroyed);
      if (connection) forget(connection);
      return connection;
    },
    keep: (connection) => {
      if (!all.has(connection) || connection.socket.destroyed) return drop(connection);
      connection.isUsed = true;
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

/** Throws HTTP_PROTOCOL when bytes came after the end of an answer: its length was a lie. Call it in a microtask after the end. */
export const checkNothingFollows = ({ socket }: Connection): void => {
  const rest = socket.readableLength > 0 ? (socket.read() as Buffer | null) : null;
  const hasRest = rest?.some((byte) => byte !== 0x0d && byte !== 0x0a) ?? false;
  const message = socket.errored?.message ?? '';
  if (hasRest || message === 'bad response' || message.startsWith('Response does not match')) throw malformed();
};
