import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParsedFeed, ParsedItem } from '../../../main/feeds/parsed-feed.ts';
import { toPosts } from '../../../main/feeds/to-post.ts';
import type { PostDraft } from '../../../main/store/repositories.ts';
import { postSchema } from '../../../preload/contract/post.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { FEED_URL, read, rss, textsIn, warningsOf } from './feed-kit.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const SOURCE = { id: 's1', feedUrl: FEED_URL };

const feedOf = (...entries: Partial<ParsedItem>[]): ParsedFeed => ({
  format: 'rss',
  entries: entries.map((entry) => ({ enclosures: [], ...entry })),
  itemsCount: entries.length,
  isTruncated: false,
  warnings: [],
});
const drafts = (...entries: Partial<ParsedItem>[]): PostDraft[] => toPosts(feedOf(...entries), SOURCE, NOW).drafts;
const prints = (...entries: Partial<ParsedItem>[]): string[] => drafts(...entries).map((draft) => draft.fingerprint);
const draftSchema = postSchema.omit({
  id: true,
  sourceId: true,
  isRead: true,
  isStarred: true,
  collectedAt: true,
  hasBody: true,
});
const checkDraft = ({ content, ...draft }: PostDraft): void => {
  expect(draftSchema.safeParse(draft).error).toBeUndefined();
  expect(content === undefined || content.length <= 262_144).toBe(true);
};

describe('dates', () => {
  hostileCase(75, 'a date that cannot be is left out and counted, one that can is kept', async () => {
    const bad = [
      '30 Feb 2026 10:00:00 GMT',
      'Feb 30 2026',
      '2026-02-30T10:00:00Z',
      '2026-01-01T25:61:00Z',
      '99999',
      '1700000000000',
      'tomorrow',
      'Thu, 01 Jan 0001 00:00:00 GMT',
      '+275760-09-13',
      '-1',
      '0000-00-00 00:00:00',
    ];
    const good: [string, string][] = [
      ['Thu, 29 Feb 2024 10:00:00 +0100', '2024-02-29T09:00:00.000Z'],
      ['2026-11-22T11:00:00Z', '2026-11-22T11:00:00.000Z'],
      ['2026-11-30T11:00:00Z', '2026-11-30T11:00:00.000Z'],
    ];
    const all = [...bad, 'Fri, 31 Dec 9999 23:59:59 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', ...good.map(([raw]) => raw)];
    const items = all.map((raw, n) => `<item><title>t${n}</title><pubDate>${raw}</pubDate></item>`).join('');
    const feed = await read(rss(items));
    const { drafts: posts, warnings } = toPosts(feed, SOURCE, NOW);
    expect(posts.slice(0, bad.length + 2).map((post) => post.publishedAt)).toEqual(Array(bad.length + 2).fill(undefined));
    expect(posts.slice(bad.length + 2).map((post) => post.publishedAt)).toEqual(good.map(([, instant]) => instant));
    const atoms = bad.map((raw, n) => `<entry><id>${n}</id><title>t</title><updated>${raw}</updated></entry>`).join('');
    const atom = await read(`<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>${atoms}</feed>`);
    expect(atom.entries).toHaveLength(bad.length);
    const none = await read(rss('<item><title>t</title></item>'));
    expect(warningsOf(none)).toEqual(['OK']);
    return [...warningsOf(feed), ...warningsOf({ warnings }), ...warningsOf(atom)];
  });
  hostileCase(76, 'moving all dates makes no new post', () => {
    const moved = (year: number): string[] =>
      prints(
        { id: 'a', title: 't', published: `${year}-01-01T00:00:00.000Z` },
        { title: 'u', published: `${year}-01-01T00:00:00.000Z` },
      );
    expect(moved(2025)).toEqual(moved(2026));
    return 'OK';
  });
});

describe('fingerprints', () => {
  hostileCase(77, 'two items with one guid are both kept when they differ, and once when they are the same', () => {
    const a = { id: 'same', link: 'https://example.org/1', title: 'one' };
    const b = { id: 'same', link: 'https://example.org/2', title: 'two' };
    expect(new Set(prints(a, b)).size).toBe(2);
    expect(prints(a, b)).toEqual(prints(b, a).reverse());
    expect(prints(a, a)).toEqual(['id:same']);
    expect(new Set(prints(a, { ...a, title: 'other', content: 'x' })).size).toBe(2);
    return 'OK';
  });
  hostileCase(78, 'a fingerprint says nothing of the source, so that the store keys it by source', () => {
    expect(prints({ id: 'g' })).toEqual(
      toPosts(feedOf({ id: 'g' }), { ...SOURCE, id: 's2' }, NOW).drafts.map((draft) => draft.fingerprint),
    );
    return 'OK';
  });
  hostileCase(79, 'an item whose guid changes at each fetch keeps its second key', () => {
    const at = (id: string): PostDraft | undefined => drafts({ id, link: 'https://example.org/1', title: 't' })[0];
    expect(at('1')?.fingerprint).not.toBe(at('2')?.fingerprint);
    expect(at('1')?.secondKey).toBe(at('2')?.secondKey);
    expect(at('1')?.secondKey).toMatch(/^[\w-]{22}$/);
    return 'OK';
  });
  hostileCase(80, 'without guid, link or title an item goes by what it has; with nothing it is dropped', () => {
    expect(prints({ link: 'https://example.org/1', title: 't' })).toEqual(['link:https://example.org/1']);
    expect(prints({ title: 't' })).toEqual(['title:t']);
    expect(prints({ content: 'c' })[0]).toMatch(/^hash#/);
    const empty = toPosts(feedOf({}, { id: '  ' }, { id: 'kept' }), SOURCE, NOW);
    expect(empty.drafts).toHaveLength(1);
    return empty.warnings.map((warning) => warning.code);
  });
  hostileCase(81, 'a guid of any size, shape or name makes a bounded text', async () => {
    const long = drafts({ id: 'x'.repeat(1_000_000) }, { id: `${'x'.repeat(999_999)}y` });
    for (const draft of long) expect(draft.fingerprint.length).toBeLessThanOrEqual(2048);
    expect(new Set(long.map((draft) => draft.fingerprint)).size).toBe(2);
    for (const id of ['__proto__', 'constructor', 'toString']) expect(prints({ id })).toEqual([`id:${id}`]);
    const json = await read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1',
        items: [
          { id: {}, title: 'a' },
          { id: [1], title: 'b' },
          { id: 7, title: 'c' },
        ],
      }),
    );
    expect(toPosts(json, SOURCE, NOW).drafts.map((draft) => draft.fingerprint)).toEqual(['title:a', 'title:b', 'id:7']);
    return 'OK';
  });
});

const LINKS = [
  'javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'ms-msdt:/id',
  'search-ms:query',
  'smb://evil/x',
  'steam://run',
  ' java\tscript:alert(1)',
  'ftp://example.org/',
  'about:blank',
  'blob:https://example.org/1',
  'mailto:a@b',
];

describe('addresses', () => {
  hostileCase(84, 'only http and https links are kept, and the title stays as text', async () => {
    for (const link of LINKS) {
      const feed = await read(rss(`<item><title>kept</title><link>${link}</link></item>`));
      const [post] = toPosts(feed, SOURCE, NOW).drafts;
      expect(post, link).toMatchObject({ title: 'kept', url: '', domain: '' });
    }
    expect(drafts({ link: '//evil.example/x' })[0]?.url).toBe('https://evil.example/x');
    expect(drafts({ link: '../a' })[0]?.url).toBe('https://feeds.example.org/a');
    expect(drafts({ link: 'https://user:secret@example.org/' })[0]?.url).toBe('https://example.org/');
    return 'OK';
  });
  hostileCase(85, 'enclosures, media and comments go through the same gate', async () => {
    const items = LINKS.map(
      (link) =>
        `<item><title>t${link.length}</title><enclosure url="${link}" type="audio/mpeg" length="1"/><media:content url="${link}"/><comments>${link}</comments></item>`,
    );
    const feed = await read(rss(items.join(''), '<title>T</title>'));
    const posts = toPosts(feed, SOURCE, NOW).drafts;
    for (const post of posts) {
      expect(post.enclosures ?? []).toEqual([]);
      expect(post.commentsUrl).toBeUndefined();
    }
    const json = await read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1',
        items: LINKS.map((url, n) => ({ id: `${n}`, url, attachments: [{ url }] })),
      }),
    );
    for (const post of toPosts(json, SOURCE, NOW).drafts) expect([post.url, post.enclosures]).toEqual(['', undefined]);
    return 'OK';
  });
});

describe('plain text', () => {
  hostileCase(86, 'markup in a title, author, category or feed title never comes out as markup in common use', async () => {
    const evil = '&lt;script&gt;alert(1)&lt;/script&gt;Hi &lt;img src=x onerror=alert(1)&gt;there';
    const feed = await read(
      rss(
        `<item><title>${evil}</title><author>${evil}</author><category>${evil}</category><guid>g</guid></item>`,
        `<title>${evil}</title>`,
      ),
    );
    const [post] = toPosts(feed, SOURCE, NOW).drafts;
    expect(post).toMatchObject({ title: 'Hi there', author: 'Hi there', categories: ['Hi there'] });
    expect(feed.title).toBe('Hi there');
    return 'OK';
  });
  hostileCase(88, 'what is escaped twice is unescaped once, and shows as the text it is', async () => {
    const feed = await read(
      rss(
        '<item><title>Use &amp;lt;script&amp;gt; well</title><description>&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;</description></item>',
      ),
    );
    const [post] = toPosts(feed, SOURCE, NOW).drafts;
    expect(post?.title).toBe('Use <script> well');
    expect(post?.content).toBe('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(post?.summary).toBe('<script>alert(1)</script>');
    return 'OK';
  });
  hostileCase(95, 'direction signs go, marks on one letter are few, and an imitated host shows as punycode', () => {
    const [post] = drafts({
      id: '1',
      title: `abc\u202egpj.exe\u2066x\u2069\u200bZ${'\u0301'.repeat(5000)}algo`,
      link: 'https://www.аpple.com/',
    });
    expect(post?.title).toMatch(/^abcgpj\.exex/);
    expect(post?.title).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(post?.title).not.toMatch(/\p{M}{9}/u);
    expect(post?.title.endsWith('algo')).toBe(true);
    expect(post?.domain).toMatch(/^xn--/);
    expect(drafts({ link: 'https://www.bücher.example/' })[0]?.domain).toBe('bücher.example');
    expect(drafts({ link: 'https://пример.рф/' })[0]?.domain).toBe('пример.рф');
    return 'OK';
  });
  hostileCase(96, 'a title without end is cut at 500 characters, on one line', async () => {
    const [long, lines] = drafts({ id: '1', title: 'x'.repeat(100_000) }, { id: '2', title: 'a\n'.repeat(10_000) });
    expect(long?.title).toHaveLength(500);
    expect(lines?.title).not.toContain('\n');
    const feed = await read(rss(`<item><title>${'x'.repeat(100_000)}</title></item>`));
    expect(feed.entries[0]?.title).toHaveLength(500);
    return 'OK';
  });
});

test('an item without a title is called by the first words of its text', () => {
  const [post] = drafts({ id: '1', content: `<p>${'Some words that go on. '.repeat(20)}</p>` });
  expect(post?.title).toMatch(/^Some words that go on\. .* …$/);
  expect(post?.title.length).toBeLessThanOrEqual(103);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', ' ', '<b>', '__proto__', 'https://example.org/1', 'javascript:x', '\ud800'),
);
const anyItem = fc.record(
  {
    id: anyText,
    title: anyText,
    link: anyText,
    published: anyText,
    updated: anyText,
    author: anyText,
    summary: anyText,
    content: anyText,
    enclosures: fc.array(fc.record({ url: anyText }), { maxLength: 3 }),
    categories: fc.array(anyText, { maxLength: 30 }),
    commentsUrl: anyText,
  },
  { requiredKeys: ['enclosures'] },
);

test('whatever the items, drafts fit the schema, twice the same, and the order of items does not matter', () => {
  fc.assert(
    fc.property(fc.array(anyItem, { maxLength: 8 }), (items) => {
      const once = drafts(...items);
      for (const draft of once) checkDraft(draft);
      expect(drafts(...items)).toEqual(once);
      const sorted = (list: PostDraft[]): string[] => list.map((draft) => draft.fingerprint).sort();
      expect(sorted(drafts(...items.toReversed()))).toEqual(sorted(once));
      for (const text of textsIn(once.map(({ content: _, ...draft }) => draft))) expect(text.isWellFormed()).toBe(true);
    }),
    { numRuns: 400, seed: 20_261_121 },
  );
});
