import { writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DigestOptionsInput, DigestTemplate } from '../../preload/contract/digest.ts';
import { type CliResult, jsonOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { askOver, directTransport, makeFolder, openTestCore, runThrough } from '../helpers/core-kit.ts';
import { type FeedServer, startFeedServer } from '../helpers/feed-server.ts';
import { hostileCase } from '../helpers/hostile-case.ts';
import { ACCOUNT } from '../helpers/smtp-outbox.ts';
import { type Accepted, startSmtp, type TestSmtp } from '../helpers/smtp-server.ts';
import { makeTestCertificates } from '../helpers/test-certificates.ts';

/*
 * The three use cases of a newsletter, from the feed to the mail that arrives: the command as a process of its own, a mail server
 * with TLS and a password on loopback, and the messages read as a mail program reads them.
 */

const PASSWORD = 'canary-7c1e-of-the-mail-server';
const PEOPLE = ['ada@x.test', 'bob@y.test', 'Cyd+news@z.test'];
const HOSTILE = '&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src="http://127.0.0.1:1/pixel.gif"&gt; &amp; more';
const ITEMS = 14;

const feed = (base: string): string => {
  const items = Array.from({ length: ITEMS }, (_, number) => {
    const date = new Date(Date.now() - (number + 1) * 60 * 60_000).toUTCString();
    const title = number === 0 ? `Story 0 ${HOSTILE} \r\nBcc: evil@x.test` : `Story ${number}`;
    const link = number === 1 ? 'javascript:alert(1)' : `${base}/story/${number}`;
    return `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">story-${number}</guid><pubDate>${date}</pubDate><description>About story ${number}. ${HOSTILE}</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title><link>${base}/</link>${items.join('')}</channel></rss>`;
};

let folder: Awaited<ReturnType<typeof makeFolder>>;
let web: FeedServer;
let smtp: TestSmtp;
let env: Record<string, string>;
const digests: Record<string, string> = {};
let data = '';

const addDigest = async (
  templates: readonly DigestTemplate[],
  id: string,
  transport: ReturnType<typeof directTransport>,
  options: DigestOptionsInput,
): Promise<void> => {
  const template = templates.find((each) => each.id === id) as DigestTemplate;
  const schedule = await askOver(transport, 'schedules.add', {
    ...template.schedule,
    options: { ...template.schedule.options, ...options },
  });
  digests[id] = schedule.id;
  await askOver(transport, 'recipients.import', { scheduleId: schedule.id, text: PEOPLE.join('\n') });
};

beforeAll(async () => {
  folder = await makeFolder();
  data = join(folder.dir, 'data');
  const certificates = makeTestCertificates();
  writeFileSync(join(folder.dir, 'ca.pem'), certificates.ca);
  writeFileSync(join(folder.dir, 'password'), `${PASSWORD}\n`, { mode: 0o600 });
  env = { NODE_EXTRA_CA_CERTS: join(folder.dir, 'ca.pem'), TIDINGS_SMTP_PASSWORD_FILE: join(folder.dir, 'password') };
  smtp = await startSmtp({ tls: certificates.good, users: { ada: PASSWORD } });
  web = await startFeedServer((_request, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    response.end(feed('https://paper.example'));
  });
  const core = await openTestCore(data);
  await core.start();
  const transport = directTransport(core);
  const given = { kind: 'feed', feedUrl: `http://127.0.0.1:${web.port}/feed`, allowLocalNetwork: true } as const;
  const source = await askOver(transport, 'sources.add', given);
  await runThrough(transport, 'sources.fetch', { ids: [source.id] });
  for (const row of await askOver(transport, 'sources.list', {}))
    if (row.source.kind !== 'feed') await askOver(transport, 'sources.update', { id: row.source.id, patch: { paused: true } });
  await askOver(transport, 'settings.update', {
    patch: { mail: { ...ACCOUNT, port: smtp.port, unsubscribe: 'leave@sender.test' } },
  });
  const templates = await askOver(transport, 'digests.templates', {});
  const actions: DigestOptionsInput = { actions: ['generate', 'send'], maxPerDomain: null };
  await addDigest(templates, 'daily', transport, actions);
  await addDigest(templates, 'weekly', transport, { ...actions, sinks: { mail: true, eml: true, html: true, feed: true } });
  await addDigest(templates, 'test', transport, { ...actions, testTo: 'me@x.test' });
  await core.stop();
});
afterAll(async () => {
  await Promise.all([smtp.close(), web.close()]);
  await folder.remove();
});

const tidings = (...args: string[]): Promise<CliResult> => resultOf(startCli([...args, '--data', data], env));
/** Sends a digest by the command, and answers what arrived by it. */
const send = async (
  id: string,
  ...more: string[]
): Promise<{ run: { status: string; counts: Record<string, number> }; mails: { email: Email; accepted: Accepted }[] }> => {
  const before = smtp.accepted.length;
  const run = jsonOf<{ status: string; counts: Record<string, number> }>(
    await tidings('digest', 'send', digests[id] ?? '', ...more, '--json'),
  );
  const accepted = smtp.accepted.slice(before);
  return {
    run,
    mails: await Promise.all(accepted.map(async (each) => ({ email: await PostalMime.parse(each.raw), accepted: each }))),
  };
};
const storiesIn = (text: string): number[] => [
  ...new Set([...text.matchAll(/\bStory (\d+)/g)].map(([, number]) => Number(number))),
];

/** What every message has to be, whatever is in it. */
const judge = ({ email, accepted }: { email: Email; accepted: Accepted }): void => {
  const header = (name: string): string[] => email.headers.filter(({ key }) => key === name).map(({ value }) => value);
  expect(accepted.to).toHaveLength(1);
  expect(accepted.user).toBe('ada');
  expect(email.from).toMatchObject({ address: ACCOUNT.from, name: ACCOUNT.fromName });
  expect(email.to?.map((one) => 'address' in one && one.address)).toEqual(accepted.to);
  expect([header('cc'), header('bcc')]).toEqual([[], []]);
  expect(header('list-unsubscribe')[0]).toMatch(/^<mailto:leave@sender\.test\?subject=/);
  expect(header('auto-submitted')).toEqual(['auto-generated']);
  expect(email.text?.length).toBeGreaterThan(100);
  expect(email.html).not.toMatch(/<script|<iframe|<form|javascript:|<link\b/i);
  expect(email.html).not.toMatch(/\b(?:src|background)\s*=\s*["']?https?:|url\(\s*["']?https?:/i);
  const links = [...(email.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(link).toMatch(/^(?:https?:\/\/|mailto:leave@sender\.test)/);
  expect(accepted.raw).not.toContain(PASSWORD);
};

describe('from the feed to the mail that arrives', () => {
  test('D-18 Daily AI digest: the ten newest of the last day, to each person a message of their own, once', async () => {
    const { run, mails } = await send('daily');
    expect(run).toMatchObject({ status: 'completed', counts: { sent: 3, rejected: 0, deferred: 0, in_doubt: 0 } });
    expect(mails.map(({ accepted }) => accepted.to[0])).toEqual(
      expect.arrayContaining(['ada@x.test', 'bob@y.test', 'Cyd+news@z.test']),
    );
    for (const mail of mails) judge(mail);
    const [first] = mails;
    expect(storiesIn(first?.email.text ?? '')).toHaveLength(10);
    expect(Math.max(...storiesIn(first?.email.text ?? ''))).toBeLessThan(12);
    expect(new Set(mails.map(({ email }) => email.messageId)).size).toBe(3);
    expect(new Set(mails.map(({ email }) => email.html)).size).toBe(1);
    expect((await send('daily')).mails).toEqual([]);
  });

  test('D-19 Weekly roundup: the posts of the week, as mail, .eml, HTML and feed', async () => {
    const { run, mails } = await send('weekly');
    expect(run).toMatchObject({ status: 'completed', counts: { sent: 6 } });
    for (const mail of mails) judge(mail);
    expect(storiesIn(mails[0]?.email.text ?? '')).toHaveLength(12);
    const place = join(data, 'digests', digests.weekly ?? '');
    const files = (await readdir(place)).toSorted();
    expect(files).toEqual([expect.stringMatching(/\.eml$/), expect.stringMatching(/\.html$/), 'feed.xml']);
    const eml = await PostalMime.parse(await readFile(join(place, files[0] ?? '')));
    expect(eml.html).toBe(mails[0]?.email.html);
    expect((await readFile(join(place, files[1] ?? ''), 'utf8')).trim()).toBe(mails[0]?.email.html?.trim());
  });

  test('D-20 Test newsletter: marked as a test, to its one address, and its posts are still new afterwards', async () => {
    const { run, mails } = await send('test');
    expect(run.status).toBe('completed');
    expect(mails.map(({ accepted }) => accepted.to)).toEqual([['me@x.test']]);
    for (const mail of mails) judge(mail);
    expect(mails[0]?.email.subject).toMatch(/test/i);
    const again = await send('test');
    expect(storiesIn(again.mails[0]?.email.text ?? '')).toEqual(storiesIn(mails[0]?.email.text ?? ''));
    expect(again.mails[0]?.email.messageId).not.toBe(mails[0]?.email.messageId);
  });

  hostileCase(184, 'what hostile posts say is text in the mail: no script, no remote image, http links only', async () => {
    const [{ raw } = { raw: '' }] = smtp.accepted;
    const email = await PostalMime.parse(raw);
    expect(email.text).toContain('Story 0');
    expect(email.html).not.toMatch(/<script|pixel\.gif["']|javascript:/i);
    expect(email.headers.filter(({ key }) => key === 'bcc')).toEqual([]);
    return 'OK';
  });

  hostileCase(173, 'a wrong password ends the run with a code, and stands in no file and no output', async () => {
    const wrong = 'canary-9d44-that-is-wrong';
    writeFileSync(join(folder.dir, 'password'), wrong, { mode: 0o600 });
    const before = smtp.logins.length;
    const core = await openTestCore(data);
    await core.start();
    const { id } = await askOver(directTransport(core), 'schedules.add', {
      name: 'Locked out',
      jobKind: 'send-digest',
      trigger: { type: 'daily', time: '08:00' },
      options: { actions: ['generate', 'send'] },
    });
    await askOver(directTransport(core), 'recipients.import', { scheduleId: id, text: PEOPLE.join('\n') });
    await core.stop();
    const ended = await tidings('digest', 'send', id, '--json');
    const doctor = await tidings('doctor');
    writeFileSync(join(folder.dir, 'password'), PASSWORD, { mode: 0o600 });
    expect(ended.code).toBe(1);
    const run = JSON.parse(ended.out) as { errorCode: string; errorMessage: string };
    expect(run.errorMessage).toContain('did not accept');
    // Once for the three of them, and once for the look of the doctor.
    expect(smtp.logins.slice(before)).toHaveLength(2);
    expect(doctor.out).toContain('mend  Mail: The mail server did not accept the user name and the password');
    expect([ended.out, ended.err, doctor.out, doctor.err].join('')).not.toMatch(/canary/);
    const files = (await readdir(data, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(10);
    for (const { parentPath, name } of files)
      expect((await readFile(join(parentPath, name))).includes('canary'), name).toBe(false);
    return run.errorCode;
  });
});
