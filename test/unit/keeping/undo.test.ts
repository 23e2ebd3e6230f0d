import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toInstant } from '../../../main/lib/clock.ts';
import type { Store } from '../../../main/store/repositories.ts';
import type { Run } from '../../../preload/contract/run.ts';
import { createStoreClock, createTempDir, draft, feedSource, START_MS, withStore } from '../../helpers/store-kit.ts';

const DAY_MS = 86_400_000;
const at = (days: number): string => toInstant(START_MS + days * DAY_MS);

const completed = (id: string, queuedAt: string): Run => ({
  id,
  scheduleId: 'fetch_feeds',
  jobKind: 'fetch-feeds',
  name: 'Fetch feeds',
  cause: 'schedule',
  queuedAt,
  startedAt: queuedAt,
  endedAt: queuedAt,
  counts: {},
  log: [],
  status: 'completed',
});

const fill = async (store: Store): Promise<string[]> => {
  await store.sources.put([feedSource('a')]);
  const drafts = [1, 2, 3].map((key) => draft(key, { content: `<p>Body ${key}</p>` }));
  const { added } = await store.posts.save('a', drafts, { now: at(0) });
  await store.posts.mark([added[0]?.id ?? ''], { isRead: true });
  return added.map((post) => post.id);
};

const remove = async (store: Store, ids: string[], runId = 'run1'): Promise<void> => {
  await store.undo.keep({ runId, jobKind: 'clean-up', change: 'removed', postIds: ids });
  await store.posts.remove(ids);
};

describe('undo of what a job removed', () => {
  test('brings posts back with marks and bodies, and takes their tombstones away', async () => {
    const { dir, remove: removeDir } = createTempDir();
    const ids = await withStore({ dir }, async (store) => {
      const all = await fill(store);
      const before = await Promise.all(all.map((id) => store.posts.get(id)));
      await remove(store, all);
      expect(store.posts.count()).toBe(0);
      expect(store.undo.list()).toMatchObject([{ id: 'run1', rows: 3, text: 'Removed 3 posts.', jobKind: 'clean-up' }]);
      const undone = await store.undo.apply('run1');
      expect(undone.rows).toBe(3);
      expect(await Promise.all(all.map((id) => store.posts.get(id)))).toEqual(before);
      const first = await store.posts.get(all[0] ?? '');
      expect(first && (await store.bodies.get(first))).toBe('<p>Body 1</p>');
      await store.posts.remove([all[0] ?? '']);
      const again = await store.posts.save('a', [draft(1), draft(2)], { now: at(0) });
      expect(again).toMatchObject({ added: [], known: 1, buried: 1 });
      return all;
    });
    // And the same from the disk.
    await withStore({ dir }, async (store) => {
      expect(await store.posts.get(ids[1] ?? '')).toBeDefined();
      expect(store.undo.list()).toMatchObject([{ id: 'run1', undoneAt: expect.any(String) }]);
      expect(readdirSync(dir).filter((name) => name.startsWith('undo-'))).toEqual([]);
    });
    removeDir();
  });

  test('a second time puts nothing back, and what is there again stays as it is', async () => {
    const { dir, remove: removeDir } = createTempDir();
    await withStore({ dir }, async (store) => {
      const ids = await fill(store);
      await store.undo.keep({ runId: 'run1', jobKind: 'clean-up', change: 'removed', postIds: ids });
      // Killed before the rows went: they are there, and marked since.
      await store.posts.mark([ids[1] ?? ''], { isStarred: true });
      expect((await store.undo.apply('run1')).rows).toBe(0);
      expect((await store.posts.get(ids[1] ?? ''))?.isStarred).toBe(true);
      expect((await store.undo.apply('run1')).rows).toBe(0);
    });
    removeDir();
  });

  test('a rewrite is taken back without the marks that were set since', async () => {
    const { dir, remove: removeDir } = createTempDir();
    await withStore({ dir }, async (store) => {
      const [id = ''] = await fill(store);
      const before = await store.posts.get(id);
      await store.undo.keep({ runId: 'run2', jobKind: 'refresh-metadata', change: 'changed', postIds: [id] });
      await store.posts.save('a', [draft(1, { title: 'Another title' })], { now: at(0) });
      await store.posts.mark([id], { isRead: false, isStarred: true });
      expect((await store.undo.apply('run2')).rows).toBe(1);
      expect(await store.posts.get(id)).toEqual({ ...before, isRead: false, isStarred: true });
    });
    removeDir();
  });

  test('run records come back to their place: the newest stays the newest, also after a start', async () => {
    const { dir, remove: removeDir } = createTempDir();
    await withStore({ dir }, async (store) => {
      const runs = [-40, -39, -1].map((day, index) => completed(`r${index}`, at(day)));
      for (const run of runs) await store.runs.put(run);
      const old = runs.slice(0, 2);
      await store.undo.keep({ runId: 'run1', jobKind: 'clean-up', change: 'removed', runs: old });
      await store.runs.remove(old.map((run) => run.id));
      await store.undo.apply('run1');
      expect(store.runs.recentFor('fetch_feeds', 9).map((run) => run.id)).toEqual(['r0', 'r1', 'r2']);
    });
    await withStore({ dir }, async (store) => {
      expect(store.runs.latestFor('fetch_feeds')?.id).toBe('r2');
      expect(store.runs.recentFor('fetch_feeds', 9).map((run) => run.id)).toEqual(['r0', 'r1', 'r2']);
    });
    removeDir();
  });

  test('after 7 days it is over: not listed, refused, and its file goes at the next clean-up', async () => {
    const { dir, remove: removeDir } = createTempDir();
    const { clock, advance } = createStoreClock();
    await withStore({ dir, clock }, async (store) => {
      const ids = await fill(store);
      await remove(store, ids);
      await advance(7 * DAY_MS - 1);
      expect(store.undo.list()).toHaveLength(1);
      expect(await store.undo.expire()).toBe(0);
      await advance(1);
      expect(store.undo.list()).toEqual([]);
      await expect(store.undo.apply('run1')).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await store.undo.expire()).toBeGreaterThan(100);
      expect(readdirSync(dir).filter((name) => name.startsWith('undo-'))).toEqual([]);
      expect(store.undo.get('run1')).toBeUndefined();
    });
    removeDir();
  });
});
