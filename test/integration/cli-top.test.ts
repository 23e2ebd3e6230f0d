import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { PostRow } from '../../preload/contract/post.ts';
import type { Run } from '../../preload/contract/run.ts';
import { cli, jsonOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { type SmallWeb, startSmallWeb } from '../helpers/small-web.ts';

type Told = { status: string; counts: Record<string, number>; fetchJobs?: FetchJob[] };
let web: SmallWeb;
let folder: { dir: string; remove: () => Promise<void> };
const run = async (kind: string, ...options: string[]): Promise<Told> => {
  const result = await cli(['run', kind, ...options, '--json', '--data', folder.dir], {
    env: { TIDINGS_HN_API: web.hackerNewsApi },
  });
  return jsonOf<Told>(result);
};
const posts = async (): Promise<PostRow[]> => jsonOf<PostRow[]>(await cli(['posts', '--json', '--data', folder.dir]));

beforeAll(async () => {
  web = await startSmallWeb();
  folder = await makeFolder();
  await cli(['source', 'add', web.feedUrl, '--allow-local', '--data', folder.dir]);
});
afterAll(async () => {
  await web.close();
  await folder.remove();
});

test('E-22 `tidings run crawl-sources` reads feeds and Hacker News, takes articles, and moves its counters', async () => {
  const { status, counts } = await run('crawl-sources', '--option', 'maxPerHost=2');
  expect(status).toBe('completed');
  expect(counts).toMatchObject({
    sources: 1,
    new_posts: 5,
    stories: 3,
    articles_wanted: 3,
    articles_extracted: 2,
    articles_failed: 1,
  });
  expect((await posts()).filter(({ isExtracted }) => isExtracted)).toHaveLength(2);
});

test('E-22 `tidings run discover-top` makes lists and moves its counters', async () => {
  const { status, counts } = await run('discover-top');
  expect(status).toBe('completed');
  expect(counts).toMatchObject({ considered: 5, lists: 2, posts: 5 });
});

test('E-22 `tidings run send-digest` makes an edition of its own and moves its counters; a second time it is the same edition', async () => {
  const { status, counts } = await run('send-digest', '--option', 'maxItems=4', '--option', 'maxPerDomain=4');
  expect(status).toBe('completed');
  expect(counts).toMatchObject({ items_used: 3, sent: 0, rejected: 0, deferred: 0, in_doubt: 0 });
  expect((await run('send-digest', '--option', 'maxItems=4', '--option', 'maxPerDomain=4')).counts).toMatchObject({
    items_used: 3,
  });
});

test('E-22 `tidings run refresh-metadata` asks again and moves its counters; a dry run changes nothing', async () => {
  for (const story of web.stories) story.score += 100;
  const dry = await run('refresh-metadata', '--option', 'dryRun=true', '--option', 'maxPerHost=1');
  expect(dry.counts).toMatchObject({ processed: 3, changed: 2 });
  expect((await posts()).map(({ hn }) => hn?.score ?? 0).sort((a, b) => b - a)[0]).toBe(120);
  const { status, counts } = await run('refresh-metadata', '--option', 'scope=full', '--option', 'maxPerHost=1');
  expect(status).toBe('completed');
  expect(counts).toMatchObject({ processed: 3, succeeded: 3, failed: 0, changed: 2 });
  expect((await posts()).map(({ hn }) => hn?.score ?? 0).sort((a, b) => b - a)[0]).toBe(220);
});

test.each(['crawl-sources', 'refresh-metadata'])(
  'E-22 `tidings run %s` killed in the middle of a page leaves nothing half-done: the run says abandoned',
  async (kind) => {
    let reached = (): void => {};
    const isReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const own = await makeFolder();
    const server = createServer((request, response) => {
      // The page never comes.
      if (request.url?.startsWith('/posts/')) return reached();
      const base = `http://${request.headers.host}`;
      const item = `<item><title>One</title><link>${base}/posts/1</link><guid>1</guid></item>`;
      response.setHeader('Content-Type', 'application/rss+xml');
      response.end(`<rss version="2.0"><channel><title>T</title><link>${base}</link>${item}</channel></rss>`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { TIDINGS_HN_API: web.hackerNewsApi };
    try {
      await cli(['source', 'add', `${base}/feed`, '--allow-local', '--data', own.dir]);
      if (kind === 'refresh-metadata') await cli(['run', 'fetch-feeds', '--json', '--data', own.dir], { env });
      const child = startCli(['run', kind, '--json', '--data', own.dir], env);
      const ended = resultOf(child);
      await isReached;
      child.kill('SIGKILL');
      await ended;
      server.closeAllConnections();
      // The next command that writes puts right what the crash left.
      await cli(['run', 'discover-top', '--json', '--data', own.dir], { env });
      const runs = jsonOf<Run[]>(await cli(['history', '--json', '--data', own.dir]));
      expect(runs.find(({ jobKind }) => jobKind === kind)?.status).toBe('abandoned');
      expect(runs.filter(({ status }) => status === 'running' || status === 'queued')).toEqual([]);
      expect(runs.find(({ jobKind }) => jobKind === 'discover-top')?.status).toBe('completed');
    } finally {
      server.closeAllConnections();
      server.close();
      await own.remove();
    }
  },
);
