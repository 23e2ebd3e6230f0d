import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../../preload/contract/errors.ts';
import { createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';
import { homeAnswer, hosts, keepPosts, site, statusOf } from './domain-kit.ts';

let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const MINUTE = 60_000;
const run = (options: object = {}) => bench.run('process-domains', options);
const httpError = (code: ErrorCode, status: number, retryAfterMs?: number): AppError =>
  new AppError(code, `The server answered ${status}.`, { status, ...(retryAfterMs ? { retryAfterMs } : {}) });

test('C-1 25 pending domains in batches of 10 take three runs: 10, 10 and 5', async () => {
  await keepPosts(bench, hosts(25));
  const taken: number[] = [];
  for (let times = 0; times < 4; times += 1) taken.push((await run()).counts.domains ?? -1);
  expect(taken).toEqual([10, 10, 5, 0]);
  expect(bench.store.domains.counts()).toEqual({ pending: 0, processing: 0, completed: 25, error: 0 });
});

test('C-2 the domain of a kept post is new and pending, then processing, then completed', async () => {
  const seen: string[] = [];
  bench.store.domains.onMove(({ id, status }) => seen.push(`${id} ${status}`));
  await keepPosts(bench, ['one.example']);
  expect(bench.store.domains.get('one.example')).toMatchObject({ status: 'pending', url: 'https://one.example/', attempts: 0 });
  const { counts, error } = await run();
  expect(error).toBeUndefined();
  expect(counts).toMatchObject({ domains: 1, completed: 1, error: 0 });
  expect([...new Set(seen)]).toEqual(['one.example pending', 'one.example processing', 'one.example completed'].slice(1));
});

test('a post without an address brings no domain, and a known one is not written again', async () => {
  await keepPosts(bench, ['one.example', 'www.two.example']);
  const now = new Date(bench.clock.now()).toISOString();
  const listed: object[] = [];
  bench.store.domains.onListed((change) => listed.push(change));
  const drafts = ['', 'https://one.example/b', 'https://two.example/c'].map((url, index) => ({
    fingerprint: `f${index}`,
    title: `T${index}`,
    url,
    domain: URL.parse(url)?.hostname ?? '',
    summary: '',
  }));
  await bench.store.posts.save('other', drafts, { now });
  expect(listed).toEqual([]);
  expect(bench.store.domains.all().map(({ id, url }) => [id, url])).toEqual([
    ['one.example', 'https://one.example/'],
    ['two.example', 'https://www.two.example/'],
  ]);
  expect(bench.store.posts.domainCounts().get('two.example')).toBe(2);
});

test('C-3 a run whose domains failed is completed and counts them; one that is cancelled gives them back as they were', async () => {
  await keepPosts(bench, hosts(4));
  site(bench, 'site-2.example', () => httpError('HTTP_4XX', 404));
  const all = await run({ batchSize: 2 });
  expect(all.error).toBeUndefined();
  expect(all.counts).toMatchObject({ domains: 2, completed: 1, error: 1 });

  const controller = new AbortController();
  site(bench, 'site-4.example', ({ signal }) => {
    controller.abort(new AppError('CANCELLED', 'The run was cancelled.'));
    return Promise.reject(signal?.reason);
  });
  const cancelled = await bench.run('process-domains', { atOnce: 1 }, { signal: controller.signal });
  expect(cancelled.error?.code).toBe('CANCELLED');
  expect(cancelled.counts).toMatchObject({ completed: 1, error: 0, put_back: 1 });
  expect(bench.store.domains.get('site-4.example')).toMatchObject({ status: 'pending', attempts: 0 });
});

test('C-3 a run that finds one of its domains undone at the end is not completed', async () => {
  await keepPosts(bench, hosts(3));
  site(bench, 'site-2.example', async () => {
    // Somebody takes it out of the hands of the run.
    await bench.store.domains.putBack(['site-2.example']);
    return homeAnswer('site-2.example');
  });
  const { error, counts } = await run();
  expect(counts).toMatchObject({ domains: 3, completed: 2 });
  expect(error).toMatchObject({ code: 'INTERNAL', message: 'Left undone: 1 of 3 domains.' });
  expect(statusOf(bench, 'site-2.example')).toBe('pending');
});

test('C-4 the domains of 500 posts stored before there were any are found, and all end', async () => {
  const names = hosts(60);
  const now = new Date(bench.clock.now()).toISOString();
  const drafts = Array.from({ length: 500 }, (_, index) => {
    const host = names[index % names.length] ?? '';
    return { fingerprint: `f${index}`, title: `T${index}`, url: `https://${host}/${index}`, domain: host, summary: '' };
  });
  await bench.store.posts.save('source', drafts, { now });
  await bench.store.domains.remove(names);
  for (const [index, host] of names.entries())
    site(bench, host, () => (index % 7 === 0 ? httpError('HTTP_4XX', 404) : homeAnswer(host)));
  const first = await run({ batchSize: 40 });
  expect(first.counts).toMatchObject({ found_in_posts: 60, domains: 40 });
  const second = await run({ batchSize: 40 });
  expect(second.counts).toMatchObject({ domains: 20 });
  expect(second.counts.found_in_posts).toBeUndefined();
  expect(bench.store.domains.counts()).toEqual({ pending: 0, processing: 0, completed: 51, error: 9 });
});

test('C-6 title, description, icon, language, feeds and the time are filled from the page; nothing but the page is asked for', async () => {
  await keepPosts(bench, ['one.example']);
  await run();
  expect(bench.store.domains.get('one.example')).toMatchObject({
    status: 'completed',
    title: 'The one.example & co',
    description: 'All about one.example.',
    faviconUrl: 'https://one.example/icon.png',
    language: 'en-GB',
    feeds: [{ url: 'https://one.example/feed.xml', title: 'News' }],
    checkedAt: '2026-11-21T12:00:00.000Z',
  });
  expect(bench.asked.map(({ url, purpose }) => [url, purpose])).toEqual([['https://one.example/', 'page']]);
});

test('C-7 a site that answers 500 has the error and its sentence; after Retry it is completed', async () => {
  await keepPosts(bench, ['one.example']);
  site(bench, 'one.example', () => httpError('HTTP_5XX', 500));
  await run();
  expect(bench.store.domains.get('one.example')).toMatchObject({
    status: 'error',
    errorCode: 'HTTP_5XX',
    errorMessage: 'The server answered 500.',
    attempts: 1,
  });
  site(bench, 'one.example', () => homeAnswer('one.example'));
  await bench.store.domains.retry([{ id: 'one.example' }]);
  expect(bench.store.domains.get('one.example')).toMatchObject({ status: 'pending', errorMessage: 'The server answered 500.' });
  await run();
  expect(bench.store.domains.get('one.example')).toMatchObject({ status: 'completed', attempts: 0 });
  expect(bench.store.domains.get('one.example')).not.toHaveProperty('errorCode');
});

test('C-8 one bad site of ten leaves nine completed', async () => {
  await keepPosts(bench, hosts(10));
  site(bench, 'site-3.example', () => {
    throw new Error('A slip in our own code');
  });
  const { counts, error, lines } = await run();
  expect(error).toBeUndefined();
  expect(counts).toMatchObject({ domains: 10, completed: 9, error: 1 });
  expect(lines.some(({ message }) => message.startsWith('site-3.example: '))).toBe(true);
});

test('C-11 while a site keeps us waiting nothing else waits: starring a post is stored before the site answers', async () => {
  await keepPosts(bench, ['one.example']);
  let letGo = (): void => {};
  let arrived = (): void => {};
  const there = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  site(bench, 'one.example', async () => {
    arrived();
    await new Promise<void>((resolve) => {
      letGo = resolve;
    });
    return homeAnswer('one.example');
  });
  const order: string[] = [];
  const running = run().then(() => order.push('run'));
  await there;
  const [post] = await bench.posts();
  await bench.store.posts.mark([post?.id ?? ''], { isStarred: true });
  order.push(`starred while ${statusOf(bench, 'one.example')}`);
  letGo();
  await running;
  expect(order).toEqual(['starred while processing', 'run']);
});

test('C-16 each step is announced with the whole row: resolving, fetching, parsing, saving', async () => {
  await keepPosts(bench, ['one.example']);
  const steps: string[] = [];
  bench.store.domains.onMove((domain) => {
    steps.push(domain.status === 'processing' ? domain.step : domain.status);
    if (domain.status === 'processing') expect(domain.startedAt).toBe('2026-11-21T12:00:00.000Z');
    expect(bench.store.domains.get('one.example')).toEqual(domain);
  });
  await run();
  expect(steps).toEqual(['resolving', 'fetching', 'parsing', 'saving', 'completed']);
});

const PASSING: [ErrorCode, number | undefined][] = [
  ['HTTP_429', 429],
  ['HTTP_5XX', 503],
  ['HTTP_4XX', 408],
  ['HEADER_TIMEOUT', undefined],
  ['TOTAL_TIMEOUT', undefined],
  ['CONN_TIMEOUT', undefined],
  ['CONN_RESET', undefined],
  ['DNS_FAIL', undefined],
];
test.each(PASSING)(
  'C-17 %s (%s) is tried again later and later, and after four tries it stays an error',
  async (code, status) => {
    await keepPosts(bench, ['one.example']);
    site(bench, 'one.example', () => new AppError(code, 'No.', status ? { status } : {}));
    const waits: number[] = [];
    for (let tries = 1; tries <= 4; tries += 1) {
      expect((await run()).counts.domains).toBe(1);
      const domain = bench.store.domains.get('one.example');
      if (domain?.status !== 'error') throw new Error('no error');
      expect(domain.attempts).toBe(tries);
      if (!domain.notBefore) break;
      const wait = Date.parse(domain.notBefore) - bench.clock.now();
      waits.push(wait / MINUTE);
      await bench.clock.pass(wait - 1000);
      expect((await run()).counts.domains).toBe(0);
      await bench.clock.pass(1000);
    }
    expect(waits).toEqual([30, 60, 120]);
    await bench.clock.pass(48 * 60 * MINUTE);
    expect((await run()).counts.domains).toBe(0);
    expect(bench.asked).toHaveLength(4);
  },
);

const FOR_GOOD: [ErrorCode, number | undefined][] = [
  ['HTTP_4XX', 404],
  ['HTTP_GONE', 410],
  ['HTTP_4XX', 403],
  ['ADDR_BLOCKED', undefined],
  ['TLS_INVALID', undefined],
  ['REDIRECT_LOOP', undefined],
];
test.each(FOR_GOOD)('C-17 %s (%s) is not tried again by itself', async (code, status) => {
  await keepPosts(bench, ['one.example']);
  site(bench, 'one.example', () => new AppError(code, 'No.', status ? { status } : {}));
  await run();
  await bench.clock.pass(72 * 60 * MINUTE);
  expect((await run()).counts.domains).toBe(0);
  expect(bench.asked).toHaveLength(1);
});

test('C-17 a pause a server asked for is kept, longer than our own, and no other question goes to that host', async () => {
  await keepPosts(bench, ['one.example']);
  site(bench, 'one.example', () => httpError('HTTP_429', 429, 6 * 60 * MINUTE));
  await run();
  expect(bench.store.domains.get('one.example')).toMatchObject({ notBefore: '2026-11-21T18:00:00.000Z' });
  expect(bench.store.fetchMemory.host('one.example')).toMatchObject({ notBefore: '2026-11-21T18:00:00.000Z' });
  await bench.store.domains.retry([{ id: 'one.example' }]);
  expect((await run()).counts.domains).toBe(0);
  site(bench, 'one.example', () => homeAnswer('one.example'));
  await bench.clock.pass(6 * 60 * MINUTE + 1);
  expect((await run()).counts).toMatchObject({ domains: 1, completed: 1 });
});

test('C-17 a host that was not asked because it wants to be left alone is not counted as tried', async () => {
  await keepPosts(bench, ['one.example']);
  site(bench, 'one.example', () => new AppError('HTTP_429', 'This server asked us to wait.', { retryAfterMs: 10 * MINUTE }));
  await run();
  expect(bench.store.domains.get('one.example')).toMatchObject({ attempts: 0, notBefore: '2026-11-21T12:10:00.000Z' });
});

test('C-18 a pinned domain is the first of the next batch', async () => {
  await keepPosts(bench, hosts(12));
  await bench.store.domains.pin('site-12.example', true);
  await run({ batchSize: 3, atOnce: 1 });
  expect(bench.asked.map(({ url }) => url)).toEqual([
    'https://site-12.example/',
    'https://site-1.example/',
    'https://site-10.example/',
  ]);
});

test('being offline blames nobody: all go back as they were and the run says why', async () => {
  await keepPosts(bench, hosts(12));
  for (const host of hosts(12)) site(bench, host, () => new AppError('OFFLINE', 'This computer has no network connection.'));
  const { error, counts } = await run({ batchSize: 12, atOnce: 1 });
  expect(error?.code).toBe('OFFLINE');
  expect(counts).toMatchObject({ completed: 0, error: 0, put_back: 1 });
  expect(bench.store.domains.all().every(({ status, attempts }) => status === 'pending' && attempts === 0)).toBe(true);
  expect(bench.asked).toHaveLength(1);
});

test('names that are not found one and all are taken for being offline once; the second time they are dead sites', async () => {
  await keepPosts(bench, hosts(3));
  for (const host of hosts(3)) site(bench, host, () => new AppError('DNS_FAIL', 'There is no server of this name.'));
  const first = await run();
  expect(first.error?.code).toBe('OFFLINE');
  expect(bench.store.domains.counts()).toMatchObject({ pending: 3, error: 0 });
  const second = await run();
  expect(second.error).toBeUndefined();
  expect(second.counts).toMatchObject({ error: 3 });
});

test('a feed that was read a moment ago shows that the network is there: dead names are dead at once', async () => {
  await keepPosts(bench, hosts(3));
  for (const host of hosts(3)) site(bench, host, () => new AppError('DNS_FAIL', 'There is no server of this name.'));
  const at = new Date(bench.clock.now()).toISOString();
  const job = { id: 'f', runId: 'r', sourceId: 's', queuedAt: at, startedAt: at, endedAt: at };
  bench.services.events.emit('fetch-jobs.changed', {
    fetchJob: { ...job, status: 'completed', outcome: 'not-modified', postsCount: 0 },
  });
  const { error, counts } = await run();
  expect(error).toBeUndefined();
  expect(counts).toMatchObject({ error: 3 });
});

test('dead names beside one that answers are dead names, in whatever order they are asked', async () => {
  for (const living of [1, 4]) {
    const names = hosts(4).map((host) => `${living}-${host}`);
    await keepPosts(bench, names);
    for (const [index, host] of names.entries())
      if (index !== living - 1) site(bench, host, () => new AppError('DNS_FAIL', 'There is no server of this name.'));
    const { error, counts } = await run({ atOnce: 1 });
    expect(error).toBeUndefined();
    expect(counts).toMatchObject({ completed: 1, error: 3 });
  }
});

test('a login page in front of all sites blames nobody and fills nothing in', async () => {
  await keepPosts(bench, hosts(5));
  for (const host of hosts(5))
    site(bench, host, () => homeAnswer('login.hotel.example', '<title>Welcome, please log in</title>'));
  const { error } = await run();
  expect(error?.code).toBe('CAPTIVE_PORTAL');
  expect(bench.store.domains.all().every(({ status, title }) => status === 'pending' && title === undefined)).toBe(true);
});

test('sites that moved to one host are believed when another site answers as itself', async () => {
  await keepPosts(bench, hosts(5));
  for (const host of hosts(4)) site(bench, host, () => homeAnswer('everybody.example'));
  const { error, counts } = await run({ atOnce: 1 });
  expect(error).toBeUndefined();
  expect(counts).toMatchObject({ completed: 5 });
});

test('a site that sends no page, or a feed in its place, is completed with what it has', async () => {
  await keepPosts(bench, hosts(2));
  const as = (host: string, contentType: string) => ({ ...homeAnswer(host, '%PDF-1.7'), contentType });
  site(bench, 'site-1.example', () => as('site-1.example', 'application/pdf'));
  site(bench, 'site-2.example', () => as('site-2.example', 'application/rss+xml'));
  await run();
  expect(bench.store.domains.get('site-1.example')).toMatchObject({ status: 'completed', feeds: [] });
  expect(bench.store.domains.get('site-2.example')).toMatchObject({ feeds: [{ url: 'https://site-2.example/' }] });
});

test('the local network is asked only on the very host and port its owner allowed', async () => {
  await bench.addFeed('home', { feedUrl: 'http://192.168.0.9:8080/feed', allowLocalNetwork: true });
  const now = new Date(bench.clock.now()).toISOString();
  const drafts = ['http://192.168.0.9:8080/a', 'http://192.168.0.1/admin'].map((url) => ({
    fingerprint: url,
    title: url,
    url,
    domain: URL.parse(url)?.hostname ?? '',
    summary: '',
  }));
  await bench.store.posts.save('home', drafts, { now });
  await run();
  expect(bench.asked.map(({ url, allowLocalNetwork }) => [url, allowLocalNetwork])).toEqual([
    ['http://192.168.0.1/', undefined],
    ['http://192.168.0.9:8080/', true],
  ]);
});

test('a domain whose last post went stays, and one that others use is not touched', async () => {
  await keepPosts(bench, hosts(2));
  const posts = await bench.posts();
  await bench.store.posts.remove(posts.filter(({ domain }) => domain === 'site-1.example').map(({ id }) => id));
  expect(bench.store.domains.all().map(({ id }) => [id, bench.store.posts.domainCounts().get(id) ?? 0])).toEqual([
    ['site-1.example', 0],
    ['site-2.example', 1],
  ]);
});
