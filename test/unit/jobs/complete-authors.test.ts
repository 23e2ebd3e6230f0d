import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../preload/contract/errors.ts';
import type { FollowedAuthor } from '../../../preload/contract/gap-map.ts';
import { body, createJobsBench, type JobsBench, rss, rssItem } from '../../helpers/jobs-bench.ts';

const SITE = 'https://many.example';
const FEED = `${SITE}/feed`;
const link = (number: number): string => `${SITE}/2025/essay-${number}/`;
const by = (text: string, name: string): string => text.replaceAll('</item>', `<author>${name}</author></item>`);
const item = (number: number): string => rssItem(`essay-${number}`, { title: `Essay ${number}`, link: link(number) });
const essay = (number: number, author: string): string =>
  `<html><head><title>Essay ${number}</title><meta name="author" content="${author}">
  <meta property="article:published_time" content="2025-01-${String(number).padStart(2, '0')}T10:00:00Z"></head>
  <body><a rel="author" href="/author/ann-lee/">Ann Lee</a></body></html>`;

let bench: JobsBench;
const serve = (url: string, text: string): void => {
  bench.web.set(url, () =>
    body(text, { finalUrl: url, contentType: text.startsWith('<html') ? 'text/html' : 'application/xml' }),
  );
};
const follow = async (author: Partial<FollowedAuthor> = {}): Promise<void> => {
  const on = { kind: 'source' as const, sourceId: 'many' };
  await bench.store.authors.put({ id: 'ann', name: 'Ann Lee', addedAt: '2026-11-21T12:00:00.000Z', on, ...author });
};

beforeEach(async () => {
  bench = await createJobsBench();
  await bench.addFeed('many', { feedUrl: FEED, siteUrl: `${SITE}/` });
});
afterEach(() => bench.close());

describe('an author page with 12 posts of which 3 are kept (E-7)', () => {
  beforeEach(async () => {
    serve(FEED, rss([by(item(12), 'Ann Lee'), by(item(11), 'Ann Lee'), by(item(10), 'Ann Lee'), by(item(30), 'Bo')]));
    await bench.run('fetch-feeds');
    bench.asked.length = 0;
    bench.heard.length = 0;
    for (let number = 1; number <= 12; number++) serve(link(number), essay(number, 'Ann Lee'));
    await follow();
  });
  const list = (numbers: number[], more = ''): string =>
    `<html><body><nav><a href="/about/">About</a><a href="/tag/sea/">Sea</a></nav>${numbers
      .map((number) => `<article><a href="${link(number)}"></a><h2><a href="${link(number)}">Essay ${number}</a></h2></article>`)
      .join('')}${more}</body></html>`;

  test('brings the other 9 in, read and backfilled (E-7)', async () => {
    serve(`${SITE}/author/ann-lee/`, list([12, 11, 10, 9, 8, 7, 6], '<a rel="next" href="/author/ann-lee/page/2/">Older</a>'));
    serve(`${SITE}/author/ann-lee/page/2/`, list([5, 4, 3, 2, 1]));
    const { counts } = await bench.run('complete-authors');
    expect(counts).toMatchObject({ processed: 1, succeeded: 1, failed: 0, parts_found: 9, posts_added: 9, missing: 0 });
    const posts = await bench.posts();
    expect(posts.filter((post) => post.author === 'Ann Lee')).toHaveLength(12);
    expect(posts.filter((post) => post.isBackfilled).every((post) => post.isRead)).toBe(true);
    expect(bench.store.posts.unreadBySource('many')).toBe(4);
    const asked = bench.asked.map(({ url }) => url);
    expect(asked).not.toContain(`${SITE}/about/`);
    expect(new Set(asked).size).toBe(asked.length);
    const [map] = bench.store.gapMaps.all();
    expect(map).toMatchObject({ id: 'ann', kind: 'author', title: 'Ann Lee', sourceId: 'many' });
    expect(map?.parts.map(({ state }) => state).filter((state) => state === 'backfilled')).toHaveLength(9);
    expect(map?.parts.some(({ foundBy }) => foundBy === 'author-page')).toBe(true);
    expect(bench.heard.flatMap(({ name, data }) => (name === 'gaps.changed' ? data.ids : []))).toContain('ann');
    const again = await bench.run('complete-authors');
    expect(again.counts).toMatchObject({ posts_added: 0 });
  });

  test('takes the author’s own feed where the page names one', async () => {
    const own = '<link rel="alternate" type="application/rss+xml" href="/author/ann-lee/feed/">';
    serve(`${SITE}/author/ann-lee/`, `<html><head>${own}</head><body></body></html>`);
    serve(`${SITE}/author/ann-lee/feed/`, rss([1, 2, 3].map((number) => by(item(number), 'Ann Lee'))));
    const { counts } = await bench.run('complete-authors', { authorId: 'ann' });
    expect(counts.posts_added).toBe(3);
  });

  test('leaves posts of others alone, although the page names them', async () => {
    serve(`${SITE}/author/ann-lee/`, list([12, 20]));
    serve(link(20), essay(20, 'Bo'));
    const { counts } = await bench.run('complete-authors');
    expect(counts).toMatchObject({ posts_added: 0 });
  });

  test('shows as missing what the page names and the site does not give', async () => {
    serve(`${SITE}/author/ann-lee/`, list([12, 40]));
    const { counts } = await bench.run('complete-authors');
    expect(counts).toMatchObject({ posts_added: 0, missing: 1 });
    expect(bench.store.gapMaps.get('ann')?.parts[0]).toEqual({ state: 'missing', url: link(40), title: 'Essay 40' });
  });

  test('a post the feed holds and nobody fetched yet is left to the feed', async () => {
    serve(FEED, rss([by(item(13), 'Ann Lee'), by(item(12), 'Ann Lee')]));
    serve(`${SITE}/author/ann-lee/`, list([13, 12, 11, 9]));
    serve(link(13), essay(13, 'Ann Lee'));
    expect((await bench.run('complete-authors')).counts).toMatchObject({ posts_added: 1, missing: 0 });
    await bench.clock.pass(24 * 3_600_000);
    expect((await bench.run('fetch-feeds')).counts.new_posts).toBe(1);
  });

  test('stops at the most requests and goes no further', async () => {
    serve(`${SITE}/author/ann-lee/`, list([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]));
    const { counts } = await bench.run('complete-authors', { maxPages: 6 });
    expect(counts.requests).toBe(6);
    expect(counts.posts_added).toBeLessThan(9);
    expect(bench.store.gapMaps.get('ann')?.tried).toContain('stopped after 6 requests');
  });

  test('an author nobody follows any more has no map, and one whose source is gone is forgotten', async () => {
    await bench.run('complete-authors');
    await bench.store.sources.remove('many');
    const { counts, lines } = await bench.run('complete-authors');
    expect(counts.processed).toBe(0);
    expect(lines[0]?.message).toContain('Nobody is followed');
    expect(bench.store.gapMaps.all()).toEqual([]);
    expect(bench.store.authors.all()).toEqual([]);
  });
});

describe('a followed user of Hacker News', () => {
  const API = 'http://hn.test/v0';
  const story = (id: number, fields: object = {}): string =>
    JSON.stringify({
      id,
      type: 'story',
      by: 'oda',
      time: 1_700_000_000 + id,
      title: `Story ${id}`,
      score: 9,
      descendants: 1,
      ...fields,
    });
  const json = (path: string, text: string): void => {
    bench.web.set(`${API}/${path}.json`, () => body(text, { contentType: 'application/json' }));
  };
  beforeEach(async () => {
    await bench.addHackerNews('hn');
    await follow({ id: 'oda', name: 'oda', on: { kind: 'hacker-news' } });
    for (let id = 1; id <= 10; id++) json(`item/${id}`, id % 2 ? story(id) : story(id, { type: 'comment', title: undefined }));
    json('user/oda', JSON.stringify({ id: 'oda', submitted: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] }));
  });

  test('what they submitted comes in read, whatever its score; comments do not (E-7)', async () => {
    const { counts } = await bench.run('complete-authors');
    expect(counts).toMatchObject({ processed: 1, succeeded: 1, posts_added: 5, requests: 11 });
    const posts = await bench.posts();
    expect(posts.map((post) => post.fingerprint).sort()).toEqual(['hn:1', 'hn:3', 'hn:5', 'hn:7', 'hn:9']);
    expect(posts.every((post) => post.isRead && post.isBackfilled && post.sourceId === 'hn')).toBe(true);
    expect(bench.store.gapMaps.get('oda')?.parts.map(({ foundBy }) => foundBy)).toEqual(Array(5).fill('hacker-news'));
  });

  test('a long list is looked through over several runs, each number once', async () => {
    const asked: number[] = [];
    for (let times = 0; times < 4; times++) {
      bench.asked.length = 0;
      await bench.run('complete-authors', { maxPages: 4 });
      asked.push(...bench.asked.flatMap(({ url }) => Number(/item\/(\d+)/.exec(url)?.[1] ?? 0) || []));
    }
    expect(asked.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    json('item/11', story(11));
    json('user/oda', JSON.stringify({ submitted: [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1] }));
    bench.asked.length = 0;
    const { counts } = await bench.run('complete-authors');
    expect(counts).toMatchObject({ posts_added: 1, requests: 2 });
  });

  test('a story of the last three days is left to the lists, and looked at again later', async () => {
    json('item/9', story(9, { time: Date.parse('2026-11-20T12:00:00Z') / 1000 }));
    expect((await bench.run('complete-authors')).counts).toMatchObject({ posts_added: 4 });
    await bench.clock.pass(4 * 86_400_000);
    bench.asked.length = 0;
    expect((await bench.run('complete-authors')).counts).toMatchObject({ posts_added: 1 });
    expect(bench.asked.map(({ url }) => url)).toContain(`${API}/item/9.json`);
  });

  test('a user nobody knows, a wrong answer, a pause: said, and no more asked', async () => {
    json('user/oda', 'null');
    expect((await bench.run('complete-authors')).counts).toMatchObject({ succeeded: 1, requests: 1 });
    expect(bench.store.gapMaps.get('oda')?.tried[0]).toContain('no user');
    json('user/oda', '{"submitted": "all"}');
    expect((await bench.run('complete-authors')).counts).toMatchObject({ succeeded: 1, posts_added: 0 });
    bench.web.set(`${API}/user/oda.json`, () => new AppError('HTTP_429', 'Slow down.', { status: 429, retryAfterMs: 600_000 }));
    expect((await bench.run('complete-authors')).counts).toMatchObject({ failed: 1, requests: 1 });
    expect((await bench.run('complete-authors')).counts).toMatchObject({ failed: 1, requests: 0 });
  });
});
