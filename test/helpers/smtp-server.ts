import { createServer, type Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { KeyPair } from './test-certificates.ts';

/** A message as the server took it. */
export type Accepted = { from: string; to: string[]; raw: string; user: string | undefined };

export type TestSmtp = {
  port: number;
  accepted: Accepted[];
  /** Logins that were tried, with what was given. */
  logins: { user: string; pass: string }[];
  connections: () => number;
  close: () => Promise<void>;
};

export type TestSmtpOptions = {
  tls: KeyPair;
  /** TLS from the first byte instead of STARTTLS. */
  secure?: boolean;
  users?: Record<string, string>;
  /** Answers an address with an error, by throwing. */
  onRecipient?: (address: string) => void;
  /** Called with the whole message before it is accepted; throwing refuses it. */
  onMessage?: (message: Accepted) => Promise<void> | void;
  more?: SMTPServerOptions;
};

/** An error with the status a mail server answers with. */
export const smtpError = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

/** A real mail server on 127.0.0.1 that keeps what it accepts. */
export const startSmtp = async (options: TestSmtpOptions): Promise<TestSmtp> => {
  const accepted: Accepted[] = [];
  const logins: { user: string; pass: string }[] = [];
  let connections = 0;
  const server = new SMTPServer({
    key: options.tls.key,
    cert: options.tls.cert,
    secure: options.secure ?? false,
    logger: false,
    authOptional: options.users === undefined,
    closeTimeout: 100,
    disableReverseLookup: true,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onAuth: ({ username = '', password = '' }, _session, done) => {
      logins.push({ user: username, pass: password });
      if (options.users?.[username] === password) done(null, { user: username });
      else done(smtpError(535, `5.7.8 Wrong: ${password}`));
    },
    onRcptTo: ({ address }, _session, done) => {
      try {
        options.onRecipient?.(address);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const message: Accepted = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          user: session.user as string | undefined,
        };
        Promise.resolve()
          .then(() => options.onMessage?.(message))
          .then(
            () => {
              accepted.push(message);
              done();
            },
            (error: Error) => done(error),
          );
      });
    },
    ...options.more,
  });
  // A peer that vanishes is part of the tests.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    accepted,
    logins,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

/** What a mail server that keeps no rules says: it gets each line it is told, and writes what it likes. */
export type RawTalk = (say: (text: string) => void, hang: () => void) => (line: string) => void;

/** A server on 127.0.0.1 that speaks as the test wants, without TLS. */
export const startRawSmtp = async (talk: RawTalk): Promise<{ port: number; lines: string[]; close: () => Promise<void> }> => {
  const lines: string[] = [];
  const sockets = new Set<import('node:net').Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const hear = talk(
      (text) => socket.write(text),
      () => socket.destroy(),
    );
    let rest = '';
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      const whole = rest.split('\r\n');
      rest = whole.pop() ?? '';
      for (const line of whole) {
        lines.push(line);
        hear(line);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    lines,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
