import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { extractArticle } from '../../main/feeds/extract.ts';
import { toFeedPosts } from '../../main/feeds/feed-posts.ts';
import { parseFeed } from '../../main/feeds/parse.ts';
import { systemClock } from '../../main/lib/clock.ts';
import type { Downloader } from '../../main/net/download-types.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { type FeedServer, startFeedServer } from '../helpers/feed-server.ts';
import { hostileCase } from '../helpers/hostile-case.ts';
import { createJobsBench, type JobRun, type JobsBench, rss, rssItem } from '../helpers/jobs-bench.ts';
import { makeDownloader } from '../helpers/net-kit.ts';

const CORPUS = new URL('../../../shared/corpus/hacker-news/', import.meta.url);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A bench that asks a Hacker News on loopback through the real downloader. */
const benchOver = async (answer: Parameters<typeof startFeedServer>[0]): Promise<{ bench: JobsBench; server: FeedServer }> => {
  const server = await startFeedServer(answer);
  const downloader: Downloader = makeDownloader({
    resolve: server.resolve,
    limits: { totalMs: 20_000, headersMs: 10_000, hostPauseMs: 1000 },
  });
  const bench = await createJobsBench(undefined, {
    real: {
      clock: systemClock,
      downloader,
      parser: {
        parsePosts: async (input, to) => toFeedPosts(await parseFeed(input), to),
        readPage: async () => ({ feeds: [] }),
        readHead: async () => ({}),
        extract: async (input) => extractArticle(input),
      },
      hackerNewsApi: `http://127.0.0.1:${server.port}/v0`,
    },
  });
  closers.push(server.close, downloader.close, bench.close);
  return { bench, server };
};

const expectSum = ({ counts }: JobRun): void => {
  const { posts_saved = 0, duplicates_skipped = 0, below_threshold = 0, unusable = 0, errors = 0 } = counts;
  expect(counts.posts_fetched).toBe(posts_saved + duplicates_skipped + below_threshold + unusable + errors);
};

describe('Hacker News over the real network code', () => {
  test.skipIf(!existsSync(CORPUS))(
    'of 500 stories of the corpus (../shared/corpus, else skipped) 495 are kept, the second time none, and the counters add up',
    async () => {
      const { bench, server } = await benchOver(async ({ path }, response) => {
        const file = path.replace('/v0/item/', 'items/').replace('/v0/', '');
        const text = await readFile(new URL(file, CORPUS)).catch(() => undefined);
        response.writeHead(text ? 200 : 404, { 'content-type': 'application/json' }).end(text);
      });
      await bench.addHackerNews('hn');
      const options = { limit: 500, minScore: 0 };
      const first = await bench.run('collect-hacker-news', options);
      expect(first.error).toBeUndefined();
      expect(first.counts).toEqual({
        posts_fetched: 500,
        posts_saved: 495,
        posts_cached: 495,
        duplicates_skipped: 0,
        below_threshold: 0,
        unusable: 5,
        errors: 0,
        samples_taken: 0,
      });
      expect(bench.store.posts.count()).toBe(495);
      const second = await bench.run('collect-hacker-news', options);
      expect(second.counts).toMatchObject({
        posts_fetched: 500,
        posts_saved: 0,
        duplicates_skipped: 495,
        unusable: 5,
        posts_cached: 495,
      });
      for (const run of [first, second]) expectSum(run);
      expect(server.seen).toHaveLength(2 * 501);
    },
  );

  test('B-14: a hundred items at 200 ms each take far less than a minute: all lanes at once, no pause between', async () => {
    const { bench, server } = await benchOver(({ path }, response) => {
      const id = Number(/item\/(\d+)/.exec(path)?.[1]);
      const ids = Array.from({ length: 100 }, (_, index) => index + 1);
      const answer = id ? { id, type: 'story', title: `Story ${id}`, score: 60 } : ids;
      setTimeout(() => response.end(JSON.stringify(answer)), 200);
    });
    await bench.addHackerNews('hn');
    const began = performance.now();
    const run = await bench.run('collect-hacker-news');
    expect(performance.now() - began).toBeLessThan(5000);
    expect(run.counts).toMatchObject({ posts_fetched: 100, posts_saved: 100 });
    expect(run.progress.at(-1)).toEqual([100, 100]);
    expect(server.most.all).toBe(64);
  });

  hostileCase(112, 'while it hangs in all its lanes, feeds are fetched as ever', async () => {
    const { bench, server } = await benchOver(({ path, host }, response) => {
      if (path.endsWith('topstories.json')) response.end(JSON.stringify(Array.from({ length: 200 }, (_, index) => index + 1)));
      else if (!path.includes('/item/')) response.end(rss([rssItem(host)]));
    });
    await bench.addHackerNews('hn', { limit: 200 });
    const ids = Array.from({ length: 10 }, (_, index) => `feed${index}`);
    for (const id of ids) await bench.addFeed(id, { feedUrl: server.url(`${id}.test`, '/feed') });
    const stop = new AbortController();
    const hanging = bench.run('collect-hacker-news', {}, { signal: stop.signal });
    await expect.poll(() => server.most.all).toBe(64);
    const feeds = await bench.run('fetch-feeds');
    expect(feeds.fetchJobs.map((job) => job.status)).toEqual(ids.map(() => 'completed'));
    stop.abort(new AppError('CANCELLED', 'The run was cancelled.'));
    expect((await hanging).error?.code).toBe('CANCELLED');
    return 'OK';
  });
});
