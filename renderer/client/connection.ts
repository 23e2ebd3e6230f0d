import type { Transport } from '../../preload/contract/contract.ts';

/**
 * Where the page stands with its host.
 * connecting: for the first time. connected. lost: was there, is being tried again. needs-link: the key is used up or
 * wrong; only a fresh link helps.
 */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'needs-link';

/** A transport that can come and go. `window.tidings` is always there; a socket is not. */
export type Connection = Transport & {
  state: () => ConnectionState;
  /** Calls back at each change of state; returns how to stop. */
  onState: (listener: () => void) => () => void;
};

/** A transport that never goes away, as the preload gives it. */
export const alwaysConnected = (transport: Transport): Connection => ({
  ...transport,
  state: () => 'connected',
  onState: () => () => undefined,
});
