import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSearch } from '../../../main/api/search.ts';
import type { JobsBench } from '../../helpers/jobs-bench.ts';
import { createKeepingBench, oldPosts } from '../../helpers/keeping-bench.ts';
import { foundBy } from '../../helpers/search-kit.ts';

const DAY_MS = 86_400_000;
let bench: JobsBench;
beforeEach(async () => {
  bench = await createKeepingBench();
});
afterEach(() => bench.close());

test('the job back-up packs, counts, lets the eighth day go and tells the window', async () => {
  await oldPosts(bench, 'feed', 3, ['a', 'b']);
  for (let day = 0; day < 8; day++) {
    const { counts, error } = await bench.run('back-up', { weeks: 0 }, { cause: 'schedule' });
    expect(error).toBeUndefined();
    expect(counts).toMatchObject({ posts: 2, backups_removed: day === 7 ? 1 : 0 });
    expect(counts.files).toBe(counts.succeeded);
    await bench.clock.pass(DAY_MS);
  }
  expect(await bench.store.backups.list()).toHaveLength(7);
  expect(bench.heard.filter(({ name }) => name === 'backups.changed')).toHaveLength(8);
});

test('while the clock is plainly wrong no older backup goes, and a folder of its own is used where one is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-elsewhere-'));
  await bench.run('back-up', { folder });
  await bench.clock.pass(DAY_MS);
  await bench.run('back-up', { folder, days: 1, weeks: 0 });
  expect(readdirSync(folder)).toEqual(['tidings-2026-11-22T12-00-00Z.tar.gz']);
  bench.clock.set('1970-01-01T00:00:10.000Z');
  const { counts } = await bench.run('back-up', { folder, days: 1, weeks: 0 });
  expect(counts.backups_removed).toBe(0);
  expect(readdirSync(folder)).toContain('tidings-2026-11-22T12-00-00Z.tar.gz');
  await rm(folder, { recursive: true, force: true });
});

test('what was removed is not found by search, and is found again when it was undone', async () => {
  const ids = await oldPosts(bench, 'feed', 31, ['lighthouse']);
  const search = createSearch(bench.store, bench.clock);
  const { store } = search;
  await search.prepare();
  expect((await foundBy(search, 'lighthouse')).sort()).toEqual([...ids].sort());
  await store.undo.keep({ runId: 'run1', jobKind: 'clean-up', change: 'removed', postIds: ids });
  await store.posts.remove(ids);
  expect(await foundBy(search, 'lighthouse')).toEqual([]);
  await store.undo.apply('run1');
  expect((await foundBy(search, 'lighthouse')).sort()).toEqual([...ids].sort());
});
