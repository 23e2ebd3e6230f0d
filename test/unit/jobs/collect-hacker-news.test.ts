import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { body, createJobsBench, type JobRun, type JobsBench } from '../../helpers/jobs-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const BASE = 'http://hn.test/v0';
const story = (id: number, fields: Record<string, unknown> = {}) => ({
  id,
  type: 'story',
  by: 'ann',
  time: 1_600_000_000 + id,
  title: `Story ${id}`,
  url: `https://example.org/${id}`,
  score: 100,
  descendants: 5,
  ...fields,
});
const setList = (ids: unknown, list = 'topstories') => bench.web.set(`${BASE}/${list}.json`, () => body(JSON.stringify(ids)));
const setItem = (id: number, item: unknown) =>
  bench.web.set(`${BASE}/item/${id}.json`, () => (item instanceof AppError ? item : body(JSON.stringify(item))));
const setStories = (...ids: number[]) => {
  setList(ids);
  for (const id of ids) setItem(id, story(id));
};
const collect = (options: object = {}, extra = {}): Promise<JobRun> => bench.run('collect-hacker-news', options, extra);
const itemsAsked = (): number[] =>
  bench.asked.flatMap(({ url }) => (url.includes('/item/') ? [Number(/(\d+)\.json$/.exec(url)?.[1])] : []));
const serverError = () => new AppError('HTTP_5XX', 'The server answered 500.', { status: 500 });
const codesOf = (run: JobRun): string[] => [
  ...(run.error ? [run.error.code] : []),
  ...run.lines.flatMap(({ message }) => (message.startsWith('HN_PARTIAL') ? ['HN_PARTIAL'] : [])),
];
const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

/** posts_fetched is the sum of what became of the posts. */
const expectSum = ({ counts }: JobRun): void => {
  const { posts_saved = 0, duplicates_skipped = 0, below_threshold = 0, unusable = 0, errors = 0 } = counts;
  expect(counts.posts_fetched).toBe(posts_saved + duplicates_skipped + below_threshold + unusable + errors);
};

describe('collecting Hacker News', () => {
  test('B-2: of a list of 500, a limit of 100 makes 100 item requests', async () => {
    await bench.addHackerNews('hn');
    setStories(...range(1, 500));
    const run = await collect();
    expect(itemsAsked()).toHaveLength(100);
    expect(itemsAsked().sort((a, b) => a - b)).toEqual(range(1, 100));
    expect(run.counts).toMatchObject({ posts_fetched: 100, posts_saved: 100 });
  });

  test('B-3: with the threshold 50, of 49, 50 and 51 points two are kept', async () => {
    await bench.addHackerNews('hn');
    setList([1, 2, 3]);
    for (const [id, score] of [
      [1, 49],
      [2, 50],
      [3, 51],
    ] as const)
      setItem(id, story(id, { score }));
    const run = await collect();
    expect((await bench.posts()).map((post) => post.hn?.score).sort()).toEqual([50, 51]);
    expect(run.counts).toMatchObject({ posts_fetched: 3, posts_saved: 2, below_threshold: 1 });
    expectSum(run);
  });

  test('B-4: known stories come as duplicates, with fresh numbers', async () => {
    await bench.addHackerNews('hn');
    setStories(1, 2, 3);
    await collect();
    setItem(2, story(2, { score: 321, descendants: 99 }));
    const run = await collect();
    expect(run.counts).toMatchObject({ posts_saved: 0, duplicates_skipped: 3 });
    expect(bench.store.posts.byHackerNewsId(2)?.hn).toMatchObject({ score: 321, commentCount: 99 });
    expectSum(run);
  });

  test('B-5: a stored story has its number, title, author, address, domain, score, comments, times, type and dead mark', async () => {
    await bench.addHackerNews('hn');
    setList([7]);
    setItem(7, story(7, { title: 'Ask HN: Why?', url: 'https://www.example.org/x', score: 88, descendants: 12 }));
    await collect();
    expect(bench.store.posts.byHackerNewsId(7)).toMatchObject({
      title: 'Ask HN: Why?',
      author: 'ann',
      url: 'https://www.example.org/x',
      domain: 'example.org',
      publishedAt: '2020-09-13T12:26:47.000Z',
      collectedAt: '2026-11-21T12:00:00.000Z',
      hn: { id: 7, score: 88, commentCount: 12, type: 'ask', isDead: false },
    });
  });

  test('B-7: the counters of a run add up, and posts_cached is what the index holds', async () => {
    await bench.addHackerNews('hn');
    setList([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const id of [1, 2]) setItem(id, story(id));
    setItem(3, story(3, { score: 10 }));
    setItem(4, null);
    setItem(5, story(5, { type: 'comment' }));
    setItem(6, serverError());
    setItem(7, story(7, { deleted: true }));
    setItem(8, story(8, { type: 'job', score: 60 }));
    const first = await collect();
    expect(first.counts).toEqual({
      samples_taken: 0,
      posts_fetched: 8,
      posts_saved: 3,
      posts_cached: 3,
      duplicates_skipped: 0,
      below_threshold: 1,
      unusable: 3,
      errors: 1,
    });
    const second = await collect();
    expect(second.counts).toMatchObject({ posts_saved: 0, duplicates_skipped: 3, posts_cached: 3 });
    for (const run of [first, second]) expectSum(run);
  });

  test('B-8: a run writes the posts of a source once', async () => {
    await bench.addHackerNews('hn');
    setStories(...range(1, 50));
    let writes = 0;
    const { save, refreshHackerNews } = bench.store.posts;
    bench.services.store.posts.save = (...args) => {
      writes += 1;
      return save(...args);
    };
    bench.services.store.posts.refreshHackerNews = (...args) => {
      writes += 1;
      return refreshHackerNews(...args);
    };
    await collect();
    expect(writes).toBe(1);
    setStories(...range(41, 20));
    await collect();
    expect(writes).toBe(2);
    expect(bench.store.posts.count()).toBe(60);
  });

  test('B-15: an empty list is a completed run with zeros and a note', async () => {
    await bench.addHackerNews('hn');
    setList([]);
    const run = await collect();
    expect(run.error).toBeUndefined();
    expect(run.counts).toMatchObject({ posts_fetched: 0, posts_saved: 0, errors: 0 });
    expect(run.lines).toEqual([{ level: 'info', message: 'hn: the list is empty.' }]);
    expect(bench.store.fetchJobs.latestFor('hn')).toMatchObject({ status: 'completed', outcome: 'nothing-new' });
  });

  test('B-16: three items of a hundred that fail do not fail the run', async () => {
    await bench.addHackerNews('hn');
    setStories(...range(1, 100));
    for (const id of [10, 20, 30]) setItem(id, serverError());
    const run = await collect();
    expect(run.error).toBeUndefined();
    expect(run.counts).toMatchObject({ posts_fetched: 100, posts_saved: 97, errors: 3 });
    expect(bench.store.fetchJobs.latestFor('hn')).toMatchObject({ status: 'completed', postsCount: 97, itemsCount: 100 });
    expectSum(run);
  });

  test('B-17: dead, deleted and null items are not stored; a stored post that dies is marked and stays', async () => {
    await bench.addHackerNews('hn');
    setList([1, 2, 3, 4]);
    setItem(1, story(1, { dead: true }));
    setItem(2, { id: 2, type: 'story', deleted: true });
    setItem(3, null);
    setItem(4, story(4));
    const first = await collect();
    expect(first.counts).toMatchObject({ posts_saved: 1, unusable: 3 });
    setItem(4, { id: 4, type: 'story', deleted: true });
    const second = await collect();
    expect(second.counts).toMatchObject({ posts_saved: 0, duplicates_skipped: 1, unusable: 3 });
    expect(bench.store.posts.byHackerNewsId(4)).toMatchObject({ title: 'Story 4', hn: { score: 100, isDead: true } });
    setItem(4, story(4));
    await collect();
    expect(bench.store.posts.byHackerNewsId(4)?.hn?.isDead).toBe(false);
  });

  test('options override limit, score and list for one run', async () => {
    await bench.addHackerNews('hn');
    setList([1, 2, 3], 'newstories');
    for (const id of [1, 2, 3]) setItem(id, story(id, { score: 1 }));
    const run = await collect({ list: 'new', limit: 2, minScore: 0 });
    expect(run.counts).toMatchObject({ posts_fetched: 2, posts_saved: 2 });
    expect(bench.store.sources.get('hn')).toMatchObject({ list: 'top', limit: 100, minScore: 50 });
  });

  test('signs nobody sees and towers of marks are taken out of titles', async () => {
    await bench.addHackerNews('hn');
    setList([1]);
    setItem(1, story(1, { title: `A\u200bB \u202ecod.exe e${'\u0301'.repeat(5000)}` }));
    await collect();
    expect(bench.store.posts.byHackerNewsId(1)?.title.length).toBeLessThan(25);
    expect(bench.store.posts.byHackerNewsId(1)?.title).toMatch(/^AB cod\.exe e/);
  });

  test('a story on two lists is asked for once and kept once', async () => {
    await bench.addHackerNews('top');
    await bench.addHackerNews('best', { list: 'best' });
    setStories(1, 2);
    setList([2, 3], 'beststories');
    setItem(3, story(3));
    const run = await collect();
    expect(itemsAsked().sort()).toEqual([1, 2, 3]);
    expect(bench.store.posts.count()).toBe(3);
    expect(run.counts).toMatchObject({ posts_fetched: 4, posts_saved: 3, duplicates_skipped: 1 });
    expectSum(run);
  });

  test('paused sources and those not named are left alone', async () => {
    await bench.addHackerNews('a', { paused: true });
    await bench.addHackerNews('b');
    expect((await collect({ sourceIds: ['a'] })).lines).toEqual([
      { level: 'info', message: 'There is no Hacker News source to read.' },
    ]);
    expect(bench.asked).toEqual([]);
  });

  test('stories with the same address are two posts', async () => {
    await bench.addHackerNews('hn');
    setList([1, 2]);
    for (const id of [1, 2]) setItem(id, story(id, { url: 'https://example.org/same', title: 'Same' }));
    expect((await collect()).counts.posts_saved).toBe(2);
  });

  test('a cancelled run stores nothing of a list half read, and blames nobody', async () => {
    const stop = new AbortController();
    await bench.addHackerNews('hn');
    setStories(1, 2);
    bench.web.set(`${BASE}/item/2.json`, (request) => {
      stop.abort(new AppError('CANCELLED', 'The run was cancelled.'));
      return request.signal?.reason as AppError;
    });
    const run = await collect({}, { signal: stop.signal });
    expect(run.error?.code).toBe('CANCELLED');
    expect(bench.store.posts.count()).toBe(0);
    expect(bench.store.fetchJobs.latestFor('hn')).toMatchObject({ status: 'failed', errorCode: 'CANCELLED', isBlameless: true });
  });

  test('progress counts the items', async () => {
    await bench.addHackerNews('hn');
    setStories(1, 2, 3);
    expect((await collect()).progress.at(-1)).toEqual([3, 3]);
  });
});

describe('Hacker News when it is not well', () => {
  beforeEach(async () => {
    await bench.addHackerNews('hn');
  });

  hostileCase(
    104,
    'an item that is nothing is asked for again in the next five cycles at most; the others are stored',
    async () => {
      setList([1, 2]);
      setItem(1, story(1));
      setItem(2, null);
      const asks: number[] = [];
      for (let cycle = 0; cycle < 8; cycle += 1) {
        bench.asked.length = 0;
        const run = await collect();
        expect(run.error).toBeUndefined();
        asks.push(itemsAsked().filter((id) => id === 2).length);
        expectSum(run);
      }
      expect(asks).toEqual([1, 1, 1, 1, 1, 0, 0, 0]);
      expect(bench.store.posts.count()).toBe(1);
      return 'OK';
    },
  );

  test('an item that was not ready and has left the list is still asked for', async () => {
    setList([1, 2]);
    setItem(1, story(1));
    setItem(2, null);
    await collect();
    setStories(1);
    setItem(2, story(2));
    expect((await collect()).counts).toMatchObject({ posts_saved: 1, duplicates_skipped: 1 });
    bench.asked.length = 0;
    await collect();
    expect(itemsAsked()).toEqual([1]);
  });

  hostileCase(105, 'dead and deleted items are unusable at first sight, and hidden when they die later', async () => {
    setStories(1, 2);
    setItem(2, story(2, { dead: true }));
    const run = await collect();
    expect(run.counts).toMatchObject({ posts_saved: 1, unusable: 1 });
    setItem(1, story(1, { dead: true }));
    await collect();
    expect(bench.store.posts.count()).toBe(1);
    expect(bench.store.posts.byHackerNewsId(1)?.hn?.isDead).toBe(true);
    expect(await bench.posts()).toEqual([]);
    return 'OK';
  });

  hostileCase(
    110,
    'a third of the items failing is told; the good ones are stored, the others asked for first next time',
    async () => {
      setStories(...range(1, 10));
      for (const id of [8, 9, 10]) setItem(id, serverError());
      const run = await collect();
      expect(run.counts).toMatchObject({ posts_saved: 7, errors: 3 });
      expect(run.lines).toContainEqual({
        level: 'warn',
        message: 'HN_PARTIAL: 7 of 10 stories could be read. The others are asked for again next time.',
      });
      bench.asked.length = 0;
      for (const id of [8, 9, 10]) setItem(id, story(id));
      expect((await collect()).counts).toMatchObject({ posts_saved: 3, duplicates_skipped: 7 });
      expect(itemsAsked().slice(0, 3)).toEqual([8, 9, 10]);
      return codesOf(run);
    },
  );

  hostileCase(111, 'when every item fails the run says so and nothing is lost', async () => {
    setStories(1, 2);
    await collect();
    for (const id of [1, 2]) setItem(id, serverError());
    const run = await collect();
    expect(run.error).toMatchObject({
      code: 'HN_PARTIAL',
      message: '0 of 2 stories could be read. The others are asked for again next time.',
    });
    expect(bench.store.fetchJobs.latestFor('hn')).toMatchObject({ status: 'failed', errorCode: 'HN_PARTIAL', postsCount: 0 });
    expect(bench.store.posts.count()).toBe(2);
    expectSum(run);
    return codesOf(run);
  });

  test('a list that is none fails the source and the run', async () => {
    setList({ error: 'x' });
    const run = await collect();
    expect(run.error?.code).toBe('HN_LIST');
    expect(bench.store.fetchJobs.latestFor('hn')).toMatchObject({ status: 'failed', errorCode: 'HN_LIST' });
    expectSum(run);
  });

  hostileCase(112, 'when it hangs it is given up within a minute, and feeds go on meanwhile', async () => {
    setList([1, 2, 3]);
    setItem(1, story(1));
    const hang: Parameters<typeof bench.web.set>[1] = ({ signal }) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve(signal.reason as AppError));
      });
    for (const id of [2, 3]) bench.web.set(`${BASE}/item/${id}.json`, hang);
    const began = bench.clock.now();
    const hanging = collect();
    await bench.clock.pass(5000);
    await bench.addFeed('a');
    bench.web.set('https://a.example/feed', () => body('<rss version="2.0"><channel><title>t</title></channel></rss>'));
    expect((await bench.run('fetch-feeds')).counts).toMatchObject({ sources: 1, failed: 0 });
    await bench.clock.pass(50_000);
    const run = await hanging;
    expect(bench.clock.now() - began).toBeLessThanOrEqual(60_000);
    expect(run.error).toBeUndefined();
    expect(run.counts).toMatchObject({ posts_saved: 1, errors: 2 });
    bench.web.set(`${BASE}/topstories.json`, hang);
    const list = collect();
    await bench.clock.pass(55_000);
    expect((await list).error?.code).toBe('TOTAL_TIMEOUT');
    return 'OK';
  });

  hostileCase(115, 'an item under another number is dropped with a warning', async () => {
    setList([1, 2]);
    setItem(1, story(1));
    setItem(2, story(3));
    const run = await collect();
    expect(run.counts).toMatchObject({ posts_saved: 1, unusable: 1 });
    expect(bench.store.posts.byHackerNewsId(3)).toBeUndefined();
    const job = bench.store.fetchJobs.latestCompletedFor('hn');
    expect(job?.warnings).toEqual([{ code: 'W_ITEM_DROPPED', count: 1 }]);
    return (job?.warnings ?? []).map(({ code }) => code);
  });

  hostileCase(116, 'a change of score alone is no new post', async () => {
    setStories(1);
    await collect();
    const [before] = await bench.posts();
    await bench.store.posts.mark([before?.id ?? ''], { isRead: true });
    setItem(1, story(1, { score: 500 }));
    bench.heard.length = 0;
    const run = await collect();
    expect(run.counts.posts_saved).toBe(0);
    expect(await bench.posts()).toEqual([{ ...before, isRead: true, hn: { ...before?.hn, score: 500 } }]);
    expect(bench.heard.filter(({ name }) => name === 'posts.changed')).toEqual([
      { name: 'posts.changed', data: { added: 0, sourceIds: ['hn'] } },
    ]);
    return 'OK';
  });

  hostileCase(117, 'a 429 stops the asking, and nobody asks again before its time', async () => {
    setStories(1, 2, 3);
    setItem(2, new AppError('HTTP_429', 'The server answered 429.', { status: 429, retryAfterMs: 10 * MINUTE }));
    const first = await collect();
    expect(first.counts.errors).toBeGreaterThan(0);
    expectSum(first);
    bench.asked.length = 0;
    await bench.clock.pass(9 * MINUTE);
    const early = await collect();
    expect(bench.asked).toEqual([]);
    expect(early.lines[0]?.message).toContain('asked us to wait');
    await bench.clock.pass(MINUTE);
    bench.web.set(
      `${BASE}/topstories.json`,
      () => new AppError('HTTP_429', 'The server answered 429.', { status: 429, retryAfterMs: HOUR }),
    );
    const list = await collect();
    expect(bench.store.fetchMemory.host('hn.test')?.notBefore).toBe('2026-11-21T13:10:00.000Z');
    return list.error?.code ?? 'OK';
  });
});
