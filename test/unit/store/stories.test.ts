import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storyLink, storyTitle } from '../../../main/lib/story-key.ts';
import type { StoredPost } from '../../../main/store/stored-post.ts';
import { createStories } from '../../../main/store/stories.ts';
import { START_MS } from '../../helpers/store-kit.ts';

const HOUR = 3_600_000;

describe('the address of a story', () => {
  test.each([
    ['https://www.site.example/a/', 'http://site.example/a'],
    ['https://site.example/a?utm_source=x&utm_medium=y&b=2', 'https://site.example/a?b=2&fbclid=1'],
    ['https://site.example/a?c=3&b=2', 'https://site.example/a?b=2&c=3'],
    ['https://amp.site.example/a', 'https://site.example/a/amp'],
    ['https://site.example/a?amp=1', 'https://m.site.example/a#top'],
    ['https://en.m.wikipedia.org/wiki/Tide', 'https://en.wikipedia.org/wiki/Tide'],
    ['https://www.google.com/amp/s/site.example/a.html', 'https://site.example/a.html'],
    ['https://site.example/a/index.html', 'https://site.example/a'],
    ['https://site.example/a?ref=hn', 'https://site.example/a'],
  ])('%s and %s name the same page', (one, other) => {
    expect(storyLink(one)).not.toBe('');
    expect(storyLink(one)).toBe(storyLink(other));
  });
  test.each([
    ['https://site.example/a', 'https://site.example/A'],
    ['https://site.example/item?id=1', 'https://site.example/item?id=2'],
    ['https://site.example/item?ref=1', 'https://site.example/item?ref=2'],
    ['https://site.example/a', 'https://other.example/a'],
    ['https://m.me/a', 'https://me/a'],
    ['https://site.example/app#/notes/1', 'https://site.example/app#/notes/2'],
    ['https://site.example/camp', 'https://site.example/c'],
  ])('%s and %s are two pages', (one, other) => expect(storyLink(one)).not.toBe(storyLink(other)));
  test.each([
    '',
    'https://site.example/',
    'http://www.site.example/index.html?utm_source=x',
    'javascript:alert(1)',
    'no address',
  ])('%s names no page of its own', (url) => expect(storyLink(url)).toBe(''));
  test('is the same whether an address is simple or has to be parsed', () => {
    const part = fc.string({ unit: fc.constantFrom(...'abz019-._~/m'), minLength: 1, maxLength: 12 });
    const host = fc.constantFrom('site.example', 'www.site.example', 'm.site.example', 'www.google.com', 'en.m.site.org', 'm.me');
    fc.assert(
      fc.property(host, part, (name, path) => {
        // A fragment alone makes it one that has to be parsed.
        expect(storyLink(`https://${name}/${path}`)).toBe(storyLink(`https://${name}/${path}#x`));
        expect(storyLink(`https://${name}/amp/${path}`)).toBe(storyLink(`https://${name}/amp/${path}#x`));
      }),
      { numRuns: 1000 },
    );
  });
  test('never throws, and is the same however readers are counted', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string(), (url, text) => {
        const counted = `${url}${url.includes('?') ? '&' : '?'}utm_campaign=a&fbclid=b#top`;
        expect(storyLink(counted)).toBe(storyLink(url));
        expect(typeof storyLink(text)).toBe('string');
      }),
    );
  });
});

test('a title tells a story only when it is long enough, whatever its case and its signs', () => {
  expect(storyTitle('What the Disk did, and Why!')).toBe(storyTitle('what the disk did — and why'));
  expect(storyTitle('Weekly links')).toBe('');
  expect(storyTitle('Episode 31: Rope')).toBe('');
  expect(storyTitle('百年同じ石で測られた川の水位')).not.toBe('');
  expect(storyTitle('猫のいた日')).toBe('');
});

type Told = { source: number; link: number; title: number; hour: number; isDead: boolean };
const LINKS = ['', 'https://a.example/1', 'https://www.a.example/1/?utm_source=x', 'https://a.example/2', 'https://a.example/'];
const TITLES = ['Links', 'What the planner promised that day', 'The harbour kept its own tables', 'Notes of the week in water'];

const postOf = (slot: number, { source, link, title, hour, isDead }: Told): StoredPost =>
  ({
    ...{ id: `p${slot}`, sourceId: `s${source}`, url: LINKS[link], title: TITLES[title] },
    collectedAt: new Date(START_MS + hour * HOUR).toISOString(),
    ...(isDead ? { hn: { isDead: true } } : {}),
  }) as StoredPost;

/** Stories over posts that stand in a map by their slot. */
const createBench = () => {
  const posts = new Map<number, Told>();
  const told = (slot: number): Told => posts.get(slot) as Told;
  const stories = createStories({
    row: (slot) => postOf(slot, told(slot)),
    sourceNumber: (slot) => told(slot).source,
    collectedMs: (slot) => START_MS + told(slot).hour * HOUR,
  });
  const put = (slot: number, post: Told): void => {
    posts.set(slot, post);
    stories.put(slot, postOf(slot, post));
  };
  const drop = (slot: number): void => {
    if (posts.has(slot)) stories.drop(slot);
    posts.delete(slot);
  };
  return {
    posts,
    put,
    /** Removes a post, or puts it as told: it never changes its source or when it was collected. */
    apply: (slot: number, post: Told | null) => {
      const before = posts.get(slot);
      if (!post) drop(slot);
      else put(slot, before ? { ...post, source: before.source, hour: before.hour } : post);
    },
    /** The stories as they are told: each as the list of its slots. */
    all: () =>
      [...new Set([...posts.keys()].map(stories.of).filter((story) => story > 0))]
        .map((story) => stories.slots(story).join(' '))
        .sort(),
    stories,
  };
};

const told: fc.Arbitrary<Told> = fc.record({
  source: fc.nat(3),
  link: fc.nat(LINKS.length - 1),
  title: fc.nat(TITLES.length - 1),
  hour: fc.nat(150),
  isDead: fc.nat(7).map((number) => number === 0),
});

describe('stories of posts that come and go', () => {
  test('are the same in whatever order they came, however they changed', () => {
    const steps = fc.array(fc.tuple(fc.nat(11), fc.option(told, { freq: 5 })), { maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(1000)), (changes, dice) => {
        const grown = createBench();
        for (const change of changes) grown.apply(...change);
        const fresh = createBench();
        const shuffled = [...grown.posts].map((entry) => ({ entry, by: dice.next().value })).sort((a, b) => a.by - b.by);
        for (const { entry } of shuffled) fresh.posts.set(...entry);
        for (const { entry } of shuffled) fresh.put(...entry);
        expect(grown.all()).toEqual(fresh.all());
      }),
      { numRuns: 300 },
    );
  });

  test('never hold two posts of one source, nor a post that shares neither page nor title with another of them', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 12 }), (posts) => {
        const bench = createBench();
        for (const [slot, post] of posts.entries()) bench.put(slot, post);
        const isLike = (one: Told, other: Told): boolean => {
          const link = storyLink(LINKS[one.link] ?? '');
          return (link !== '' && link === storyLink(LINKS[other.link] ?? '')) || (one.title > 0 && one.title === other.title);
        };
        for (const slot of bench.posts.keys()) {
          const members = bench.stories.slots(bench.stories.of(slot)).map((member) => posts[member] as Told);
          expect(new Set(members.map(({ source }) => source)).size).toBe(members.length);
          // Of a source only the newest stands in the story, so what two have in common may be in a post left out.
          for (const one of members) expect(posts.some((other) => other.source !== one.source && isLike(one, other))).toBe(true);
        }
      }),
    );
  });

  const page = (source: number, more: Partial<Told> = {}): Told => ({
    source,
    link: 1,
    title: 0,
    hour: 0,
    isDead: false,
    ...more,
  });
  const storiesOf = (...posts: Told[]): string[] => {
    const bench = createBench();
    for (const [slot, post] of posts.entries()) bench.put(slot, post);
    return bench.all();
  };

  test('one page in two sources is one story, the newest first', () => {
    expect(storiesOf(page(0), page(1, { link: 2, hour: 5 }))).toEqual(['1 0']);
  });
  test('one page twice in one source stays two posts; the newer one goes with the other source', () => {
    expect(storiesOf(page(0), page(0, { hour: 9 }))).toEqual([]);
    expect(storiesOf(page(0), page(0, { hour: 9 }), page(1, { hour: 3 }))).toEqual(['1 2']);
  });
  test('one title in two sources is one story for three days, and none when a source uses it again', () => {
    const titled = (source: number, hour: number) => page(source, { link: 0, title: 1, hour });
    expect(storiesOf(titled(0, 0), titled(1, 71))).toEqual(['1 0']);
    expect(storiesOf(titled(0, 0), titled(1, 73))).toEqual([]);
    expect(storiesOf(titled(0, 0), titled(1, 24), titled(0, 120))).toEqual([]);
  });
  test('the front of a site and a short title make no story, and a dead post is in none', () => {
    expect(storiesOf(page(0, { link: 4 }), page(1, { link: 4 }))).toEqual([]);
    expect(storiesOf(page(0, { link: 0 }), page(1, { link: 0 }))).toEqual([]);
    expect(storiesOf(page(0), page(1, { isDead: true }))).toEqual([]);
  });
  test('an address that a crowd of posts has is no story, and costs next to nothing', () => {
    const bench = createBench();
    for (let slot = 0; slot < 20_000; slot += 1) bench.put(slot, page(slot));
    expect(bench.all()).toEqual([]);
  });
});
