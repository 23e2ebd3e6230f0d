import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { Client } from './client.ts';
import type { ConnectionState } from './connection.ts';

const ClientContext = createContext<Client | undefined>(undefined);

/** Gives every screen below it the client. */
export const ClientProvider = ({ client, children }: { client: Client; children: ReactNode }) => (
  <ClientContext value={client}>{children}</ClientContext>
);

/** The client of the page. Screens mostly want `useQuery` and `useAction` instead. */
export const useClient = (): Client => {
  const client = useContext(ClientContext);
  if (!client) throw new Error('There is no ClientProvider above.');
  return client;
};

/** Where the page stands with its host, now. */
export const useConnection = (): ConnectionState => {
  const client = useClient();
  return useSyncExternalStore(client.onConnection, client.connection);
};
