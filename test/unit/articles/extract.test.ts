import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { extractArticle } from '../../../main/feeds/extract.ts';
import { toMarkdown } from '../../../main/feeds/markdown.ts';
import type { FeedInput } from '../../../main/feeds/parsed-feed.ts';
import { createFeedParser } from '../../../main/feeds/parser.ts';
import { sanitise } from '../../../main/feeds/sanitise.ts';
import { silentLog } from '../../../main/lib/log.ts';

const URL_OF_PAGE = 'https://gazette.example/news/tides';
const page = (name: string): FeedInput => ({
  bytes: readFileSync(new URL(`../../fixtures/pages/${name}.html`, import.meta.url)),
  url: URL_OF_PAGE,
  contentType: 'text/html',
});
const written = (html: string): FeedInput => ({ bytes: new TextEncoder().encode(html), url: URL_OF_PAGE });
const sentence = 'The keeper wrote down what the water did, not what the book said it would do. ';

describe('the article of a page', () => {
  test('has title, author, date and text, and none of what stands around it', () => {
    const article = extractArticle(page('article-with-nav'));
    expect(article).toMatchObject({
      title: 'The harbour that kept its own tide tables',
      byline: 'Ines Harrow',
      publishedAt: '2026-11-14T07:30:00.000Z',
      lang: 'en',
    });
    expect(article.html).toContain('measured the water by hand');
    expect(article.html).toContain('href="https://gazette.example/news/school/hydro"');
    expect(article.html).not.toMatch(/Front page|Sport section|cookies|Herring, counted|Imprint/);
    expect(article.words).toBeGreaterThan(120);
  });

  test('leaves out the comments below it', () => {
    const { html } = extractArticle(page('article-with-comments'));
    expect(html).toContain('The night trains arrive on the second');
    expect(html).not.toMatch(/Comment number|reader7/);
  });

  test('keeps its direction', () => {
    const article = extractArticle(page('article-rtl'));
    expect(article).toMatchObject({ dir: 'rtl', lang: 'ar', title: 'رفّ لا يُعار' });
    expect(sanitise(article.html).html).toContain('dir="rtl"');
  });

  test('is read in the charset that only the page itself names', () => {
    const article = extractArticle(page('article-shift-jis'));
    expect(article.title).toBe('あの石');
    expect(article.html).toContain('百年前から同じ石');
    expect(article.words).toBeGreaterThan(300);
  });

  test.each(['paywall-stub'])('is not made up where there is none: %s', (name) => {
    expect(() => extractArticle(page(name))).toThrow(expect.objectContaining({ code: 'DOC_MALFORMED' }));
  });

  test.each(['', ' ', '<', '<html>', 'plain words', '\u0000\u0001', '<script>', '{"a":1}'])('is not found in %j', (text) => {
    expect(() => extractArticle(written(text))).toThrow(expect.objectContaining({ code: 'DOC_MALFORMED' }));
  });

  test('of a hostile page carries nothing that runs, loads or submits once it is shown', () => {
    const article = extractArticle(page('hostile'));
    const { html } = sanitise(article.html, { baseUrl: URL_OF_PAGE });
    expect(html).toContain('The night trains arrive');
    expect(html).not.toMatch(/<script|<style|<iframe|<form|<input|<img|<svg|onerror=|onclick=|onload=|javascript:/i);
    expect(article.title).not.toMatch(/\u202e/);
    expect((globalThis as { pwned?: boolean }).pwned).toBeUndefined();
  });

  test('is bounded: a page of three million characters gives at most 256 KiB', () => {
    const huge = `<article>${`<p>${sentence.repeat(8)}</p>`.repeat(5000)}</article>`;
    const article = extractArticle(written(huge));
    expect(huge.length).toBeGreaterThan(3_000_000);
    expect(article.html.length).toBeLessThanOrEqual(262_144);
  });

  test.each([
    ['DOC_TOO_DEEP', '<div>'.repeat(5000) + sentence.repeat(20)],
    ['DOC_TOO_DEEP', '<b><i>'.repeat(5000) + sentence.repeat(20)],
    ['DOC_TOO_BIG', `<p>${'<i>x</i>'.repeat(40_000)}</p>`],
  ])('is refused with %s before a page can hold the thread for long', (code, html) => {
    const began = performance.now();
    expect(() => extractArticle(written(html))).toThrow(expect.objectContaining({ code }));
    expect(performance.now() - began).toBeLessThan(4000);
  });
});

describe('a post as Markdown', () => {
  test('B-20 a page becomes Markdown with its title and without its navigation', () => {
    const article = extractArticle(page('article-with-nav'));
    const text = toMarkdown(article.html, {
      title: article.title ?? '',
      url: URL_OF_PAGE,
      byline: article.byline ?? '',
      published: '14 Nov 2026',
    });
    expect(text.startsWith('# The harbour that kept its own tide tables\n\nInes Harrow, 14 Nov 2026\n\n<https://gazette.')).toBe(
      true,
    );
    expect(text).toContain('[hydrographic school](https://gazette.example/news/school/hydro)');
    expect(text).toContain('## A gap with a reason');
    expect(text).toMatch(/-\s+Forty-four ledgers/);
    expect(text).toContain('```\n1931-02-03  4.12 m\n```');
    expect(text).not.toMatch(/Front page|Subscribe|Imprint|Accept all|<p>|<div/);
  });

  test('holds no markup that a title brings', () => {
    expect(toMarkdown('<p>Words.</p>', { title: '[x](javascript:1) <b>' })).toBe('# \\[x\\](javascript:1) \\<b\\>\n\nWords.\n');
  });

  test('of a post without a text is its title and address', () => {
    expect(toMarkdown('', { title: 'A title', url: 'https://a.example/' })).toBe('# A title\n\n<https://a.example/>\n');
  });
});

describe('the parse worker', () => {
  test('extracts and writes Markdown away from the thread', async () => {
    const parser = createFeedParser({ log: silentLog, workers: 1 });
    try {
      const article = await parser.extract(page('article-with-nav'));
      expect(article.title).toBe('The harbour that kept its own tide tables');
      expect(await parser.toMarkdown(article.html, { title: 'T' })).toContain('# T\n\n');
      await expect(parser.extract(page('paywall-stub'))).rejects.toMatchObject({ code: 'DOC_MALFORMED' });
    } finally {
      await parser.close();
    }
  });

  test('ends a page that takes too long, and goes on with the next', async () => {
    const parser = createFeedParser({ log: silentLog, workers: 1, limits: { parseMs: 400 } });
    const slow = `<article>${`<div class="x"><a href="/a">l</a><p>${'w, '.repeat(30)}</p></div>`.repeat(9000)}</article>`;
    try {
      await expect(parser.extract(written(slow))).rejects.toMatchObject({ code: 'PARSE_TIMEOUT' });
      await expect(parser.parse(written('<rss version="2.0"><channel><title>T</title></channel></rss>'))).resolves.toMatchObject({
        title: 'T',
      });
    } finally {
      await parser.close();
    }
  });
});
