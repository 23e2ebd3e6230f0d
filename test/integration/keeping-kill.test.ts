import { mkdirSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';
import type { Run } from '../../preload/contract/run.ts';
import { cli, jsonOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { draft, feedSource } from '../helpers/store-kit.ts';

const POSTS = 1000;
const DAY_MS = 86_400_000;
const old = new Date(Date.now() - 100 * DAY_MS).toISOString();

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeEach(async () => {
  folder = await makeFolder();
  await cli(['schedule', 'list', '--data', folder.dir]);
  const store = await openStore({ dir: folder.dir, log: silentLog });
  await store.sources.put([feedSource('a')]);
  const drafts = Array.from({ length: POSTS }, (_, key) => draft(key, { content: `<p>Body ${key}</p>` }));
  const { added } = await store.posts.save('a', drafts, { now: old });
  await store.posts.mark(
    added.map((post) => post.id),
    { isRead: true },
  );
  await store.close();
});
afterEach(() => folder.remove());

const json = async <Value>(...args: string[]): Promise<Value> => jsonOf(await cli([...args, '--data', folder.dir, '--json']));

/** Runs a job in a process of its own and kills it with SIGKILL at the `nth` change of a file in `dir` that `counts`. */
const killAt = async (dir: string, nth: number, counts: (name: string) => boolean, args: string[]): Promise<boolean> => {
  const child = startCli(['run', ...args, '--data', folder.dir]);
  let seen = 0;
  const watcher = watch(dir, (_event, name) => {
    if (name && counts(name) && ++seen === nth) child.kill('SIGKILL');
  });
  const result = await resultOf(child);
  watcher.close();
  return result.code !== 0;
};
const noneIsStuck = async (): Promise<void> => {
  const store = await openStore({ dir: folder.dir, log: silentLog, mode: 'read' });
  expect(store.runs.unfinished()).toEqual([]);
  expect(store.notices).toEqual([]);
  await store.close();
};

describe('killed with SIGKILL in the middle', () => {
  test('a clean-up leaves nothing stuck, and every post is there or can be undone', async () => {
    const kills: boolean[] = [];
    for (const nth of [1, 4, 7]) {
      const isWork = (name: string): boolean => /^(undo-|tombstones|posts-)/.test(name);
      kills.push(await killAt(folder.dir, nth, isWork, ['clean-up', '--option', 'keepPostsDays=30']));
    }
    expect(kills.filter(Boolean).length).toBeGreaterThan(1);
    // The next write repairs what the kill left; a clean-up then does the rest.
    await json('run', 'clean-up', '--option', 'keepPostsDays=30');
    await noneIsStuck();
    const statuses = (await json<Run[]>('history')).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'abandoned')).toHaveLength(kills.filter(Boolean).length);
    const store = await openStore({ dir: folder.dir, log: silentLog });
    await store.loaded;
    expect(store.posts.count()).toBe(0);
    for (const { id } of store.undo.list()) await store.undo.apply(id);
    expect(store.posts.count()).toBe(POSTS);
    for await (const slice of store.posts.slices())
      for (const post of slice)
        expect(await store.bodies.get(post)).toBe(`<p>Body ${post.fingerprint.slice('guid-'.length)}</p>`);
    await store.close();
  }, 60_000);

  test('a backup leaves no file that looks like one, and the next one sweeps what it left', async () => {
    const backups = join(folder.dir, 'backups');
    mkdirSync(backups);
    for (const nth of [1, 3]) await killAt(backups, nth, (name) => name.startsWith('.tidings-'), ['back-up']);
    for (const name of readdirSync(backups).filter((one) => one.endsWith('.tar.gz')))
      expect((await cli(['restore', join(backups, name), '--data', join(folder.dir, 'other')])).code).toBe(0);
    await json('run', 'back-up');
    expect(readdirSync(backups).filter((name) => name.startsWith('.'))).toEqual([]);
    await noneIsStuck();
  }, 60_000);
});
