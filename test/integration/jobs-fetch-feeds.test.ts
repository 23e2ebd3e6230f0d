import { afterEach, describe, expect, test } from 'vitest';
import { createFeedParser } from '../../main/feeds/parser.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { createEventBus } from '../../main/lib/events.ts';
import { silentLog } from '../../main/lib/log.ts';
import { createRunner } from '../../main/scheduler/runner.ts';
import { type FeedServer, startFeedServer } from '../helpers/feed-server.ts';
import { hostileCase } from '../helpers/hostile-case.ts';
import { createJobsBench, type JobRun, type JobsBench, rss, rssItem } from '../helpers/jobs-bench.ts';
import { makeDownloader } from '../helpers/net-kit.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The jobs over the real store, parser and network code, and a server that stands for every host. */
const benchOver = async (
  answer: Parameters<typeof startFeedServer>[0],
  limits: { hostPauseMs?: number } = {},
): Promise<{ bench: JobsBench; server: FeedServer }> => {
  const server = await startFeedServer(answer);
  const downloader = makeDownloader({
    resolve: server.resolve,
    limits: { totalMs: 20_000, headersMs: 15_000, idleMs: 15_000, hostPauseMs: 0, ...limits },
  });
  const parser = createFeedParser({ log: silentLog });
  const bench = await createJobsBench(undefined, { real: { clock: systemClock, downloader, parser } });
  closers.push(server.close, downloader.close, parser.close, bench.close);
  return { bench, server };
};

const codesOf = (run: JobRun): string[] => run.fetchJobs.map((job) => (job.status === 'failed' ? job.errorCode : 'OK'));
const waitOf = (bench: JobsBench, sourceId: string): number =>
  Date.parse(bench.store.fetchMemory.get(sourceId)?.notBefore ?? '') - Date.now();
const feed = rss([rssItem('1'), rssItem('2')]);

describe('fetching feeds over the real network code', () => {
  test('byte to row: posts are stored, and the second time the server is only asked whether anything changed', async () => {
    const { bench, server } = await benchOver(({ headers }, response) => {
      if (headers['if-none-match'] === '"1"') response.writeHead(304, { etag: '"1"' }).end();
      else response.writeHead(200, { etag: '"1"', 'content-type': 'application/rss+xml' }).end(feed);
    });
    await bench.addFeed('a', { feedUrl: server.url('a.test', '/feed') });
    expect((await bench.run('fetch-feeds')).counts).toMatchObject({ sources: 1, new_posts: 2, failed: 0 });
    expect((await bench.run('fetch-feeds')).counts).toMatchObject({ new_posts: 0, not_modified: 1 });
    expect((await bench.posts()).map((post) => post.title).sort()).toEqual(['Post 1', 'Post 2']);
    expect(server.seen).toHaveLength(2);
  });

  test('A-7: a server that hangs fails within its own time limit and a second; the others are done', async () => {
    const { bench, server } = await benchOver(({ path }, response) => {
      if (path === '/hang') response.writeHead(200).write('<rss version="2.0"><channel>');
      else response.end(feed);
    });
    await bench.addFeed('hang', { feedUrl: server.url('hang.example', '/hang'), timeoutSeconds: 1 });
    await bench.addFeed('good', { feedUrl: server.url('good.example', '/feed') });
    const run = await bench.run('fetch-feeds');
    const hung = bench.store.fetchJobs.latestFor('hang');
    expect(hung).toMatchObject({ status: 'failed', errorCode: 'TOTAL_TIMEOUT' });
    if (hung?.status !== 'failed' || !hung.startedAt) throw new Error('The row has no start.');
    expect(Date.parse(hung.endedAt) - Date.parse(hung.startedAt)).toBeLessThan(2000);
    expect(bench.store.fetchJobs.latestFor('good')).toMatchObject({ status: 'completed', postsCount: 2 });
    expect(run.counts).toMatchObject({ sources: 2, new_posts: 2, failed: 1 });
  });

  test('A-10: quitting during a fetch leaves no row open', async () => {
    let arrived = (): void => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { bench, server } = await benchOver(() => arrived());
    await bench.addFeed('hang', { feedUrl: server.url('hang.example', '/') });
    const runner = createRunner({
      store: bench.store,
      jobs: bench.jobs,
      events: createEventBus(silentLog),
      clock: systemClock,
      log: silentLog,
    });
    const { run } = await runner.start({ jobKind: 'fetch-feeds', cause: 'manual' });
    await arrival;
    await runner.stop();
    expect(bench.store.fetchJobs.unfinished()).toEqual([]);
    expect(bench.store.fetchJobs.latestFor('hang')).toMatchObject({ status: 'failed', isBlameless: true });
    expect((await runner.finished(run.id)).status).not.toBe('running');
  });

  hostileCase(
    40,
    'of Retry-After only whole seconds and HTTP dates are read; anything else leaves the usual back-off',
    async () => {
      const values: (string | string[])[] = ['-5', '1e9', '99999999999999999999', 'abc', '0x10', '', ['60', '90']];
      const { bench, server } = await benchOver(({ path }, response) => {
        response
          .setHeader('retry-after', values[Number(path.slice(1))] ?? '')
          .writeHead(429)
          .end();
      });
      for (const index of values.keys()) await bench.addFeed(`s${index}`, { feedUrl: server.url(`s${index}.test`, `/${index}`) });
      const run = await bench.run('fetch-feeds');
      for (const [index, value] of values.entries()) {
        expect(bench.store.fetchMemory.get(`s${index}`), String(value)).toMatchObject({
          failures: 1,
          notBeforeReason: 'failures',
        });
        expect(Math.round(waitOf(bench, `s${index}`) / 60_000), String(value)).toBe(30);
        expect(bench.store.fetchMemory.host(`s${index}.test:${server.port}`)).toBeUndefined();
      }
      return codesOf(run);
    },
  );

  hostileCase(
    41,
    'server errors wait longer each time, as the server says where it does, and are forgotten after one good answer',
    async () => {
      const statuses = [500, 502, 504, 200];
      const { bench, server } = await benchOver(({ host }, response) => {
        if (host === 'busy.test') return void response.writeHead(503, { 'retry-after': '7200' }).end();
        const status = statuses.shift() ?? 200;
        response.writeHead(status).end(status === 200 ? feed : 'no');
      });
      await bench.addFeed('busy', { feedUrl: server.url('busy.test', '/') });
      const codes = codesOf(await bench.run('fetch-feeds'));
      expect(Math.round(waitOf(bench, 'busy') / 60_000)).toBe(120);
      expect((await bench.run('fetch-feeds')).counts.sources).toBe(0);
      await bench.addFeed('a', { feedUrl: server.url('a.test', '/') });
      for (const minutes of [30, 60, 120]) {
        codes.push(...codesOf(await bench.run('fetch-feeds')));
        expect(Math.round(waitOf(bench, 'a') / 60_000)).toBe(minutes);
      }
      const good = await bench.run('fetch-feeds');
      expect(good.fetchJobs).toEqual([expect.objectContaining({ status: 'completed', postsCount: 2 })]);
      expect(bench.store.fetchMemory.get('a')).toMatchObject({ failures: 0 });
      return codes;
    },
  );

  test('a feed that leads to a host which wants to be left alone waits with it and is not blamed', async () => {
    const { bench, server } = await benchOver(({ host }, response) => {
      if (host === 'busy.test') response.writeHead(429, { 'retry-after': '600' }).end();
      else response.writeHead(302, { location: server.url('busy.test', '/') }).end();
    });
    await bench.addFeed('busy', { feedUrl: server.url('busy.test', '/') });
    await bench.run('fetch-feeds');
    await bench.addFeed('a', { feedUrl: server.url('a.test', '/') });
    await bench.run('fetch-feeds');
    expect(bench.store.fetchJobs.latestFor('a')).toMatchObject({ status: 'failed', errorCode: 'HTTP_429', isBlameless: true });
    expect(bench.store.fetchMemory.get('a')).toMatchObject({ failures: 0, notBeforeReason: 'retry-after' });
    expect(server.seen.map(({ host }) => host)).toEqual(['busy.test', 'a.test']);
  });

  hostileCase(42, 'a server that will not have us is asked once a day', async () => {
    const statuses = [401, 402, 403, 451];
    const { bench, server } = await benchOver(({ path }, response) => {
      response.writeHead(Number(path.slice(1)), { 'www-authenticate': 'Basic realm="x"' }).end();
    });
    for (const status of statuses) await bench.addFeed(`s${status}`, { feedUrl: server.url(`s${status}.test`, `/${status}`) });
    const run = await bench.run('fetch-feeds');
    for (const status of statuses) expect(Math.round(waitOf(bench, `s${status}`) / 3_600_000)).toBe(24);
    expect(server.seen).toHaveLength(statuses.length);
    return codesOf(run);
  });

  hostileCase(37, 'an ETag that is too long, broken, weak or bare never spoils the next request', async () => {
    const etags = [`"${'x'.repeat(12_000)}"`, 'W/"weak"', 'bare', '"with space"'];
    const { bench, server } = await benchOver(({ path }, response) => {
      response.writeHead(200, { etag: etags[Number(path.slice(1))] ?? '' }).end(feed);
    });
    for (const index of etags.keys()) await bench.addFeed(`s${index}`, { feedUrl: server.url(`s${index}.test`, `/${index}`) });
    const first = await bench.run('fetch-feeds');
    const second = await bench.run('fetch-feeds');
    for (const index of etags.keys()) {
      expect((bench.store.fetchMemory.get(`s${index}`)?.etag ?? '').length).toBeLessThanOrEqual(1024);
      expect(server.seen.filter(({ path }) => path === `/${index}`)).toHaveLength(2);
    }
    return [...codesOf(first), ...codesOf(second)];
  });

  hostileCase(33, 'a temporary redirect never changes the stored address', async () => {
    const { bench, server } = await benchOver(({ path }, response) => {
      if (path === '/302' || path === '/307') response.writeHead(Number(path.slice(1)), { location: '/feed' }).end();
      else response.end(feed);
    });
    for (const path of ['/302', '/307'])
      await bench.addFeed(`s${path.slice(1)}`, { feedUrl: server.url(`s${path.slice(1)}.test`, path) });
    const codes: string[] = [];
    for (let n = 0; n < 4; n += 1) codes.push(...codesOf(await bench.run('fetch-feeds')));
    for (const status of ['302', '307']) {
      expect(bench.store.sources.get(`s${status}`)).toMatchObject({ feedUrl: server.url(`s${status}.test`, `/${status}`) });
      expect(bench.store.fetchMemory.get(`s${status}`)).not.toHaveProperty('moved');
    }
    return codes;
  });

  hostileCase(
    54,
    'many feeds on one host are asked one at a time with a pause; the other hosts do not wait for them',
    async () => {
      const pauseMs = 20;
      const { bench, server } = await benchOver((_, response) => void response.end(feed), { hostPauseMs: pauseMs });
      for (let n = 0; n < 50; n += 1) await bench.addFeed(`crowd${n}`, { feedUrl: server.url('crowd.test', `/${n}`) });
      for (let n = 0; n < 30; n += 1) await bench.addFeed(`lone${n}`, { feedUrl: server.url(`lone${n}.test`, '/') });
      await bench.store.settings.update({ lanes: 4 });
      const run = await bench.run('fetch-feeds');
      expect(server.most.host).toBe(1);
      const crowd = server.seen.filter(({ host }) => host === 'crowd.test');
      expect(crowd).toHaveLength(50);
      for (const [index, request] of crowd.entries()) {
        const before = crowd[index - 1];
        // The server notes the end of an answer a moment after its reader does.
        if (before) expect(request.startedAt - before.startedAt).toBeGreaterThanOrEqual(pauseMs - 1);
      }
      const lastLone = server.seen.findLastIndex(({ host }) => host !== 'crowd.test');
      expect(server.seen.slice(0, lastLone).filter(({ host }) => host === 'crowd.test').length).toBeLessThan(25);
      expect(run.counts).toMatchObject({ sources: 80, failed: 0, new_posts: 160 });
      return codesOf(run);
    },
  );
});
