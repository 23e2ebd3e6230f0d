import type { Transport } from '../../preload/contract/contract.ts';
import { alwaysConnected, type Connection } from './connection.ts';
import { browserPage, createSocketTransport } from './socket-transport.ts';

declare global {
  interface Window {
    /** Put there by the preload of the desktop host; absent in a browser. */
    tidings?: Transport;
  }
}

/** The way to the core from this page: the preload's where there is one, else a socket to where the page came from. */
export const findTransport = (): Connection =>
  window.tidings ? alwaysConnected(window.tidings) : createSocketTransport(browserPage());
