import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { describe, expect, test } from 'vitest';
import { toInstant } from '../../../main/lib/clock.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { outdated } from '../../../main/store/backups.ts';
import { nodeFs } from '../../../main/store/fs.ts';
import type { Store } from '../../../main/store/repositories.ts';
import { finishRestore, RESTORE_PLAN, restoreBackup } from '../../../main/store/restore.ts';
import { openStore } from '../../../main/store/store.ts';
import { createStoreClock, createTempDir, draft, feedSource, START_MS, withStore } from '../../helpers/store-kit.ts';

const DAY_MS = 86_400_000;
const now = toInstant(START_MS);

const fill = async (store: Store, count = 40): Promise<void> => {
  await store.sources.put([feedSource('a')]);
  const drafts = Array.from({ length: count }, (_, key) => draft(key, { content: `<p>Body ${key}</p>` }));
  await store.posts.save('a', drafts, { now });
};
const restore = (dir: string, file: string) =>
  restoreBackup({
    fs: nodeFs,
    dir,
    file,
    now: () => START_MS,
    openToRead: (folder) => openStore({ dir: folder, log: silentLog, mode: 'read' }),
  });
const titles = async (dir: string): Promise<string[]> =>
  withStore({ dir }, async (store) => {
    const found: string[] = [];
    for await (const slice of store.posts.slices())
      for (const post of slice) {
        if (!(await store.bodies.get(post))) found.push(`${post.title} has lost its body`);
        found.push(post.title);
      }
    return found.sort();
  });

describe('a backup', () => {
  test('is one private file that brings everything back: posts with bodies and marks, sources, notes', async () => {
    const { dir, remove } = createTempDir();
    const made = await withStore({ dir }, async (store) => {
      await fill(store);
      await store.notes.put('note', 'kept');
      return store.backups.make();
    });
    expect(made.counts).toMatchObject({ posts: 40, sources: 1 });
    expect(statSync(made.file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(dir, 'backups'))).toEqual(['tidings-2026-11-21T12-00-00Z.tar.gz']);
    const before = await titles(dir);
    const other = createTempDir();
    expect((await restore(join(other.dir, 'new'), made.file)).counts.posts).toBe(40);
    expect(await titles(join(other.dir, 'new'))).toEqual(before);
    await withStore({ dir: join(other.dir, 'new') }, async (store) => expect(store.notes.get('note')).toBe('kept'));
    other.remove();
    remove();
  });

  test('holds no lock and nothing that is not of the store', async () => {
    const { dir, remove } = createTempDir();
    writeFileSync(join(dir, 'secrets.json'), 'hush');
    const made = await withStore({ dir }, async (store) => {
      await fill(store, 2);
      return store.backups.make();
    });
    const bytes = gunzipSync(readFileSync(made.file)).toString('latin1');
    expect(bytes).not.toContain('hush');
    expect(bytes).not.toContain('tidings.lock');
    expect(bytes).toContain('tidings/manifest.json');
    remove();
  });

  test('made while posts are being saved is of one moment: each save is in it whole or not at all', async () => {
    const { dir, remove } = createTempDir();
    const counts = await withStore({ dir, compactBytes: 20_000 }, async (store) => {
      await fill(store, 3);
      let isOver = false;
      let rounds = 0;
      const writing = (async () => {
        for (; !isOver; rounds++) {
          const drafts = [0, 1, 2].map((key) => draft(`${rounds}-${key}`, { content: `<p>${rounds}</p>`.repeat(50) }));
          await store.posts.save('a', drafts, { now });
          await store.notes.put('rounds', rounds);
        }
      })();
      const files: string[] = [];
      for (const name of ['one', 'two', 'three']) {
        await store.backups.makeFile({ file: join(dir, `${name}.tgz`) });
        files.push(join(dir, `${name}.tgz`));
      }
      isOver = true;
      await writing;
      expect(rounds).toBeGreaterThan(5);
      return files;
    });
    let last = 0;
    for (const [at, file] of counts.entries()) {
      const { counts: found } = await restore(join(dir, `restored${at}`), file);
      expect(found.posts % 3).toBe(0);
      expect(found.posts).toBeGreaterThanOrEqual(last);
      last = found.posts;
      await withStore({ dir: join(dir, `restored${at}`) }, async (store) => {
        // The note of a round is written after its posts.
        expect(found.posts / 3 - 1).toBeGreaterThan(Number(store.notes.get('rounds') ?? -1));
        expect(store.notices).toEqual([]);
      });
    }
    remove();
  });

  test('of a folder another Tidings has open is made beside it', async () => {
    const { dir, remove } = createTempDir();
    await withStore({ dir }, async (store) => {
      await fill(store);
      const reader = await openStore({ dir, log: silentLog, mode: 'read' });
      expect((await reader.backups.makeFile({ file: join(dir, 'beside.tgz') })).counts.posts).toBe(40);
      await reader.close();
      await expect(restore(dir, join(dir, 'beside.tgz'))).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    });
    remove();
  });

  test('never writes over a file, and leaves nothing when it is stopped', async () => {
    const { dir, remove } = createTempDir();
    await withStore({ dir }, async (store) => {
      await fill(store);
      writeFileSync(join(dir, 'mine.tgz'), 'mine');
      await expect(store.backups.makeFile({ file: join(dir, 'mine.tgz') })).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(readFileSync(join(dir, 'mine.tgz'), 'utf8')).toBe('mine');
      const stop = new AbortController();
      stop.abort(new Error('enough'));
      await expect(store.backups.make({ signal: stop.signal })).rejects.toThrow('enough');
      expect(readdirSync(join(dir, 'backups'))).toEqual([]);
      // What a kill left goes with the next one.
      await mkdir(join(dir, 'backups', '.tidings-check-0123456789ab'));
      writeFileSync(join(dir, 'backups', '.tidings-part-0123456789ab'), 'half');
      await store.backups.make();
      expect(readdirSync(join(dir, 'backups'))).toHaveLength(1);
    });
    remove();
  });

  test('E-24 after 30 days of one a day there are 7 daily and 4 weekly ones, and other files stay', async () => {
    const { dir, remove } = createTempDir();
    const { clock, advance } = createStoreClock();
    await withStore({ dir, clock }, async (store) => {
      await store.sources.put([feedSource('a')]);
      for (let day = 0; day < 30; day++) {
        await store.backups.make();
        if (day === 0) writeFileSync(join(dir, 'backups', 'holiday.tar.gz'), 'mine');
        await store.backups.rotate({ days: 7, weeks: 4 });
        if (day < 29) await advance(DAY_MS);
      }
      const days = (await store.backups.list()).map(({ at }) => at.slice(0, 10));
      expect(days).toEqual([
        ...['2026-12-20', '2026-12-19', '2026-12-18', '2026-12-17', '2026-12-16', '2026-12-15', '2026-12-14'],
        ...['2026-12-13', '2026-12-06', '2026-11-29', '2026-11-22'],
      ]);
      expect(readdirSync(join(dir, 'backups'))).toContain('holiday.tar.gz');
    });
    remove();
  });

  test('one that seems to come from the future pushes no other out', () => {
    const made = (at: string) => ({ name: at, at, bytes: 1 });
    const future = Array.from({ length: 9 }, (_, day) => made(`2031-01-0${day + 1}T00:00:00.000Z`));
    expect(outdated([...future, made(now)], START_MS, { days: 7, weeks: 4 })).toEqual([]);
  });
});

const block = (path: string, text: string, type: 'File' | 'SymbolicLink' = 'File'): Buffer => {
  const head = Buffer.alloc(512);
  const linkpath = type === 'SymbolicLink' ? { linkpath: '/etc/passwd' } : {};
  new Header({ path, size: text.length, mode: 0o600, type, mtime: new Date(START_MS), ...linkpath }).encode(head);
  return Buffer.concat([head, Buffer.from(text.padEnd(Math.ceil(text.length / 512) * 512, '\0'))]);
};

describe('a restore', () => {
  test('puts what was there aside and deletes nothing', async () => {
    const { dir, remove } = createTempDir();
    const file = join(dir, 'b.tgz');
    await withStore({ dir }, async (store) => {
      await fill(store, 5);
      await store.backups.makeFile({ file });
      await fill(store, 9);
    });
    const restored = await restore(dir, file);
    expect(await titles(dir)).toHaveLength(5);
    expect(await titles(restored.aside)).toHaveLength(9);
    expect(readdirSync(dir).filter((name) => name.startsWith('restored-'))).toEqual([]);
    remove();
  });

  test('refuses what is no whole backup and changes nothing: cut off, flipped, other places, links, names twice', async () => {
    const { dir, remove } = createTempDir();
    const file = join(dir, 'b.tgz');
    await withStore({ dir }, async (store) => {
      await fill(store, 5);
      await store.backups.makeFile({ file });
    });
    const before = readdirSync(dir);
    const tar = gunzipSync(readFileSync(file));
    const flipped = Buffer.from(tar);
    flipped[700] = (flipped[700] ?? 0) ^ 1;
    const end = Buffer.alloc(1024);
    const bad: Record<string, Buffer> = {
      cut: readFileSync(file).subarray(0, 400),
      'cut between files': gzipSync(Buffer.concat([tar.subarray(0, 512 * 4), end])),
      flipped: gzipSync(flipped),
      text: Buffer.from('this is no archive at all'),
      empty: Buffer.alloc(0),
      outside: gzipSync(Buffer.concat([block('../notes.1.journal', 'x'), tar])),
      within: gzipSync(Buffer.concat([block('tidings/../../notes.1.journal', 'x'), tar])),
      absolute: gzipSync(Buffer.concat([block('/tmp/notes.1.journal', 'x'), tar])),
      link: gzipSync(Buffer.concat([block('tidings/notes.9.journal', '', 'SymbolicLink'), tar])),
      other: gzipSync(Buffer.concat([block('tidings/evil.sh', 'x'), tar])),
      more: gzipSync(Buffer.concat([block('tidings/notes.9.journal', 'x'), tar])),
      twice: gzipSync(Buffer.concat([tar.subarray(0, tar.length - 1024), tar])),
    };
    for (const [what, bytes] of Object.entries(bad)) {
      writeFileSync(join(dir, 'bad.tgz'), bytes);
      await expect(restore(dir, join(dir, 'bad.tgz')), what).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      expect(
        readdirSync(dir).filter((name) => name !== 'bad.tgz'),
        what,
      ).toEqual(before);
    }
    expect(existsSync('/tmp/notes.1.journal')).toBe(false);
    expect(await titles(dir)).toHaveLength(5);
    remove();
  });

  test('killed at any rename, the next start finishes it', async () => {
    const { dir, remove } = createTempDir();
    const file = join(dir, 'b.tgz');
    await withStore({ dir }, async (store) => {
      await fill(store, 5);
      await store.backups.makeFile({ file });
      await fill(store, 9);
    });
    for (let steps = 0, wasCut = true; wasCut; steps++) {
      const copy = createTempDir();
      for (const name of readdirSync(dir))
        if (statSync(join(dir, name)).isFile()) writeFileSync(join(copy.dir, name), readFileSync(join(dir, name)));
      let left = steps;
      const dying = {
        ...nodeFs,
        rename: async (from: string, to: string) => {
          if (to.endsWith(RESTORE_PLAN)) return nodeFs.rename(from, to);
          if (left-- <= 0) throw Object.assign(new Error('killed'), { code: 'EIO' });
          return nodeFs.rename(from, to);
        },
      };
      const outcome = restoreBackup({
        fs: dying,
        dir: copy.dir,
        file,
        now: () => START_MS,
        openToRead: (folder) => openStore({ dir: folder, log: silentLog, mode: 'read' }),
      });
      wasCut = await outcome.then(
        () => false,
        () => true,
      );
      if (wasCut) {
        await expect(openStore({ dir: copy.dir, log: silentLog, mode: 'read' })).rejects.toMatchObject({ code: 'STORE_LOCKED' });
        // Also when the start that finishes it is killed.
        left = 1;
        await finishRestore(dying, copy.dir).catch(() => {});
      }
      expect(await titles(copy.dir)).toHaveLength(5);
      copy.remove();
      expect(steps).toBeLessThan(60);
    }
    remove();
  }, 30_000);
});

test('a backup can be opened by any tar', async () => {
  const { dir, remove } = createTempDir();
  const made = await withStore({ dir }, async (store) => {
    await fill(store, 2);
    return store.backups.make();
  });
  const { list } = await import('tar');
  const names: string[] = [];
  await list({ file: made.file, strict: true, onReadEntry: (entry) => names.push(entry.path) });
  expect(names.every((name) => name.startsWith('tidings/'))).toBe(true);
  expect(names.at(-1)).toBe('tidings/manifest.json');
  remove();
});
