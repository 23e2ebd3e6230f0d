import { isIP, connect as netConnect, type Socket } from 'node:net';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { AppError } from '../../preload/contract/errors.ts';
import type { MailAccount } from '../../preload/contract/mail.ts';
import type { Clock } from '../lib/clock.ts';
import { isForbiddenName, type Resolve, systemAddressPolicy } from '../net/address-policy.ts';

/** How long each part of a conversation with a mail server may take, milliseconds, and how much it may say, bytes. */
export type MailLimits = {
  connectMs: number;
  greetingMs: number;
  /** Without a byte from the server. */
  silenceMs: number;
  /** Until the server is ready to take the message. */
  setUpMs: number;
  /** The whole. */
  totalMs: number;
  /** One reply of the server. */
  replyBytes: number;
};

/** The limits of the table of hostile mail servers. */
export const MAIL_LIMITS: MailLimits = {
  connectMs: 10_000,
  greetingMs: 10_000,
  silenceMs: 30_000,
  setUpMs: 30_000,
  totalMs: 180_000,
  replyBytes: 8 * 1024,
};

export type SessionDeps = {
  resolve: Resolve;
  clock: Clock;
  limits: MailLimits;
  /** An authority besides those of the system, PEM; for tests. */
  ca?: string | undefined;
};

/** A conversation with a mail server, as far as its greeting over TLS. */
export type Session = {
  smtp: SMTPConnection;
  /** Rejects when the conversation breaks; never resolves. Always handled. */
  broken: Promise<never>;
  /** Ends it at once. */
  close: () => void;
};

const LOCAL_NAMES = /^(?:localhost|.*\.localhost)$/;

/** Where the server is. The owner typed its name, so the local network is allowed; a cloud's secrets are not a mail server. */
const findAddresses = async (
  { resolve, clock, limits }: SessionDeps,
  host: string,
): Promise<{ address: string; family: 4 | 6 }[]> => {
  const family = isIP(host);
  const timer = new AbortController();
  const stop = clock.after(limits.connectMs, () =>
    timer.abort(new AppError('MAIL_TIMEOUT', 'The name of the mail server was not found in time.')),
  );
  try {
    const found = family
      ? [{ address: host, family: family === 6 ? (6 as const) : (4 as const) }]
      : await resolve(host, timer.signal);
    const allowed = isForbiddenName(host) ? [] : found.filter(({ address }) => systemAddressPolicy(address) !== 'forbidden');
    if (allowed.length === 0) throw new AppError('MAIL_CONNECT', 'The name of the mail server leads to no mail server.');
    return allowed.slice(0, 6);
  } finally {
    stop();
  }
};

/** A connection to the server, without a word said. Throws MAIL_CONNECT, MAIL_TIMEOUT, OFFLINE. */
const openSocket = async (deps: SessionDeps, { host, port }: MailAccount): Promise<Socket> => {
  const bare = host.replace(/\.+$/, '');
  const addresses = await findAddresses(deps, LOCAL_NAMES.test(bare) ? 'localhost' : bare).catch((error: unknown) => {
    if (error instanceof AppError && error.code !== 'DNS_FAIL') throw error;
    throw new AppError('MAIL_CONNECT', 'There is no mail server of this name.', { cause: error });
  });
  return new Promise((resolve, reject) => {
    const socket = netConnect({
      host: bare,
      port,
      autoSelectFamily: true,
      lookup: (_name, options, callback) =>
        options.all ? callback(null, addresses) : callback(null, addresses[0]?.address ?? '', addresses[0]?.family),
    });
    const fail = (error: AppError): void => {
      stop();
      socket.destroy();
      reject(error);
    };
    const stop = deps.clock.after(deps.limits.connectMs, () =>
      fail(new AppError('MAIL_TIMEOUT', 'The mail server did not answer the connection in time.')),
    );
    const onError = (error: Error): void =>
      fail(new AppError('MAIL_CONNECT', 'The mail server could not be reached.', { cause: error }));
    socket.once('error', onError);
    socket.once('connect', () => {
      stop();
      socket.off('error', onError);
      resolve(socket);
    });
  });
};

const closedEarly = (): Error => Object.assign(new Error('Connection closed'), { code: 'ECONNECTION', command: 'CONN' });

/**
 * Opens a conversation: connection, greeting, TLS with a checked certificate. Nothing of worth has been said when it answers.
 * `closeAt` gets the way to end it before it is open. Rejects with an AppError of the connection, or with nodemailer's own error.
 */
export const openSession = async (
  deps: SessionDeps,
  account: MailAccount,
  closeAt: (close: () => void) => void,
): Promise<Session> => {
  const { limits, ca } = deps;
  // Loaded when mail is sent, not before.
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const socket = await openSocket(deps, account);
  const isName = isIP(account.host) === 0;
  const smtp = new Connection({
    connection: socket,
    host: account.host,
    port: account.port,
    secure: account.security === 'tls',
    requireTLS: true,
    name: '[127.0.0.1]',
    connectionTimeout: limits.connectMs + limits.greetingMs,
    greetingTimeout: limits.greetingMs,
    socketTimeout: limits.silenceMs,
    socketCloseTimeout: 2000,
    maxResponseSize: limits.replyBytes,
    logger: false,
    debug: false,
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      host: account.host,
      ...(isName ? { servername: account.host } : {}),
      ...(ca ? { ca } : {}),
    },
  });
  let ended: (() => void) | undefined;
  const broken = new Promise<never>((_, reject) => {
    smtp.on('error', reject);
    // What was being done hears of its own end first.
    ended = () => setImmediate(() => reject(closedEarly()));
    smtp.once('end', ended);
  });
  broken.catch(() => {});
  const close = (): void => {
    smtp.close();
    socket.destroy();
  };
  closeAt(close);
  const opened = new Promise<void>((resolve, reject) => smtp.connect((error) => (error ? reject(error) : resolve())));
  await Promise.race([opened, broken]);
  if (!smtp.secure) throw new AppError('MAIL_TLS', 'The mail server did not begin TLS, so nothing was said to it.');
  return { smtp, broken, close };
};

/** Says who we are. Rejects with nodemailer's error; its `code` is EAUTH when the server does not accept it. */
export const logIn = ({ smtp, broken }: Session, user: string, pass: string): Promise<unknown> =>
  Promise.race([
    broken,
    new Promise<void>((resolve, reject) => smtp.login({ user, pass }, (error) => (error ? reject(error) : resolve()))),
  ]);
