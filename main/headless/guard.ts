import type { IncomingMessage } from 'node:http';

/** Who may talk to a listener: exact `Host` values, in lower case. */
export type AllowedHosts = ReadonlySet<string>;

/** The `Host` values of a loopback listener. `extra` names are other addresses it was told to serve. */
export const allowedHosts = (port: number, extra: readonly string[] = []): AllowedHosts =>
  new Set(['127.0.0.1', 'localhost', '[::1]', ...extra].map((name) => `${name}:${port}`.toLowerCase()));

const valuesOf = (request: IncomingMessage, name: string): string[] =>
  request.rawHeaders.filter((_value, index) => index % 2 === 1 && request.rawHeaders[index - 1]?.toLowerCase() === name);

const hostIsOurs = (request: IncomingMessage, allowed: AllowedHosts): string | undefined => {
  const hosts = valuesOf(request, 'host');
  const host = hosts[0];
  return hosts.length === 1 && host !== undefined && allowed.has(host) ? host : undefined;
};

/**
 * Why a request must not be served, or undefined when it may. Checked before anything else, so that no other page in the owner's
 * browser (DNS rebinding, cross-site requests, foreign WebSockets) reaches the core. A WebSocket must name its origin.
 */
export const whyRefused = (request: IncomingMessage, allowed: AllowedHosts, isSocket = false): string | undefined => {
  const host = hostIsOurs(request, allowed);
  if (!host) return 'host';
  const origins = valuesOf(request, 'origin');
  const isOwnOrigin = origins.length === 1 && origins[0] === `http://${host}`;
  if (!isOwnOrigin && (isSocket || origins.length > 0)) return 'origin';
  const sites = valuesOf(request, 'sec-fetch-site');
  return sites.every((site) => site === 'same-origin' || site === 'none') ? undefined : 'site';
};
