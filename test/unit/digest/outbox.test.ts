import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMailer } from '../../../main/digest/mailer.ts';
import type { MailOutcome } from '../../../main/digest/mailer-outcome.ts';
import { decideDelivery, recoverDeliveries } from '../../../main/digest/outbox-recovery.ts';
import { deliveryId } from '../../../main/digest/outbox-rows.ts';
import { sinkFolder } from '../../../main/digest/sinks.ts';
import type { PostRequest } from '../../../main/net/download-types.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { ACCOUNT, edition, pretendMailer, recipient, startOutbox, statesOf } from '../../helpers/smtp-outbox.ts';
import { smtpError, startSmtp } from '../../helpers/smtp-server.ts';
import { makeTestCertificates } from '../../helpers/test-certificates.ts';

const PEOPLE = ['ada@x.test', 'bob@x.test', 'cyd@x.test', 'dan@x.test', 'eve@x.test'];
const REFUSED: MailOutcome = {
  state: 'rejected',
  code: 'MAIL_RCPT_REJECTED',
  message: 'The mail server answered: 550 no.',
  isReceivers: true,
};
const LATER: MailOutcome = { state: 'deferred', code: 'MAIL_RCPT_REJECTED', message: 'The mail server answered: 451 later.' };
const DOUBT: MailOutcome = { state: 'in-doubt', code: 'MAIL_IN_DOUBT', message: 'It may have arrived.' };
const MINUTE = 60_000;

describe('an edition on its way', () => {
  test('D-23: goes to each active recipient in a message of its own, and is counted', async () => {
    const { mailer, to } = pretendMailer();
    const bench = await startOutbox(mailer, [
      'ada@x.test',
      'bob@x.test',
      'cyd@x.test',
      recipient('gone@x.test', { state: 'unsubscribed' }),
    ]);
    const steps: [number, number][] = [];
    const result = await bench.send(edition(), { onProgress: (done, total) => steps.push([done, total]) });
    expect(result).toEqual({ counts: { sent: 3 }, sent: 3 });
    expect(to()).toEqual(['ada@x.test', 'bob@x.test', 'cyd@x.test']);
    expect(steps).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(bench.store.editions.get('edition-1')).toMatchObject({ sendBegunAt: expect.any(String), endedAt: expect.any(String) });
  });

  test('D-22: sent again in whatever way it is sent to nobody a second time', async () => {
    const { mailer, to } = pretendMailer();
    const bench = await startOutbox(mailer, PEOPLE);
    await bench.send(edition());
    expect(await bench.send(edition())).toEqual({ counts: { sent: 5 }, sent: 0 });
    expect(await bench.send(edition(), { isForced: true })).toEqual({ counts: { sent: 5 }, sent: 0 });
    await bench.store.recipients.put([recipient('late@x.test')]);
    await bench.send(edition(), { isForced: true });
    expect(to()).toEqual(PEOPLE);
  });

  test('the intent is in the store before anything is said to the server', async () => {
    const seen: unknown[] = [];
    const bench = await startOutbox(
      {
        send: async ({ to }) => {
          seen.push(bench.store.deliveries.get(deliveryId('edition-1', 'mail', to))?.state);
          return { state: 'sent' };
        },
      },
      PEOPLE,
    );
    await bench.send(edition());
    expect(seen).toEqual(PEOPLE.map(() => 'sending'));
  });

  hostileCase(181, 'two that send the same edition at once send it once', async () => {
    const { mailer, to } = pretendMailer(() => new Promise((resolve) => setImmediate(() => resolve({ state: 'sent' }))));
    const bench = await startOutbox(mailer, PEOPLE);
    const results = await Promise.all([bench.send(edition()), bench.send(edition(), { isForced: true }), bench.send(edition())]);
    expect(to().toSorted()).toEqual(PEOPLE);
    expect(results.reduce((sum, { sent }) => sum + sent, 0)).toBe(5);
    expect(bench.store.deliveries.ofEdition('edition-1')).toHaveLength(5);
    return 'OK';
  });

  test('cancelled, it stops between two receivers, and goes on where it stopped', async () => {
    const controller = new AbortController();
    const cancelled = new AppError('CANCELLED', 'It was cancelled.');
    const { mailer, to } = pretendMailer((sending) => {
      if (sending.to === 'bob@x.test') controller.abort(cancelled);
      return { state: 'sent' };
    });
    const bench = await startOutbox(mailer, PEOPLE);
    await expect(bench.send(edition(), { signal: controller.signal })).rejects.toBe(cancelled);
    expect(to()).toEqual(['ada@x.test', 'bob@x.test']);
    expect(await bench.send(edition())).toEqual({ counts: { sent: 5 }, sent: 3 });
  });

  test('cancelled before the message had left, its row is as if it had not been begun', async () => {
    const controller = new AbortController();
    const { mailer } = pretendMailer(() => {
      controller.abort(new AppError('CANCELLED', 'It was cancelled.'));
      return { state: 'deferred', code: 'CANCELLED', message: 'It was cancelled.', isEverybodys: true };
    });
    const bench = await startOutbox(mailer, ['ada@x.test']);
    await expect(bench.send(edition(), { signal: controller.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(bench.store.deliveries.ofEdition('edition-1')).toMatchObject([{ state: 'planned', attempts: 0 }]);
  });

  test('a disk that takes no intent lets nothing go out', async () => {
    const { mailer, asked } = pretendMailer();
    const bench = await startOutbox(mailer, ['ada@x.test']);
    const full = new AppError('STORE_FULL', 'The disk is full.');
    let writes = 0;
    const put: typeof bench.store.deliveries.put = (rows) =>
      ++writes > 1 ? Promise.reject(full) : bench.store.deliveries.put(rows);
    const store = { ...bench.store, deliveries: { ...bench.store.deliveries, put } };
    const { planDeliveries, sendPlanned } = await import('../../../main/digest/outbox.ts');
    const deps = { ...bench.deps, store };
    await planDeliveries(deps, edition(), bench.options);
    const rendered = { subject: 'S', html: 'H', text: 'T' };
    await expect(sendPlanned(deps, { edition: edition(), rendered, options: bench.options, now: bench.clock.now })).rejects.toBe(
      full,
    );
    expect(asked).toEqual([]);
  });
});

describe('trouble with one receiver', () => {
  hostileCase(179, 'one of five is refused: the others get theirs, and it is suspended after three editions', async () => {
    const { mailer, to } = pretendMailer((sending) => (sending.to === 'bob@x.test' ? REFUSED : { state: 'sent' }));
    const bench = await startOutbox(mailer, PEOPLE);
    for (const number of [1, 2, 3, 4]) await bench.send(edition(number));
    expect(statesOf(bench, 'edition-1')).toMatchObject({ 'ada@x.test': 'sent', 'bob@x.test': 'rejected', 'eve@x.test': 'sent' });
    expect(to().filter((address) => address === 'bob@x.test')).toHaveLength(3);
    expect(bench.store.recipients.get('bob-x-test')).toMatchObject({
      state: 'suspended',
      refusals: 3,
      errorCode: 'MAIL_RCPT_REJECTED',
    });
    expect(bench.store.deliveries.ofEdition('edition-4')).toHaveLength(4);
    return 'OK';
  });

  hostileCase(179, 'over a real connection 550 is for good and 452 is for later, of the same edition only', async () => {
    const certificates = makeTestCertificates();
    const full = new Set(['cyd@x.test']);
    const server = await startSmtp({
      tls: certificates.good,
      onRecipient: (address) => {
        if (address === 'bob@x.test') throw smtpError(550, '5.1.1 no such user');
        if (full.has(address)) throw smtpError(452, '4.2.2 mailbox full');
      },
    });
    const bench = await startOutbox(createMailer({ ca: certificates.ca }), PEOPLE);
    await bench.store.settings.update({ mail: { ...ACCOUNT, user: '', port: server.port } });
    const first = await bench.send(edition(1));
    expect(first).toMatchObject({
      counts: { sent: 3, rejected: 1, deferred: 1 },
      sent: 3,
      error: { code: 'MAIL_RCPT_REJECTED' },
    });
    full.clear();
    await bench.clock.pass(5 * MINUTE);
    expect(await bench.send(edition(1))).toMatchObject({ counts: { sent: 4, rejected: 1 }, sent: 1 });
    expect(server.accepted.map(({ to }) => to)).toEqual([['ada@x.test'], ['dan@x.test'], ['eve@x.test'], ['cyd@x.test']]);
    await server.close();
    return 'OK';
  });

  test('a good delivery ends the row of refusals', async () => {
    const { mailer } = pretendMailer();
    const bench = await startOutbox(mailer, [
      recipient('bob@x.test', { refusals: 2, errorCode: 'MAIL_RCPT_REJECTED', errorMessage: 'No.' }),
    ]);
    await bench.send(edition());
    expect(bench.store.recipients.get('bob-x-test')).toMatchObject({ refusals: 0 });
    expect(bench.store.recipients.get('bob-x-test')).not.toHaveProperty('errorCode');
  });

  hostileCase(182, 'who leaves between the making and the sending gets nothing, under any spelling of the address', async () => {
    const { mailer, to } = pretendMailer(async (sending) => {
      if (sending.to === 'ada@x.test') await bench.store.recipients.put([recipient('eve@x.test', { state: 'unsubscribed' })]);
      return { state: 'sent' };
    });
    const bench = await startOutbox(mailer, ['ada@x.test', 'Bob+news@x.test', 'cyd@x.test', 'dan@x.test', 'eve@x.test']);
    const { planDeliveries } = await import('../../../main/digest/outbox.ts');
    await bench.store.editions.put(edition());
    await planDeliveries(bench.deps, edition(), bench.options);
    await bench.store.recipients.put([
      recipient('bob@x.test', { state: 'unsubscribed' }),
      recipient('cyd@x.test', { state: 'suspended' }),
    ]);
    await bench.store.recipients.remove(['dan-x-test']);
    expect(await bench.send(edition())).toEqual({ counts: { sent: 1, withdrawn: 4 }, sent: 1 });
    expect(to()).toEqual(['ada@x.test']);
    const reasons = bench.store.deliveries.ofEdition('edition-1').map(({ to: address, errorMessage }) => [address, errorMessage]);
    expect(Object.fromEntries(reasons)).toEqual({
      'ada@x.test': undefined,
      'Bob+news@x.test': 'This person has unsubscribed.',
      'cyd@x.test': 'The address is suspended.',
      'dan@x.test': 'The address was taken off the list.',
      'eve@x.test': 'This person has unsubscribed.',
    });
    return 'OK';
  });

  hostileCase(182, 'who leaves while the intent is being written gets nothing', async () => {
    const { mailer, asked } = pretendMailer();
    const bench = await startOutbox(mailer, ['ada@x.test']);
    const put: typeof bench.store.deliveries.put = async (rows) => {
      await bench.store.deliveries.put(rows);
      if (rows[0]?.state === 'sending') await bench.store.recipients.put([recipient('ada@x.test', { state: 'unsubscribed' })]);
    };
    const deps = { ...bench.deps, store: { ...bench.store, deliveries: { ...bench.store.deliveries, put } } };
    const { planDeliveries, sendPlanned } = await import('../../../main/digest/outbox.ts');
    await planDeliveries(deps, edition(), bench.options);
    const rendered = { subject: 'S', html: 'H', text: 'T' };
    const result = await sendPlanned(deps, { edition: edition(), rendered, options: bench.options, now: bench.clock.now });
    expect(result.counts).toEqual({ withdrawn: 1 });
    expect(asked).toEqual([]);
    return 'OK';
  });
});

describe('trouble that passes', () => {
  test('D-21: refused for now twice and then taken, it is one message of one edition, made once', async () => {
    let tries = 0;
    const { mailer, asked } = pretendMailer(() => (++tries < 3 ? LATER : { state: 'sent' }));
    const bench = await startOutbox(mailer, ['ada@x.test']);
    const first = await bench.send(edition());
    expect(first).toMatchObject({
      counts: { deferred: 1 },
      error: { code: 'MAIL_RCPT_REJECTED' },
      nextAt: '2026-11-21T12:05:00.000Z',
    });
    expect(await bench.send(edition())).toMatchObject({ counts: { deferred: 1 }, sent: 0 });
    expect(asked).toHaveLength(1);
    await bench.clock.pass(5 * MINUTE);
    expect(await bench.send(edition())).toMatchObject({ nextAt: '2026-11-21T12:15:00.000Z' });
    await bench.clock.pass(10 * MINUTE);
    expect(await bench.send(edition())).toEqual({ counts: { sent: 1 }, sent: 1 });
    expect(bench.store.editions.all()).toHaveLength(1);
    expect(new Set(asked.map(({ raw }) => /^Message-ID: .*$/m.exec(raw.toString())?.[0])).size).toBe(1);
  });

  test('is tried five times with growing waits, then given up', async () => {
    const { mailer, asked } = pretendMailer(() => LATER);
    const bench = await startOutbox(mailer, ['ada@x.test']);
    const waits: (string | undefined)[] = [];
    for (let round = 0; round < 8; round++) {
      waits.push((await bench.send(edition())).nextAt?.slice(11, 16));
      await bench.clock.pass(100 * MINUTE);
    }
    expect(asked).toHaveLength(5);
    expect(waits).toEqual(['12:05', '13:50', '15:40', '17:40', undefined, undefined, undefined, undefined]);
    expect(bench.store.deliveries.ofEdition('edition-1')).toMatchObject([{ state: 'rejected', attempts: 5 }]);
  });

  test('ends with the next edition: the one before is not sent late', async () => {
    let isWell = false;
    const { mailer, asked } = pretendMailer(() => (isWell ? { state: 'sent' } : LATER));
    const bench = await startOutbox(mailer, ['ada@x.test']);
    await bench.send(edition(1));
    isWell = true;
    await bench.clock.pass(60 * MINUTE);
    await bench.send(edition(2));
    expect(bench.store.deliveries.ofEdition('edition-1')).toMatchObject([
      { state: 'withdrawn', errorMessage: expect.stringContaining('next edition') },
    ]);
    expect(await bench.send(edition(1), { isForced: true })).toEqual({ counts: { withdrawn: 1 }, sent: 0 });
    expect(asked).toHaveLength(2);
  });

  test('a server that cannot be reached is tried for one receiver, and the others wait unharmed', async () => {
    const { mailer, asked } = pretendMailer(() => ({
      state: 'deferred',
      code: 'MAIL_CONNECT',
      message: 'It is not there.',
      isEverybodys: true,
    }));
    const bench = await startOutbox(mailer, PEOPLE);
    expect(await bench.send(edition())).toMatchObject({ counts: { planned: 4, deferred: 1 }, error: { code: 'MAIL_CONNECT' } });
    expect(asked).toHaveLength(1);
  });

  hostileCase(173, 'a refused password stops the edition until the owner asks, so that the account is not locked', async () => {
    const certificates = makeTestCertificates();
    const server = await startSmtp({ tls: certificates.good, users: { ada: 'another' } });
    const lines: string[] = [];
    const write = (message: string, fields?: object): void => void lines.push(message + JSON.stringify(fields));
    const log = { debug: write, info: write, warn: write, error: write };
    const bench = await startOutbox(createMailer({ ca: certificates.ca }), PEOPLE, {}, { log });
    await bench.store.settings.update({ mail: { ...ACCOUNT, port: server.port } });
    const first = await bench.send(edition());
    expect(first).toMatchObject({ counts: { planned: 4, deferred: 1 }, error: { code: 'MAIL_AUTH' } });
    expect(first).not.toHaveProperty('nextAt');
    await bench.clock.pass(24 * 60 * MINUTE);
    expect(await bench.send(edition())).toMatchObject({ error: { code: 'MAIL_AUTH' }, sent: 0 });
    expect(server.logins).toHaveLength(1);
    await bench.send(edition(), { isForced: true });
    expect(server.logins).toHaveLength(2);
    const rows = JSON.stringify([bench.store.deliveries.all(), lines, first.error?.message, String(first.error?.stack)]);
    expect(rows).not.toContain('pass word');
    expect(server.accepted).toEqual([]);
    await server.close();
    return first.error?.code ?? 'OK';
  });

  test('without a mail server the edition waits for the owner, and files are written all the same', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tidings-sinks-'));
    const { mailer, asked } = pretendMailer();
    const bench = await startOutbox(mailer, ['ada@x.test'], { sinks: { html: true } });
    await bench.store.settings.update({ mail: null });
    const deps = { ...bench.deps, store: { ...bench.store, dir } };
    const { planDeliveries, sendPlanned } = await import('../../../main/digest/outbox.ts');
    await planDeliveries(deps, edition(), bench.options);
    const rendered = { subject: 'S', html: 'H', text: 'T' };
    const result = await sendPlanned(deps, { edition: edition(), rendered, options: bench.options, now: bench.clock.now });
    expect(result).toMatchObject({ counts: { deferred: 1, sent: 1 }, error: { code: 'MAIL_INPUT' } });
    expect(asked).toEqual([]);
    await rm(dir, { recursive: true });
  });
});

describe('doubt', () => {
  test('is a row, an alert, and never sent again by itself', async () => {
    const { mailer, asked } = pretendMailer(() => DOUBT);
    const bench = await startOutbox(mailer, ['ada@x.test']);
    expect(await bench.send(edition())).toEqual({ counts: { 'in-doubt': 1 }, sent: 0 });
    for (const isForced of [false, true]) await bench.send(edition(), { isForced });
    expect(asked).toHaveLength(1);
    const { alerts } = bench;
    expect(alerts.list()).toMatchObject([
      { kind: 'digest-in-doubt', subjectId: 'daily', text: expect.stringContaining('Morning paper') },
    ]);
  });

  test('three times in a row ends the round: the rest is not put in doubt too', async () => {
    const { mailer, asked } = pretendMailer(() => DOUBT);
    const bench = await startOutbox(mailer, PEOPLE);
    const result = await bench.send(edition());
    expect(result).toMatchObject({ counts: { 'in-doubt': 3, planned: 2 }, error: { code: 'MAIL_IN_DOUBT' } });
    expect(asked).toHaveLength(3);
  });

  test('what was being handed over when the process ended is in doubt at the next start; files are written again', async () => {
    const { mailer } = pretendMailer();
    const bench = await startOutbox(mailer, ['ada@x.test'], { sinks: { html: true, webhook: 'https://hook.test/' } });
    const { planDeliveries } = await import('../../../main/digest/outbox.ts');
    const rows = await planDeliveries(bench.deps, edition(), bench.options);
    await bench.store.editions.put(edition());
    await bench.store.deliveries.put(rows.map((row) => ({ ...row, state: 'sending' as const, attempts: 1 })));
    expect(await recoverDeliveries(bench.deps)).toBe(2);
    expect(statesOf(bench, 'edition-1')).toEqual({
      'ada@x.test': 'in-doubt',
      'HTML file': 'planned',
      'https://hook.test/': 'in-doubt',
    });
    expect(await recoverDeliveries(bench.deps)).toBe(0);
  });

  test('is ended by the owner: it arrived, or it is sent once more', async () => {
    const answers: MailOutcome[] = [DOUBT, DOUBT, { state: 'sent' }];
    const { mailer, to } = pretendMailer(() => answers.shift() ?? { state: 'sent' });
    const bench = await startOutbox(mailer, ['ada@x.test', 'bob@x.test']);
    await bench.send(edition());
    const [ada, bob] = bench.store.deliveries.ofEdition('edition-1');
    const { alerts } = bench;
    expect(await decideDelivery(bench.deps, ada?.id ?? '', 'arrived')).toMatchObject({
      state: 'sent',
      decidedAt: expect.any(String),
    });
    expect(alerts.list()).toHaveLength(1);
    await decideDelivery(bench.deps, bob?.id ?? '', 'send-again');
    expect(alerts.list()).toEqual([]);
    await bench.send(edition(), { isForced: true });
    expect(to()).toEqual(['ada@x.test', 'bob@x.test', 'bob@x.test']);
    await expect(decideDelivery(bench.deps, ada?.id ?? '', 'send-again')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(decideDelivery(bench.deps, 'nobody', 'arrived')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a test edition', () => {
  const isTest = edition(1, { content: { ...edition().content, isTest: true } });
  test('D-20: goes to its one address, or to nobody, and to no file', async () => {
    const { mailer, to } = pretendMailer();
    const sinks = { eml: true, html: true, feed: true, webhook: 'https://hook.test/' };
    const nobody = await startOutbox(mailer, PEOPLE, { testMode: true, sinks });
    expect(await nobody.send(isTest)).toEqual({ counts: {}, sent: 0 });
    const one = await startOutbox(mailer, PEOPLE, { testMode: true, testTo: 'me@x.test', sinks });
    expect(await one.send(isTest)).toEqual({ counts: { sent: 1 }, sent: 1 });
    expect(to()).toEqual(['me@x.test']);
  });
});

describe('other ways out', () => {
  test('D-23: an .eml file, an HTML file and a feed are written below the data folder, for this user only', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tidings-sinks-'));
    const { mailer, asked } = pretendMailer();
    const bench = await startOutbox(mailer, PEOPLE, { sinks: { mail: false, eml: true, html: true, feed: true } });
    const deps = { ...bench.deps, store: { ...bench.store, dir } };
    const { planDeliveries, sendPlanned } = await import('../../../main/digest/outbox.ts');
    await planDeliveries(deps, edition(), bench.options);
    const rendered = { subject: 'Morning paper', html: '<p>Hello</p>', text: 'Hello' };
    const result = await sendPlanned(deps, { edition: edition(), rendered, options: bench.options, now: bench.clock.now });
    expect(result).toEqual({ counts: { sent: 3 }, sent: 3 });
    expect(asked).toEqual([]);
    const folder = sinkFolder(dir, 'daily');
    const names = (await readdir(folder)).toSorted();
    expect(names.map((name) => name.replace(/-[0-9a-f]{6}/, ''))).toEqual([
      '2026-11-21-0001.eml',
      '2026-11-21-0001.html',
      'feed.xml',
    ]);
    const [eml = '', html = '', feed = ''] = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    expect(eml).toMatch(/^List-ID: [\s\S]*Subject: Morning paper\r\n[\s\S]*<p>Hello<\/p>/);
    expect(html).toBe('<p>Hello</p>');
    expect(feed).toContain('<feed xmlns="http://www.w3.org/2005/Atom"');
    expect((await stat(join(folder, 'feed.xml'))).mode & 0o077).toBe(0);
    await rm(dir, { recursive: true });
  });

  test.each<[string, () => Promise<{ status: number }>, string]>([
    ['taken', async () => ({ status: 204 }), 'sent'],
    ['refused', async () => ({ status: 404 }), 'rejected'],
    ['busy', async () => ({ status: 503 }), 'deferred'],
    ['never reached', () => Promise.reject(new AppError('CONN_REFUSED', 'Nobody is there.', { wasSent: false })), 'deferred'],
    ['without an answer', () => Promise.reject(new AppError('HEADER_TIMEOUT', 'No answer.', { wasSent: true })), 'in-doubt'],
    ['broken in a way nobody knows', () => Promise.reject(new Error('what')), 'in-doubt'],
  ])('a hook that is %s', async (_name, answer, state) => {
    const asked: PostRequest[] = [];
    const downloader = {
      post: async (request: PostRequest) => {
        asked.push(request);
        return { ...(await answer()), bytes: new Uint8Array(), ms: 1 };
      },
    };
    const bench = await startOutbox(
      pretendMailer().mailer,
      [],
      { sinks: { mail: false, webhook: 'https://hook.test/in' } },
      { downloader },
    );
    await bench.send(edition());
    const [row] = bench.store.deliveries.ofEdition('edition-1');
    expect(row?.state).toBe(state);
    expect(asked).toMatchObject([
      { url: 'https://hook.test/in', headers: { 'Idempotency-Key': row?.id, Authorization: 'Bearer pass word' } },
    ]);
    expect(JSON.parse(String(asked[0]?.body))).toMatchObject({
      edition: { id: 'edition-1' },
      subject: 'Morning paper, 3 posts',
      items: [],
    });
  });
});
