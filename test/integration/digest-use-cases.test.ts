import PostalMime, { type Email } from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../main/core.ts';
import { createMailer } from '../../main/digest/mailer.ts';
import type { DigestOptionsInput, DigestTemplate } from '../../preload/contract/digest.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore } from '../helpers/core-kit.ts';
import { createFakeClock, type FakeClock } from '../helpers/fake-clock.ts';
import { type FeedServer, startFeedServer } from '../helpers/feed-server.ts';
import { ACCOUNT } from '../helpers/smtp-outbox.ts';
import { smtpError, startSmtp, type TestSmtp } from '../helpers/smtp-server.ts';
import { makeTestCertificates, type TestCertificates } from '../helpers/test-certificates.ts';

/*
 * The use cases by the clock: the timer starts the run at its time, the sources are asked over HTTP, the mail goes to a real server,
 * and what arrived is read as a mail program reads it.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The scheduler looks at the clock at least every 30 s. */
const HEARTBEAT = 31_000;
const PEOPLE = ['ada@x.test', 'bob@y.test', 'cyd@z.test'];

type Item = { title: string; hoursAgo: number };
let clock: FakeClock;
let folder: Awaited<ReturnType<typeof makeFolder>>;
let core: Core;
let web: FeedServer;
let smtp: TestSmtp;
let certificates: TestCertificates;
let items: Record<string, Item[]>;
let onRecipient: (address: string) => void;

const rssOf = (host: string): string => {
  const rows = (items[host] ?? []).map(({ title, hoursAgo }) => {
    const date = new Date(clock.now() - hoursAgo * HOUR).toUTCString();
    const name = title.replaceAll(' ', '-');
    return `<item><title>${title}</title><link>https://${name}.example/story</link><guid>${name}</guid><pubDate>${date}</pubDate><description>About ${title}.</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${host}</title><link>https://${host}/</link>${rows.join('')}</channel></rss>`;
};

beforeAll(async () => {
  certificates = makeTestCertificates();
  smtp = await startSmtp({ tls: certificates.good, onRecipient: (address) => onRecipient(address) });
  web = await startFeedServer(({ host, path }, response) => {
    if (path.endsWith('topstories.json')) return void response.setHeader('content-type', 'application/json').end('[7]');
    if (path.endsWith('/item/7.json')) {
      const story = {
        id: 7,
        type: 'story',
        by: 'ada',
        title: 'A story of many points',
        url: 'https://points.example/',
        score: 320,
        descendants: 41,
      };
      return void response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ ...story, time: Math.floor((clock.now() - 2 * HOUR) / 1000) }));
    }
    response.setHeader('content-type', 'application/rss+xml');
    response.end(rssOf(host));
  });
});
afterAll(() => Promise.all([smtp.close(), web.close()]));

const openAt = async (instant: string): Promise<void> => {
  clock = createFakeClock(instant);
  core = await openTestCore(folder.dir, {
    clock,
    withSchedule: true,
    resolve: web.resolve,
    hackerNewsApi: web.url('hn.test', '/v0'),
    mailer: createMailer({ ca: certificates.ca }),
  });
  for (const { schedule } of await over('schedules.list', {}))
    await over('schedules.update', { id: schedule.id, patch: { enabled: false } });
  await over('settings.update', { patch: { mail: { ...ACCOUNT, host: '127.0.0.1', port: smtp.port, user: '' } } });
  await core.start();
};
const over: <Name extends Parameters<typeof askOver>[1]>(
  method: Name,
  params: Parameters<typeof askOver<Name>>[2],
) => ReturnType<typeof askOver<Name>> = (method, params) => askOver(directTransport(core), method, params);

beforeEach(async () => {
  folder = await makeFolder();
  onRecipient = () => {};
  items = {};
  smtp.accepted.length = 0;
  web.seen.length = 0;
});
afterEach(async () => {
  await core.stop();
  await folder.remove();
});

const addFeed = (host: string, path = '/feed.xml') => over('sources.add', { kind: 'feed', feedUrl: web.url(host, path) });
const addTemplate = async (id: string, options: DigestOptionsInput = {}): Promise<Schedule> => {
  const templates = await over('digests.templates', {});
  const { schedule } = templates.find((each) => each.id === id) as DigestTemplate;
  const added = await over('schedules.add', { ...schedule, options: { ...schedule.options, ...options } });
  await over('recipients.import', { scheduleId: added.id, text: PEOPLE.join('\n') });
  return added;
};
const isOver = ({ status }: Run): boolean => status !== 'queued' && status !== 'running';
/** The next run of a digest that ends; time passes until it begins. */
const nextRun = async (scheduleId: string, passMs: number): Promise<Run> => {
  const ended = announced(directTransport(core), 'runs.changed', ({ run }) => run.scheduleId === scheduleId && isOver(run));
  await clock.pass(passMs);
  return (await ended).run;
};
/** Settles when the schedule has noted its next try. */
const retryNoted = async (id: string, number: number): Promise<void> => {
  for (;;) {
    const changed = announced(directTransport(core), 'schedules.changed');
    if ((await over('digests.get', { id })).row.schedule.retry?.number === number) return;
    await changed;
  }
};
const mails = (): Promise<Email[]> => Promise.all(smtp.accepted.map(({ raw }) => PostalMime.parse(raw)));
const runsOf = async (scheduleId: string): Promise<Run[]> => (await over('runs.list', { scheduleId })).rows;

describe('the use cases by the clock', () => {
  test('D-18 D-12 D-24 D-26 Daily AI digest: at 08:00 in New York ten of the best of the last day, from feeds, Reddit and Hacker News', async () => {
    await openAt('2026-11-22T12:59:40.000Z');
    items = {
      'paper.test': Array.from({ length: 9 }, (_, at) => ({ title: `Paper ${at}`, hoursAgo: at + 1 })),
      'www.reddit.com': Array.from({ length: 4 }, (_, at) => ({ title: `Reddit ${at}`, hoursAgo: at * 2 + 1 })),
      'old.test': Array.from({ length: 6 }, (_, at) => ({ title: `Old ${at}`, hoursAgo: at + 25 })),
    };
    await addFeed('paper.test');
    await addFeed('www.reddit.com', '/r/MachineLearning/.rss');
    await addFeed('old.test');
    const digest = await addTemplate('daily');
    expect(digest.nextDueAt).toBe('2026-11-22T13:00:00.000Z');
    const run = await nextRun(digest.id, HEARTBEAT);

    expect(run).toMatchObject({ status: 'completed', cause: 'schedule', scheduledFor: '2026-11-22T13:00:00.000Z' });
    const [edition] = (await over('digests.editions', { scheduleId: digest.id })).rows;
    expect((run as { steps: unknown[] }).steps).toMatchObject([
      { name: 'Scrape', counts: { items_scraped: 20, sources: 4 }, result: '20 new posts from 4 sources.' },
      { name: 'Generate', counts: { items_used: 10 }, editionId: edition?.id },
      { name: 'Send', counts: { sent: 3, rejected: 0, deferred: 0, in_doubt: 0 }, result: 'Sent once, to 3 of 3.' },
    ]);
    const { content } = await over('digests.edition', { id: edition?.id ?? '' });
    expect(content.items).toHaveLength(10);
    expect(content.items.map(({ title }) => title)).toContain('A story of many points');
    expect(content.items.filter(({ title }) => title.startsWith('Reddit')).length).toBeGreaterThan(0);
    for (const item of content.items) expect(clock.now() - Date.parse(item.publishedAt ?? '')).toBeLessThan(DAY);
    expect(content).toMatchObject({ number: 1, more: 4, timeZone: 'America/New_York' });

    const received = await mails();
    expect(smtp.accepted.map(({ to }) => to)).toEqual(PEOPLE.map((one) => [one]));
    for (const mail of received) {
      expect(mail.subject).toContain('Daily AI digest');
      for (const { title } of content.items) {
        expect(mail.text).toContain(title);
        expect(mail.html).toContain(title);
      }
      expect(mail.text).not.toContain('Old 0');
    }
    expect(web.seen.filter(({ host }) => host === 'www.reddit.com')).toHaveLength(1);
  });

  test('D-19 Weekly roundup: Mondays at 10:00 UTC only, with the posts of the week', async () => {
    await openAt('2026-11-22T09:59:40.000Z');
    items = { 'paper.test': Array.from({ length: 30 }, (_, at) => ({ title: `Week ${at}`, hoursAgo: at * 5 + 26 })) };
    await addFeed('paper.test');
    const digest = await addTemplate('weekly', { maxPerDomain: null });
    await clock.pass(MINUTE);
    expect(await runsOf(digest.id)).toEqual([]);
    clock.sleep(DAY - MINUTE / 2);
    const run = await nextRun(digest.id, HEARTBEAT);
    expect(run).toMatchObject({ status: 'completed', scheduledFor: '2026-11-23T10:00:00.000Z', counts: { sent: 3 } });
    const [mail] = await mails();
    expect(mail?.subject).toContain('Weekly roundup');
    expect(mail?.text).toContain('Week 0');
    clock.sleep(DAY);
    await clock.pass(MINUTE);
    expect(await runsOf(digest.id)).toHaveLength(1);
    expect((await over('digests.get', { id: digest.id })).row.schedule.nextDueAt).toBe('2026-11-30T10:00:00.000Z');
  });

  test('D-20 Test newsletter: by hand, marked, to one address; without one to nobody; its posts are new afterwards', async () => {
    await openAt('2026-11-22T12:00:00.000Z');
    items = { 'paper.test': [{ title: 'The only news', hoursAgo: 1 }] };
    const source = await addFeed('paper.test');
    const fetched = announced(directTransport(core), 'runs.changed', ({ run }) => run.jobKind === 'fetch-feeds' && isOver(run));
    await over('sources.fetch', { ids: [source.id] });
    await fetched;
    const digest = await addTemplate('test');
    const end = () => announced(directTransport(core), 'runs.changed', ({ run }) => run.scheduleId === digest.id && isOver(run));
    let ended = end();
    await over('runs.start', { scheduleId: digest.id });
    expect((await ended).run).toMatchObject({ status: 'completed', counts: { sent: 0 } });
    expect(smtp.accepted).toEqual([]);
    ended = end();
    await over('digests.sendTest', { scheduleId: digest.id, to: 'me@x.test' });
    await ended;
    expect(smtp.accepted.map(({ to }) => to)).toEqual([['me@x.test']]);
    const [mail] = await mails();
    expect(mail?.subject).toMatch(/TEST/);
    expect(mail?.text).toContain('The only news');
    await over('schedules.update', { id: digest.id, patch: { options: { actions: ['generate', 'send'] } } });
    ended = end();
    await over('runs.start', { scheduleId: digest.id });
    expect((await ended).run).toMatchObject({ status: 'completed', counts: { sent: 3, items_used: 1 } });
  });
});

describe('when something goes wrong', () => {
  test('D-21 a server that says 451 twice and then takes it gets one mail, by the retries of the schedule and with the same edition', async () => {
    await openAt('2026-11-22T12:59:40.000Z');
    items = { 'paper.test': [{ title: 'Put off', hoursAgo: 1 }] };
    await addFeed('paper.test');
    const digest = await addTemplate('daily');
    const [, bob, cyd] = await over('recipients.list', { scheduleId: digest.id });
    for (const one of [bob, cyd]) await over('recipients.remove', { id: one?.id ?? '' });
    let asked = 0;
    onRecipient = () => {
      asked += 1;
      if (asked < 3) throw smtpError(451, '4.3.0 Later, please');
    };
    const first = await nextRun(digest.id, HEARTBEAT);
    expect(first).toMatchObject({ status: 'failed', errorCode: 'MAIL_RCPT_REJECTED' });
    expect((await over('digests.get', { id: digest.id })).badge).toBe('failed');
    await retryNoted(digest.id, 2);
    const second = await nextRun(digest.id, 5 * MINUTE + HEARTBEAT);
    expect(second).toMatchObject({ status: 'failed', attempt: { number: 2 } });
    await retryNoted(digest.id, 3);
    const third = await nextRun(digest.id, 10 * MINUTE + HEARTBEAT);
    expect(third).toMatchObject({ status: 'completed', attempt: { number: 3 }, counts: { sent: 1 } });
    expect(smtp.accepted).toHaveLength(1);
    const editions = (await over('digests.editions', { scheduleId: digest.id })).rows;
    expect(editions).toMatchObject([{ number: 1, runId: first.id, deliveries: { sent: 1 } }]);
    expect((await over('digests.get', { id: digest.id })).badge).toBe('active');
  });

  test('D-22 a computer that slept thirteen hours past its time asks first, and the answer makes one edition of that day', async () => {
    await openAt('2026-11-22T12:00:00.000Z');
    items = { 'paper.test': [{ title: 'Yesterday', hoursAgo: 1 }] };
    await addFeed('paper.test');
    const digest = await addTemplate('daily', { daysBack: 2 });
    clock.sleep(14 * HOUR + 5 * MINUTE);
    await nextRun(digest.id, HEARTBEAT);
    const [missed] = await runsOf(digest.id);
    expect(missed).toMatchObject({ status: 'missed' });
    expect((await over('digests.get', { id: digest.id })).row.schedule.asked).toMatchObject({ to: '2026-11-22T13:00:00.000Z' });
    expect(smtp.accepted).toEqual([]);
    const ended = announced(directTransport(core), 'runs.changed', ({ run }) => run.cause === 'catch-up' && isOver(run));
    await over('schedules.answerMissed', { id: digest.id, run: true });
    expect((await ended).run).toMatchObject({ status: 'completed', counts: { sent: 3 } });
    const [edition] = (await over('digests.editions', { scheduleId: digest.id })).rows;
    expect(edition).toMatchObject({ at: '2026-11-22T13:00:00.000Z', number: 1 });
  });
});
