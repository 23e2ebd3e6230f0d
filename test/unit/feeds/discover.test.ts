import { describe, expect, test } from 'vitest';
import { createDiscover, type Discover } from '../../../main/feeds/discover.ts';
import { knownFeeds } from '../../../main/feeds/known-sites.ts';
import { parseFeed } from '../../../main/feeds/parse.ts';
import type { Download } from '../../../main/net/download-types.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { Source } from '../../../preload/contract/source.ts';
import { item, rss } from './feed-kit.ts';

type Page = string | { body: string; finalUrl?: string; movedTo?: string; etag?: string };

/** A web of pages by address; what is not there answers 404. Counts what was asked. */
const webOf = (pages: Record<string, Page>, sources: Source[] = []): { discover: Discover; asked: string[] } => {
  const asked: string[] = [];
  const download = async ({ url }: { url: string }): Promise<Download> => {
    asked.push(url);
    const page = pages[url];
    if (page === undefined) throw new AppError('HTTP_4XX', 'The server answered 404.');
    const { body, finalUrl = url, movedTo, etag } = typeof page === 'string' ? { body: page } : page;
    const bytes = new TextEncoder().encode(body);
    return {
      kind: 'body',
      finalUrl,
      redirects: [],
      status: 200,
      validators: etag ? { etag } : {},
      wireBytes: bytes.length,
      ms: 1,
      bytes,
      ...(movedTo ? { movedTo } : {}),
    };
  };
  let time = 0;
  const clock = { monotonic: () => (time += 5) };
  return {
    discover: createDiscover({
      downloader: { download },
      parser: { parse: (input) => parseFeed(input) },
      sources: () => sources,
      clock,
    }),
    asked,
  };
};

const weekly = [1, 8, 15, 22]
  .map((day, n) =>
    item(
      n,
      `<pubDate>2026-01-${String(day).padStart(2, '0')}T00:00:00Z</pubDate><description>${n === 0 ? 'x' : 'word '.repeat(300)}</description>`,
    ),
  )
  .join('');
const page = (links: string): string => `<!DOCTYPE html><html><head><title>Site</title>${links}</head><body>hello</body></html>`;
const link = (href: string, type = 'application/rss+xml', rel = 'alternate'): string =>
  `<link rel="${rel}" type="${type}" href="${href}" title="Feed">`;

describe('finding feeds behind an address', () => {
  test('a feed is previewed: newest posts, pace, full text, size, validators', async () => {
    const { discover } = webOf({
      'https://a.example/feed': {
        body: rss(weekly, '<title>A &amp;amp; B</title><link>https://a.example/</link><description>About</description>'),
        etag: '"1"',
      },
    });
    const { url, feeds, ms } = await discover(' a.example/feed ');
    expect(url).toBe('https://a.example/feed');
    expect(ms).toBeGreaterThan(0);
    expect(feeds).toEqual([
      {
        feedUrl: 'https://a.example/feed',
        siteUrl: 'https://a.example/',
        title: 'A & B',
        description: 'About',
        format: 'rss',
        posts: [3, 2, 1, 0].map((n) => ({
          title: `Item ${n}`,
          publishedAt: `2026-01-${['01', '08', '15', '22'][n]}T00:00:00.000Z`,
        })),
        postCount: 4,
        perWeek: 1,
        hasFullText: true,
        bytes: expect.any(Number),
        validators: ['etag'],
      },
    ]);
  });
  test('links of a page are followed, relative to its base, each once, and nothing else is asked', async () => {
    const { discover, asked } = webOf({
      'https://b.example/': page(
        `<base href="/blog/">${link('rss.xml')}${link('rss.xml')}${link('https://b.example/atom', 'application/atom+xml; charset=utf-8')}${link('/broken')}${link('/style.css', 'text/css')}${link('/wp-json', 'application/json')}${link('javascript:alert(1)')}`,
      ),
      'https://b.example/blog/rss.xml': rss(item(1)),
      'https://b.example/atom': '<feed xmlns="http://www.w3.org/2005/Atom"><title>At</title></feed>',
    });
    const { feeds } = await discover('b.example');
    expect(feeds.map((feed) => [feed.feedUrl, feed.format])).toEqual([
      ['https://b.example/blog/rss.xml', 'rss'],
      ['https://b.example/atom', 'atom'],
    ]);
    expect(asked).toEqual([
      'https://b.example/',
      'https://b.example/blog/rss.xml',
      'https://b.example/atom',
      'https://b.example/broken',
    ]);
  });
  test('usual places are tried only when a page names nothing, and no further than the first feed', async () => {
    const { discover, asked } = webOf({ 'https://c.example/': page(''), 'https://c.example/atom.xml': rss(item(1)) });
    expect((await discover('https://c.example')).feeds.map((feed) => feed.feedUrl)).toEqual(['https://c.example/atom.xml']);
    expect(asked).toEqual([
      'https://c.example/',
      'https://c.example/feed',
      'https://c.example/rss',
      'https://c.example/atom.xml',
    ]);
  });
  test('when nothing is found it says what was tried', async () => {
    const { discover, asked } = webOf({ 'https://d.example/x/y': page(link('/gone')) });
    await expect(discover('https://d.example/x/y')).rejects.toMatchObject({
      code: 'NOT_A_FEED',
      message: 'No feed was found at d.example: none of the 1 it names can be read, and 10 addresses were tried.',
    });
    expect(asked.length).toBeLessThanOrEqual(10);
  });
  test('an address that cannot be reached or is none fails with its own code', async () => {
    const { discover, asked } = webOf({});
    await expect(discover('https://gone.example/')).rejects.toMatchObject({ code: 'HTTP_4XX' });
    await expect(discover('javascript:alert(1)')).rejects.toMatchObject({ code: 'USAGE' });
    expect(asked).toEqual(['https://gone.example/']);
  });
  test('a feed that is read already is marked, also under another writing of its address', async () => {
    const known: Source = {
      id: 's1',
      kind: 'feed',
      title: 'T',
      feedUrl: 'https://E.example:443/feed',
      folder: [],
      paused: false,
      muted: false,
      starred: false,
      addedAt: '2026-01-01T00:00:00.000Z',
    };
    const { discover } = webOf({ 'https://e.example/feed': rss(item(1)) }, [known]);
    expect((await discover('https://e.example/feed')).feeds[0]?.alreadySourceId).toBe('s1');
  });
  test('a permanent move gives the new address', async () => {
    const { discover } = webOf({
      'http://f.example/feed': { body: rss(item(1)), finalUrl: 'https://f.example/feed', movedTo: 'https://f.example/feed' },
    });
    expect((await discover('http://f.example/feed')).feeds[0]?.feedUrl).toBe('https://f.example/feed');
  });
  test('a cancelled search stops', async () => {
    const abort = new AbortController();
    const download = async (): Promise<Download> => {
      throw new AppError('CANCELLED', 'Cancelled.');
    };
    const discover = createDiscover({ downloader: { download }, parser: { parse: (input) => parseFeed(input) } });
    await expect(discover('https://github.com/a/b', { signal: abort.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('well-known sites', () => {
  const CHANNEL = 'UCabcdefghijklmnopqrstuv';
  test.each([
    [`https://www.youtube.com/channel/${CHANNEL}`, [`https://www.youtube.com/feeds/videos.xml?channel_id=${CHANNEL}`]],
    ['https://youtube.com/user/somebody', ['https://www.youtube.com/feeds/videos.xml?user=somebody']],
    ['https://www.youtube.com/playlist?list=PL123', ['https://www.youtube.com/feeds/videos.xml?playlist_id=PL123']],
    ['https://www.reddit.com/r/programming/', ['https://www.reddit.com/r/programming/.rss']],
    ['https://old.reddit.com/u/someone', ['https://www.reddit.com/user/someone/.rss']],
    ['https://www.reddit.com/r/news/top/', ['https://www.reddit.com/r/news/top/.rss']],
    [
      'https://github.com/owner/repo',
      ['releases', 'commits', 'tags'].map((name) => `https://github.com/owner/repo/${name}.atom`),
    ],
    ['https://github.com/owner/repo/releases', ['https://github.com/owner/repo/releases.atom']],
    ['https://github.com/owner', ['https://github.com/owner.atom']],
    ['https://github.com/owner/repo/releases.atom', []],
    ['https://example.org/r/x', []],
  ])('%s', (address, feeds) => {
    expect(knownFeeds(address)).toEqual(feeds);
  });
  test('a YouTube handle is found in its page', async () => {
    const feed = `https://www.youtube.com/feeds/videos.xml?channel_id=${CHANNEL}`;
    const { discover } = webOf({
      'https://www.youtube.com/@somebody': page(`<script>var x = {"externalId":"${CHANNEL}"}</script>`),
      [feed]: rss(item(1)),
    });
    expect((await discover('https://www.youtube.com/@somebody')).feeds.map((found) => found.feedUrl)).toEqual([feed]);
  });
  test('a repository without releases still has its commits', async () => {
    const { discover } = webOf({ 'https://github.com/o/r/commits.atom': rss(item(1)) });
    expect((await discover('github.com/o/r')).feeds.map((found) => found.feedUrl)).toEqual([
      'https://github.com/o/r/commits.atom',
    ]);
  });
});
