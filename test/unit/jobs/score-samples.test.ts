import { afterEach, expect, test } from 'vitest';
import { isSampleDue } from '../../../main/jobs/hacker-news-samples.ts';
import type { Post } from '../../../preload/contract/post.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { body, createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';

const HOUR = 3_600_000;
let bench: JobsBench;
afterEach(() => bench?.close());

type Item = { id: number; score: number; descendants: number; dead?: boolean };
const json = (value: unknown) => body(JSON.stringify(value), { contentType: 'application/json' });
/** The list and the items as they are at this moment. */
const serve = (list: number[], items: Item[]): void => {
  bench.web.set('http://hn.test/v0/topstories.json', () => json(list));
  for (const item of items) {
    const answer = { type: 'story', by: 'oda', time: 1, title: `Story ${item.id}`, url: `https://s.example/${item.id}`, ...item };
    bench.web.set(`http://hn.test/v0/item/${item.id}.json`, () => json(answer));
  }
};
const samplesOf = (id: number) =>
  bench.store.posts.byHackerNewsId(id)?.hn?.samples?.map(({ score, commentCount }) => [score, commentCount]);
const askedFor = (id: number) => bench.asked.filter(({ url }) => url.endsWith(`/item/${id}.json`)).length;

test('a story is asked for again at +1, +6, +24 and +72 h, also when it has left the list, and its scores are kept', async () => {
  bench = await createJobsBench();
  await bench.addHackerNews('hn');
  serve([1], [{ id: 1, score: 50, descendants: 2 }]);
  const first = await bench.run('collect-hacker-news');
  expect(first.counts.samples_taken).toBe(0);
  expect(samplesOf(1)).toEqual([[50, 2]]);

  const seen: (number | undefined)[] = [];
  for (let hour = 1; hour <= 96; hour += 1) {
    await bench.clock.pass(HOUR);
    serve([], [{ id: 1, score: 50 + hour, descendants: hour }]);
    seen.push((await bench.run('collect-hacker-news')).counts.samples_taken);
  }
  expect(seen.flatMap((count, index) => (count ? [index + 1] : []))).toEqual([1, 6, 24, 72]);
  expect(samplesOf(1)).toEqual([
    [50, 2],
    [51, 1],
    [56, 6],
    [74, 24],
    [122, 72],
  ]);
  expect(askedFor(1)).toBe(5);
  expect(bench.store.posts.byHackerNewsId(1)?.hn).toMatchObject({ score: 122, commentCount: 72 });
});

test('what the lists answered is not asked for twice, and the counters still add up', async () => {
  bench = await createJobsBench();
  await bench.addHackerNews('hn');
  serve(
    [1, 2],
    [
      { id: 1, score: 60, descendants: 1 },
      { id: 2, score: 70, descendants: 1 },
    ],
  );
  await bench.run('collect-hacker-news');
  await bench.clock.pass(HOUR);
  serve(
    [2],
    [
      { id: 1, score: 90, descendants: 4 },
      { id: 2, score: 80, descendants: 3 },
    ],
  );
  const { counts } = await bench.run('collect-hacker-news');
  expect(counts).toMatchObject({ samples_taken: 2, posts_fetched: 1, duplicates_skipped: 1, posts_saved: 0 });
  expect([askedFor(1), askedFor(2)]).toEqual([2, 2]);
  expect([samplesOf(1), samplesOf(2)]).toEqual([
    [
      [60, 1],
      [90, 4],
    ],
    [
      [70, 1],
      [80, 3],
    ],
  ]);
});

test('marks missed while the computer was off come to one sample; what is older than five days is left alone', async () => {
  bench = await createJobsBench();
  await bench.addHackerNews('hn');
  serve([1], [{ id: 1, score: 60, descendants: 1 }]);
  await bench.run('collect-hacker-news');
  await bench.clock.pass(30 * HOUR);
  serve([], [{ id: 1, score: 300, descendants: 90 }]);
  expect((await bench.run('collect-hacker-news')).counts.samples_taken).toBe(1);
  expect(samplesOf(1)).toHaveLength(2);
  await bench.clock.pass(120 * HOUR);
  expect((await bench.run('collect-hacker-news')).counts.samples_taken).toBe(0);
  expect(askedFor(1)).toBe(2);
});

test('a story that died in between is marked, and asked for no more', async () => {
  bench = await createJobsBench();
  await bench.addHackerNews('hn');
  serve([1], [{ id: 1, score: 60, descendants: 1 }]);
  await bench.run('collect-hacker-news');
  await bench.clock.pass(HOUR);
  serve([], [{ id: 1, score: 60, descendants: 1, dead: true }]);
  await bench.run('collect-hacker-news');
  expect(bench.store.posts.byHackerNewsId(1)?.hn?.isDead).toBe(true);
  await bench.clock.pass(6 * HOUR);
  expect((await bench.run('collect-hacker-news')).counts.samples_taken).toBe(0);
});

test('at most 200 stories are asked for beside the lists, those that would be let go soonest first', async () => {
  bench = await createJobsBench();
  await bench.addHackerNews('hn', { limit: 500 });
  const items = Array.from({ length: 260 }, (_, at) => ({ id: at + 1, score: 60, descendants: 1 }));
  serve(
    items.slice(0, 130).map(({ id }) => id),
    items,
  );
  await bench.run('collect-hacker-news');
  await bench.clock.pass(10 * 60_000);
  serve(
    items.slice(130).map(({ id }) => id),
    items,
  );
  await bench.run('collect-hacker-news');
  await bench.clock.pass(2 * HOUR);
  serve([], items);
  expect((await bench.run('collect-hacker-news')).counts.samples_taken).toBe(200);
  expect(samplesOf(1)).toHaveLength(2);
  expect((await bench.run('collect-hacker-news')).counts.samples_taken).toBe(60);
});

test('a post of before samples were kept is sampled from its next mark on', () => {
  const clock = createFakeClock('2026-11-21T12:00:00.000Z');
  const post = (hoursAgo: number, samples?: { at: string; score: number; commentCount: number }[]): Post => ({
    id: 'p',
    sourceId: 's',
    fingerprint: 'f',
    title: 't',
    url: '',
    domain: '',
    summary: '',
    hasBody: false,
    collectedAt: new Date(clock.now() - hoursAgo * HOUR).toISOString(),
    isRead: false,
    isStarred: false,
    hn: { id: 1, score: 1, commentCount: 0, type: 'story', isDead: false, ...(samples ? { samples } : {}) },
  });
  expect(isSampleDue(post(0.5), clock.now())).toBe(false);
  expect(isSampleDue(post(2), clock.now())).toBe(true);
  const at = new Date(clock.now() - HOUR).toISOString();
  expect(isSampleDue(post(3, [{ at, score: 1, commentCount: 0 }]), clock.now())).toBe(false);
});
