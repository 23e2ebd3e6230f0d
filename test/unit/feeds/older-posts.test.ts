import { describe, expect, test } from 'vitest';
import { toPagePost } from '../../../main/feeds/page-post.ts';
import { readPaging } from '../../../main/feeds/paging.ts';
import { readSitePage } from '../../../main/feeds/site-page.ts';
import { readSitemap, sitemapsOfRobots } from '../../../main/feeds/sitemap.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const URL_ = 'https://a.example/feed';

describe('where a feed says its older posts are', () => {
  test('RFC 5005: the archive before this one, the next page, and that it is complete', () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?p=2"/><link rel="prev-archive" href="/2023.xml"/></feed>';
    expect(readPaging(bytes(atom), URL_)).toEqual({
      previousArchive: 'https://a.example/2023.xml',
      next: 'https://a.example/feed?p=2',
      isComplete: false,
      isWordPress: false,
    });
    const rss =
      '<rss xmlns:a="http://www.w3.org/2005/Atom" xmlns:fh="x"><channel><fh:complete/><a:link rel="next" href="javascript:x"/></channel></rss>';
    expect(readPaging(bytes(rss), URL_)).toEqual({ isComplete: true, isWordPress: false });
  });

  test('links of entries are not the feed’s, JSON Feed has next_url, WordPress says its name', () => {
    const entry = '<feed><entry><link rel="next" href="/x"/></entry><item><generator>wordpress</generator></item></feed>';
    expect(readPaging(bytes(entry), URL_)).toEqual({ isComplete: false, isWordPress: false });
    expect(readPaging(bytes('{"next_url":"/feed?2"}'), URL_).next).toBe('https://a.example/feed?2');
    expect(readPaging(bytes('{"next_url":'), URL_)).toEqual({ isComplete: false, isWordPress: false });
    const wp = '<rss><channel><generator>https://wordpress.org/?v=6</generator></channel></rss>';
    expect(readPaging(bytes(wp), URL_).isWordPress).toBe(true);
  });
});

describe('a sitemap', () => {
  test('is read with its dates, and an index with its sitemaps; what is no address is left out', async () => {
    const text = `<urlset><url><loc> https://a.example/1 </loc><lastmod>2024-03-05</lastmod></url>
      <url><loc>javascript:alert(1)</loc></url><url><loc>https://a.example/2?a=1&amp;b=2</loc></url></urlset>`;
    expect((await readSitemap(bytes(text), URL_)).pages).toEqual([
      { url: 'https://a.example/1', lastModified: '2024-03-05T00:00:00.000Z' },
      { url: 'https://a.example/2?a=1&b=2' },
    ]);
    const index = '<sitemapindex><sitemap><loc>/posts.xml</loc></sitemap></sitemapindex>';
    expect((await readSitemap(bytes(index), URL_)).sitemaps).toEqual([{ url: 'https://a.example/posts.xml' }]);
  });

  test('with more than it may hold is cut, and one that is something else is empty', async () => {
    const many = `<urlset>${'<url><loc>https://a.example/x</loc></url>'.repeat(50_100)}</urlset>`;
    const sitemap = await readSitemap(bytes(many), URL_);
    expect(sitemap.pages.length).toBeLessThanOrEqual(50_000);
    expect((await readSitemap(bytes('<html><p>no'), URL_)).pages).toEqual([]);
    const endless = `<urlset><url><loc>${'x'.repeat(3_000_000)}</loc></url></urlset>`;
    expect((await readSitemap(bytes(endless), URL_)).pages).toEqual([]);
  });

  test('is named by robots.txt', () => {
    const robots =
      'User-agent: *\nDisallow: /x\nSitemap: https://a.example/map.xml\nsitemap: /other.xml\nSitemap: ftp://a.example/x';
    expect(sitemapsOfRobots(bytes(robots), 'https://a.example/robots.txt')).toEqual([
      'https://a.example/map.xml',
      'https://a.example/other.xml',
    ]);
  });
});

describe('a page of a site', () => {
  const html = `<html><head><title>Tides, Part 1 | Small site</title><meta property="og:site_name" content="Small site">
    <meta name="author" content="Ann"><link rel="canonical" href="/tides-1/"><link rel="next" href="/tides-2">
    <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":"BlogPosting","headline":"Tides &amp; more",
    "datePublished":"2024-03-05T10:00:00+01:00","author":[{"@type":"Person","name":"Ann Lee"}]}]}</script></head>
    <body><h1>Tides</h1><a href="/tides-3" rel="nofollow">Part <b>3</b></a><a href="javascript:x">x</a></body></html>`;

  test('says its title, address, date and author: JSON-LD first', () => {
    expect(readSitePage(html, 'https://a.example/t1?x=1')).toMatchObject({
      title: 'Tides &amp; more',
      canonical: 'https://a.example/tides-1/',
      published: '2024-03-05T09:00:00.000Z',
      author: 'Ann Lee',
    });
    expect(readSitePage(html, 'https://a.example/t1').anchors).toContainEqual({
      url: 'https://a.example/tides-3',
      text: 'Part 3',
      rel: 'nofollow',
    });
  });

  test('without JSON-LD the site’s name is taken off its title; broken JSON-LD is passed over', () => {
    const plain = html.replace(/\{"@graph[\s\S]*?\]\}/, '{"@graph": [oops');
    expect(readSitePage(plain.replace('<h1>Tides</h1>', ''), 'https://a.example/')).toMatchObject({
      title: 'Tides, Part 1',
      author: 'Ann',
    });
  });

  test('becomes a backfilled post with plain text only, and none without a title', () => {
    const source = { id: 's', feedUrl: URL_ };
    const page = { title: '<img src=x onerror=alert(1)>Tides', description: '<b>Words</b>', anchors: [] };
    const draft = toPagePost(page, 'https://a.example/tides', source, { now: Date.parse('2026-11-22T00:00:00Z') });
    expect(draft).toMatchObject({
      isBackfilled: true,
      url: 'https://a.example/tides',
      domain: 'a.example',
      summary: '<b>Words</b>',
    });
    expect(draft?.secondKey).toMatch(/^u/);
    expect(toPagePost({ anchors: [] }, 'https://a.example/x', source, { now: 0 })).toBeUndefined();
  });
});
