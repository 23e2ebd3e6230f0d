import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';
import type { Run } from '../../preload/contract/run.ts';
import { cli, jsonOf, linkOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { draft, feedSource } from '../helpers/store-kit.ts';

type Printed = Pick<Run, 'id' | 'status'> & { counts: Record<string, number> };
const DAY_MS = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeEach(async () => {
  folder = await makeFolder();
  await cli(['schedule', 'list', '--data', folder.dir]);
  const store = await openStore({ dir: folder.dir, log: silentLog });
  await store.sources.put([feedSource('a')]);
  const { added } = await store.posts.save('a', [draft(1, { content: '<p>One</p>' }), draft(2)], { now: ago(100) });
  await store.posts.mark(
    added.map((post) => post.id),
    { isRead: true },
  );
  for (const days of [40, 31, 1]) {
    const at = ago(days);
    const run = {
      jobKind: 'fetch-feeds',
      name: 'Fetch feeds',
      cause: 'manual',
      queuedAt: at,
      startedAt: at,
      endedAt: at,
    } as const;
    await store.runs.put({ ...run, id: `run${days}`, counts: {}, log: [], status: 'completed' });
  }
  await store.close();
});
afterEach(() => folder.remove());

const run = (...args: string[]) => cli([...args, '--data', folder.dir]);
const json = async <Value>(...args: string[]): Promise<Value> => jsonOf(await run(...args, '--json'));

describe('keeping and letting go, from the command line', () => {
  test('E-22 clean-up moves its counters, first dry and then for real', async () => {
    const dry = await json<Printed>('run', 'clean-up', '--option', 'dryRun=true', '--option', 'keepPostsDays=30');
    expect(dry).toMatchObject({ status: 'completed', counts: { posts_to_remove: 2, runs_to_remove: 2, processed: 4 } });
    expect(await json<unknown[]>('posts')).toHaveLength(2);
    const done = await json<Printed>('run', 'clean-up', '--option', 'keepPostsDays=30');
    expect(done.counts).toMatchObject({ posts_removed: 2, runs_removed: 2, processed: 4, succeeded: 4 });
    expect(await json<unknown[]>('posts')).toEqual([]);
    expect((await json<Run[]>('history')).map(({ id }) => id)).not.toContain('run31');
  });

  test('E-22 back-up moves its counters and leaves one private file', async () => {
    const done = await json<Printed>('run', 'back-up');
    expect(done).toMatchObject({ status: 'completed', counts: { posts: 2 } });
    expect(done.counts.files).toBeGreaterThan(3);
    const [name = ''] = readdirSync(join(folder.dir, 'backups'));
    expect(statSync(join(folder.dir, 'backups', name)).mode & 0o777).toBe(0o600);
  });

  test('backup and restore: what was lost since is back, and what was there is put aside', async () => {
    const file = join(folder.dir, 'copy.tar.gz');
    expect((await run('backup', file)).out).toContain('2 posts');
    expect((await run('backup', file)).code).toBe(1);
    await json('run', 'clean-up', '--option', 'keepPostsDays=30');
    const restored = await json<{ counts: { posts: number }; aside: string }>('restore', file);
    expect(restored.counts.posts).toBe(2);
    expect(existsSync(restored.aside)).toBe(true);
    expect(await json<unknown[]>('posts')).toHaveLength(2);
    expect((await run('restore', join(folder.dir, 'none.tar.gz'))).code).toBe(2);
    expect((await run('restore', join(folder.dir, 'sources.1.journal'))).code).toBe(1);
  });

  test('beside a running host a backup works, and a restore is refused with exit code 3', async () => {
    const host = startCli(['serve', '--no-schedule', '--data', folder.dir]);
    try {
      await linkOf(host);
      const file = join(folder.dir, 'beside.tar.gz');
      expect((await run('backup', file)).code).toBe(0);
      const refused = await run('restore', file);
      expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('using this data folder')]);
    } finally {
      host.kill('SIGTERM');
      await resultOf(host);
    }
  }, 30_000);
});
