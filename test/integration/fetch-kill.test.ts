import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Run } from '../../preload/contract/run.ts';
import type { Source } from '../../preload/contract/source.ts';
import { cli, jsonOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { rss, rssItem } from '../helpers/jobs-bench.ts';

const FEEDS = 16;
const ITEMS = 25;

/* Sixteen hosts of the loopback range with a feed each; says when the given number of them was asked for. */
const startFeeds = async () => {
  let asked = 0;
  let wanted = { count: Number.POSITIVE_INFINITY, reached: (): void => {} };
  const server = (index: number) =>
    createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/rss+xml' });
      response.end(rss(Array.from({ length: ITEMS }, (_none, item) => rssItem(`${index}-${item}`))));
      asked += 1;
      if (asked >= wanted.count) wanted.reached();
    });
  const servers = Array.from({ length: FEEDS }, (_none, index) => server(index));
  const outlines = await Promise.all(
    servers.map(async (each, index) => {
      const host = `127.0.8.${index + 1}`;
      each.listen(0, host);
      await once(each, 'listening');
      return `<outline text="Feed ${index}" xmlUrl="http://${host}:${(each.address() as AddressInfo).port}/feed"/>`;
    }),
  );
  return {
    opml: `<opml><body>${outlines.join('')}</body></opml>`,
    whenAsked: (count: number): Promise<void> => {
      asked = 0;
      return new Promise((resolve) => {
        wanted = { count, reached: resolve };
      });
    },
    close: () => {
      for (const each of servers) {
        each.closeAllConnections();
        each.close();
      }
    },
  };
};

test('A-24: a kill -9 in the middle of a run leaves all or none of each source’s posts, a store that opens, and a run that says abandoned', async () => {
  const feeds = await startFeeds();
  for (const killAfter of [1, FEEDS / 2, FEEDS]) {
    const folder = await makeFolder();
    const run = (...args: string[]) => cli([...args, '--data', folder.dir, '--json']);
    const lists = await makeFolder();
    const file = join(lists.dir, 'feeds.opml');
    writeFileSync(file, feeds.opml);
    jsonOf(await run('source', 'import', file, '--allow-local'));
    await lists.remove();
    const reached = feeds.whenAsked(killAfter);
    const child = startCli(['run', 'fetch-feeds', '--data', folder.dir]);
    const ended = resultOf(child);
    await reached;
    child.kill('SIGKILL');
    await ended;

    const counts = async (): Promise<number[]> =>
      jsonOf<(Source & { posts: number })[]>(await run('source', 'list'))
        .filter(({ kind }) => kind === 'feed')
        .map(({ posts }) => posts);
    const after = await counts();
    expect(after).toHaveLength(FEEDS);
    for (const posts of after) expect([0, ITEMS]).toContain(posts);
    // The next program that writes closes what the dead one left open.
    const second = jsonOf<Run & { counts: Record<string, number> }>(await run('run', 'fetch-feeds'));
    expect(second).toMatchObject({ status: 'completed' });
    const runs = jsonOf<Run[] | { rows: Run[] }>(await run('history'));
    const [, killed] = (Array.isArray(runs) ? runs : runs.rows).filter(({ jobKind }) => jobKind === 'fetch-feeds');
    expect(killed?.status).toBe('abandoned');
    expect(await counts()).toEqual(Array(FEEDS).fill(ITEMS));
    await folder.remove();
  }
  feeds.close();
});
