import { expect, test } from 'vitest';
import { collectionOf, collectionsOf, diskStats } from '../../../main/api/disk-stats.ts';
import type { Services } from '../../../main/api/services.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { openStore } from '../../../main/store/store.ts';
import { createStoreClock, createTempDir, draft, feedSource, START_MS } from '../../helpers/store-kit.ts';

const DAY = 86_400_000;

test('files are told by what they belong to', () => {
  expect(['posts-2026-11.3.json', 'bodies-2026-11.2.log', 'fetch-jobs.12.journal', 'lock'].map(collectionOf)).toEqual([
    'posts',
    'bodies',
    'fetch-jobs',
    'lock',
  ]);
  const files = [
    { name: 'posts-2026-10.1.json', bytes: 10 },
    { name: 'posts-2026-11.1.json', bytes: 20 },
    { name: 'fetch-jobs.1.json', bytes: 40 },
  ];
  const counts = { posts: 7, sources: 1, runs: 2, fetchJobs: 3, bodies: 4, hackerNewsIndex: 0 };
  expect(collectionsOf({ files, counts })).toEqual([
    { name: 'fetch-jobs', files: 1, bytes: 40, rows: 3 },
    { name: 'posts', files: 2, bytes: 30, rows: 7 },
  ]);
});

test('the growth is reckoned from the last 30 days, and the largest sources are told by what their posts and bodies take', async () => {
  const temp = createTempDir();
  const { clock } = createStoreClock();
  const store = await openStore({ dir: temp.dir, mode: 'write', clock, log: silentLog });
  await store.sources.put([feedSource('small'), feedSource('large')]);
  const save = (id: string, key: string, daysAgo: number, content: string) =>
    store.posts.save(id, [draft(key, { content })], { now: new Date(START_MS - daysAgo * DAY).toISOString() });
  await save('small', 'a', 10, '<p>short</p>');
  await save('large', 'b', 10, `<p>${'long '.repeat(2000)}</p>`);
  await save('large', 'c', 200, '<p>old</p>');
  const disk = await diskStats({ store, clock } as unknown as Services);
  expect(disk.growth.postsPerDay).toBeCloseTo(0.2, 5);
  const taken = disk.collections
    .filter(({ name }) => name === 'posts' || name === 'bodies')
    .reduce((sum, { bytes }) => sum + bytes, 0);
  expect(disk.growth.bytesPerDay).toBe(Math.round((taken / 3) * 0.2));
  expect(disk.largest.map(({ sourceId, posts }) => [sourceId, posts])).toEqual([
    ['large', 2],
    ['small', 1],
  ]);
  expect(disk.largest[0]?.bytes).toBeGreaterThan(10_000);
  // What is removed takes nothing any more.
  await store.sources.remove('large');
  expect(store.posts.bytesBySource('large')).toBe(0);
  await store.close();
  temp.remove();
});
