import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LastEdition, spanOf } from '../../../main/digest/fitting.ts';
import { select } from '../../../main/digest/select.ts';
import type { Post } from '../../../preload/contract/post.ts';
import { at, choice, feed, HOUR, hackerNews, NOW, post, story } from './select-kit.ts';

const ids = (given: Parameters<typeof choice>[0]): string[] => select(choice(given)).items.map((item) => item.post.id);
const many = (count: number, make: (index: number) => Post): Post[] => Array.from({ length: count }, (_, index) => make(index));
const since = (hoursAgo: number, left: Partial<LastEdition> = {}, days = 1) =>
  spanOf(NOW, days, { toMs: NOW - hoursAgo * HOUR, ...left });

describe('which posts fit', () => {
  test('D-6 five at most of twelve that fit, and the rest is counted', () => {
    const selection = select(choice({ posts: many(12, (index) => post(`p${index}`, 'a', index)), options: { maxItems: 5 } }));
    expect(selection.items).toHaveLength(5);
    expect(selection).toMatchObject({ more: [7], moreInAll: 7, considered: 12 });
  });

  test('posts of the last days by their own date; one that says tomorrow counts from when it was seen', () => {
    const posts = [
      post('new', 'a', 3),
      post('old', 'a', 30),
      post('old-on-a-new-feed', 'a', 2, { publishedAt: at(400) }),
      post('dated-tomorrow', 'a', 4, { publishedAt: at(-24) }),
      post('found-in-the-archive', 'a', 2, { isBackfilled: true }),
      post('not-yet', 'a', -1),
    ];
    expect(ids({ posts })).toEqual(['new', 'dated-tomorrow']);
  });

  test('what came since the last edition counts too, however long ago that was, but not an old archive', () => {
    const posts = [
      post('before-it', 'a', 60),
      post('since', 'a', 40),
      post('late', 'a', 2, { publishedAt: at(70) }),
      post('ancient', 'a', 2, { publishedAt: at(400) }),
    ];
    expect(ids({ posts, span: since(50) }).toSorted()).toEqual(['late', 'since']);
  });

  test('a story that reached its points after the last edition still gets in, and says so', () => {
    const section = { from: { kind: 'hacker-news' }, minScore: 100 } as const;
    const early = select(
      choice({ posts: [story('s1', 60, 30), story('s2', 200, 30)], options: { daysBack: 2, sections: [section] } }),
    );
    expect(early.items.map((item) => item.post.id)).toEqual(['s2']);
    expect(early.below).toEqual(['s1']);
    const later = { posts: [story('s1', 300, 30), story('s3', 20, 30)], options: { sections: [section] } };
    const bloomed = select(choice({ ...later, span: since(26, { below: new Set(early.below) }) }));
    expect(bloomed.items).toMatchObject([{ post: { id: 's1' }, isLate: true }]);
    expect(ids({ ...later, span: since(26) })).toEqual([]);
    const tooOld = { posts: [story('s1', 300, 24 * 9)], options: { sections: [section] } };
    expect(ids({ ...tooOld, span: since(26, { below: new Set(['s1']) }) })).toEqual([]);
  });

  test('a story that was below and still is waits on', () => {
    const options = { sections: [{ from: { kind: 'hacker-news' }, minScore: 100 } as const] };
    const selection = select(choice({ posts: [story('s1', 60, 30)], options, span: since(26, { below: new Set(['s1']) }) }));
    expect(selection).toMatchObject({ items: [], below: ['s1'], moreInAll: 0 });
  });

  test('neither a post nor its story comes twice, unless that is wanted', () => {
    const posts = [
      post('had', 'a', 2),
      post('same-page', 'b', 2, { url: 'https://had.example/story?utm_source=b' }),
      post('fresh', 'b', 3),
    ];
    const earlier = { ids: new Set(['had']), links: new Set(['had.example/story']) };
    expect(ids({ posts, earlier })).toEqual(['fresh']);
    expect(ids({ posts, earlier, options: { allowRepeats: true } }).toSorted()).toEqual(['fresh', 'had', 'same-page']);
  });

  test('muted sources, posts that a rule hides and dead stories are left out', () => {
    const posts = [post('ok', 'a', 1), post('hidden', 'a', 1), post('quiet', 'b', 1), story('s1', 500)];
    const dead = story('s2', 900);
    const given = {
      posts: [...posts, { ...dead, hn: { ...dead.hn, isDead: true } } as Post],
      sources: [feed('a'), feed('b', { muted: true }), hackerNews()],
      isMuted: (id: string) => id === 'hidden',
    };
    expect(ids(given).toSorted()).toEqual(['ok', 's1']);
  });
});

describe('sections', () => {
  const posts = [
    ...many(4, (index) => post(`a${index}`, 'a', index + 1)),
    ...many(4, (index) => post(`b${index}`, 'b', index + 1)),
    ...many(4, (index) => story(`s${index}`, 100 * (index + 1))),
  ];
  const sources = [feed('a', { folder: ['Systems', 'Linux'] }), feed('b'), hackerNews()];

  test('come in their order, each takes its own, and a post stands in the first that takes it', () => {
    const selection = select(
      choice({
        posts,
        sources,
        options: {
          sections: [
            { from: { kind: 'folder', folder: ['systems'] }, maxItems: 2 },
            { from: { kind: 'hacker-news' }, minScore: 200 },
            { from: { kind: 'sources', ids: ['b'] }, maxItems: 1 },
            { from: { kind: 'all' }, maxItems: 3 },
          ],
        },
      }),
    );
    const bySection = Map.groupBy(selection.items, ({ section }) => section);
    const shown = [0, 1, 2, 3].map((section) => bySection.get(section)?.map((item) => item.post.sourceId));
    expect(shown.slice(0, 3)).toEqual([['a', 'a'], ['hn', 'hn', 'hn'], ['b']]);
    expect(bySection.get(1)?.map((item) => item.post.id)).toEqual(['s3', 's2', 's1']);
    expect(bySection.get(3)).toHaveLength(3);
    expect(new Set(selection.items.map(({ story: each }) => each)).size).toBe(selection.items.length);
    expect(selection.moreInAll).toBe(3);
  });

  test('starred: what was starred since the last edition, however old the post', () => {
    const starred = [
      post('old-star', 'a', 24 * 20, { isStarred: true }),
      post('new-star', 'a', 24 * 30, { isStarred: true }),
      post('plain', 'a', 1),
    ];
    const options = { sections: [{ from: { kind: 'starred' } } as const] };
    expect(ids({ posts: starred, options, span: since(24, { starred: new Set(['old-star']) }) })).toEqual(['new-star']);
    expect(select(choice({ posts: starred, options })).starred).toEqual(['old-star', 'new-star']);
    expect(ids({ posts: starred, options })).toEqual([]);
  });

  test('the whole never has more than its most, whatever the sections say', () => {
    const options = { maxItems: 3, sections: [{ from: { kind: 'all' } as const }, { from: { kind: 'hacker-news' } as const }] };
    expect(ids({ posts, sources, options })).toHaveLength(3);
  });
});

describe('what comes first', () => {
  test('Hacker News goes by points; posts elsewhere by points, by how many sources have them, and by being new', () => {
    const section = (kind: 'all' | 'hacker-news') => ({ sections: [{ from: { kind } }] });
    expect(ids({ posts: [story('s1', 80), story('s2', 300, 20), story('s3', 120)], options: section('hacker-news') })).toEqual([
      's2',
      's3',
      's1',
    ]);
    const shared = { url: 'https://shared.example/story', domain: 'shared.example' };
    const posts = [post('alone', 'a', 1), post('first', 'a', 9, shared), post('second', 'b', 8, shared), post('older', 'b', 20)];
    expect(ids({ posts, options: section('all') })).toEqual(['first', 'alone', 'older']);
  });

  test('one source that writes much does not fill an edition', () => {
    const posts = [
      ...many(20, (index) => post(`a${index}`, 'a', index / 10)),
      ...many(3, (index) => post(`b${index}`, 'b', 6 + index)),
    ];
    const shown = ids({ posts, options: { maxItems: 8 } });
    expect(shown.filter((id) => id.startsWith('b'))).toHaveLength(3);
  });

  test('one site has at most its number of places; without a bound it may have all', () => {
    const posts = many(6, (index) => post(`p${index}`, index % 2 ? 'a' : 'b', index, { domain: 'big.example' }));
    expect(ids({ posts })).toHaveLength(3);
    expect(ids({ posts, options: { maxPerDomain: 1 } })).toEqual(['p0']);
    expect(ids({ posts, options: { maxPerDomain: null } })).toHaveLength(6);
  });

  test('points count as they stood then where samples tell', () => {
    const hn = { id: 7, score: 900, commentCount: 5, type: 'story' as const, isDead: false };
    const sampled = story('s7', 900, 40, {
      hn: {
        ...hn,
        samples: [
          { at: at(39), score: 60, commentCount: 1 },
          { at: at(2), score: 900, commentCount: 5 },
        ],
      },
    });
    const options = { sections: [{ from: { kind: 'hacker-news' } as const, minScore: 100 }] };
    expect(ids({ posts: [sampled], options, span: spanOf(NOW - 30 * HOUR, 1, undefined) })).toEqual([]);
    expect(ids({ posts: [sampled], options: { ...options, daysBack: 2 } })).toEqual(['s7']);
  });
});

test('the same posts give the same edition, in whatever order they are handed in', () => {
  const posts = many(60, (index) =>
    index % 3 === 0
      ? story(`s${index}`, (index * 37) % 500, index % 20)
      : post(
          `p${index}`,
          index % 2 ? 'a' : 'b',
          index % 23,
          index % 5 ? {} : { url: 'https://same.example/x', domain: 'same.example' },
        ),
  );
  const options = {
    maxItems: 15,
    sections: [{ from: { kind: 'hacker-news' } as const, maxItems: 5 }, { from: { kind: 'all' } as const }],
  };
  const wanted = select(choice({ posts, options }));
  fc.assert(
    fc.property(fc.shuffledSubarray(posts, { minLength: posts.length }), (shuffled) => {
      expect(select(choice({ posts: shuffled, options }))).toEqual(wanted);
    }),
    { numRuns: 30, seed: 20_261_122 },
  );
});

test('an edition never has more than its bounds, no story twice, and counts the rest', () => {
  const arbitraryPost = fc
    .record({
      index: fc.nat(400),
      source: fc.constantFrom('a', 'b', 'hn'),
      hours: fc.nat(60),
      score: fc.nat(600),
      site: fc.nat(6),
    })
    .map(({ index, source, hours, score, site }) => {
      const fields = { url: `https://site${site}.example/${index % 50}`, domain: `site${site}.example` };
      return source === 'hn' ? story(`s${index}`, score, hours, fields) : post(`${source}${index}`, source, hours, fields);
    });
  fc.assert(
    fc.property(
      fc.uniqueArray(arbitraryPost, { selector: ({ id }) => id, maxLength: 120 }),
      fc.integer({ min: 1, max: 30 }),
      (posts, maxItems) => {
        const given = choice({
          posts,
          options: {
            maxItems,
            maxPerDomain: 4,
            sections: [{ from: { kind: 'hacker-news' }, maxItems: 6 }, { from: { kind: 'all' } }],
          },
        });
        const { items, moreInAll, considered } = select(given);
        expect(items.length).toBeLessThanOrEqual(maxItems);
        expect(new Set(items.map((item) => item.post.url)).size).toBe(items.length);
        for (const [, ofSite] of Map.groupBy(items, (item) => item.post.domain)) expect(ofSite.length).toBeLessThanOrEqual(4);
        expect(items.length + moreInAll).toBeLessThanOrEqual(considered);
      },
    ),
    { numRuns: 60, seed: 20_261_122 },
  );
});
