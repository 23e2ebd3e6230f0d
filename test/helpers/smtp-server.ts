import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
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
    onAuth: (given, _session, done) => {
      const { username, password } = { username: given.username ?? '', password: given.password ?? '' };
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

/** One conversation as a server that keeps no rules sees it. */
export type RawTalk = {
  say: (text: string) => void;
  /** The connection goes away without a word. */
  drop: () => void;
};

export type RawSmtp = { port: number; lines: string[]; connections: () => number; close: () => Promise<void> };

/** A server on 127.0.0.1 that says what the test wants: `talk` is called once a connection, what it answers once a line. */
export const startRawSmtp = async (talk: (talk: RawTalk) => (line: string) => void, tls?: KeyPair): Promise<RawSmtp> => {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onSocket = (socket: Socket): void => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const hear = talk({ say: (text) => void socket.write(text), drop: () => void socket.destroy() });
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
  };
  const server: Server = tls ? createTlsServer({ key: tls.key, cert: tls.cert }, onSocket) : createServer(onSocket);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    lines,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

/** A talk that keeps the rules but for the answers given here, by the first word of the line, or `.` for the end of the message. */
export const scripted =
  (answers: Record<string, string | ((talk: RawTalk) => void)>, greeting = '220 here\r\n') =>
  (talk: RawTalk): ((line: string) => void) => {
    const usual: Record<string, string> = {
      EHLO: '250-here\r\n250 AUTH PLAIN\r\n',
      AUTH: '235 ok\r\n',
      MAIL: '250 ok\r\n',
      RCPT: '250 ok\r\n',
      DATA: '354 go on\r\n',
      '.': '250 taken\r\n',
      QUIT: '221 bye\r\n',
    };
    let isMessage = false;
    if (greeting) talk.say(greeting);
    return (line) => {
      if (isMessage && line !== '.') return;
      const word = line === '.' ? '.' : (line.split(' ')[0] ?? '').toUpperCase();
      const answer = answers[word] ?? usual[word] ?? '500 what\r\n';
      isMessage = word === 'DATA' && answer === usual.DATA;
      if (typeof answer === 'string') talk.say(answer);
      else answer(talk);
    };
  };
