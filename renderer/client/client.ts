import type { EventName, Events, MethodName, Params, Result } from '../../preload/contract/contract.ts';
import type { ErrorData } from '../../preload/contract/errors.ts';
import { words } from '../words/words.ts';
import type { Connection, ConnectionState } from './connection.ts';

/** What came back: the value, or an error to show. Never thrown. */
export type Answer<Value> = { ok: true; result: Value } | { ok: false; error: ErrorData };

/** What the screens ask with. */
export type Client = {
  request: <Name extends MethodName>(name: Name, params: Params<Name>) => Promise<Answer<Result<Name>>>;
  /** Calls back at each announcement of that name; returns how to stop. */
  on: <Name extends EventName>(name: Name, listener: (data: Events[Name]) => void) => () => void;
  connection: () => ConnectionState;
  onConnection: (listener: () => void) => () => void;
};

const LOST: ErrorData = { code: 'CONN_RESET', message: words.client.lost };

/** Types around a transport: the only cast between names and values lives here. */
export const createClient = (connection: Connection): Client => ({
  request: async (name, params) => {
    try {
      return (await connection.request(name, params)) as Answer<Result<typeof name>>;
    } catch {
      return { ok: false, error: LOST };
    }
  },
  on: (name, listener) =>
    connection.onEvent((announcement) => {
      if (announcement.name === name) (listener as (data: unknown) => void)(announcement.data);
    }),
  connection: connection.state,
  onConnection: connection.onState,
});
