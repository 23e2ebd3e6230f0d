import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseOpml } from '../../../main/feeds/opml.ts';
import { writeOpml } from '../../../main/feeds/write-opml.ts';
import type { Source } from '../../../preload/contract/source.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { codeOf, msOf } from './feed-kit.ts';
import { isWellFormedXml } from './xml-check.ts';

const NOW = '2026-11-21T12:00:00.000Z';
const list = (body: string, head = '<title>L</title>'): string =>
  `<?xml version="1.0"?><opml version="2.0"><head>${head}</head><body>${body}</body></opml>`;
const feed = (url: string, text = 'T'): string => `<outline type="rss" text="${text}" xmlUrl="${url}"/>`;
const codeFor = (text: string | Uint8Array): Promise<string> => codeOf((async () => parseOpml(text))());

const common = { paused: false, muted: false, starred: false, addedAt: NOW };
const source = (n: number, title: string, folder: string[]): Source => ({
  ...common,
  id: `s${n}`,
  kind: 'feed',
  title,
  folder,
  feedUrl: `https://example.org/${n}?a=1&b=2`,
});

describe('a list of feeds from elsewhere', () => {
  hostileCase(165, 'a DOCTYPE of any kind is refused at once', async () => {
    const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const evil = [
      `<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>${list(feed('https://example.org/'))}`,
      `<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY l0 "lol">${laughs}]>${list(feed('https://example.org/', '&l9;')).slice(21)}`,
      `<?xml version="1.0"?>\n<!doctype opml SYSTEM "http://127.0.0.2:1/x.dtd"><opml><body>${feed('https://example.org/')}</body></opml>`,
    ];
    let codes: string[] = [];
    const ms = await msOf(async () => {
      codes = await Promise.all(evil.map(codeFor));
    });
    expect(ms).toBeLessThan(100);
    return codes;
  });
  hostileCase(166, 'of 50,000 outlines 5,000 feeds are read and the rest is counted', () => {
    const read = parseOpml(list(Array.from({ length: 50_000 }, (_, n) => feed(`https://example.org/${n}`)).join('')));
    expect(read.outlines).toHaveLength(5000);
    expect(read.counts).toMatchObject({ outlines: 50_000, feeds: 50_000, leftOut: 45_000 });
    return 'OK';
  });
  hostileCase(167, '10,000 folders inside each other are flattened at 8, and an included list is not fetched', () => {
    const deep = `${Array.from({ length: 10_000 }, (_, n) => `<outline text="f${n}">`).join('')}${feed('https://example.org/deep')}${'</outline>'.repeat(10_000)}`;
    const read = parseOpml(
      list(
        `${deep}<outline type="include" url="http://127.0.0.2:1/list.opml" text="i"/><outline type="link" url="http://127.0.0.2:1/x.opml" text="j"/>`,
      ),
    );
    expect(read.outlines).toEqual([
      { feedUrl: 'https://example.org/deep', title: 'T', folder: ['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7'] },
    ]);
    return 'OK';
  });
  hostileCase(168, 'bad addresses are listed one by one, good ones kept, long and marked up titles become plain', () => {
    const urls = [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'exec:~/x.sh',
      'query:a:b',
      'filter:x:http://y',
      '|~/fetch.py',
      'newsletter:1:a@b.example',
      'https://user:secret@example.org/',
    ];
    const read = parseOpml(
      list(
        `${urls.map((url) => feed(url)).join('')}${feed('https://example.org/a', `&lt;b&gt;B&lt;/b&gt;${'x'.repeat(1_000_000)}`)}${feed('https://example.org/a')}${feed('feed://example.org/b')}`,
      ),
    );
    expect(read.refused.map((refusal) => refusal.url)).toEqual(urls);
    for (const { reason } of read.refused) expect(reason).toMatch(/^[A-Z].*\.$/);
    expect(read.outlines.map((outline) => outline.feedUrl)).toEqual([
      'https://example.org/a',
      'https://example.org/a',
      'http://example.org/b',
    ]);
    expect(read.outlines[0]?.title).toHaveLength(500);
    return 'OK';
  });
  hostileCase(169, 'an exported list is valid XML and comes back the same', async () => {
    const titles = ['plain', '"quoted" & <b>\'s', 'NUL\u0000 and \u001b', 'ünï 深い 🎉', 'a\u2028b', ']]>', '&amp;lt;'];
    const sources: Source[] = [
      ...titles.map((title, n) => source(n, title, n % 2 ? [] : ['Outer & <x>', `In "${n}"`])),
      { ...common, id: 'h', kind: 'hacker-news', title: 'HN', folder: ['Outer & <x>'], list: 'best', minScore: 120, limit: 30 },
    ];
    const text = writeOpml(sources, NOW);
    expect(await isWellFormedXml(text)).toBe(true);
    const read = parseOpml(text);
    const shown = (title: string): string =>
      title
        .replace(/[\u0000\u001b]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    const key = (folder: string[], url: string, title: string | undefined): string => JSON.stringify([folder, url, title]);
    const wanted = sources.flatMap((one) => (one.kind === 'feed' ? [key(one.folder, one.feedUrl, shown(one.title))] : []));
    expect(read.outlines.map((one) => key(one.folder, one.feedUrl, one.title)).sort()).toEqual(wanted.sort());
    expect(read.hackerNews).toEqual([{ title: 'HN', folder: ['Outer & <x>'], list: 'best', minScore: 120, limit: 30 }]);
    expect(read.refused).toEqual([]);
    const again = parseOpml(writeOpml(sources, NOW));
    expect(again).toEqual(read);
    return 'OK';
  });

  test('an empty file, a page and noise are told apart from a list without feeds', async () => {
    expect(await codeFor('')).toBe('OPML_EMPTY');
    expect(await codeFor(' \n\ufeff')).toBe('OPML_EMPTY');
    expect(await codeFor('<html><body>hi</body></html>')).toBe('OPML_MALFORMED');
    expect(await codeFor('words')).toBe('OPML_MALFORMED');
    expect(await codeFor(Uint8Array.from({ length: 500 }, (_, n) => (n * 91) % 256))).toBe('OPML_MALFORMED');
    expect(parseOpml(list('')).outlines).toEqual([]);
  });
  test('a cut list keeps what is there', () => {
    const whole = list(`<outline text="F">${feed('https://example.org/1')}${feed('https://example.org/2')}</outline>`);
    expect(parseOpml(whole.slice(0, whole.indexOf('/2'))).outlines).toEqual([
      { feedUrl: 'https://example.org/1', title: 'T', folder: ['F'] },
    ]);
  });
});

type Expected = {
  file: string;
  outlines: number;
  feeds: number;
  uniqueFeedUrls: number;
  folders: number;
  maxFolderDepth: number;
  feedsAtRoot: number;
  feedsWithoutTitleOrText: number;
  nonHttpUrls: number;
  first?: { url: string; title: string | null; folders: string[] };
};
const CORPUS = '../shared/corpus/opml';
const corpus: Expected[] = existsSync(`${CORPUS}/expected.json`)
  ? JSON.parse(readFileSync(`${CORPUS}/expected.json`, 'utf8'))
  : [];

describe.skipIf(corpus.length === 0)(`the lists of ${CORPUS} (skipped where they are absent)`, () => {
  test.each(corpus.map((expected) => [expected.file, expected] as const))('%s gives the counts it should', (file, expected) => {
    const text = readFileSync(`${CORPUS}/${file}`);
    const read = parseOpml(text);
    const all = [...read.outlines.map((outline) => ({ ...outline, url: outline.feedUrl })), ...read.refused];
    const asFeed = (
      text
        .toString('latin1')
        .replaceAll('\0', '')
        .match(/xmlUrl="feed:/g) ?? []
    ).length;
    expect({
      outlines: read.counts.outlines,
      feeds: read.counts.feeds,
      folders: read.counts.folders,
      maxFolderDepth: read.counts.maxFolderDepth,
      feedsAtRoot: all.filter((outline) => outline.folder.length === 0).length,
      feedsWithoutTitleOrText: all.filter((outline) => !outline.title).length,
      nonHttpUrls: read.refused.length + asFeed,
    }).toEqual({
      outlines: expected.outlines,
      feeds: expected.feeds,
      folders: expected.folders,
      maxFolderDepth: expected.maxFolderDepth,
      feedsAtRoot: expected.feedsAtRoot,
      feedsWithoutTitleOrText: expected.feedsWithoutTitleOrText,
      nonHttpUrls: expected.nonHttpUrls,
    });
    expect(new Set(all.map((outline) => outline.url)).size).toBe(expected.uniqueFeedUrls);
    const { first } = expected;
    if (first) {
      expect(all.find((outline) => outline.url === first.url)).toMatchObject({
        folder: first.folders,
        ...(first.title ? { title: first.title } : {}),
      });
    }
    const sources = read.outlines.map(
      ({ title = '', feedUrl, folder }, n): Source => ({ ...common, id: `s${n}`, kind: 'feed', title, feedUrl, folder }),
    );
    const places = (outlines: { feedUrl: string; folder: string[] }[]): string[] =>
      outlines.map(({ feedUrl, folder }) => JSON.stringify([feedUrl, folder])).sort();
    expect(places(parseOpml(writeOpml(sources, NOW)).outlines)).toEqual(places(read.outlines));
  });
});
