import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import RssParser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editionFeed, feedOfEdition } from '../../main/digest/feed.ts';
import { writeWhole } from '../../main/digest/sinks.ts';
import { parseFeed } from '../../main/feeds/parse.ts';
import { createMemoryEditions, inventedContent, inventedEdition, inventedItem } from '../helpers/invented-editions.ts';

const DIGEST = 'digest-morning';
const NAME = 'Morning desk & "others", 2 < 3';
const EDITIONS = [inventedEdition(211), inventedEdition(213), inventedEdition(212)];
const newsboat = spawnSync('newsboat', ['--version']).status === 0;

const NEWSBOAT_READS = `newsboat reads it without complaint${newsboat ? '' : ' (skipped: newsboat is not installed)'}`;

const parse = (xml: string) => parseFeed({ bytes: new TextEncoder().encode(xml), url: 'https://desk.example/feed.xml' });

describe('the feed of a digest', () => {
  test('is an Atom feed to our own parser: newest first, every text whole, nothing to warn of', async () => {
    const feed = await parse(await editionFeed(DIGEST, NAME, EDITIONS));
    expect(feed).toMatchObject({ format: 'atom', title: NAME, warnings: [] });
    expect(feed.entries.map((item) => item.published)).toEqual([
      '2026-10-15T04:30:00.000Z',
      '2026-10-14T04:30:00.000Z',
      '2026-10-13T04:30:00.000Z',
    ]);
    const [first] = feed.entries;
    expect(first?.title).toBe('Morning desk: The file format that outlived three companies');
    expect(first?.content).toContain('>The harbour that kept its own tide tables for a century</a></h3>');
    expect(first?.content).toContain('Weather &amp; &lt;Water&gt;');
    expect(new Set(feed.entries.map((item) => item.id)).size).toBe(3);
  });

  test('is a feed to rss-parser, with the same ids and texts', async () => {
    const feed = await new RssParser().parseString(await editionFeed(DIGEST, NAME, EDITIONS));
    expect(feed.title).toBe(NAME);
    expect(feed.items).toHaveLength(3);
    for (const item of feed.items) {
      expect((item as { id?: string }).id).toMatch(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      expect(item.content).toContain('<h2 dir="auto">Weather and water</h2>');
    }
  });

  test('is the same bytes for the same editions, and keeps the entries it had when one is added', async () => {
    const before = await editionFeed(DIGEST, NAME, EDITIONS);
    expect(await editionFeed(DIGEST, NAME, JSON.parse(JSON.stringify(EDITIONS)) as typeof EDITIONS)).toBe(before);
    const after = await editionFeed(DIGEST, NAME, [...EDITIONS, inventedEdition(214)]);
    expect(after.slice(after.indexOf('<entry>', after.indexOf('<entry>') + 1))).toBe(before.slice(before.indexOf('<entry>')));
  });

  test('holds what was sent and the edition at hand, no tests, thirty at most', async () => {
    const many = Array.from({ length: 40 }, (_, index) => inventedEdition(index + 1));
    const tried = inventedEdition(41, { content: inventedContent('brief', { number: 41, isTest: true }) });
    const { sendBegunAt, ...kept } = inventedEdition(42);
    expect(sendBegunAt).toBeDefined();
    const now = inventedEdition(43);
    const feed = await parse(await feedOfEdition(createMemoryEditions([...many, tried, kept, now]), now));
    expect(feed.entries).toHaveLength(30);
    expect(feed.entries[0]?.published).toBe(now.content.at);
    expect(feed.entries[1]?.published).toBe(many.at(-1)?.content.at);
  });

  test('a digest without editions yet is a feed all the same', async () => {
    const feed = await parse(await editionFeed(DIGEST, '', []));
    expect(feed).toMatchObject({ format: 'atom', title: 'Digest', entries: [] });
  });

  test('markup, controls and hostile links in posts stay text, and the document stays whole', async () => {
    const hostile = inventedItem({
      title: ']]></content><script>alert(1)</script>\u0000\ufffe\u202e&#0;',
      summary: '<!ENTITY x "y"> &lt;img src=x onerror=alert(1)&gt;',
      url: 'javascript:alert(1)',
    });
    const content = inventedContent('professional', {
      name: '\u0007<x/>',
      items: [hostile],
      sections: [{ title: '"\'>', more: 0 }],
    });
    const xml = await editionFeed(DIGEST, content.name, [inventedEdition(1, { content })]);
    expect((await parse(xml)).warnings).toEqual([]);
    const [entry] = (await new RssParser().parseString(xml)).items;
    expect(entry?.title).toBe('<x/>: ]]></content><script>alert(1)</script> &#0;');
    expect(entry?.content).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(entry?.content).not.toMatch(/<script|<img|javascript:/);
  });
});

describe('the feed as a file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-digest-feed-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is written whole, again and again, for this user alone', async () => {
    const place = join(folder, 'written');
    const xml = await editionFeed(DIGEST, NAME, EDITIONS);
    for (const text of ['older', xml]) await writeWhole(place, 'feed.xml', text);
    expect(readFileSync(join(place, 'feed.xml'), 'utf8')).toBe(xml);
    expect(await readdir(place)).toEqual(['feed.xml']);
    if (process.platform !== 'win32') expect((await stat(join(place, 'feed.xml'))).mode & 0o777).toBe(0o600);
  });

  test.skipIf(!newsboat)(NEWSBOAT_READS, async () => {
    const place = join(folder, 'newsboat');
    await mkdir(place);
    writeFileSync(join(place, 'feed.xml'), await editionFeed(DIGEST, NAME, EDITIONS));
    writeFileSync(join(place, 'urls'), `${pathToFileURL(join(place, 'feed.xml')).href}\n`);
    writeFileSync(join(place, 'config'), '');
    const run = (...rest: string[]) =>
      spawnSync('newsboat', ['-u', 'urls', '-c', 'cache.db', '-C', 'config', '-d', 'log', '-l', '5', ...rest], {
        cwd: place,
        env: { ...process.env, HOME: place },
        encoding: 'utf8',
        timeout: 30_000,
      });
    expect(run('-x', 'reload')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const log = readFileSync(join(place, 'log'), 'utf8');
    expect(log.match(/added article title/g)).toHaveLength(3);
    expect(log.split('\n').filter((line) => /\b(?:USERERROR|CRITICAL|ERROR|WARN(?:ING)?)\b|exception/i.test(line))).toEqual([]);
    expect(run('-x', 'print-unread').stdout.trim()).toBe('3 unread articles');
    // What it keeps is what we wrote.
    const cache = new DatabaseSync(join(place, 'cache.db'), { readOnly: true });
    const { entries } = await parse(readFileSync(join(place, 'feed.xml'), 'utf8'));
    expect(cache.prepare('select title from rss_feed').all()).toEqual([{ title: NAME }]);
    expect(cache.prepare('select guid, title, content, pubDate as date from rss_item order by pubDate desc').all()).toEqual(
      entries.map(({ id, title, content, published }) => ({
        guid: id,
        title,
        content,
        date: Date.parse(published ?? '') / 1000,
      })),
    );
    cache.close();
  });
});
