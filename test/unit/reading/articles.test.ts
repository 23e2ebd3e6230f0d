import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runInWords } from '../../../main/api/views.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Run } from '../../../preload/contract/run.ts';
import { body, createJobsBench, type JobsBench, rss, rssItem } from '../../helpers/jobs-bench.ts';

const FEED = 'https://example.org/feed';
let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const pageOf = (words: string): string =>
  `<!doctype html><html><nav>Home</nav><article><h1>T</h1>${`<p>${words} and what was written by the baker at four.</p>`.repeat(8)}</article></html>`;
const servePage = (id: string) =>
  bench.web.set(`https://example.org/${id}`, () =>
    body(pageOf(`Whole ${id}`), { contentType: 'text/html', finalUrl: `https://example.org/${id}` }),
  );
const serveFeed = (ids: readonly string[]) => bench.web.set(FEED, () => body(rss(ids.map((id) => rssItem(id)))));
const pagesAsked = (): string[] => bench.asked.filter(({ purpose }) => purpose === 'page').map(({ url }) => url);
const textOf = async (title: string): Promise<string | undefined> => {
  const post = (await bench.posts()).find((one) => one.title === title);
  return post && bench.store.bodies.get(post);
};

describe('a source that wants whole articles', () => {
  test('gets them for its new posts in the same run, and they are counted', async () => {
    await bench.addFeed('a', { feedUrl: FEED, fullArticle: true });
    for (const id of ['1', '2']) servePage(id);
    serveFeed(['1', '2']);
    const run = await bench.run('fetch-feeds');
    expect(run.counts).toMatchObject({ new_posts: 2, articles_extracted: 2, failed: 0 });
    expect(await textOf('Post 1')).toContain('Whole 1');
    expect((await bench.posts()).every(({ isRead, isExtracted }) => !isRead && isExtracted)).toBe(true);
    const words = runInWords({ status: 'completed', counts: run.counts, jobKind: 'fetch-feeds' } as unknown as Run);
    expect(words).toContain('2 articles');
  });
  test('asks for no page again, neither for known posts nor for those whose article the feed edits', async () => {
    await bench.addFeed('a', { feedUrl: FEED, fullArticle: true });
    servePage('1');
    serveFeed(['1']);
    await bench.run('fetch-feeds');
    bench.web.set(FEED, () => body(rss([rssItem('1', { text: 'Other words of the same post' })])));
    await bench.run('fetch-feeds');
    expect(pagesAsked()).toEqual(['https://example.org/1']);
    expect(await textOf('Post 1')).toContain('Whole 1');
  });
  test('keeps the feed’s text where a page has none, and neither the source nor the run has failed', async () => {
    await bench.addFeed('a', { feedUrl: FEED, fullArticle: true });
    servePage('2');
    bench.web.set('https://example.org/1', () => new AppError('HTTP_5XX', 'The server answered 503.', { status: 503 }));
    serveFeed(['1', '2']);
    const run = await bench.run('fetch-feeds');
    expect(run.error).toBeUndefined();
    expect(run.counts).toMatchObject({ articles_extracted: 1, articles_failed: 1, failed: 0 });
    expect(run.fetchJobs).toMatchObject([{ status: 'completed', outcome: 'new-posts' }]);
    expect(await textOf('Post 1')).toContain('Words of 1');
    expect(run.lines.some(({ message }) => message.includes('The server answered 503.'))).toBe(true);
  });
  test('gets at most ten a round; the others wait until they are opened', async () => {
    await bench.addFeed('a', { feedUrl: FEED, fullArticle: true });
    const ids = Array.from({ length: 25 }, (_, at) => String(at));
    for (const id of ids) servePage(id);
    serveFeed(ids);
    const run = await bench.run('fetch-feeds');
    expect(run.counts).toMatchObject({ new_posts: 25, articles_extracted: 10 });
    expect(pagesAsked()).toHaveLength(10);
  });
  test('a run that is cancelled in the middle stops asking, and its posts stay', async () => {
    await bench.addFeed('a', { feedUrl: FEED, fullArticle: true });
    const stop = new AbortController();
    for (const id of ['1', '2', '3']) {
      bench.web.set(`https://example.org/${id}`, () => {
        stop.abort(new AppError('CANCELLED', 'The run was cancelled.'));
        return new AppError('CANCELLED', 'The run was cancelled.');
      });
    }
    serveFeed(['1', '2', '3']);
    const run = await bench.run('fetch-feeds', {}, { signal: stop.signal });
    expect(run.error?.code).toBe('CANCELLED');
    expect(run.fetchJobs).toMatchObject([{ status: 'completed', outcome: 'new-posts' }]);
    expect(await bench.posts()).toHaveLength(3);
  });
});

test('without the wish no page is asked for at all', async () => {
  await bench.addFeed('a', { feedUrl: FEED });
  serveFeed(['1', '2']);
  const run = await bench.run('fetch-feeds');
  expect(pagesAsked()).toEqual([]);
  expect(run.counts).not.toHaveProperty('articles_extracted');
});
