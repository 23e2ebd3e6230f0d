import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSendDigest } from '../../../main/jobs/send-digest.ts';
import type { PostDraft } from '../../../main/store/repositories.ts';
import type { DigestOptionsInput, Edition } from '../../../preload/contract/digest.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Schedule } from '../../../preload/contract/schedule.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { body, createJobsBench, type JobRun, type JobsBench, type RunExtra, rss, rssItem } from '../../helpers/jobs-bench.ts';
import { ACCOUNT, pretendMailer, recipient } from '../../helpers/smtp-outbox.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
let bench: JobsBench;
let mail: ReturnType<typeof pretendMailer>;
beforeEach(async () => {
  bench = await createJobsBench('2026-11-21T13:00:00.000Z');
  mail = pretendMailer();
  Object.assign(bench.services, { mailer: mail.mailer });
  await bench.store.settings.update({ mail: ACCOUNT });
  await bench.addFeed('news');
});
afterEach(() => bench.close());

const draft = (id: string, fields: Partial<PostDraft> = {}): PostDraft => ({
  fingerprint: id,
  title: `Post ${id}`,
  url: `https://${id}.example/page`,
  domain: `${id}.example`,
  summary: `Words of ${id}`,
  ...fields,
});
const save = (names: string[], hoursAgo = 1, sourceId = 'news') =>
  bench.store.posts.save(
    sourceId,
    names.map((name) => draft(name)),
    { now: new Date(bench.clock.now() - hoursAgo * HOUR).toISOString() },
  );
const addDigest = async (options: DigestOptionsInput = {}, fields: Partial<Schedule> = {}): Promise<Schedule> => {
  const schedule: Schedule = {
    id: 'daily',
    name: 'Morning paper',
    jobKind: 'send-digest',
    options,
    trigger: { type: 'daily', time: '08:00' },
    timeZone: 'America/New_York',
    enabled: true,
    missed: 'ask',
    jitterSeconds: 0,
    timeoutMinutes: 60,
    retries: 4,
    retryMinutes: 5,
    isBuiltIn: false,
    totals: { runs: 0, completed: 0, failed: 0 },
    ...fields,
  };
  await bench.store.schedules.put([schedule]);
  return schedule;
};
const addPeople = (...addresses: string[]) => bench.store.recipients.put(addresses.map((address) => recipient(address)));
const run = (options: object = {}, extra: RunExtra = {}): Promise<JobRun> => {
  const stored = bench.store.schedules.get('daily')?.options as object;
  return bench.run('send-digest', { ...stored, ...options }, { scheduleId: 'daily', ...extra });
};
const editions = (): Edition[] => bench.store.editions.ofDigest('daily');
const titles = (edition: Edition | undefined): string[] => (edition?.content.items ?? []).map(({ title }) => title).sort();
const stepOf = (told: JobRun, name: string) => told.steps.find((step) => step.name === name);

describe('the steps', () => {
  test('D-12 scrape, generate and send each keep what they came to', async () => {
    await addDigest();
    await addPeople('ada@x.test', 'bob@x.test');
    bench.web.set('https://news.example/feed', () => body(rss([rssItem('one'), rssItem('two')])));
    const told = await run({}, { cause: 'schedule', scheduledFor: '2026-11-21T13:00:00.000Z' });
    expect(told.error).toBeUndefined();
    expect(told.counts).toMatchObject({
      items_scraped: 2,
      sources: 1,
      items_used: 2,
      sent: 2,
      rejected: 0,
      deferred: 0,
      in_doubt: 0,
    });
    const [edition] = editions();
    expect(told.steps).toEqual([
      { name: 'Scrape', result: '2 new posts from 1 source.', counts: { items_scraped: 2, sources: 1 } },
      { name: 'Generate', result: 'Edition 1: 2 posts, of 2 looked at.', counts: { items_used: 2 }, editionId: edition?.id },
      {
        name: 'Send',
        result: 'Sent once, to 2 of 2.',
        counts: { sent: 2, rejected: 0, deferred: 0, in_doubt: 0 },
        editionId: edition?.id,
      },
    ]);
    expect(told.lines.map(({ message }) => message).join(' ')).toContain(edition?.id);
    expect(mail.to()).toEqual(['ada@x.test', 'bob@x.test']);
    expect(bench.store.fetchJobs.forRun(told.runId)).toMatchObject([{ sourceId: 'news', status: 'completed' }]);
  });

  test('D-5 scrape and generate without send hands nothing over, and generate alone asks nobody', async () => {
    await addDigest({ actions: ['generate', 'scrape'] });
    await addPeople('ada@x.test');
    await save(['one']);
    bench.web.set('https://news.example/feed', () => body(rss([rssItem('two')])));
    const both = await run();
    expect(both.steps.map(({ name }) => name)).toEqual(['Scrape', 'Generate']);
    expect(both.counts).not.toHaveProperty('sent');
    expect(mail.asked).toEqual([]);
    expect(bench.store.deliveries.all()).toEqual([]);
    const alone = await run({ actions: ['generate'] });
    expect(alone.steps.map(({ name }) => name)).toEqual(['Generate']);
    expect(bench.asked).toHaveLength(1);
  });

  test('D-6 five posts at most, of the chosen sources, in the chosen tone', async () => {
    await bench.addFeed('other');
    await addDigest({
      actions: ['generate'],
      maxItems: 5,
      tone: 'magazine',
      sections: [{ from: { kind: 'sources', ids: ['news'] } }],
    });
    await save(Array.from({ length: 12 }, (_, at) => `p${at}`));
    await save(['elsewhere'], 1, 'other');
    await run();
    expect(editions()[0]?.content).toMatchObject({ tone: 'magazine', more: 7, sections: [{ title: 'news', more: 7 }] });
    expect(editions()[0]?.content.items).toHaveLength(5);
    expect(titles(editions()[0])).not.toContain('Post elsewhere');
  });

  test('only the sources of its sections are asked, and Hacker News where a section needs it', async () => {
    await bench.addFeed('other');
    await bench.addHackerNews('hn');
    await addDigest({ sections: [{ from: { kind: 'sources', ids: ['news'] } }] });
    bench.web.set('https://news.example/feed', () => body(rss([rssItem('one')])));
    const told = await run();
    expect(bench.asked.map(({ url }) => url)).toEqual(['https://news.example/feed']);
    expect(told.counts.sources).toBe(1);
    bench.web.set('http://hn.test/v0/topstories.json', () => body('[]', { contentType: 'application/json' }));
    await run({ sections: [{ from: { kind: 'hacker-news' } }] });
    expect(bench.asked.map(({ url }) => url).slice(1)).toEqual(['http://hn.test/v0/topstories.json']);
  });

  test('a feed that fails costs its posts, not the edition; its step says so', async () => {
    await addDigest();
    await addPeople('ada@x.test');
    await save(['kept']);
    const told = await run();
    expect(told.error).toBeUndefined();
    expect(stepOf(told, 'Scrape')).toMatchObject({ result: '0 new posts from 1 source; 1 failed.' });
    expect(titles(editions()[0])).toEqual(['Post kept']);
  });

  test('without a network nothing is made: the run waits for it', async () => {
    await addDigest();
    await addPeople('ada@x.test');
    await save(['kept']);
    bench.web.set('https://news.example/feed', () => new AppError('OFFLINE', 'This computer has no network connection.'));
    const told = await run({}, { cause: 'schedule', scheduledFor: '2026-11-21T13:00:00.000Z' });
    expect(told.error?.code).toBe('OFFLINE');
    expect(stepOf(told, 'Scrape')?.error).toContain('no network');
    expect(editions()).toEqual([]);
  });

  test('D-24 a source on Reddit is read as a feed, and however often digests are made, only when it is due', async () => {
    await bench.addFeed('reddit', { feedUrl: 'https://www.reddit.com/r/linux/.rss' });
    await addDigest({ sections: [{ from: { kind: 'sources', ids: ['reddit'] } }] });
    bench.web.set('https://www.reddit.com/r/linux/.rss', () => body(rss([rssItem('t3_a')])));
    for (let second = 0; second < 60; second += 10) {
      await run({ testMode: true });
      bench.clock.sleep(10_000);
    }
    expect(bench.asked.filter(({ url }) => url.includes('reddit.com'))).toHaveLength(1);
  });
});

describe('one edition a day', () => {
  const due = { cause: 'schedule', scheduledFor: '2026-11-21T13:00:00.000Z' } as const;

  test('a run by hand and the scheduled one share an edition; the later of them sends nothing and says so', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test');
    await save(['one']);
    await run({}, { cause: 'manual' });
    await save(['two'], 0);
    const told = await run({}, due);
    expect(editions()).toHaveLength(1);
    expect(titles(editions()[0])).toEqual(['Post one']);
    expect(mail.to()).toEqual(['ada@x.test']);
    expect(told.error).toBeUndefined();
    expect(stepOf(told, 'Send')?.result).toBe('Edition 1 was sent already, 2026-11-21 13:00 UTC. Nothing is sent.');
    expect(told.counts).toMatchObject({ sent: 0, items_used: 0 });
  });

  hostileCase(181, 'two at once, a double click, a missed run and its catch-up: one edition, one mail', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test');
    await save(['one']);
    await Promise.all([run(), run({}, due), run({}, { ...due, cause: 'catch-up' })]);
    await run({}, { ...due, cause: 'catch-up' });
    await run();
    expect(editions()).toHaveLength(1);
    expect(bench.store.deliveries.all()).toHaveLength(1);
    expect(mail.to()).toEqual(['ada@x.test']);
    return 'OK';
  });

  hostileCase(186, 'a clock that is set back over midnight meets the editions that are there', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test');
    await save(['one'], 30);
    await save(['two'], 1);
    await run({ daysBack: 2 }, due);
    bench.clock.sleep(DAY);
    await save(['three'], 1);
    await run({}, { ...due, scheduledFor: '2026-11-22T13:00:00.000Z' });
    expect(mail.asked).toHaveLength(2);
    bench.clock.sleep(-(DAY - 12 * HOUR));
    await run();
    bench.clock.sleep(DAY);
    await run({}, due);
    await run({}, { ...due, scheduledFor: '2026-11-22T13:00:00.000Z' });
    expect(mail.asked).toHaveLength(2);
    expect(editions().map(({ content }) => content.number)).toEqual([2, 1]);
    return 'OK';
  });

  test('D-22 an edition is there before it is sent; killed in between, the next run goes on with its deliveries', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test', 'bob@x.test');
    await save(['one']);
    const control = new AbortController();
    const stopping = pretendMailer(() => {
      control.abort(new AppError('INTERRUPTED', 'Tidings was closed.'));
      return { state: 'sent' };
    });
    Object.assign(bench.services, { mailer: stopping.mailer });
    const first = await run({}, { ...due, signal: control.signal });
    expect(first.error?.code).toBe('INTERRUPTED');
    expect(stopping.to()).toEqual(['ada@x.test']);
    Object.assign(bench.services, { mailer: mail.mailer });
    await save(['two'], 0);
    await run({}, { ...due, cause: 'catch-up' });
    expect(mail.to()).toEqual(['bob@x.test']);
    expect(editions()).toHaveLength(1);
    expect(titles(editions()[0])).toEqual(['Post one']);
  });

  test('an edition that nobody got leaves its posts to the next one', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test');
    await save(['one']);
    Object.assign(bench.services, {
      mailer: pretendMailer(() => ({
        state: 'deferred',
        code: 'MAIL_AUTH',
        message: 'No.',
        isEverybodys: true,
        needsOwner: true,
      })).mailer,
    });
    expect((await run({}, due)).error?.code).toBe('MAIL_AUTH');
    Object.assign(bench.services, { mailer: mail.mailer });
    bench.clock.sleep(DAY);
    await save(['two'], 1);
    const told = await run({}, { ...due, scheduledFor: '2026-11-22T13:00:00.000Z' });
    expect(told.error).toBeUndefined();
    expect(titles(editions()[0])).toEqual(['Post one', 'Post two']);
    expect(editions().map(({ content }) => content.number)).toEqual([2, 1]);
    expect(bench.store.deliveries.ofEdition(editions()[1]?.id ?? '')).toMatchObject([{ state: 'withdrawn' }]);
  });

  test('an edition of the day that was not sent is made again with what has come since', async () => {
    await addDigest({ actions: ['generate'] });
    await save(['one']);
    await run();
    const first = editions()[0];
    await save(['two'], 0);
    await run();
    expect(editions()).toMatchObject([{ id: first?.id, content: { number: 1 } }]);
    expect(titles(editions()[0])).toEqual(['Post one', 'Post two']);
  });

  test('numbers go up by one, and posts come once', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test');
    for (let day = 0; day < 3; day += 1) {
      await save([`day${day}`], 2);
      await run();
      bench.clock.sleep(DAY);
    }
    expect(editions().map(({ content }) => [content.number, ...content.items.map(({ title }) => title)])).toEqual([
      [3, 'Post day2'],
      [2, 'Post day1'],
      [1, 'Post day0'],
    ]);
  });
});

describe('what is in it', () => {
  hostileCase(
    183,
    'nothing new: no mail; 5,000 posts: capped with the rest counted; a post removed meanwhile: it stays as it was',
    async () => {
      await addDigest({ actions: ['generate', 'send'], maxItems: 10 });
      await addPeople('ada@x.test');
      const none = await run();
      expect(none.steps).toEqual([{ name: 'Generate', result: 'Nothing new, so no mail.', counts: { items_used: 0 } }]);
      expect(none.lines).toMatchObject([{ message: 'Nothing new, so no mail.' }]);
      expect(editions()).toEqual([]);
      await save(Array.from({ length: 5000 }, (_, at) => `n${at}`));
      const told = await run();
      const [edition] = editions();
      expect(edition?.content.items).toHaveLength(10);
      expect(edition?.content).toMatchObject({ more: 4990 });
      expect(stepOf(told, 'Generate')?.result).toBe('Edition 1: 10 posts and 4,990 more, of 5,000 looked at.');
      await bench.store.posts.remove(edition?.content.items.map(({ postId }) => postId) ?? []);
      const again = await run();
      expect(again.error).toBeUndefined();
      expect(editions()[0]?.content).toEqual(edition?.content);
      expect(mail.asked).toHaveLength(1);
      return 'OK';
    },
  );

  test('an empty edition goes out where that is wanted', async () => {
    await addDigest({ actions: ['generate', 'send'], sendEmpty: true });
    await addPeople('ada@x.test');
    await run();
    expect(editions()[0]?.content.items).toEqual([]);
    expect(mail.to()).toEqual(['ada@x.test']);
  });

  test('each post says why it is in, and the beginning of its text is kept with it', async () => {
    await addDigest({ actions: ['generate'] });
    const long = 'word '.repeat(400);
    await bench.store.posts.save(
      'news',
      [draft('long', { summary: long.slice(0, 499), content: `<p>${long}</p><script>no()</script>` })],
      {
        now: new Date(bench.clock.now()).toISOString(),
      },
    );
    await run();
    const item = editions()[0]?.content.items[0];
    expect(item).toMatchObject({ why: 'Among the newest of news', sourceTitle: 'news', domain: 'long.example' });
    expect(item?.summary.length).toBeGreaterThan(1000);
    expect(item?.summary.length).toBeLessThanOrEqual(1200);
    expect(item?.summary).not.toContain('no()');
  });
});

describe('test mode', () => {
  test('D-20 the edition is marked as a test, nobody gets it, and the next real one still has its posts', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test');
    await save(['one']);
    const told = await run({ testMode: true });
    expect(told.counts).not.toHaveProperty('test_sent');
    expect(told.counts.sent).toBe(0);
    expect(stepOf(told, 'Send')?.result).toBe('A test, handed to nobody.');
    expect(mail.asked).toEqual([]);
    expect(editions()).toMatchObject([{ content: { isTest: true, number: 1 } }]);
    expect(editions()[0]?.subject).toMatch(/TEST/);
    await run();
    expect(mail.to()).toEqual(['ada@x.test']);
    expect(editions().find(({ content }) => !content.isTest)?.content).toMatchObject({
      number: 1,
      items: [{ title: 'Post one' }],
    });
  });

  test('D-20 a test goes to its one address only, and counts as no sending', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test', 'bob@x.test');
    await save(['one']);
    const told = await run({ testMode: true, testTo: 'me@x.test' });
    expect(mail.to()).toEqual(['me@x.test']);
    expect(told.counts).toMatchObject({ sent: 0, tests_sent: 1 });
    expect(stepOf(told, 'Send')?.result).toBe('The test was sent.');
  });

  test('old tests are forgotten', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await save(['one']);
    for (let count = 0; count < 13; count += 1) {
      await run({ testMode: true, testTo: 'me@x.test' });
      bench.clock.sleep(1000);
    }
    expect(editions()).toHaveLength(10);
    expect(bench.store.deliveries.all()).toHaveLength(10);
  });
});

describe('what was not sent', () => {
  test('D-21 a send that is put off is tried again with the same edition: refused twice for now, one mail', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test');
    await save(['one']);
    let tries = 0;
    const putOff = pretendMailer(() => {
      tries += 1;
      return tries < 3
        ? { state: 'deferred', code: 'MAIL_RCPT_REJECTED', message: 'The mail server answered: 451' }
        : { state: 'sent' };
    });
    Object.assign(bench.services, { mailer: putOff.mailer });
    const first = await run();
    expect(first.error).toMatchObject({ code: 'MAIL_RCPT_REJECTED' });
    expect(stepOf(first, 'Send')).toMatchObject({
      result: 'Sent once, to 0 of 1. Waiting: 1.',
      error: 'The mail server answered: 451',
    });
    const [edition] = editions();
    await save(['two'], 0);
    await run({ edition: edition?.id });
    const last = await run({ edition: edition?.id });
    expect(last.error).toBeUndefined();
    expect(last.steps.map(({ name }) => name)).toEqual(['Send']);
    expect(editions()).toMatchObject([{ id: edition?.id, content: { items: [{ title: 'Post one' }] } }]);
    expect(bench.store.deliveries.all()).toMatchObject([{ state: 'sent', attempts: 3 }]);
  });

  test('what may have arrived fails the run, and no run sends it again', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test', 'bob@x.test');
    await save(['one']);
    const doubtful = pretendMailer(({ to }) =>
      to.startsWith('ada') ? { state: 'in-doubt', code: 'MAIL_IN_DOUBT' } : { state: 'sent' },
    );
    Object.assign(bench.services, { mailer: doubtful.mailer });
    const told = await run();
    expect(told.error).toMatchObject({ code: 'MAIL_IN_DOUBT', message: 'In doubt: 1 of 2 unclear.' });
    expect(told.counts).toMatchObject({ sent: 1, in_doubt: 1 });
    const again = await run();
    expect(again.error).toBeUndefined();
    expect(doubtful.asked).toHaveLength(2);
  });

  test('refused by everybody fails the run; refused by one of them does not', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await addPeople('ada@x.test', 'bob@x.test');
    await save(['one']);
    const picky = pretendMailer(({ to }) =>
      to.startsWith('ada') ? { state: 'rejected', code: 'MAIL_RCPT_REJECTED' } : { state: 'sent' },
    );
    Object.assign(bench.services, { mailer: picky.mailer });
    const some = await run();
    expect(some.error).toBeUndefined();
    expect(stepOf(some, 'Send')?.result).toBe('Sent once, to 1 of 2. Refused: 1.');
    bench.clock.sleep(DAY);
    await save(['two'], 1);
    Object.assign(bench.services, { mailer: pretendMailer(() => ({ state: 'rejected', code: 'MAIL_RCPT_REJECTED' })).mailer });
    expect((await run()).error).toMatchObject({ code: 'MAIL_RCPT_REJECTED', message: 'None of 2 deliveries was taken.' });
  });

  test('with nobody to send to the edition waits for the first of them', async () => {
    await addDigest({ actions: ['generate', 'send'] });
    await save(['one']);
    const told = await run();
    expect(stepOf(told, 'Send')?.result).toBe('There is nobody to send it to.');
    await addPeople('ada@x.test');
    bench.clock.sleep(2 * HOUR);
    await run();
    expect(mail.to()).toEqual(['ada@x.test']);
    expect(editions()).toHaveLength(1);
  });
});

test('D-17 a test address that is none is refused with its field', () => {
  const { optionsSchema } = createSendDigest(bench.services);
  const bad = optionsSchema.safeParse({ testTo: 'a@x.test, b@x.test' });
  expect(bad.error?.issues).toMatchObject([{ path: ['testTo'] }]);
  expect(optionsSchema.safeParse({ testTo: 'me@x.test' }).success).toBe(true);
  expect(optionsSchema.safeParse({ actions: ['send'] }).success).toBe(false);
});
