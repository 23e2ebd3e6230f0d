import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toInstant } from '../../../main/lib/clock.ts';
import type { Store } from '../../../main/store/repositories.ts';
import { createStoreClock, createTempDir, draft, feedSource, START_MS, withStore } from '../../helpers/store-kit.ts';

const MINUTES = 60_000;
const now = toInstant(START_MS);
const big = (key: number): string => `<p>${`Body ${key} `.repeat(600)}</p>`;

const fill = async (store: Store, count = 60): Promise<string[]> => {
  await store.sources.put([feedSource('a')]);
  const drafts = Array.from({ length: count }, (_, key) => draft(key, { content: big(key) }));
  const { added } = await store.posts.save('a', drafts, { now });
  return added.map((post) => post.id);
};
const files = (dir: string): string[] => readdirSync(dir).filter((name) => name.startsWith('bodies-'));
const areRead = async (store: Store, ids: readonly string[]): Promise<boolean> => {
  for (const id of ids) {
    const post = await store.posts.get(id);
    if (!post || !(await store.bodies.get(post))?.startsWith('<p>Body ')) return false;
  }
  return true;
};

describe('files of bodies that are mostly dead', () => {
  test('are written anew, and go ten minutes later; every body that is alive can be read all the while', async () => {
    const { dir, remove } = createTempDir();
    const { clock, advance } = createStoreClock();
    const kept = await withStore({ dir, clock }, async (store) => {
      const ids = await fill(store);
      const [gone, left] = [ids.slice(0, 50), ids.slice(50)];
      await store.posts.remove(gone);
      const planned = await store.bodies.reclaim({ dryRun: true });
      expect(planned.freed).toBe(0);
      expect(planned.later).toBeGreaterThan(50 * 4000);
      expect(files(dir)).toEqual(['bodies-2026-11.1.log']);
      expect(await store.bodies.reclaim()).toEqual(planned);
      expect(files(dir)).toEqual(['bodies-2026-11.1.log', 'bodies-2026-11.2.log']);
      expect(await areRead(store, left)).toBe(true);
      expect((await store.bodies.reclaim()).freed).toBe(0);
      await advance(10 * MINUTES);
      const before = statSync(join(dir, 'bodies-2026-11.1.log')).size;
      expect((await store.bodies.reclaim()).freed).toBe(before);
      expect(files(dir)).toEqual(['bodies-2026-11.2.log']);
      expect(await areRead(store, left)).toBe(true);
      // And new bodies go where the moved ones are.
      await store.posts.save('a', [draft('new', { content: big(1) })], { now });
      expect(files(dir)).toEqual(['bodies-2026-11.2.log']);
      return left;
    });
    await withStore({ dir }, async (store) => expect(await areRead(store, kept)).toBe(true));
    remove();
  });

  test('stay while an undo needs them', async () => {
    const { dir, remove } = createTempDir();
    await withStore({ dir }, async (store) => {
      const ids = await fill(store);
      await store.undo.keep({ runId: 'run1', jobKind: 'clean-up', change: 'removed', postIds: ids });
      await store.posts.remove(ids);
      expect(await store.bodies.reclaim()).toEqual({ freed: 0, later: 0 });
      await store.undo.apply('run1');
      expect(await areRead(store, ids)).toBe(true);
    });
    remove();
  });

  test('lose nothing to marks and new texts that come in between', async () => {
    const { dir, remove } = createTempDir();
    await withStore({ dir }, async (store) => {
      const ids = await fill(store);
      await store.posts.remove(ids.slice(0, 50));
      const [first = '', second = ''] = ids.slice(50);
      await Promise.all([
        store.bodies.reclaim(),
        store.posts.mark([first], { isStarred: true }),
        store.posts.save('a', [draft(51, { title: 'Rewritten', content: '<p>Body anew</p>' })], { now }),
      ]);
      expect((await store.posts.get(first))?.isStarred).toBe(true);
      const rewritten = await store.posts.get(second);
      expect(rewritten?.title).toBe('Rewritten');
      expect(rewritten && (await store.bodies.get(rewritten))).toBe('<p>Body anew</p>');
      expect(await areRead(store, ids.slice(50))).toBe(true);
    });
    remove();
  });
});
