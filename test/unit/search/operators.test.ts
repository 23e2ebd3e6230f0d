import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSearchBench, type SearchBench } from '../../helpers/search-kit.ts';
import { START_MS } from '../../helpers/store-kit.ts';

const DAY = 86_400_000;
let bench: SearchBench;
const hn = (id: number, score: number, commentCount: number, isDead = false) => ({
  hn: { id, score, commentCount, type: 'story' as const, isDead },
});

beforeAll(async () => {
  bench = await openSearchBench();
  await bench.addSource('s1', { title: 'Harbour Gazette', folder: ['News', 'Local'] });
  await bench.addSource('s2', { title: 'Hacker News' });
  await bench.addSource('s3', { title: 'Quiet Corner', muted: true });
  await bench.add(
    {
      tide: { title: 'High tide at noon', author: 'Ada Lovelace', domain: 'blog.harbour.example' },
      tides: { title: 'Tides of foo:bar', author: 'Adam Smith', summary: 'the tide is high', domain: 'harbour.example' },
      body: { title: 'Plain', content: '<p>Under the <em>tide</em> at noon there was a lantern.</p>' },
      pod: { title: 'Episode', enclosures: [{ url: 'https://x.example/1.mp3', type: 'audio/mpeg' }] },
      old: { title: 'Old tide' },
    },
    's1',
    START_MS - 2 * DAY,
  );
  await bench.add({ story: { title: 'Show tide', ...hn(1, 150, 20) }, low: { title: 'Low story', ...hn(2, 5, 0) } }, 's2');
  await bench.add({ dead: { title: 'Gone tide', ...hn(3, 1, 0, true) } }, 's2');
  await bench.add({ quiet: { title: 'Quiet tide' } }, 's3');
  await bench.store.posts.mark([bench.idOf('tide'), bench.idOf('low')], { isRead: true });
  await bench.store.posts.mark([bench.idOf('story')], { isStarred: true });
  await bench.search.prepareBodies();
});
afterAll(() => bench.close());

const TIDE = ['body', 'old', 'quiet', 'story', 'tide', 'tides'];
test.each([
  // Words and phrases
  ['tide', TIDE],
  ['"tide at noon"', ['body', 'tide']],
  ['"tide at no', ['body', 'tide']],
  ['"at tide"', []],
  ['tide -noon', ['old', 'quiet', 'story', 'tides']],
  ['noon OR lantern OR episode', ['body', 'pod', 'tide']],
  ['tide OR episode -is:read', ['body', 'old', 'pod', 'quiet', 'story', 'tides']],
  ['foo:bar', ['tides']],
  ['-tide is:unread source:harbour', ['pod']],
  // Where it stands
  ['title:tide', ['old', 'quiet', 'story', 'tide', 'tides']],
  ['title:"high tide"', ['tide']],
  ['body:lantern', ['body']],
  ['body:"tide at noon"', ['body']],
  ['-body:lantern tide source:gazette', ['old', 'tide', 'tides']],
  ['author:ada', ['tide', 'tides']],
  ['author:"Ada Lovelace"', ['tide']],
  ['author:"ada"', ['tide']],
  ['author:lovelace', ['tide']],
  ['-author:adam author:ada', ['tide']],
  ['domain:harbour.example', ['tide', 'tides']],
  ['domain:blog.harbour', ['tide']],
  ['domain:"harbour.example"', ['tide', 'tides']],
  ['domain:arbour', []],
  ['source:"hacker news"', ['low', 'story']],
  ['source:hack', ['low', 'story']],
  ['source:s3', ['quiet']],
  ['folder:local tide', ['body', 'old', 'tide', 'tides']],
  ['folder:nowhere', []],
  // Marks
  ['is:read', ['low', 'tide']],
  ['is:unread source:hacker', ['story']],
  ['is:starred', ['story']],
  ['is:dead', ['dead']],
  ['-is:dead title:gone', []],
  ['is:extracted', []],
  ['has:audio', ['pod']],
  ['has:enclosure', ['pod']],
  ['has:comments', ['story']],
  ['has:body', ['body']],
  // Numbers: a post without a score is neither above nor below
  ['score>100', ['story']],
  ['score>=150', ['story']],
  ['score<10', ['low']],
  ['score=5', ['low']],
  ['-score>100 is:unread source:hacker', []],
  ['comments>10', ['story']],
  // Dates, local days
  ['after:today tide', ['quiet', 'story']],
  ['before:today tide', ['body', 'old', 'tide', 'tides']],
  ['after:1d', ['low', 'quiet', 'story']],
  ['after:2020 before:2021', []],
])('%s finds %j', async (text, expected) => {
  expect(await bench.found(text)).toEqual(expected);
});

describe('what is half typed or wrong', () => {
  test.each(['author:', 'is:', 'is:unr', 'after:', 'after:2026-13', 'score>', '"', '-', 'has:wings'])(
    '%s shows what it would be without it',
    async (text) => {
      const all = await bench.found('');
      expect(all).toHaveLength(8);
      expect(await bench.found(text)).toEqual(all);
      expect(await bench.found(`tide ${text}`)).toEqual(TIDE);
    },
  );
});

test('a post that was read while the list was open stays in a list of unread ones', async () => {
  const keep = [bench.idOf('tide')];
  expect(await bench.found('noon is:unread')).toEqual(['body']);
  expect(await bench.found('noon is:unread', { keep })).toEqual(['body', 'tide']);
});

test('within a saved search muted sources are left out, unless a source is asked for by name', async () => {
  expect(await bench.found('title:quiet', { searchId: 'any' })).toEqual([]);
  expect(await bench.found('source:quiet', { searchId: 'any' })).toEqual(['quiet']);
});
