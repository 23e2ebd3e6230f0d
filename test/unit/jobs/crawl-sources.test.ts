import { afterEach, expect, test } from 'vitest';
import { defaultSchedules } from '../../../main/jobs/index.ts';
import { nextDues } from '../../../main/scheduler/next-due.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { body, createJobsBench, type JobsBench, rss, rssItem } from '../../helpers/jobs-bench.ts';

let bench: JobsBench;
afterEach(() => bench?.close());

const text = 'The keeper wrote down what the water did, not what the book said it would do, and signed every page. ';
const article = (words: string): string =>
  `<!doctype html><html lang="en"><title>${words}</title><nav><a href="/">Home</a></nav><article><h1>${words}</h1>${`<p>${words}: ${text.repeat(3)}</p>`.repeat(4)}</article></html>`;
const page = (words: string) => () => body(article(words), { contentType: 'text/html', finalUrl: 'https://site.example/p' });

const prepare = async (): Promise<void> => {
  bench = await createJobsBench();
  await bench.addFeed('short');
  await bench.addFeed('off', { paused: true });
  await bench.addHackerNews('hn');
  const whole = text.repeat(20);
  bench.web.set('https://short.example/feed', () =>
    body(
      rss([
        rssItem('1', { link: 'https://site.example/1' }),
        rssItem('2', { link: 'https://site.example/2' }),
        rssItem('3', { link: 'https://other.example/3', text: whole }),
      ]),
    ),
  );
  const json = (value: unknown) => () => body(JSON.stringify(value), { contentType: 'application/json' });
  bench.web.set('http://hn.test/v0/topstories.json', json([5]));
  const item = { id: 5, type: 'story', title: 'Five', score: 80, by: 'oda', time: 1, url: 'https://five.example/' };
  bench.web.set('http://hn.test/v0/item/5.json', json(item));
  bench.web.set('https://site.example/1', page('One'));
  bench.web.set('https://five.example/', page('Five'));
};
const find = async (title: string) => (await bench.posts()).find((post) => post.title === title);

test('E-2 a full crawl reads every source that is not paused and takes the articles of new posts that came without them', async () => {
  await prepare();
  const run = await bench.run('crawl-sources', {}, { cause: 'schedule' });
  expect(run.error).toBeUndefined();
  expect(run.counts).toMatchObject({
    sources: 1,
    new_posts: 4,
    stories: 1,
    articles_wanted: 3,
    articles_extracted: 2,
    articles_failed: 1,
  });
  const one = await find('Post 1');
  expect(one).toMatchObject({ isExtracted: true, hasBody: true });
  expect(await bench.store.bodies.get(one as NonNullable<typeof one>)).toContain('The keeper wrote down');
  expect(await find('Five')).toMatchObject({ isExtracted: true });
  expect((await find('Post 2'))?.isExtracted).toBeUndefined();
  expect((await find('Post 3'))?.isExtracted).toBeUndefined();
  expect(run.lines.map(({ message }) => message)).toContain('site.example: The server answered 404.');
  expect(bench.asked.some(({ url }) => url.startsWith('https://off.example'))).toBe(false);
  expect(run.fetchJobs.map(({ status }) => status)).toEqual(['completed', 'completed']);
  expect(run.progress.at(-1)).toEqual([3, 3]);
});

test('E-2 its schedule fires at 02:00 by the wall clock, on both sides of a change of the clocks', () => {
  const schedule = defaultSchedules.find(({ id }) => id === 'crawl_sources');
  expect(schedule).toMatchObject({ enabled: false, trigger: { type: 'daily', time: '02:00' } });
  if (!schedule) return;
  const dues = nextDues(schedule.trigger, 'America/New_York', '2026-10-31T00:00:00.000Z', 3);
  expect(dues).toEqual(['2026-10-31T06:00:00.000Z', '2026-11-01T07:00:00.000Z', '2026-11-02T07:00:00.000Z']);
});

test('takes no article when told so, and no more than it may of one site', async () => {
  await prepare();
  expect((await bench.run('crawl-sources', { extract: false })).counts).toMatchObject({ articles_wanted: 0, new_posts: 4 });
  const { counts } = await bench.run('crawl-sources', { maxPerHost: 1, maxArticles: 2 });
  expect(counts).toMatchObject({ articles_wanted: 2 });
});

test('takes an article once, and keeps it when the feed is read again', async () => {
  await prepare();
  await bench.run('crawl-sources');
  bench.web.set('https://short.example/feed', () =>
    body(rss([rssItem('1', { link: 'https://site.example/1', text: 'Other words of one.' })])),
  );
  const { counts } = await bench.run('crawl-sources');
  expect(counts).toMatchObject({ articles_extracted: 0, updated_posts: 1 });
  const one = await find('Post 1');
  const shown = await bench.store.bodies.get(one as NonNullable<typeof one>);
  expect(shown).toContain('The keeper wrote down');
  expect(shown).not.toContain('Other words');
  const back = await bench.store.posts.dropArticle(one?.id ?? '');
  expect(back?.isExtracted).toBeUndefined();
  expect(await bench.store.bodies.get(back as NonNullable<typeof back>)).toBe('Other words of one.');
});

test('remembers when a site asks for a pause, and asks it no more', async () => {
  await prepare();
  const slow = new AppError('HTTP_429', 'The server asked us to slow down.', { status: 429, retryAfterMs: 3_600_000 });
  bench.web.set('https://site.example/1', () => slow);
  bench.web.set('https://site.example/2', () => slow);
  await bench.run('crawl-sources');
  expect(bench.store.fetchMemory.host('site.example')).toMatchObject({ reason: 'retry-after' });
  const before = bench.asked.length;
  await bench.run('crawl-sources');
  expect(bench.asked.slice(before).some(({ url }) => url.startsWith('https://site.example/'))).toBe(false);
});

test('goes on with the rest when one part fails, and stops when it is cancelled', async () => {
  await prepare();
  bench.web.delete('http://hn.test/v0/topstories.json');
  const run = await bench.run('crawl-sources');
  expect(run.error).toBeUndefined();
  expect(run.counts).toMatchObject({ articles_extracted: 1 });
  const stop = new AbortController();
  bench.web.set('https://site.example/2', () => {
    stop.abort(new AppError('CANCELLED', 'Cancelled.'));
    return new AppError('CANCELLED', 'Cancelled.');
  });
  const cut = await bench.run('crawl-sources', {}, { signal: stop.signal });
  expect(cut.error?.code).toBe('CANCELLED');
  expect(bench.store.fetchJobs.unfinished()).toEqual([]);
});
