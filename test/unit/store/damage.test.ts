import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../main/lib/log.ts';
import { type Collection, openCollection } from '../../../main/store/collection.ts';
import type { StoreContext } from '../../../main/store/context.ts';
import { groupFiles } from '../../../main/store/file-names.ts';
import type { Fs } from '../../../main/store/fs.ts';
import { createHealth } from '../../../main/store/health.ts';
import type { Migration, Shape } from '../../../main/store/rows.ts';
import { toAppError } from '../../../preload/contract/errors.ts';
import { createMemoryFs, interposeFs, type MemoryFs, systemError } from '../../helpers/memory-fs.ts';
import { createStoreClock, openTestStore, turns } from '../../helpers/store-kit.ts';

const DIR = '/data';
type Row = { id: string; value: unknown };
const shape: Shape<Row> = { name: 'things', keyOf: (row) => row.id, migrations: [(row) => row] };

const contextOf = (fs: Fs, more: Partial<StoreContext> = {}): StoreContext => {
  const { clock } = createStoreClock();
  const notices: string[] = [];
  return {
    dir: DIR,
    fs,
    log: silentLog,
    clock,
    health: createHealth(clock),
    mode: 'write',
    acceptEmpty: false,
    compactBytes: 1 << 20,
    notices,
    notice: (text) => notices.push(text),
    ...more,
  };
};
const openThings = async (context: StoreContext, what: Shape<Row> = shape): Promise<Collection<Row>> => {
  await context.fs.mkdir(DIR);
  const collection = await openCollection(context, what, groupFiles(await context.fs.readdir(DIR)).get('things'));
  await collection.repair();
  return collection;
};
const rowsOf = (collection: Collection<Row>): Record<string, unknown> =>
  Object.fromEntries(collection.all().map((row) => [row.id, row.value]));

/** Two generations: rows 0-3 in the older snapshot, 4-5 in its journal, 6-7 in the newest one. */
const buildThings = async (): Promise<MemoryFs> => {
  const fs = createMemoryFs();
  const things = await openThings(contextOf(fs));
  const put = (from: number, to: number) =>
    Promise.all(Array.from({ length: to - from }, (_, n) => things.put([{ id: `r${from + n}`, value: `value ${from + n}` }])));
  await put(0, 4);
  await things.compact();
  await put(4, 6);
  await things.compact();
  await put(6, 8);
  await things.close();
  return fs;
};
const ALL = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`r${n}`, `value ${n}`]));

describe('a damaged file', () => {
  test('is noticed whichever single byte was flipped: nothing wrong is ever read as right', async () => {
    const whole = (await buildThings()).files();
    let flips = 0;
    for (const [path, bytes] of whole) {
      for (let at = 0; at < bytes.byteLength; at++) {
        const fs = createMemoryFs(whole);
        const flipped = bytes.slice();
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        fs.put(path, flipped);
        const context = contextOf(fs);
        const rows = rowsOf(await openThings(context));
        for (const [id, value] of Object.entries(rows)) expect(value, `${path} byte ${at}`).toBe(ALL[id]);
        const isWhole = Object.keys(rows).length === 8;
        if (!isWhole) expect(context.notices.length, `${path} byte ${at}`).toBeGreaterThan(0);
        expect(Object.keys(rows).length, `${path} byte ${at}`).toBeGreaterThanOrEqual(7);
        flips++;
      }
    }
    expect(flips).toBeGreaterThan(900);
  });

  test('is repaired so that the next start finds nothing wrong, and is kept aside', async () => {
    const fs = await buildThings();
    const path =
      [...fs.files().keys()]
        .filter((name) => name.endsWith('.json'))
        .sort()
        .at(-1) ?? '';
    fs.put(path, new Uint8Array(500));
    const first = contextOf(fs);
    const things = await openThings(first);
    expect(rowsOf(things)).toEqual(ALL);
    expect(first.notices).toHaveLength(1);
    await things.close();
    expect([...fs.files().keys()].some((name) => name.includes('/corrupt-') && name.endsWith(path.split('/').at(-1) ?? ''))).toBe(
      true,
    );
    const second = contextOf(fs);
    expect(rowsOf(await openThings(second))).toEqual(ALL);
    expect(second.notices).toEqual([]);
  });
});

describe('a migration', () => {
  const addUnit: Migration = (row) => ({ ...row, value: `${String(row.value)} m` });
  const dropOdd: Migration = (row) => (String(row.id).match(/[13579]$/) ? undefined : row);
  const newer: Shape<Row> = { ...shape, migrations: [...shape.migrations, addUnit, dropOdd] };
  const MIGRATED = Object.fromEntries([0, 2, 4, 6].map((n) => [`r${n}`, `value ${n} m`]));

  test('A-12 brings rows of snapshot and journal to the new form once, in order, and keeps the files from before as .bak', async () => {
    const fs = await buildThings();
    const before = fs.files();
    const things = await openThings(contextOf(fs), newer);
    expect(rowsOf(things)).toEqual(MIGRATED);
    await things.close();
    expect(rowsOf(await openThings(contextOf(fs), newer))).toEqual(MIGRATED);
    const backups = [...fs.files()].filter(([path]) => path.endsWith('.v1.bak'));
    expect(backups.length).toBe(before.size);
    for (const [path, bytes] of backups) expect(bytes).toEqual(before.get(path.slice(0, -'.v1.bak'.length)));
  });

  test('that fails or is cut at any operation can be done again, and nothing is migrated twice or lost', async () => {
    const built = (await buildThings()).files();
    for (let failAt = 0; ; failAt++) {
      const inner = createMemoryFs(built);
      let seen = 0;
      const fs = interposeFs(inner, () => {
        if (seen++ >= failAt) throw systemError('EIO');
      });
      await openThings(contextOf(fs), newer).catch((error) => error);
      const things = await openThings(contextOf(createMemoryFs(inner.files())), newer);
      expect(rowsOf(things), `cut at ${failAt}`).toEqual(MIGRATED);
      if (seen <= failAt) break;
    }
  });

  test('of a newer version is refused before anything is written', async () => {
    const fs = await buildThings();
    const things = await openThings(contextOf(fs), newer);
    await things.put([{ id: 'new', value: 1 }]);
    await things.close();
    const before = fs.files();
    const error = await openThings(contextOf(fs)).catch(toAppError);
    expect(error).toMatchObject({ code: 'STORE_NEWER' });
    expect(fs.files()).toEqual(before);
  });
});

describe('a collection', () => {
  const ids = fc.array(fc.integer({ min: 0, max: 9 }).map(String), { maxLength: 4 });
  const command = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), ids, value: fc.jsonValue() }),
    fc.record({ kind: fc.constantFrom('remove' as const, 'compact' as const, 'reopen' as const, 'fail' as const), ids }),
  );
  type Command = { kind: 'put' | 'remove' | 'compact' | 'reopen' | 'fail'; ids: string[]; value?: unknown };
  type World = { things: Collection<Row>; model: Map<string, unknown>; fs: Fs; disk: { isBroken: boolean } };

  const STEPS: Record<Command['kind'], (world: World, command: Command) => Promise<void>> = {
    put: async ({ things, model }, { ids: keys, value }) => {
      await things.put(keys.map((id) => ({ id, value })));
      for (const id of keys) model.set(id, value);
    },
    remove: async ({ things, model }, { ids: keys }) => {
      await things.remove(keys);
      for (const id of keys) model.delete(id);
    },
    compact: ({ things }) => things.compact(),
    reopen: async (world) => {
      await world.things.close();
      world.things = await openThings(contextOf(world.fs, { compactBytes: 300 }));
    },
    fail: async ({ things, disk }) => {
      disk.isBroken = true;
      await expect(things.put([{ id: 'lost', value: 1 }])).rejects.toMatchObject({ code: 'STORE_IO' });
      disk.isBroken = false;
    },
  };
  const plain = (entries: Iterable<[string, unknown]>) =>
    JSON.parse(JSON.stringify([...entries].sort(([one], [other]) => (one < other ? -1 : 1))));

  test('behaves like a Map, over any history of changes, compactions, failures and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands: Command[]) => {
        const inner = createMemoryFs();
        const disk = { isBroken: false };
        const fs = interposeFs(inner, (operation) => {
          if (disk.isBroken && ['write', 'datasync', 'create'].includes(operation)) throw systemError('EIO');
        });
        const things = await openThings(contextOf(fs, { compactBytes: 300 }));
        const world: World = { things, model: new Map(), fs, disk };
        for (const step of commands) {
          await STEPS[step.kind](world, step);
          await world.things.settle();
        }
        await world.things.close();
        const again = await openThings(contextOf(createMemoryFs(inner.files())));
        expect(plain(again.all().map((row) => [row.id, row.value]))).toEqual(plain(world.model));
      }),
      { numRuns: 150, seed: 20_261_121 },
    );
  });

  test('gives writers that wait at the same time one sync', async () => {
    let syncs = 0;
    const fs = interposeFs(createMemoryFs(), (operation) => {
      if (operation === 'datasync') syncs++;
    });
    const things = await openThings(contextOf(fs));
    await things.put([{ id: 'first', value: 0 }]);
    syncs = 0;
    await Promise.all(Array.from({ length: 100 }, (_, n) => things.put([{ id: `r${n}`, value: n }])));
    expect(syncs).toBeLessThanOrEqual(2);
    await things.close();
  });

  test('is read without a lock while it is compacted: a reader sees all that was acknowledged before it came', async () => {
    const fs = createMemoryFs();
    const store = await openTestStore({ dir: DIR, fs, compactBytes: 500 });
    for (let n = 0; n < 30; n++) {
      const writing = store.notes.put(`n${n}`, 'x'.repeat(60));
      const reader = await openTestStore({ dir: DIR, fs, mode: 'read' });
      for (let known = 0; known < n; known++) expect(reader.notes.get(`n${known}`)).toBe('x'.repeat(60));
      await expect(reader.notes.put('a', 1)).rejects.toMatchObject({ code: 'STORE_READONLY' });
      await reader.close();
      await writing;
    }
    await store.close();
    await turns();
    expect([...fs.files().keys()].filter((path) => /notes\.\d+\.json$/.test(path)).length).toBe(2);
  });
});
