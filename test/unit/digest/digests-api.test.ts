import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core, CoreDeps } from '../../../main/core.ts';
import type { DigestOptionsInput, DigestRow, EditionRow } from '../../../preload/contract/digest.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import type { Run } from '../../../preload/contract/run.ts';
import type { NewSchedule, Schedule } from '../../../preload/contract/schedule.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore, runThrough } from '../../helpers/core-kit.ts';
import { createFakeClock, type FakeClock, settle } from '../../helpers/fake-clock.ts';
import { type SmallWeb, startSmallWeb } from '../../helpers/small-web.ts';
import { ACCOUNT, pretendMailer } from '../../helpers/smtp-outbox.ts';

const DAY = 86_400_000;
let folder: Awaited<ReturnType<typeof makeFolder>>;
let core: Core;
let clock: FakeClock;
let web: SmallWeb;
let mail: ReturnType<typeof pretendMailer>;
const over = (): ReturnType<typeof directTransport> => directTransport(core);

const open = async (dir = folder.dir, more: Partial<CoreDeps> = {}): Promise<Core> =>
  openTestCore(dir, { clock, mailer: mail.mailer, hackerNewsApi: web.hackerNewsApi, ...more });

beforeEach(async () => {
  folder = await makeFolder();
  clock = createFakeClock('2026-11-21T09:00:00.000Z');
  mail = pretendMailer();
  web = await startSmallWeb();
  core = await open();
});
afterEach(async () => {
  await core.stop();
  await web.close();
  await folder.remove();
});

const addDigest = (options: DigestOptionsInput = {}, more: Partial<NewSchedule> = {}): Promise<Schedule> =>
  askOver(over(), 'schedules.add', {
    name: 'Morning paper',
    jobKind: 'send-digest',
    options,
    trigger: { type: 'daily', time: '08:00' },
    timeZone: 'America/New_York',
    ...more,
  });
const addFeed = () => askOver(over(), 'sources.add', { kind: 'feed', feedUrl: web.feedUrl, allowLocalNetwork: true });
const fetchFeed = async (): Promise<void> => {
  const source = await addFeed();
  await runThrough(over(), 'sources.fetch', { ids: [source.id] });
};
const addPeople = (scheduleId: string, ...addresses: string[]) =>
  askOver(over(), 'recipients.import', { scheduleId, text: addresses.join('\n') });
const start = (scheduleId: string, options?: Record<string, unknown>): Promise<Run> =>
  runThrough(over(), 'runs.start', { scheduleId, ...(options ? { options } : {}) });
/** The timer runs; of the schedules of a first start none is on. */
const startWithTimer = async (): Promise<void> => {
  for (const { schedule } of await askOver(over(), 'schedules.list', {}))
    await askOver(over(), 'schedules.update', { id: schedule.id, patch: { enabled: false } });
  await core.stop();
  core = await open(folder.dir, { withSchedule: true });
  await core.start();
};
const get = (id: string): Promise<DigestRow> => askOver(over(), 'digests.get', { id });
const editionsOf = async (scheduleId: string): Promise<EditionRow[]> =>
  (await askOver(over(), 'digests.editions', { scheduleId })).rows;
const errorOf = async (work: Promise<unknown>): Promise<AppError> => {
  try {
    await work;
  } catch (error) {
    return error as AppError;
  }
  throw new Error('It was let through');
};

describe('a digest is a schedule', () => {
  test('D-1 added, it is listed with its next time, its options and what is missing for them filled in', async () => {
    const schedule = await addDigest({ maxItems: 7 });
    const [row] = await askOver(over(), 'digests.list', {});
    expect(row).toMatchObject({
      row: { schedule: { id: schedule.id, nextDueAt: '2026-11-21T13:00:00.000Z' }, words: 'Every day at 08:00' },
      options: { maxItems: 7, actions: ['scrape', 'generate', 'send'], tone: 'professional' },
      badge: 'active',
      nextNumber: 1,
      recipients: { active: 0, suspended: 0, unsubscribed: 0 },
    });
    expect(row?.row.next).toHaveLength(5);
    expect(schedule).toMatchObject({ missed: 'ask', retries: 4, timeoutMinutes: 60 });
  });

  test.each<NewSchedule['trigger']>([
    { type: 'daily', time: '08:00' },
    { type: 'weekly', days: ['mon', 'thu'], time: '10:00' },
    { type: 'monthly', day: 31, time: '07:30' },
    { type: 'cron', expression: '30 7 * * 1-5' },
    { type: 'interval', minutes: 720 },
  ])('D-2 a digest with the rule %j goes through JSON and a restart as it is', async (trigger) => {
    const { id } = await addDigest({}, { trigger });
    expect(JSON.parse(JSON.stringify(await get(id))).row.schedule.trigger).toEqual(trigger);
    await core.stop();
    core = await open();
    expect((await get(id)).row.schedule.trigger).toEqual(trigger);
  });

  test('D-3 08:00 in New York is 13:00 UTC before the clocks go forward, and 12:00 from that day on', async () => {
    clock.set('2026-03-06T20:00:00.000Z');
    const { id } = await addDigest();
    expect((await get(id)).row.next.slice(0, 3)).toEqual([
      '2026-03-07T13:00:00.000Z',
      '2026-03-08T12:00:00.000Z',
      '2026-03-09T12:00:00.000Z',
    ]);
  });

  test('D-4 moved from 08:00 to 09:00 it is due one hour later at once', async () => {
    const { id } = await addDigest();
    await askOver(over(), 'schedules.update', { id, patch: { trigger: { type: 'daily', time: '09:00' } } });
    expect((await get(id)).row.schedule.nextDueAt).toBe('2026-11-21T14:00:00.000Z');
  });

  test('D-17 a bad rule, zone, address or bound is refused with its field, and nothing is saved', async () => {
    const trigger = { type: 'cron', expression: '99 * * * *' } as const;
    expect(await errorOf(addDigest({}, { trigger }))).toMatchObject({
      code: 'SCHED_INVALID',
      message: expect.stringContaining('minute'),
    });
    expect(await errorOf(addDigest({}, { timeZone: 'Mars/Olympus' }))).toMatchObject({ code: 'SCHED_INVALID' });
    const email = await errorOf(addDigest({ testTo: 'me@x.test\r\nBcc: all@x.test' }));
    expect(email).toMatchObject({ code: 'USAGE', details: { field: 'options.testTo' } });
    const bound = await errorOf(addDigest({ maxItems: 0 }));
    expect(bound).toMatchObject({ code: 'USAGE', details: { field: 'options.maxItems' } });
    expect(await askOver(over(), 'digests.list', {})).toEqual([]);
    const { id } = await addDigest();
    const to = await errorOf(askOver(over(), 'digests.sendTest', { scheduleId: id, to: 'nobody' }));
    expect(to).toMatchObject({ code: 'MAIL_INPUT', details: { field: 'to' } });
  });

  test('D-18 D-19 digests to begin with are offered and can be saved as they are; nothing is there before', async () => {
    const templates = await askOver(over(), 'digests.templates', {});
    expect(await askOver(over(), 'digests.list', {})).toEqual([]);
    expect(templates.map(({ title }) => title)).toEqual(['Daily AI digest', 'Weekly roundup', 'Test newsletter']);
    for (const { schedule } of templates) await askOver(over(), 'schedules.add', schedule);
    const [daily, weekly, test] = await askOver(over(), 'digests.list', {});
    expect(daily).toMatchObject({ options: { maxItems: 10, daysBack: 1 }, row: { schedule: { timeZone: 'America/New_York' } } });
    expect(daily?.row.next[0]).toBe('2026-11-21T13:00:00.000Z');
    expect(weekly).toMatchObject({ options: { maxItems: 20, daysBack: 7 }, row: { words: 'Mondays at 10:00' } });
    expect(weekly?.row.next.map((due) => [new Date(due).getUTCDay(), due.slice(11, 16)])).toEqual(Array(5).fill([1, '10:00']));
    expect(test).toMatchObject({ badge: 'disabled', options: { testMode: true } });
  });
});

describe('how it stands', () => {
  test('D-7 active, paused, switched off; and failed when the last run did, while it goes on', async () => {
    const { id } = await addDigest({ actions: ['generate', 'send'] });
    expect((await get(id)).badge).toBe('active');
    await askOver(over(), 'schedules.pause', { id });
    expect((await get(id)).badge).toBe('paused');
    await askOver(over(), 'schedules.resume', { id });
    await askOver(over(), 'schedules.update', { id, patch: { enabled: false } });
    expect((await get(id)).badge).toBe('disabled');
    await askOver(over(), 'schedules.update', { id, patch: { enabled: true } });
    await fetchFeed();
    await addPeople(id, 'ada@x.test');
    const failed = await start(id);
    expect(failed).toMatchObject({ status: 'failed', errorCode: 'MAIL_INPUT' });
    const row = await get(id);
    expect(row.badge).toBe('failed');
    expect(row.row.schedule.nextDueAt).toBe('2026-11-21T13:00:00.000Z');
    await askOver(over(), 'settings.update', { patch: { mail: ACCOUNT } });
    expect(await start(id)).toMatchObject({ status: 'completed', counts: { sent: 1 } });
    expect((await get(id)).badge).toBe('active');
  });

  test('D-8 D-14 three good runs and a bad one: 4, 3, 1, 75 %, and how long the good ones took', async () => {
    await askOver(over(), 'settings.update', { patch: { mail: ACCOUNT } });
    const { id } = await addDigest({ actions: ['generate', 'send'] });
    await fetchFeed();
    expect((await get(id)).stats).toEqual({ runs: 0, completed: 0, failed: 0 });
    const outcomes = ['sent', 'sent', 'sent', 'deferred'] as const;
    for (const [day, state] of outcomes.entries()) {
      mail.asked.length = 0;
      await core.stop();
      mail = pretendMailer(() => {
        clock.sleep((day + 1) * 1000);
        return state === 'sent' ? { state } : { state, code: 'MAIL_CONNECT', message: 'No answer.' };
      });
      core = await open();
      if (day === 0) await addPeople(id, 'ada@x.test');
      await start(id, { allowRepeats: true, daysBack: 30 });
      clock.sleep(DAY);
    }
    await core.stop();
    core = await open();
    const { stats, row } = await get(id);
    expect(stats).toEqual({ runs: 4, completed: 3, failed: 1, successRate: 0.75, averageMs: 2000 });
    expect(row.last).toMatchObject({ status: 'failed', errorCode: 'MAIL_CONNECT' });
  });

  test('D-11 a run by hand and a test run answer their run at once, and it is the one that then runs', async () => {
    await askOver(over(), 'settings.update', { patch: { mail: ACCOUNT } });
    const { id } = await addDigest();
    await fetchFeed();
    const took: number[] = [];
    // The best of three: what else this machine does is not the runner's.
    for (let tries = 0; tries < 3; tries += 1) {
      const before = performance.now();
      const { run } = await askOver(over(), 'runs.start', { scheduleId: id, options: { testMode: true, actions: ['generate'] } });
      took.push(performance.now() - before);
      await announced(over(), 'runs.changed', (data) => data.run.id === run.id && data.run.status === 'completed');
    }
    expect(Math.min(...took)).toBeLessThan(200);
    const { run } = await askOver(over(), 'digests.sendTest', { scheduleId: id, to: 'me@x.test' });
    const ended = announced(over(), 'runs.changed', (data) => data.run.id === run.id && data.run.status === 'completed');
    expect(await askOver(over(), 'runs.get', { id: run.id })).toMatchObject({ run: { id: run.id, scheduleId: id } });
    expect((await ended).run).toMatchObject({ counts: { tests_sent: 1, sent: 0 } });
    expect(mail.to()).toEqual(['me@x.test']);
    const now = await askOver(over(), 'runs.start', { scheduleId: id });
    expect(now.alreadyRunning).toBe(false);
    await announced(over(), 'runs.changed', (data) => data.run.id === now.run.id && data.run.status === 'completed');
  });

  test('D-13 of sixty runs fifty come first and ten more after them, newest first; editions come in pages too', async () => {
    const { id } = await addDigest({ actions: ['generate'], sendEmpty: true });
    const ids: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      ids.unshift((await start(id, { allowRepeats: true })).id);
      clock.sleep(DAY);
    }
    const first = await askOver(over(), 'runs.list', { scheduleId: id });
    expect(first.rows.map((run) => run.id)).toEqual(ids.slice(0, 50));
    const rest = await askOver(over(), 'runs.list', { scheduleId: id, cursor: first.next ?? '' });
    expect(rest.rows.map((run) => run.id)).toEqual(ids.slice(50));
    const editions = await askOver(over(), 'digests.editions', { scheduleId: id });
    expect(editions).toMatchObject({ total: 60, next: expect.any(String) });
    expect(editions.rows.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, at) => 60 - at));
    const more = await askOver(over(), 'digests.editions', { scheduleId: id, cursor: editions.next ?? '' });
    expect(more.rows.map(({ number }) => number)).toEqual(Array.from({ length: 10 }, (_, at) => 10 - at));
    expect(more).not.toHaveProperty('next');
  });

  test('D-9 removed, its editions, deliveries and recipients go with it and are counted; its runs stay', async () => {
    await askOver(over(), 'settings.update', { patch: { mail: ACCOUNT } });
    const { id } = await addDigest({ actions: ['generate', 'send'] });
    const other = await addDigest({ actions: ['generate', 'send'] }, { name: 'Other' });
    await fetchFeed();
    await addPeople(id, 'ada@x.test', 'bob@x.test');
    await addPeople(other.id, 'ada@x.test');
    const run = await start(id);
    await start(other.id);
    const [edition] = await editionsOf(id);
    expect(edition?.deliveries).toEqual({ sent: 2 });
    const gone = await askOver(over(), 'schedules.remove', { id });
    expect(gone).toEqual({ runs: 1, digest: { editions: 1, deliveries: 2, recipients: 2 } });
    expect((await errorOf(get(id))).code).toBe('NOT_FOUND');
    expect((await errorOf(askOver(over(), 'digests.edition', { id: edition?.id ?? '' }))).code).toBe('NOT_FOUND');
    expect(await askOver(over(), 'runs.get', { id: run.id })).toMatchObject({ run: { status: 'completed' } });
    expect(await editionsOf(other.id)).toHaveLength(1);
    expect((await get(other.id)).recipients.active).toBe(1);
  });

  test('D-15 a digest that is added while the application runs comes at its time without a restart', async () => {
    await startWithTimer();
    const { id } = await addDigest({ actions: ['generate'], sendEmpty: true });
    const ended = announced(over(), 'runs.changed', ({ run }) => run.scheduleId === id && run.status === 'completed');
    await clock.pass(4 * 3_600_000);
    expect((await ended).run).toMatchObject({ cause: 'schedule', scheduledFor: '2026-11-21T13:00:00.000Z' });
    expect(await editionsOf(id)).toMatchObject([{ number: 1, at: '2026-11-21T13:00:00.000Z' }]);
  });

  test('D-16 two profiles know nothing of each other: digests, editions and people are of one folder', async () => {
    const { id } = await addDigest({ actions: ['generate'], sendEmpty: true });
    await addPeople(id, 'ada@x.test');
    await start(id);
    const elsewhere = await makeFolder();
    const other = await open(elsewhere.dir);
    const transport = directTransport(other);
    expect(await askOver(transport, 'digests.list', {})).toEqual([]);
    expect((await errorOf(askOver(transport, 'digests.editions', { scheduleId: id }))).code).toBe('NOT_FOUND');
    await other.stop();
    await elsewhere.remove();
    expect(await editionsOf(id)).toHaveLength(1);
  });

  test('D-10 paused over two due times and resumed without them it runs not once', async () => {
    await startWithTimer();
    const { id } = await addDigest({ actions: ['generate'] });
    await askOver(over(), 'schedules.pause', { id });
    await clock.pass(2 * DAY);
    await askOver(over(), 'schedules.resume', { id, makeUp: false });
    await settle();
    const { rows } = await askOver(over(), 'runs.list', { scheduleId: id });
    expect(rows.map(({ status }) => status)).toEqual(['missed']);
    expect((await get(id)).row.schedule.nextDueAt).toBe('2026-11-23T13:00:00.000Z');
  });
});

describe('previews and replays', () => {
  const wish = (options: DigestOptionsInput, more: object = {}) =>
    askOver(over(), 'digests.preview', { name: 'Morning paper', timeZone: 'UTC', options: { ...options }, ...more });

  test('a preview is the edition as it would be; nothing of it is kept or sent', async () => {
    await fetchFeed();
    const { id } = await addDigest();
    const preview = await wish({ maxItems: 2 }, { scheduleId: id });
    expect(preview.content.items).toHaveLength(2);
    expect(preview).toMatchObject({ content: { number: 1, more: 1, isTest: false }, considered: 3 });
    expect(preview.html).toContain(preview.content.items[0]?.title);
    expect(preview.bytes).toBeGreaterThan(1000);
    expect(await editionsOf(id)).toEqual([]);
    expect((await errorOf(wish({}, { timeZone: 'Mars/Olympus' }))).code).toBe('SCHED_INVALID');
  });

  test('a newer preview of the same digest ends the older one', async () => {
    await fetchFeed();
    const older = errorOf(wish({}));
    const newer = wish({ maxItems: 1 });
    expect((await older).code).toBe('CANCELLED');
    expect((await newer).content.items).toHaveLength(1);
  });

  test('an old edition replayed as of then says the same, byte by byte, whatever came since', async () => {
    await fetchFeed();
    const { id } = await addDigest({ actions: ['generate'] });
    await start(id);
    const [edition] = await editionsOf(id);
    const asOf = new Date(clock.now()).toISOString();
    const page = await askOver(over(), 'digests.edition', { id: edition?.id ?? '' });
    clock.sleep(DAY);
    web.titles.unshift('Fourth');
    const source = (await askOver(over(), 'sources.list', {})).find((row) => row.source.kind === 'feed');
    await runThrough(over(), 'sources.fetch', { ids: [source?.source.id ?? ''] });
    await start(id);
    expect(await editionsOf(id)).toHaveLength(2);
    const replay = await wish({}, { scheduleId: id, asOf, timeZone: 'America/New_York' });
    expect(replay.content).toEqual({ ...page.content, at: asOf });
    expect(await wish({}, { scheduleId: id, asOf, timeZone: 'America/New_York' })).toEqual(replay);
    expect(replay.text).toBe(page.rendered.text);
    expect(replay.html).toBe(page.rendered.html);
  });
});

describe('sending again', () => {
  test('what waits is sent again by hand without being made again; what has ended is not', async () => {
    await askOver(over(), 'settings.update', { patch: { mail: ACCOUNT } });
    let isUp = false;
    await core.stop();
    mail = pretendMailer(() => (isUp ? { state: 'sent' } : { state: 'deferred', code: 'MAIL_CONNECT', message: 'No answer.' }));
    core = await open();
    await fetchFeed();
    const { id } = await addDigest({ actions: ['generate', 'send'] });
    await addPeople(id, 'ada@x.test');
    const first = await start(id);
    expect(first).toMatchObject({ status: 'failed', errorCode: 'MAIL_CONNECT' });
    const [edition] = await editionsOf(id);
    isUp = true;
    const again = await askOver(over(), 'digests.retrySend', { id: edition?.id ?? '' });
    await announced(over(), 'runs.changed', (data) => data.run.id === again.run.id && data.run.status === 'completed');
    expect(again.run).toMatchObject({ cause: 'retry', retryOf: first.id });
    expect((await editionsOf(id)).map(({ id: each, deliveries }) => [each, deliveries])).toEqual([[edition?.id, { sent: 1 }]]);
    expect((await errorOf(askOver(over(), 'digests.retrySend', { id: edition?.id ?? '' }))).code).toBe('CONFLICT');
  });

  test('what was in doubt arrived, or is sent once more, as the owner says', async () => {
    await askOver(over(), 'settings.update', { patch: { mail: ACCOUNT } });
    let state: 'in-doubt' | 'sent' = 'in-doubt';
    await core.stop();
    mail = pretendMailer(() => ({ state, ...(state === 'sent' ? {} : { code: 'MAIL_IN_DOUBT' as const }) }));
    core = await open();
    await fetchFeed();
    const { id } = await addDigest({ actions: ['generate', 'send'] });
    await addPeople(id, 'ada@x.test', 'bob@x.test');
    expect(await start(id)).toMatchObject({ status: 'failed', errorCode: 'MAIL_IN_DOUBT' });
    const [edition] = await editionsOf(id);
    const { deliveries } = await askOver(over(), 'digests.edition', { id: edition?.id ?? '' });
    const [ada, bob] = deliveries;
    const arrived = await askOver(over(), 'digests.decideDelivery', { id: ada?.id ?? '', verdict: 'arrived' });
    expect(arrived.edition.deliveries).toEqual({ sent: 1, 'in-doubt': 1 });
    state = 'sent';
    const ended = announced(over(), 'runs.changed', ({ run }) => run.cause === 'retry' && run.status === 'completed');
    await askOver(over(), 'digests.decideDelivery', { id: bob?.id ?? '', verdict: 'send-again' });
    await ended;
    expect(mail.to()).toEqual(['ada@x.test', 'bob@x.test', 'bob@x.test']);
    expect((await editionsOf(id))[0]?.deliveries).toEqual({ sent: 2 });
    expect((await errorOf(askOver(over(), 'digests.decideDelivery', { id: bob?.id ?? '', verdict: 'arrived' }))).code).toBe(
      'CONFLICT',
    );
  });
});
