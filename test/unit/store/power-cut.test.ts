import { describe, expect, test } from 'vitest';
import { createMemoryFs, type Fate, imageAfter } from '../../helpers/memory-fs.ts';
import { createRandom, openTestStore, turns } from '../../helpers/store-kit.ts';
import { type Fact, hasNoHalfSaves, runWorkload } from '../../helpers/store-workload.ts';

const DIR = '/data';
const ROUNDS = 4;
const COMPACT_BYTES = 1500;
const SEED = Number(process.env.STORE_SEED ?? 20_261_121);
const FATES: readonly Fate[] = ['lost', 'kept', 'torn', 'zeroed', 'mixed', 'torn', 'mixed'];
const NAMES = ['none', 'some', 'all'] as const;

const record = async () => {
  const fs = createMemoryFs();
  const store = await openTestStore({ dir: DIR, fs, compactBytes: COMPACT_BYTES });
  await runWorkload(store, ROUNDS, (facts) => fs.mark(facts));
  await store.close();
  await turns();
  return fs.trace;
};

/** The lock of a machine that went down: its process is gone. */
const withoutLock = (image: Map<string, Uint8Array>): Map<string, Uint8Array> =>
  new Map([...image].filter(([path]) => !path.includes('tidings.lock')));

const factsAt = (trace: Awaited<ReturnType<typeof record>>, cut: number): Fact[] =>
  trace.slice(0, cut).flatMap((operation) => (operation.kind === 'mark' ? (operation.value as Fact[]) : []));

const check = async (image: Map<string, Uint8Array>, facts: readonly Fact[], what: string): Promise<void> => {
  const store = await openTestStore({ dir: DIR, fs: createMemoryFs(withoutLock(image)), compactBytes: COMPACT_BYTES });
  await store.loaded;
  for (const fact of facts) expect(await fact.holds(store), `${what}: ${fact.name}`).toBe(true);
  expect(await hasNoHalfSaves(store, ROUNDS), `${what}: half a save`).toBe(true);
  await store.close();
};

describe('a power cut', () => {
  test(`loses nothing acknowledged and leaves nothing half, at every point and for every fate of what was not synced (seed ${SEED})`, async () => {
    const trace = await record();
    const random = createRandom(SEED);
    let images = 0;
    for (let cut = 0; cut <= trace.length; cut++) {
      if (trace[cut]?.kind === 'mark') continue;
      const facts = factsAt(trace, cut);
      for (const fate of FATES) {
        const names = NAMES[images % NAMES.length] as (typeof NAMES)[number];
        await check(imageAfter(trace, cut, fate, names, random), facts, `cut ${cut} ${fate} names ${names}`);
        images++;
      }
    }
    expect(images).toBeGreaterThan(1000);
  });

  test('during the recovery from a power cut loses nothing either', async () => {
    const trace = await record();
    const random = createRandom(SEED + 1);
    let images = 0;
    for (let cut = 40; cut <= trace.length; cut += 9) {
      const facts = factsAt(trace, cut);
      const first = createMemoryFs(withoutLock(imageAfter(trace, cut, 'mixed', 'some', random)));
      const before = first.files();
      const store = await openTestStore({ dir: DIR, fs: first, compactBytes: 200 });
      await store.notes.put('again', cut);
      await store.close();
      for (let second = 0; second <= first.trace.length; second += 2) {
        // What was on the disk before stays; the recovery's own changes meet the second cut.
        const image = imageAfter(
          [...asTrace(before), ...first.trace.slice(0, second)],
          Number.POSITIVE_INFINITY,
          'mixed',
          'some',
          random,
        );
        await check(image, facts, `cut ${cut}, then ${second}`);
        images++;
      }
    }
    expect(images).toBeGreaterThan(100);
  });
});

describe('the model of a power cut', () => {
  const losesSomething = async (trace: Awaited<ReturnType<typeof record>>): Promise<boolean> => {
    const random = createRandom(SEED);
    for (let cut = 60; cut <= trace.length; cut += 40) {
      try {
        await check(imageAfter(trace, cut, 'lost', 'none', random), factsAt(trace, cut), 'without a sync');
      } catch {
        return true;
      }
    }
    return false;
  };

  test('would notice a store that does not sync its files', async () => {
    expect(await losesSomething((await record()).filter(({ kind }) => kind !== 'datasync'))).toBe(true);
  });

  test('would notice a store that does not sync its folder', async () => {
    expect(await losesSomething((await record()).filter(({ kind }) => kind !== 'syncDir'))).toBe(true);
  });
});

/** Files as operations that made them and synced them. */
const asTrace = (files: Map<string, Uint8Array>) => [
  ...[...files].flatMap(([path, bytes], at) => {
    const inode = at + 1;
    return [
      { kind: 'create' as const, path, inode },
      { kind: 'write' as const, inode, position: 0, bytes },
      { kind: 'datasync' as const, inode },
    ];
  }),
  { kind: 'syncDir' as const, path: DIR },
];
