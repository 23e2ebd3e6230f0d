import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../main/lib/clock.ts';
import type { Fs, OpenFile } from '../../../main/store/fs.ts';
import { toAppError } from '../../../preload/contract/errors.ts';
import { createMemoryFs, interposeFs, type MemoryFs, systemError } from '../../helpers/memory-fs.ts';
import { createStoreClock, openTestStore, turns } from '../../helpers/store-kit.ts';
import { type Fact, hasNoHalfSaves, runWorkload } from '../../helpers/store-workload.ts';

const DIR = '/data';
const ROUNDS = 3;
const COMPACT_BYTES = 1500;
const STORE_CODES = ['STORE_FULL', 'STORE_IO', 'STORE_READONLY'];

/** Short waits (a rename tried again) pass at once; long ones never. */
const hurriedClock: Clock = {
  ...createStoreClock().clock,
  after: (ms, callback) => {
    if (ms <= 100) setImmediate(callback);
    return () => {};
  },
};

type Fault = { code: string; only: (operation: string) => boolean };
const writing = (operation: string): boolean => !['read', 'openRead', 'readdir', 'stat'].includes(operation);
const FAULTS: Record<string, Fault> = {
  ENOSPC: { code: 'ENOSPC', only: (operation) => ['write', 'create', 'mkdir', 'link', 'rename'].includes(operation) },
  EIO: { code: 'EIO', only: writing },
  EACCES: { code: 'EACCES', only: writing },
  EMFILE: { code: 'EMFILE', only: (operation) => ['create', 'openWrite', 'openRead', 'syncDir'].includes(operation) },
  'a failed sync': { code: 'EIO', only: (operation) => operation === 'datasync' || operation === 'syncDir' },
};

/** Fails from operation number `from` on, once or for good; counts what could have failed. */
const failing = (inner: MemoryFs, fault: Fault, from: number, forGood: boolean) => {
  const state = { seen: 0, isMended: false };
  const fs = interposeFs(inner, (operation, path) => {
    if (path.includes('tidings.lock') || !fault.only(operation)) return;
    const number = state.seen++;
    if (!state.isMended && (forGood ? number >= from : number === from)) throw systemError(fault.code);
  });
  return { fs, state };
};

/** Does the work though parts of it fail; answers what was acknowledged and the codes of what was not. */
const work = async (
  dir: string,
  fs: Fs,
): Promise<{ facts: Fact[]; codes: string[]; store?: Awaited<ReturnType<typeof openTestStore>> }> => {
  const facts: Fact[] = [];
  try {
    const store = await openTestStore({ dir, fs, clock: hurriedClock, compactBytes: COMPACT_BYTES });
    const codes: string[] = [];
    // A round that fails ends the work; what was told before counts.
    await runWorkload(store, ROUNDS, (more) => facts.push(...more)).catch((error) => codes.push(toAppError(error).code));
    await turns(5);
    return { facts, codes, store };
  } catch (error) {
    return { facts, codes: [toAppError(error).code] };
  }
};

const reopenAndCheck = async (files: Map<string, Uint8Array>, facts: readonly Fact[], what: string): Promise<void> => {
  const image = new Map([...files].filter(([path]) => !path.includes('tidings.lock')));
  const store = await openTestStore({ dir: DIR, fs: createMemoryFs(image) });
  await store.loaded;
  for (const fact of facts) expect(await fact.holds(store), `${what}: ${fact.name}`).toBe(true);
  expect(await hasNoHalfSaves(store, ROUNDS), `${what}: half a save`).toBe(true);
  await store.close();
};

const sweep = async (fault: Fault, forGood: boolean): Promise<number> => {
  for (let from = 0; ; from++) {
    const inner = createMemoryFs();
    const { fs, state } = failing(inner, fault, from, forGood);
    const { facts, codes, store } = await work(DIR, fs);
    const what = `${fault.code} at ${from}${forGood ? ' for good' : ''}`;
    for (const code of codes) expect(STORE_CODES, what).toContain(code);
    state.isMended = true;
    for (const fact of facts) expect(store && (await fact.holds(store)), `${what} in memory: ${fact.name}`).toBe(true);
    await store?.close();
    await reopenAndCheck(inner.files(), facts, what);
    if (state.seen <= from) return from;
  }
};

describe('a file system that fails', () => {
  for (const [name, fault] of Object.entries(FAULTS)) {
    test(`with ${name} once, at each operation in turn, costs nothing that was acknowledged`, async () => {
      expect(await sweep(fault, false)).toBeGreaterThan(20);
    });
    test(`with ${name} from each operation on for good costs nothing that was acknowledged`, async () => {
      expect(await sweep(fault, true)).toBeGreaterThan(3);
    });
  }

  test('by writing less than it was given is written to until all is there', async () => {
    const inner = createMemoryFs();
    const shorten = (file: OpenFile): OpenFile => ({
      ...file,
      write: (bytes, position) => file.write(bytes.subarray(0, Math.max(1, Math.floor(bytes.byteLength / 3))), position),
    });
    const fs: Fs = {
      ...inner,
      create: async (path) => shorten(await inner.create(path)),
      openWrite: async (path) => shorten(await inner.openWrite(path)),
    };
    const { facts, codes, store } = await work(DIR, fs);
    expect(codes).toEqual([]);
    await store?.close();
    await reopenAndCheck(inner.files(), facts, 'short writes');
  });

  test('after a failed sync is given a new file, and the old one is never written again', async () => {
    const inner = createMemoryFs();
    let mayFail = false;
    const written: string[] = [];
    const fs = interposeFs(inner, (operation, path) => {
      if (operation === 'write') written.push(path);
      if (mayFail && operation === 'datasync' && path.includes('notes.1.')) throw systemError('EIO');
    });
    const store = await openTestStore({ dir: DIR, fs });
    await store.notes.put('a', 1);
    mayFail = true;
    written.length = 0;
    await store.notes.put('b', 2);
    await store.notes.put('c', 3);
    expect(written.map((path) => path.slice(DIR.length + 1))).toEqual(['notes.1.journal', 'notes.2.journal', 'notes.2.journal']);
    await store.close();
    const again = await openTestStore({ dir: DIR, fs: createMemoryFs(inner.files()) });
    expect([again.notes.get('a'), again.notes.get('b'), again.notes.get('c')]).toEqual([1, 2, 3]);
    await again.close();
  });

  test('takes a change that did not reach the disk back out of memory, and it does not come back later', async () => {
    const inner = createMemoryFs();
    let isFull = false;
    const fs = interposeFs(inner, (operation) => {
      if (isFull && operation === 'datasync') throw systemError('ENOSPC');
    });
    const { clock, advance } = createStoreClock();
    const store = await openTestStore({ dir: DIR, fs, clock });
    await store.notes.put('a', 1);
    isFull = true;
    await expect(store.notes.put('a', 2)).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(store.notes.get('a')).toBe(1);
    isFull = false;
    await advance(60_000);
    expect(store.problem()).toBeUndefined();
    await store.notes.put('b', 1);
    await store.close();
    const again = await openTestStore({ dir: DIR, fs: createMemoryFs(inner.files()) });
    expect([again.notes.get('a'), again.notes.get('b')]).toEqual([1, 1]);
    await again.close();
  });
});
