import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkMail, type MailCheckDeps } from '../../../main/digest/mail-check.ts';
import type { AskTexts } from '../../../main/digest/mail-check-sender.ts';
import type { MailCheck } from '../../../preload/contract/mail.ts';
import { ACCOUNT } from '../../helpers/smtp-outbox.ts';
import { startSmtp, type TestSmtp, type TestSmtpOptions } from '../../helpers/smtp-server.ts';
import { makeTestCertificates, type TestCertificates } from '../../helpers/test-certificates.ts';

const PATIENT = { connectMs: 8000, greetingMs: 8000, silenceMs: 8000, setUpMs: 12_000, totalMs: 20_000 };
let certificates: TestCertificates;
let server: TestSmtp | undefined;
beforeAll(() => {
  certificates = makeTestCertificates();
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const start = async (options: Partial<TestSmtpOptions> = {}): Promise<number> => {
  server = await startSmtp({ tls: certificates.good, users: { ada: 'pass word' }, ...options });
  return server.port;
};
const texts =
  (zone: Record<string, string[] | string>): AskTexts =>
  async (name) => {
    const found = zone[name] ?? 'ENOTFOUND';
    if (typeof found === 'string') throw Object.assign(new Error(found), { code: found });
    return found;
  };
const check = (port: number, more: Partial<MailCheckDeps> = {}, account: Partial<typeof ACCOUNT> = {}): Promise<MailCheck[]> =>
  checkMail({
    account: { ...ACCOUNT, port, ...account },
    password: async () => 'pass word',
    ca: certificates.ca,
    limits: PATIENT,
    askTexts: texts({}),
    ...more,
  });
const states = (checks: readonly MailCheck[]): Record<string, string> =>
  Object.fromEntries(checks.map(({ id, state }) => [id, state]));

describe('a look at whether mail will arrive', () => {
  test('says that nothing is set up, and asks nobody', async () => {
    const found = await checkMail({ account: null, password: () => Promise.reject(new Error('asked')) });
    expect(found).toMatchObject([{ id: 'account', state: 'fail', hint: expect.any(String) }]);
  });

  test.each(['starttls', 'tls'] as const)('finds server, TLS and password well over %s, and sends nothing', async (security) => {
    const port = await start({ secure: security === 'tls' });
    const found = await check(port, {}, { security });
    // The test authority's certificates are good for two days.
    expect(states(found)).toEqual({ from: 'ok', server: 'ok', tls: 'warn', login: 'ok', sender: 'skipped' });
    expect(found.find(({ id }) => id === 'tls')?.text).toMatch(/^TLSv1\.[23]; the certificate is good for \d more days?\.$/);
    expect(server?.accepted).toEqual([]);
  });

  test('says what is wrong, with what can be done about it', async () => {
    const port = await start({ users: { ada: 'another' } });
    expect(states(await check(port))).toMatchObject({ server: 'ok', login: 'fail' });
    expect(states(await check(port, { password: async () => undefined }))).toMatchObject({ server: 'ok', login: 'fail' });
    expect(states(await check(port, { ca: undefined }))).toMatchObject({ server: 'ok', tls: 'fail', login: 'skipped' });
    expect(states(await check(port, {}, { user: '' }))).toMatchObject({ login: 'skipped' });
    expect(states(await check(port, {}, { from: 'nobody' }))).toMatchObject({ from: 'fail' });
    await server?.close();
    const gone = await check(port);
    server = undefined;
    expect(states(gone)).toMatchObject({ server: 'fail', tls: 'skipped', login: 'skipped' });
    for (const one of gone) expect(one.text).toMatch(/\.$/);
    expect(JSON.stringify(gone)).not.toContain('pass word');
  });

  test.each<[string, Record<string, string[] | string>, Record<string, string>]>([
    [
      'all is said',
      {
        'paper.org': ['google-site=1', 'v=spf1 include:_spf.mail.org -all'],
        '_domainkey.paper.org': 'ENODATA',
        '_dmarc.paper.org': ['v=DMARC1; p=reject'],
      },
      { spf: 'ok', dkim: 'ok', dmarc: 'ok' },
    ],
    ['nothing is said', { 'paper.org': 'ENODATA' }, { spf: 'warn', dkim: 'warn', dmarc: 'warn' }],
    [
      'too much is said',
      { 'paper.org': ['v=spf1 -all', 'v=spf1 mx -all'], '_domainkey.paper.org': 'ESERVFAIL', '_dmarc.paper.org': 'ETIMEOUT' },
      { spf: 'warn', dkim: 'skipped', dmarc: 'skipped' },
    ],
    ['everybody may send', { 'paper.org': ['v=spf1 +all'] }, { spf: 'warn', dkim: 'warn', dmarc: 'warn' }],
  ])('reads what the domain of the sender tells receivers, where %s', async (_name, zone, wanted) => {
    const found = await check(await start(), { askTexts: texts(zone) }, { from: 'daily@Paper.org' });
    expect(states(found)).toMatchObject(wanted);
    for (const { state, hint } of found) if (state === 'warn') expect(hint).toMatch(/\.$/);
  });
});
