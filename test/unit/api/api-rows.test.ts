import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { paramSchemas, type Transport } from '../../../preload/contract/contract.ts';
import type { FeedSource } from '../../../preload/contract/source.ts';
import { askOver, directTransport, makeFolder, openTestCore, runThrough } from '../../helpers/core-kit.ts';
import { type SmallWeb, startSmallWeb } from '../../helpers/small-web.ts';

describe('what the screen asks', () => {
  let web: SmallWeb;
  let core: Core;
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let over: Transport;
  let now = Date.parse('2026-11-21T10:20:00.000Z');
  beforeAll(async () => {
    web = await startSmallWeb();
    folder = await makeFolder();
    core = await openTestCore(folder.dir, { hackerNewsApi: web.hackerNewsApi, clock: { ...systemClock, now: () => now } });
    over = directTransport(core);
    await core.start();
  });
  afterAll(async () => {
    await core.stop();
    await web.close();
    await folder.remove();
  });
  const addFeed = (path: string, own: Partial<FeedSource> = {}): Promise<FeedSource> =>
    askOver(over, 'sources.add', {
      kind: 'feed',
      feedUrl: `${web.base}${path}`,
      allowLocalNetwork: true,
      ...own,
    }) as Promise<FeedSource>;
  const rowOf = (id: string) => askOver(over, 'sources.get', { id });
  const fetchNow = (id: string) => runThrough(over, 'sources.fetch', { ids: [id] });

  test('a source whose runs were removed was never fetched: nothing of it is kept on the source (A-4)', async () => {
    const { id } = await addFeed('/feed.xml?a4');
    const run = await fetchNow(id);
    expect((await rowOf(id)).recent).toHaveLength(1);
    await askOver(over, 'runs.remove', { id: run.id });
    const row = await rowOf(id);
    expect(row.recent).toEqual([]);
    expect(row.lastGoodAt).toBeUndefined();
    expect(Object.keys(row.source).join()).not.toMatch(/last|fetched|status|error/i);
    await askOver(over, 'sources.remove', { id });
  });

  test('removing says first what goes along; a run removed leaves its source (A-5)', async () => {
    const { id } = await addFeed('/feed.xml');
    for (let times = 0; times < 12; times += 1) await fetchNow(id);
    const [first] = await askOver(over, 'posts.list', { sourceId: id }).then(({ rows }) => rows);
    await askOver(over, 'posts.mark', { ids: [first?.id ?? ''], isStarred: true });
    expect(await askOver(over, 'sources.removal', { id })).toEqual({ posts: 3, starred: 1, fetchJobs: 12 });

    const [job] = await askOver(over, 'sources.fetchJobs', { id, limit: 1 });
    expect(await askOver(over, 'runs.remove', { id: job?.runId ?? '' })).toEqual({ fetchJobs: 1 });
    expect((await rowOf(id)).source.id).toBe(id);

    expect(await askOver(over, 'sources.remove', { id })).toEqual({ posts: 3, fetchJobs: 11 });
    const runs = await askOver(over, 'runs.list', { jobKind: 'fetch-feeds', limit: 500 });
    for (const run of runs.rows) expect((await askOver(over, 'runs.get', { id: run.id })).fetchJobs).toEqual([]);
  });

  test('a new interval moves the next time of every feed at once (A-9)', async () => {
    const { id } = await addFeed('/feed.xml');
    await fetchNow(id);
    const inMinutes = async (): Promise<number> => (Date.parse((await rowOf(id)).nextTryAt ?? '') - now) / 60_000;
    const before = await inMinutes();
    await askOver(over, 'settings.update', { patch: { fetchIntervalMinutes: 10 } });
    expect(before).toBe(30);
    expect(await inMinutes()).toBeLessThanOrEqual(10);
    const schedules = await askOver(over, 'schedules.list', {});
    expect(schedules.find(({ schedule }) => schedule.id === 'fetch_feeds')?.schedule.trigger).toEqual({
      type: 'interval',
      minutes: 10,
    });

    await askOver(over, 'schedules.update', { id: 'fetch_feeds', patch: { trigger: { type: 'interval', minutes: 45 } } });
    await askOver(over, 'settings.update', { patch: { fetchIntervalMinutes: 30 } });
    const kept = await askOver(over, 'schedules.list', {});
    expect(kept.find(({ schedule }) => schedule.id === 'fetch_feeds')?.schedule.trigger).toEqual({
      type: 'interval',
      minutes: 45,
    });
    await askOver(over, 'sources.remove', { id });
  });

  test('the zone of the computer changes labels, never instants (A-11)', async () => {
    const { id } = await addFeed('/feed.xml');
    now = Date.parse('2026-11-21T22:30:00.000Z');
    await fetchNow(id);
    const zone = process.env.TZ;
    process.env.TZ = 'UTC';
    const before = await askOver(over, 'posts.list', { sourceId: id });
    const label = async (timeZone: string) =>
      (await askOver(over, 'stats.get', { days: 2, timeZone })).perDay.findLast(({ posts }) => posts > 0)?.date;
    process.env.TZ = 'Asia/Tokyo';
    const after = await askOver(over, 'posts.list', { sourceId: id });
    expect(after).toEqual(before);
    expect(before.rows[0]?.collectedAt).toBe('2026-11-21T22:30:00.000Z');
    expect([await label('UTC'), await label('Asia/Tokyo')]).toEqual(['2026-11-21', '2026-11-22']);
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    await askOver(over, 'sources.remove', { id });
  });

  test('the last twenty errors of a source are kept with their times (A-19)', async () => {
    const { id } = await addFeed('/gone.xml');
    for (let times = 0; times < 21; times += 1) {
      now += 60_000;
      await fetchNow(id);
    }
    const errors = await askOver(over, 'sources.fetchJobs', { id, failedOnly: true, limit: 20 });
    expect(errors).toHaveLength(20);
    for (const job of errors) expect(job).toMatchObject({ status: 'failed', errorCode: 'HTTP_4XX' });
    const times = errors.map((job) => ('endedAt' in job ? job.endedAt : ''));
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(times).size).toBe(20);
    expect((await rowOf(id)).failures).toBe(21);
    expect((await askOver(over, 'app.status', {})).failingSources).toBe(1);
    await askOver(over, 'sources.remove', { id });
  });

  test('a Hacker News source looks at 1 to 500 stories (B-2)', async () => {
    const add = paramSchemas['sources.add'];
    for (const limit of [1, 100, 500]) expect(add.safeParse({ kind: 'hacker-news', limit }).success).toBe(true);
    for (const limit of [0, 501, 1.5]) expect(add.safeParse({ kind: 'hacker-news', limit }).success).toBe(false);
    web.asked.length = 0;
    await runThrough(over, 'runs.start', { jobKind: 'collect-hacker-news', options: { limit: 2 } });
    expect(web.asked.filter((path) => path.startsWith('/v0/item/'))).toHaveLength(2);
  });

  test('a threshold can be tried before it is set: 50 and 51 are kept of 49, 50 and 51 (B-3)', async () => {
    const before = await askOver(over, 'posts.list', { view: 'hacker-news' });
    web.stories.splice(
      0,
      3,
      { id: 49, title: 'a', score: 49, descendants: 0 },
      { id: 50, title: 'b', score: 50, descendants: 0 },
      { id: 51, title: 'c', score: 51, descendants: 0 },
    );
    const { scores } = await askOver(over, 'sources.previewHackerNews', { list: 'top', limit: 100 });
    expect(scores).toEqual([51, 50, 49]);
    expect(await askOver(over, 'posts.list', { view: 'hacker-news' })).toEqual(before);
    const run = await runThrough(over, 'runs.start', { jobKind: 'collect-hacker-news' });
    expect(run).toMatchObject({ counts: { posts_saved: scores.filter((score) => score >= 50).length, below_threshold: 1 } });
  });

  test('a Hacker News post has all its fields, and a run by hand says what it did (B-5, B-10)', async () => {
    const post = await askOver(over, 'posts.list', { view: 'hacker-news', search: 'c' }).then(({ rows }) =>
      rows.find(({ hn }) => hn?.id === 51),
    );
    expect(post).toMatchObject({ title: 'c', author: 'someone', url: expect.any(String), domain: expect.any(String) });
    expect(post).toMatchObject({ publishedAt: '2023-11-14T22:13:20.000Z', collectedAt: expect.stringMatching(/Z$/) });
    expect(post?.hn).toMatchObject({ id: 51, score: 51, commentCount: 0, type: 'story', isDead: false });

    const run = await runThrough(over, 'runs.start', { jobKind: 'collect-hacker-news' });
    expect(run).toMatchObject({ status: 'completed', counts: { posts_fetched: 3, posts_saved: 0, duplicates_skipped: 2 } });
    expect((await askOver(over, 'app.status', {})).last).toMatchObject({ runId: run.id, words: '2 known' });
  });

  test('a scheduler that does not run is said to be stopped, with what would come next (B-11)', async () => {
    const status = await askOver(over, 'app.status', {});
    expect(status.schedulerRunning).toBe(false);
    expect(status.next).toMatchObject({ scheduleId: expect.any(String), name: expect.any(String), dueAt: expect.any(String) });
  });

  test('*Last hour, top 20* shows what came within the hour, best first (B-12)', async () => {
    web.stories.splice(0);
    now += 2 * 60 * 60_000;
    for (let id = 100; id < 130; id += 1) web.stories.push({ id, title: `s${id}`, score: (id * 37) % 101, descendants: 0 });
    await runThrough(over, 'runs.start', { jobKind: 'collect-hacker-news', options: { minScore: 0 } });
    const top = (await askOver(over, 'posts.list', { view: 'last-hour' })).rows.map(({ hn }) => hn?.score);
    const expected = web.stories.map(({ score }) => score).sort((left, right) => right - left);
    expect(top).toEqual(expected.slice(0, 20));
    now += 61 * 60_000;
    expect((await askOver(over, 'posts.list', { view: 'last-hour' })).rows).toEqual([]);
  });

  test('what is said to be on disk is on disk (B-13)', async () => {
    const info = await askOver(over, 'stats.storage', {});
    const posts = await askOver(over, 'posts.list', { limit: 1 });
    expect(info.dataDir).toBe(folder.dir);
    expect(info.counts.posts).toBe(posts.total);
    expect(info.bytes).toBe(info.files.reduce((sum, file) => sum + file.bytes, 0));
    const names = (await readdir(folder.dir)).filter((name) => !name.endsWith('.lock')).sort();
    expect(info.files.map(({ name }) => name).sort()).toEqual(names);
    for (const { name, bytes } of info.files) expect((await stat(join(folder.dir, name))).size).toBe(bytes);
  });

  test('four checks say why a schedule does not run (B-19)', async () => {
    const id = 'hourly_posts_collection';
    await askOver(over, 'schedules.update', { id, patch: { enabled: false } });
    const { checks } = await askOver(over, 'schedules.why', { id });
    expect(checks).toHaveLength(4);
    expect(checks.filter(({ ok }) => !ok).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['The scheduler is stopped: nothing starts by itself.', 'This schedule is off.']),
    );
    await askOver(over, 'schedules.update', { id, patch: { enabled: true } });
  });

  test('an address with a name and a password is refused with a sentence, and nothing of it is written', async () => {
    const reply = await over.request('sources.add', { kind: 'feed', feedUrl: 'https://me:hunter2secret@feeds.example/x' });
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'IPC_INVALID', field: 'feedUrl', message: expect.stringMatching(/password/i) },
    });
    for (const name of await readdir(folder.dir)) {
      expect(await readFile(join(folder.dir, name), 'utf8')).not.toContain('hunter2secret');
    }
  });

  test('marking all as read answers what it changed, so that it can be undone', async () => {
    const { rows } = await askOver(over, 'posts.list', { view: 'unread', limit: 500 });
    const { changed } = await askOver(over, 'posts.markAllRead', { query: { view: 'unread' } });
    expect([...changed].sort()).toEqual(rows.map(({ id }) => id).sort());
    expect((await askOver(over, 'posts.counts', {})).unread).toBe(0);
    expect((await askOver(over, 'posts.mark', { ids: changed, isRead: false })).changed).toHaveLength(changed.length);
    expect(
      (await askOver(over, 'posts.markAllRead', { query: { view: 'unread' }, before: '2020-01-01T00:00:00.000Z' })).changed,
    ).toEqual([]);
  });
});
