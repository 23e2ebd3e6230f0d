import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reason, Source } from '../../preload/contract/source.ts';
import { cli, jsonOf } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { rss, rssItem } from '../helpers/jobs-bench.ts';

const HOUR = 3_600_000;
const HN_API = 'http://127.0.0.1:1/v0';

let server: Server;
let folder: Awaited<ReturnType<typeof makeFolder>>;
let feedUrl = '';
beforeEach(async () => {
  // Three weeks of a post every 25 hours, so that no hour of the day stands out.
  const items = Array.from({ length: 20 }, (_none, index) =>
    rssItem(`${index}`, { date: new Date(Date.now() - (index + 1) * 25 * HOUR).toUTCString() }),
  );
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml', 'cache-control': 'max-age=5400' }).end(rss(items));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  feedUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
  folder = await makeFolder();
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await folder.remove();
});
const run = (...args: string[]) => cli([...args, '--data', folder.dir], { env: { TIDINGS_HN_API: HN_API } });

test('E-22 fetch-feeds moves its counters', async () => {
  const source = jsonOf<Source>(await run('source', 'add', feedUrl, '--allow-local', '--json'));
  const fetch = async () =>
    jsonOf<{ status: string; counts: Record<string, number> }>(
      await run('run', 'fetch-feeds', '--option', `sourceIds=["${source.id}"]`, '--json'),
    );
  const first = await fetch();
  expect(first).toMatchObject({ status: 'completed', counts: { sources: 1, new_posts: 20, failed: 0 } });
  expect(first.counts.bytes).toBeGreaterThan(1000);
  expect((await fetch()).counts).toMatchObject({ sources: 1, new_posts: 0, nothing_new: 1 });
});

test('source list tells for each source when it is asked next and the whole chain of reasons', async () => {
  const source = jsonOf<Source>(await run('source', 'add', feedUrl, '--allow-local', '--json'));
  await run('run', 'fetch-feeds', '--option', `sourceIds=["${source.id}"]`);
  const listed = jsonOf<{ id: string; nextTryAt?: string; why: Reason[] }[]>(await run('source', 'list', '--json'));
  const row = listed.find(({ id }) => id === source.id);
  const kinds = row?.why.map(({ kind }) => kind).filter((kind) => kind !== 'schedule');
  expect(kinds).toEqual(['learned', 'max-age', 'interval']);
  expect(row?.nextTryAt).toBe(row?.why[0]?.until);
  const { out } = await run('source', 'list');
  const said = out.split('\n').find((line) => line.includes('Every 30 minutes.'));
  expect(said).toMatch(/^ {4}why: next [\d: -]+; .*Every 30 minutes\. \([\d: -]+\) > /);
  expect(said).toMatch(/ > The server says its answer is good until then\. \([\d: -]+\) > /);
  expect(said).toMatch(/ > It has about 7 posts a week, so it is asked 4 times less often: every 2 hours\. \([\d: -]+\)$/);
  expect(out.split('\n').filter((line) => line.startsWith('    why: '))).toHaveLength(2);
});
