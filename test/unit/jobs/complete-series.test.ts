import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../preload/contract/errors.ts';
import { body, createJobsBench, type JobsBench, rss, rssItem } from '../../helpers/jobs-bench.ts';

const SITE = 'https://tides.example';
const FEED = `${SITE}/feed`;
const link = (number: number): string => `${SITE}/tides-part-${number}/`;
const title = (number: number): string => `Tides for beginners, Part ${number} of 4`;
const item = (number: number): string => rssItem(`tides-${number}`, { title: title(number), link: link(number) });

const page = (number: number, head = ''): string =>
  `<html><head><title>${title(number)} | Tides</title><meta property="og:site_name" content="Tides">${head}
  <link rel="canonical" href="${link(number)}"><meta name="description" content="Words of part ${number}">
  <meta property="article:published_time" content="2025-0${number}-02T10:00:00Z"></head><body><h1>${title(number)}</h1></body></html>`;
const atom = (numbers: number[], links = ''): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title><id>x</id>${links}${numbers
    .map((number) => `<entry><id>tides-${number}</id><title>${title(number)}</title><link href="${link(number)}"/></entry>`)
    .join('')}</feed>`;

let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
  await bench.addFeed('tides', { feedUrl: FEED, siteUrl: `${SITE}/` });
});
afterEach(() => bench.close());

const serve = (url: string, text: string): void => {
  bench.web.set(url, () =>
    body(text, { finalUrl: url, contentType: text.startsWith('<html') ? 'text/html' : 'application/xml' }),
  );
};
/** The feed has part 4 only, and it is read. */
const begin = async (feed = rss([item(4)])): Promise<void> => {
  serve(FEED, feed);
  await bench.run('fetch-feeds');
  bench.asked.length = 0;
};
const partsOfMap = () => bench.store.gapMaps.all().map(({ parts }) => parts.map(({ state, foundBy }) => [state, foundBy]));
const backfilled = async () => (await bench.posts()).filter((post) => post.isBackfilled);

describe('a site with parts 1 to 4 whose feed has part 4 only (E-6)', () => {
  test('finds 1 to 3 in the archive of the feed (RFC 5005): backfilled, read, not announced as new (E-6)', async () => {
    await begin(atom([4], `<link rel="prev-archive" href="${SITE}/archive-2"/>`));
    serve(`${SITE}/archive-2`, atom([3, 2], '<link rel="prev-archive" href="/archive-1"/>'));
    serve(`${SITE}/archive-1`, atom([1]));
    bench.heard.length = 0;
    const { counts } = await bench.run('complete-series');
    expect(counts).toMatchObject({
      processed: 1,
      succeeded: 1,
      failed: 0,
      series: 1,
      parts_found: 3,
      posts_added: 3,
      missing: 0,
    });
    expect(counts.requests).toBe(3);
    const posts = await backfilled();
    expect(posts.map((post) => post.title).sort()).toEqual([title(1), title(2), title(3)]);
    expect(posts.every((post) => post.isRead)).toBe(true);
    expect(bench.store.posts.unreadBySource('tides')).toBe(1);
    const changes = bench.heard.flatMap(({ name, data }) => (name === 'posts.changed' ? [data.added] : []));
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.every((added) => added === 0)).toBe(true);
    expect(partsOfMap()).toEqual([
      [
        ['backfilled', 'archive'],
        ['backfilled', 'archive'],
        ['backfilled', 'archive'],
        ['kept', undefined],
      ],
    ]);
    expect(bench.store.gapMaps.all()[0]).toMatchObject({ kind: 'series', title: 'Tides for beginners', total: 4 });
  });

  test('finds them on the pages of a WordPress feed', async () => {
    await begin(rss([item(4)]).replace('<description>', '<generator>https://wordpress.org/?v=6.5</generator><description>'));
    serve(`${FEED}?paged=2`, rss([item(3), item(2)]));
    serve(`${FEED}?paged=3`, rss([item(1)]));
    const { counts } = await bench.run('complete-series');
    expect(counts).toMatchObject({ posts_added: 3, missing: 0 });
    expect(bench.store.gapMaps.all()[0]?.tried.join()).toContain('?paged=');
  });

  test('does not ask a feed that is not WordPress for pages', async () => {
    await begin();
    await bench.run('complete-series');
    expect(bench.asked.some(({ url }) => url.includes('paged'))).toBe(false);
  });

  test('finds them in the sitemap, with title, date and description of their pages', async () => {
    await begin();
    const urls = [1, 2, 3, 4].map((number) => `<url><loc>${link(number)}</loc></url>`).join('');
    serve(`${SITE}/sitemap.xml`, `<sitemapindex><sitemap><loc>${SITE}/posts.xml</loc></sitemap></sitemapindex>`);
    serve(`${SITE}/posts.xml`, `<urlset><url><loc>${SITE}/about/</loc></url>${urls}</urlset>`);
    for (const number of [1, 2, 3]) serve(link(number), page(number));
    const { counts } = await bench.run('complete-series');
    expect(counts).toMatchObject({ posts_added: 3, missing: 0 });
    const second = (await backfilled()).find((post) => post.title === title(2));
    expect(second).toMatchObject({
      url: link(2),
      summary: 'Words of part 2',
      publishedAt: '2025-02-02T10:00:00.000Z',
      isRead: true,
    });
    expect(bench.asked.map(({ url }) => url)).not.toContain(`${SITE}/about/`);
    expect(bench.store.gapMaps.all()[0]?.parts[0]?.foundBy).toBe('sitemap');
  });

  test('finds them through the links of the parts themselves, one after the other', async () => {
    await begin();
    serve(link(4), page(4, `<link rel="prev" href="${link(3)}">`));
    serve(link(3), page(3, `<link rel="prev" href="${link(2)}">`));
    serve(link(2), page(2).replace('</body>', '<a href="/tides-part-1/">Part 1</a></body>'));
    serve(link(1), page(1));
    const { counts } = await bench.run('complete-series');
    expect(counts).toMatchObject({ posts_added: 3, missing: 0 });
    expect(
      bench.store.gapMaps
        .all()[0]
        ?.parts.slice(0, 3)
        .map(({ foundBy }) => foundBy),
    ).toEqual(['links', 'links', 'links']);
  });

  test('takes the article of a page that is found, where there is one', async () => {
    await begin();
    serve(`${SITE}/sitemap.xml`, `<urlset><url><loc>${link(3)}</loc></url></urlset>`);
    const words = `<p>${'The keepers wrote down what the water did. '.repeat(20)}</p>`;
    serve(link(3), page(3).replace('</body>', `<article>${words}${words}</article><script>alert(1)</script></body>`));
    await bench.run('complete-series');
    const [post] = await backfilled();
    expect(post).toMatchObject({ isExtracted: true, hasBody: true, isRead: true, isBackfilled: true });
    const html = post ? await bench.store.bodies.get(post) : '';
    expect(html).toContain('what the water did');
    expect(html).not.toContain('alert');
  });

  test('shows what stays missing, says what was tried, and tries again when asked to', async () => {
    await begin();
    const { counts } = await bench.run('complete-series');
    expect(counts).toMatchObject({ posts_added: 0, missing: 3, succeeded: 1 });
    const [map] = bench.store.gapMaps.all();
    expect(map?.parts.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing', 'kept']);
    expect(map?.tried).toEqual(['feed archive: none', 'sitemap: none', 'links on 0 pages: 0 found']);
    serve(`${SITE}/sitemap.xml`, `<urlset><url><loc>${link(1)}</loc></url></urlset>`);
    serve(link(1), page(1));
    const again = await bench.run('complete-series', { seriesId: map?.id });
    expect(again.counts).toMatchObject({ posts_added: 1, missing: 2 });
  });
});

describe('what is found and what the feed brings later are one post', () => {
  const inSitemap = async (): Promise<void> => {
    await begin();
    serve(`${SITE}/sitemap.xml`, `<urlset><url><loc>${link(3)}</loc></url></urlset>`);
    serve(link(3), page(3));
    await bench.run('complete-series');
  };

  test('a part that was found by its page is known when the feed brings it with an id of its own and another title', async () => {
    await inSitemap();
    serve(FEED, rss([item(4), rssItem('other-guid', { title: 'Tides, the third', link: `${link(3)}?utm_source=feed` })]));
    await bench.clock.pass(3_600_000);
    const { counts } = await bench.run('fetch-feeds');
    expect(counts.new_posts).toBe(0);
    const posts = await bench.posts();
    expect(posts).toHaveLength(2);
    expect(posts.find((post) => post.isBackfilled)).toMatchObject({ title: 'Tides, the third', isRead: true });
  });

  test('a part that was removed does not come back, neither by a page nor by the feed', async () => {
    await inSitemap();
    await bench.store.posts.remove((await backfilled()).map(({ id }) => id));
    bench.asked.length = 0;
    expect((await bench.run('complete-series')).counts).toMatchObject({ posts_added: 0 });
    expect(bench.asked.map(({ url }) => url)).not.toContain(link(3));
    serve(FEED, rss([item(4), item(3)]));
    await bench.clock.pass(3_600_000);
    expect((await bench.run('fetch-feeds')).counts.new_posts).toBe(0);
    expect(await bench.posts()).toHaveLength(1);
  });

  test('a post of the feed that was removed does not come back by its page, whatever the page calls it', async () => {
    await begin(rss([item(4), item(3)]));
    await bench.store.posts.remove((await bench.posts()).filter((post) => post.title === title(3)).map(({ id }) => id));
    serve(FEED, rss([item(4)]));
    serve(`${SITE}/sitemap.xml`, `<urlset><url><loc>${link(3)}</loc></url></urlset>`);
    serve(link(3), page(3).replaceAll('Tides for beginners', 'TIDES for Beginners'));
    expect((await bench.run('complete-series')).counts).toMatchObject({ posts_added: 0 });
  });

  test('other posts that share an address with a removed one are not held back', async () => {
    const home = (id: string): string => rssItem(id, { title: `Note ${id}`, link: `${SITE}/` });
    await begin(rss([home('a'), home('b')]));
    await bench.store.posts.remove((await bench.posts()).filter(({ title: name }) => name === 'Note a').map(({ id }) => id));
    serve(FEED, rss([home('a'), home('b'), home('c')]));
    await bench.clock.pass(3_600_000);
    expect((await bench.run('fetch-feeds')).counts.new_posts).toBe(1);
  });

  test('a part that the feed holds and nobody fetched yet is left to the feed, so that it comes in as new', async () => {
    await begin(rss([item(3)]));
    serve(FEED, rss([item(4), item(3)]));
    serve(`${SITE}/sitemap.xml`, `<urlset><url><loc>${link(4)}</loc></url><url><loc>${link(2)}</loc></url></urlset>`);
    for (const number of [2, 4]) serve(link(number), page(number));
    expect((await bench.run('complete-series')).counts).toMatchObject({ posts_added: 1 });
    expect((await backfilled()).map((post) => post.title)).toEqual([title(2)]);
    await bench.clock.pass(24 * 3_600_000);
    expect((await bench.run('fetch-feeds')).counts.new_posts).toBe(1);
    expect((await bench.posts()).find((post) => post.title === title(4))).toMatchObject({ isRead: false });
  });

  test('found posts stay out of Today and of the last hour', async () => {
    await inSitemap();
    const context = { now: bench.clock.now(), startOfDay: 0, isMuted: () => false, folderOf: () => [] };
    const titles = async (view: 'today' | 'last-hour' | 'all') =>
      (await bench.store.posts.list({ view }, context)).rows.map((post) => post.title);
    expect(await titles('today')).toEqual([title(4)]);
    expect(await titles('last-hour')).toEqual([title(4)]);
    expect(await titles('all')).toHaveLength(2);
    expect(bench.store.posts.counts(context)).toMatchObject({ todayTotal: 1, lastHour: 1, all: 2, unread: 1 });
  });
});

describe('hostile sites', () => {
  test('an archive that leads in a circle ends', async () => {
    await begin(atom([4], `<link rel="prev-archive" href="${SITE}/a"/>`));
    serve(`${SITE}/a`, atom([4], `<link rel="prev-archive" href="${SITE}/b"/>`));
    serve(`${SITE}/b`, atom([4], `<link rel="prev-archive" href="${SITE}/a"/>`));
    const { counts } = await bench.run('complete-series');
    expect(counts.requests).toBeLessThan(10);
    expect(bench.store.gapMaps.all()[0]?.tried[0]).toBe('feed archive: 2 pages, it leads in a circle');
  });

  test('an archive without an end stops at the most pages allowed', async () => {
    await begin(atom([4], `<link rel="prev-archive" href="${SITE}/p1"/>`));
    for (let number = 1; number < 60; number++)
      serve(`${SITE}/p${number}`, atom([4], `<link rel="prev-archive" href="${SITE}/p${number + 1}"/>`));
    const { counts } = await bench.run('complete-series', { maxPages: 12 });
    expect(counts.requests).toBe(12);
    expect(bench.store.gapMaps.all()[0]?.tried).toContain('stopped after 12 requests');
  });

  test('nothing of another site is asked: archive, sitemap, pages, links, redirects', async () => {
    const evil = 'https://evil.example';
    await begin(atom([4], `<link rel="prev-archive" href="${evil}/archive"/>`));
    serve(
      `${SITE}/sitemap.xml`,
      `<sitemapindex><sitemap><loc>${evil}/s.xml</loc></sitemap></sitemapindex><urlset><url><loc>${evil}/tides-part-3/</loc></url></urlset>`,
    );
    serve(link(4), page(4, `<link rel="prev" href="${evil}/tides-part-3/"><link rel="next" href="${link(2)}">`));
    bench.web.set(link(2), () => body(page(2), { finalUrl: `${evil}/tides-part-2/`, contentType: 'text/html' }));
    const { counts } = await bench.run('complete-series');
    expect(counts.posts_added).toBe(0);
    expect(bench.asked.filter(({ url }) => url.startsWith(evil))).toEqual([]);
  });

  test('a sitemap with 60,000 addresses that all look like parts costs no more than the most pages', async () => {
    await begin();
    const urls = Array.from(
      { length: 60_000 },
      (_, at) => `<url><loc>${SITE}/x${at}/tides-part-${(at % 3) + 1}/</loc></url>`,
    ).join('');
    serve(`${SITE}/sitemap.xml`, `<urlset>${urls}</urlset>`);
    const { counts } = await bench.run('complete-series');
    expect(counts.requests).toBe(20);
    expect(counts.posts_added).toBe(0);
  });

  test('a pause the host asks for ends the asking and is kept for others', async () => {
    await begin();
    bench.web.set(FEED, () => new AppError('HTTP_429', 'The server answered 429.', { status: 429, retryAfterMs: 600_000 }));
    const { counts } = await bench.run('complete-series');
    expect(counts).toMatchObject({ requests: 1, failed: 1 });
    expect(bench.store.fetchMemory.host('tides.example')).toMatchObject({ reason: 'retry-after' });
    bench.asked.length = 0;
    await bench.run('complete-series');
    expect(bench.asked).toEqual([]);
  });

  test('one source that fails does not stop the others', async () => {
    await begin();
    await bench.addFeed('dead', { feedUrl: 'https://dead.example/feed', siteUrl: 'https://dead.example/' });
    serve(
      'https://dead.example/feed',
      rss([rssItem('d', { title: 'Dead ends, Part 2', link: 'https://dead.example/dead-ends-part-2' })]),
    );
    await bench.run('fetch-feeds', { force: true });
    for (const path of ['feed', 'sitemap.xml', 'robots.txt', 'dead-ends-part-2'])
      bench.web.set(`https://dead.example/${path}`, () => new AppError('CONN_REFUSED', 'The server refuses connections.'));
    serve(`${SITE}/sitemap.xml`, `<urlset><url><loc>${link(1)}</loc></url></urlset>`);
    serve(link(1), page(1));
    const { counts, lines } = await bench.run('complete-series');
    expect(counts).toMatchObject({ processed: 2, succeeded: 1, failed: 1, posts_added: 1 });
    expect(lines.some(({ level, message }) => level === 'warn' && message.includes('refuses'))).toBe(true);
  });

  test('a cancel in the middle keeps what was found and throws the reason', async () => {
    await begin(atom([4], `<link rel="prev-archive" href="${SITE}/a"/>`));
    const stop = new AbortController();
    serve(`${SITE}/a`, atom([3], `<link rel="prev-archive" href="${SITE}/b"/>`));
    bench.web.set(`${SITE}/b`, () => {
      stop.abort(new AppError('CANCELLED', 'Cancelled.'));
      return body(atom([2]));
    });
    const { error } = await bench.run('complete-series', {}, { signal: stop.signal });
    expect(error?.code).toBe('CANCELLED');
    expect((await backfilled()).map((post) => post.title)).toContain(title(3));
    expect(partsOfMap()[0]?.map(([state]) => state)).toContain('backfilled');
  });

  test('a page that says it is something else is not taken, whatever its address', async () => {
    await begin();
    serve(`${SITE}/sitemap.xml`, `<urlset><url><loc>${SITE}/posts/tides-part-1/</loc></url></urlset>`);
    serve(`${SITE}/posts/tides-part-1/`, '<html><head><title>Not found, sorry</title></head></html>');
    const { counts } = await bench.run('complete-series');
    expect(counts.posts_added).toBe(0);
  });

  test('a series whose source is removed loses its map', async () => {
    await begin();
    await bench.run('complete-series');
    await bench.store.sources.remove('tides');
    await bench.run('complete-series');
    expect(bench.store.gapMaps.all()).toEqual([]);
  });
});
