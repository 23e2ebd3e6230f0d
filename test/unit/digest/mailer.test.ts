import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createMailer, type Mailer, type Sending } from '../../../main/digest/mailer.ts';
import { composeLetter, headerText, toLetter } from '../../../main/digest/mailer-message.ts';
import type { MailOutcome } from '../../../main/digest/mailer-outcome.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { ACCOUNT, edition, RENDERED } from '../../helpers/smtp-outbox.ts';
import {
  type RawSmtp,
  scripted,
  smtpError,
  startRawSmtp,
  startSmtp,
  type TestSmtp,
  type TestSmtpOptions,
} from '../../helpers/smtp-server.ts';
import { makeTestCertificates, type TestCertificates } from '../../helpers/test-certificates.ts';

const PASSWORD = 'correct horse & staple';
/** Long enough for a machine that has other things to do. */
const PATIENT = { connectMs: 8000, greetingMs: 8000, silenceMs: 8000, setUpMs: 12_000, totalMs: 20_000 };
/** For servers that never answer. */
const HASTY = { connectMs: 300, greetingMs: 300, silenceMs: 300, setUpMs: 900, totalMs: 1500 };

let certificates: TestCertificates;
let mailer: Mailer;
let hasty: Mailer;
let raw: Buffer;
const open: { close: () => Promise<void> }[] = [];

beforeAll(async () => {
  certificates = makeTestCertificates();
  mailer = createMailer({ ca: certificates.ca, limits: PATIENT });
  hasty = createMailer({ ca: certificates.ca, limits: HASTY });
  raw = await composeLetter(toLetter(edition(), RENDERED, ACCOUNT, 'ada@x.test'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const real = async (options: Partial<TestSmtpOptions> = {}): Promise<TestSmtp> => {
  const server = await startSmtp({ tls: certificates.good, users: { ada: PASSWORD }, ...options });
  open.push(server);
  return server;
};
/** A server of its own rules, behind a good certificate. */
const odd = async (...script: Parameters<typeof scripted>): Promise<RawSmtp> => {
  const server = await startRawSmtp(scripted(...script), certificates.good);
  open.push(server);
  return server;
};
const plain = async (...script: Parameters<typeof scripted>): Promise<RawSmtp> => {
  const server = await startRawSmtp(scripted(...script));
  open.push(server);
  return server;
};

const sendBy = (
  server: { port: number },
  more: Partial<Sending> = {},
  account: Partial<typeof ACCOUNT> = {},
  by = mailer,
): Promise<MailOutcome> =>
  by.send({
    account: { ...ACCOUNT, port: server.port, ...account },
    password: PASSWORD,
    to: 'ada@x.test',
    from: ACCOUNT.from,
    raw,
    ...more,
  });
const overTls = (server: { port: number }, more: Partial<Sending> = {}): Promise<MailOutcome> =>
  sendBy(server, more, { security: 'tls' });
const hastily = (server: { port: number }): Promise<MailOutcome> => sendBy(server, {}, { security: 'tls' }, hasty);
const codeOf = ({ code }: MailOutcome): string => code ?? 'OK';

describe('a message', () => {
  test.each(['starttls', 'tls'] as const)('goes over %s to one receiver, whole and as it was written', async (security) => {
    const server = await real({ secure: security === 'tls' });
    expect(await sendBy(server, {}, { security })).toEqual({ state: 'sent' });
    expect(server.accepted).toEqual([{ from: ACCOUNT.from, to: ['ada@x.test'], raw: raw.toString(), user: 'ada' }]);
    expect(server.connections()).toBe(1);
  });

  test('goes out without a login where no user is named', async () => {
    const server = await startSmtp({ tls: certificates.good });
    open.push(server);
    expect(await sendBy(server, { password: undefined }, { user: '' })).toEqual({ state: 'sent' });
    expect(server.logins).toEqual([]);
  });

  test('of a megabyte with lines that begin with dots arrives as it is', async () => {
    const server = await real();
    const text = `.\n..\n.x\n${'A line of text that is long enough.\n'.repeat(30_000)}.\n`;
    const big = await composeLetter({ ...toLetter(edition(), { ...RENDERED, text }, ACCOUNT, 'ada@x.test') });
    expect(await sendBy(server, { raw: big })).toEqual({ state: 'sent' });
    expect(server.accepted[0]?.raw).toBe(big.toString());
  });
});

describe('what a mail server refuses', () => {
  hostileCase(173, 'a refused login is said without the password, and asked for once', async () => {
    const server = await real({ users: { ada: 'another' } });
    const outcome = await sendBy(server);
    expect(outcome).toMatchObject({ state: 'deferred', needsOwner: true, isEverybodys: true });
    expect(server.logins).toHaveLength(1);
    expect(server.accepted).toEqual([]);
    expect(JSON.stringify(outcome)).not.toContain(PASSWORD);
    return codeOf(outcome);
  });

  test('a server that cannot check passwords just now is asked again later', async () => {
    const outcome = await overTls(await odd({ AUTH: '454 4.7.0 later\r\n' }));
    expect(outcome).toMatchObject({ state: 'deferred', code: 'MAIL_CONNECT', isEverybodys: true });
    expect(outcome).not.toHaveProperty('needsOwner');
  });

  test('without a password nothing is connected to', async () => {
    const server = await real();
    expect(await sendBy(server, { password: undefined })).toMatchObject({ code: 'MAIL_AUTH', needsOwner: true });
    expect(server.connections()).toBe(0);
  });

  test.each([
    [550, 'rejected', true],
    [452, 'deferred', undefined],
  ] as const)('a receiver refused with %d is %s', async (status, state, isReceivers) => {
    const server = await real({
      onRecipient: () => {
        throw smtpError(status, '5.1.1 nobody here');
      },
    });
    const outcome = await sendBy(server);
    expect(outcome).toMatchObject({ state, code: 'MAIL_RCPT_REJECTED', message: expect.stringContaining(String(status)) });
    expect(outcome.isReceivers).toBe(isReceivers);
    expect(outcome.isEverybodys ?? false).toBe(false);
  });

  test.each([
    ['554 5.7.1 looks like advertising', 'rejected'],
    ['552 5.2.2 mailbox full', 'rejected'],
    ['451 try later', 'deferred'],
    ['421 closing', 'deferred'],
  ])('an answer %s to the whole message leaves no doubt', async (answer, state) => {
    expect(await overTls(await odd({ '.': `${answer}\r\n` }))).toMatchObject({ state, code: 'MAIL_RCPT_REJECTED' });
  });

  test('a sender the server does not take waits for the owner', async () => {
    const outcome = await overTls(await odd({ MAIL: '553 5.7.1 not your address\r\n' }));
    expect(outcome).toMatchObject({ state: 'deferred', code: 'MAIL_CONNECT', isEverybodys: true, needsOwner: true });
    expect(outcome.message).toContain('does not take mail of this sender');
  });

  test('a server that sends the password back in its answer is not quoted with it', async () => {
    const echo = `550 no ${PASSWORD} ${Buffer.from(PASSWORD).toString('base64')} ${Buffer.from(`\0ada\0${PASSWORD}`).toString('base64')}\r\n`;
    const outcome = await overTls(await odd({ RCPT: echo }));
    expect(outcome.state).toBe('rejected');
    expect(outcome.message).toContain('(secret) (secret) (secret)');
    expect(outcome.message).not.toContain('horse');
  });
});

describe('a mail server that falls silent', () => {
  hostileCase(174, 'before the final dot it is time that ran out, and the message can be sent again', async () => {
    const silent = (): void => {};
    const servers = [
      await odd({}, ''),
      await odd({ EHLO: silent }),
      await odd({ AUTH: silent }),
      await odd({ MAIL: silent }),
      await odd({ RCPT: silent }),
      await odd({ DATA: silent }),
    ];
    const outcomes = await Promise.all(servers.map((server) => hastily(server)));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ state: 'deferred', code: 'MAIL_TIMEOUT' });
    for (const server of servers) expect(server.lines).not.toContain('.');
    return outcomes.map(codeOf);
  });

  hostileCase(174, 'after the final dot it is in doubt, whether it is silent, goes away or says nonsense', async () => {
    const endings = [
      () => {},
      ({ drop }: { drop: () => void }) => drop(),
      ({ say }: { say: (text: string) => void }) => say('299\n'),
      ({ say }: { say: (text: string) => void }) => say('hello\r\n'),
      ({ say }: { say: (text: string) => void }) => say('354 more\r\n'),
      ({ say, drop }: { say: (text: string) => void; drop: () => void }) => {
        say('250-taken\r\n');
        drop();
      },
      ({ say, drop }: { say: (text: string) => void; drop: () => void }) => {
        say('550 no');
        drop();
      },
    ];
    const outcomes: MailOutcome[] = [];
    const soon = createMailer({ ca: certificates.ca, limits: { ...PATIENT, silenceMs: 2500 } });
    for (const ending of endings) outcomes.push(await sendBy(await odd({ '.': ending }), {}, { security: 'tls' }, soon));
    const [, , short] = outcomes;
    // A short yes is a yes.
    expect(short).toEqual({ state: 'sent' });
    const doubtful = outcomes.filter((outcome) => outcome !== short);
    for (const outcome of doubtful) expect(outcome.state).toBe('in-doubt');
    return doubtful.map(codeOf);
  });

  test('a yes that comes before the message is in doubt', async () => {
    const server = await odd({ DATA: ({ say }) => say('354 go on\r\n250 taken\r\n') });
    expect((await overTls(server, { raw: Buffer.alloc(4_000_000, 'x\r\n') })).state).not.toBe('sent');
  });

  test('one that says a little all the time is given up after the whole time', async () => {
    const timers: NodeJS.Timeout[] = [];
    const server = await odd({ EHLO: ({ say }) => void timers.push(setInterval(() => say('250-x\r\n'), 100)) });
    const start = performance.now();
    const outcome = await hastily(server);
    for (const timer of timers) clearInterval(timer);
    expect(outcome).toMatchObject({ state: 'deferred', code: 'MAIL_TIMEOUT' });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('cancelled before the end of the message it is not sent; later the answer is waited for', async () => {
    const early = new AbortController();
    const stuck = await odd({ RCPT: () => early.abort(new AppError('CANCELLED', 'It was cancelled.')) });
    expect(await overTls(stuck, { signal: early.signal })).toMatchObject({ state: 'deferred', code: 'CANCELLED' });
    expect(stuck.lines).not.toContain('.');
    const late = new AbortController();
    const slow = await odd({
      '.': ({ say }) => {
        late.abort(new AppError('CANCELLED', 'It was cancelled.'));
        setImmediate(() => say('250 taken\r\n'));
      },
    });
    expect(await overTls(slow, { signal: late.signal })).toEqual({ state: 'sent' });
  });

  test('what was given up while the connection was being made is not taken up again', async () => {
    const server = await real();
    const controller = new AbortController();
    const sending = sendBy(server, { signal: controller.signal });
    controller.abort(new AppError('CANCELLED', 'It was cancelled.'));
    expect(await sending).toMatchObject({ state: 'deferred', code: 'CANCELLED' });
    await open.pop()?.close();
    expect(server.accepted).toEqual([]);
    expect(server.logins).toEqual([]);
  });
});

describe('a mail server without good TLS', () => {
  hostileCase(175, 'no STARTTLS, one that is taken back, and a bad certificate end it before a password is said', async () => {
    const outcomes: MailOutcome[] = [];
    const without = await plain({ STARTTLS: '502 no\r\n' });
    const stripped = await plain({ EHLO: '250-here\r\n250 AUTH PLAIN\r\n', STARTTLS: '454 not now\r\n' });
    const lying = await plain({ STARTTLS: '220 go on\r\n', EHLO: '250-here\r\n250 STARTTLS\r\n' });
    for (const server of [without, stripped]) {
      outcomes.push(await sendBy(server));
      expect(server.lines.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'STARTTLS']);
    }
    const liar = await sendBy(lying, {}, {}, hasty);
    expect(['MAIL_TLS', 'MAIL_TIMEOUT']).toContain(liar.code);
    const { expired, wrongName, selfSigned } = certificates;
    for (const tls of [expired, wrongName, selfSigned])
      for (const secure of [false, true]) {
        const server = await real({ tls, secure });
        outcomes.push(await sendBy(server, {}, { security: secure ? 'tls' : 'starttls' }));
        expect(server.logins).toEqual([]);
        expect(server.accepted).toEqual([]);
      }
    for (const { state, message } of outcomes)
      expect([state, message]).toEqual(['deferred', expect.stringMatching(/^[A-Z].*\.$/)]);
    for (const { lines } of [without, stripped, lying]) expect(lines.join('\n')).not.toMatch(/AUTH PLAIN |horse|staple/);
    return outcomes.map(codeOf);
  });
});

describe('a hostile mail server', () => {
  const ENDLESS = `220-${'x'.repeat(10 * 1024 * 1024)}`;
  const CAPABILITIES = Array.from({ length: 1000 }, (_, number) => `250-X-CAPABILITY-${number}\r\n`).join('');
  hostileCase(176, 'a banner of 10 MB, 1,000 capabilities and answers to questions nobody asked are bounded', async () => {
    const servers = [
      await odd({}, ENDLESS),
      await odd({}, `${ENDLESS}\r\n`),
      await odd({ EHLO: CAPABILITIES }),
      await odd({}, '220 here\r\n250 already\r\n250 and more\r\n'),
      await odd({}, '554 go away\r\n'),
      await odd({}, 'HTTP/1.1 400 Bad Request\r\n\r\n'),
      await odd({ MAIL: '250 ok\r\n250 ok\r\n354 go on\r\n250 taken\r\n' }),
      await odd({ EHLO: ({ drop }) => drop() }),
    ];
    const before = process.memoryUsage().heapUsed;
    const outcomes: MailOutcome[] = [];
    for (const server of servers) outcomes.push(await overTls(server));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 * 1024);
    for (const outcome of outcomes) expect(outcome.state, JSON.stringify(outcomes)).toBe('deferred');
    for (const outcome of outcomes) expect(outcome.message?.length).toBeLessThanOrEqual(300);
    return outcomes.map(codeOf);
  });

  test('nobody at the port, and a name that leads nowhere, are said at once', async () => {
    const server = await startRawSmtp(scripted({}));
    await server.close();
    expect(await sendBy(server)).toMatchObject({ state: 'deferred', code: 'MAIL_CONNECT' });
    const nowhere = createMailer({
      limits: PATIENT,
      resolve: () => Promise.reject(new AppError('DNS_FAIL', 'There is no server of this name.')),
    });
    const account = { ...ACCOUNT, host: 'mail.nowhere.test' };
    const sending = { account, password: PASSWORD, to: 'ada@x.test', from: ACCOUNT.from, raw };
    expect(await nowhere.send(sending)).toMatchObject({ code: 'MAIL_CONNECT', message: 'There is no mail server of this name.' });
    const secrets = createMailer({ limits: PATIENT, resolve: async () => [{ address: '169.254.169.254', family: 4 }] });
    expect(await secrets.send(sending)).toMatchObject({
      code: 'MAIL_CONNECT',
      message: expect.stringContaining('leads to no mail server'),
    });
  });
});

describe('a message written out', () => {
  const headersOf = (message: Buffer): string[] => {
    const text = message.toString();
    return text
      .slice(0, text.indexOf('\r\n\r\n'))
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n');
  };
  const NAMES = [
    'List-ID',
    'List-Unsubscribe',
    'Auto-Submitted',
    'Precedence',
    'From',
    'To',
    'Subject',
    'Message-ID',
    'Date',
    'MIME-Version',
    'Content-Type',
  ];

  hostileCase(177, 'line breaks, encoded words and 10 KB in subject and names make no new header line', async () => {
    const hostile = [
      'News\r\nBcc: evil@x.test',
      'News\n\nbody',
      'News\r\n\r\n<html>',
      'a\0b\u2028c\u0085d',
      '=?utf-8?q?Bcc=3A_evil?=',
      '=?utf-8?B?DQpCY2M6IGV2aWxAeC50ZXN0?=',
      'x'.repeat(10_240),
      '😀'.repeat(2000),
      '"<evil@x.test>" ,evil@x.test',
    ];
    for (const text of hostile) {
      const given = edition(1, { scheduleId: 'daily' });
      const letter = toLetter(
        { ...given, content: { ...given.content, name: text } },
        { ...RENDERED, subject: text },
        { ...ACCOUNT, fromName: text },
        'ada@x.test',
      );
      const lines = headersOf(await composeLetter(letter));
      expect(
        lines.map((line) => line.slice(0, line.indexOf(':'))),
        text.slice(0, 40),
      ).toEqual(NAMES);
      expect(lines.filter((line) => /^from:/i.test(line)).every((line) => line.endsWith(`<${ACCOUNT.from}>`))).toBe(true);
      const subject = lines.find((line) => line.startsWith('Subject:')) ?? '';
      expect(subject.length).toBeLessThan(2000);
      if (text.startsWith('=?')) expect(subject).not.toContain('=?');
    }
    return 'OK';
  });

  hostileCase(185, 'objects in place of text, paths and addresses in it, are not opened', async () => {
    const bad = { path: '/etc/passwd', href: 'http://127.0.0.1:1/' } as unknown as string;
    const letter = toLetter(edition(), RENDERED, ACCOUNT, 'ada@x.test');
    const message = await composeLetter({ ...letter, subject: bad, html: bad, text: bad });
    expect(message.toString()).toContain('[object Object]');
    const named = await composeLetter({
      ...letter,
      text: '/etc/passwd',
      html: '<img src="file:///etc/passwd"><img src="http://x.test/a.png">',
    });
    expect(named.toString()).not.toContain('root:');
    expect(named.toString().match(/Content-Type:/g)).toHaveLength(3);
    return 'OK';
  });

  test('is the same bytes for the same edition and receiver, and another for another', async () => {
    const write = (to: string, given = edition()): Promise<Buffer> => composeLetter(toLetter(given, RENDERED, ACCOUNT, to));
    expect(await write('ada@x.test')).toEqual(await write('ada@x.test'));
    const ids = await Promise.all([write('ada@x.test'), write('bob@x.test'), write('ada@x.test', edition(2))]);
    expect(new Set(ids.map((message) => headersOf(message).find((line) => line.startsWith('Message-ID')))).size).toBe(3);
  });

  test('a sender with signs that mean something in a link says how to leave with them escaped', async () => {
    const account = { ...ACCOUNT, unsubscribe: 'a?cc=evil&b#c%d@sender.test' };
    const lines = headersOf(await composeLetter(toLetter(edition(), RENDERED, account, 'ada@x.test')));
    const leave = lines.find((line) => line.startsWith('List-Unsubscribe')) ?? '';
    const address = new URL(leave.slice(leave.indexOf('<') + 1, -1));
    expect([...address.searchParams.keys()]).toEqual(['subject']);
    expect(decodeURIComponent(address.pathname)).toBe(account.unsubscribe);
  });

  test('names its list and how to leave it, and asks for no automatic answers', async () => {
    const account = { ...ACCOUNT, unsubscribe: 'leave+here@sender.test' };
    const lines = headersOf(await composeLetter(toLetter(edition(), RENDERED, account, 'ada@x.test')));
    expect(lines).toContain('List-ID: <daily.tidings.sender.test>');
    expect(lines).toContain('List-Unsubscribe: <mailto:leave+here@sender.test?subject=Unsubscribe%20from%20Morning%20paper>');
    expect(lines).toContain('Auto-Submitted: auto-generated');
    expect(lines.join('\n')).not.toMatch(/List-Unsubscribe-Post|X-Mailer|nodemailer/i);
  });

  test('header text is one line, however it is cut', () => {
    expect(headerText('a\r\nb')).toBe('a b');
    expect(headerText(`${'x'.repeat(249)}😀`)).toBe('x'.repeat(249));
  });
});
