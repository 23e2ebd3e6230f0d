import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { PostRow } from '../../preload/contract/post.ts';
import { cli, jsonOf } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/hacker-news/', import.meta.url));
const hasCorpus = existsSync(join(CORPUS, 'topstories.json'));

describe.skipIf(!hasCorpus)('500 stories of Hacker News (skipped: ../shared is absent)', () => {
  test('a run stores exactly the 495 usable ones, the next one none, and both account for all', async () => {
    const server = createServer((request, response) => {
      const path = join(CORPUS, (request.url ?? '').replace(/^\/v0\//, '').replace(/^item\//, 'items/'));
      response.setHeader('Content-Type', 'application/json').end(existsSync(path) ? readFileSync(path) : 'null');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const env = { TIDINGS_HN_API: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v0` };
    const folder = await makeFolder();
    const command = [
      'run',
      'collect-hacker-news',
      '--option',
      'limit=500',
      '--option',
      'minScore=0',
      '--json',
      '--data',
      folder.dir,
    ];
    const counts: Record<string, number>[] = [];
    for (let times = 0; times < 2; times += 1) {
      counts.push(jsonOf<{ counts: Record<string, number> }>(await cli(command, { env })).counts);
    }
    expect(counts[0]).toMatchObject({ posts_fetched: 500, posts_saved: 495, duplicates_skipped: 0 });
    expect(counts[1]).toMatchObject({ posts_fetched: 500, posts_saved: 0, duplicates_skipped: 495 });
    for (const each of counts) {
      const parts = ['posts_saved', 'duplicates_skipped', 'below_threshold', 'unusable', 'errors'];
      expect(parts.reduce((sum, name) => sum + (each[name] ?? 0), 0)).toBe(each.posts_fetched);
    }
    const posts = jsonOf<PostRow[]>(await cli(['posts', '--json', '--data', folder.dir]));
    expect(posts).toHaveLength(495);
    expect(jsonOf<PostRow[]>(await cli(['posts', '--limit', '500', '--json', '--data', folder.dir]))).toEqual(posts);
    server.closeAllConnections();
    server.close();
    await folder.remove();
  });
});
