import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { type Clock, toInstant } from '../../../main/lib/clock.ts';
import { createLog } from '../../../main/lib/log.ts';
import type { Fs } from '../../../main/store/fs.ts';
import { nodeFs } from '../../../main/store/fs.ts';
import { LOCK_NAME } from '../../../main/store/lock.ts';
import type { Store } from '../../../main/store/repositories.ts';
import { toAppError } from '../../../preload/contract/errors.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { createMemoryFs, type Fate, imageAfter, interposeFs, systemError } from '../../helpers/memory-fs.ts';
import { readFolder, writeSnapshotFile } from '../../helpers/store-files.ts';
import {
  createRandom,
  createStoreClock,
  createTempDir,
  draft,
  listContext,
  openTestStore,
  START_MS,
  turns,
  withStore,
} from '../../helpers/store-kit.ts';
import { type Fact, hasNoHalfSaves, runWorkload } from '../../helpers/store-workload.ts';

const DIR = '/data';
const at = (seconds: number): string => toInstant(START_MS + seconds * 1000);
const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'OK',
    (error) => toAppError(error).code,
  );
const titles = async (store: Store): Promise<string[]> =>
  (await store.posts.list({ limit: 500 }, listContext())).rows.map(({ title }) => title.slice('Title '.length));

let folder: ReturnType<typeof createTempDir>;
beforeEach(() => {
  folder = createTempDir();
});
afterEach(() => folder.remove());

/** A log whose codes can be asked for. */
const createListeningLog = () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => START_MS,
  );
  return { log, codes: () => lines.flatMap((line) => / code=(\w+)/.exec(line)?.[1] ?? []), lines };
};

describe('a store that is cut off', () => {
  const ROUNDS = 2;
  const record = async () => {
    const fs = createMemoryFs();
    const store = await openTestStore({ dir: DIR, fs, compactBytes: 1200 });
    await runWorkload(store, ROUNDS, (facts) => fs.mark(facts));
    await store.close();
    return fs.trace;
  };
  const checkImages = async (trace: Awaited<ReturnType<typeof record>>, fates: readonly Fate[], step: number) => {
    const random = createRandom(7);
    for (let cut = 0; cut <= trace.length; cut += step) {
      const facts = trace.slice(0, cut).flatMap((operation) => (operation.kind === 'mark' ? (operation.value as Fact[]) : []));
      for (const fate of fates) {
        const image = imageAfter(trace, cut, fate, fate === 'kept' ? 'all' : 'some', random);
        const files = new Map([...image].filter(([path]) => !path.includes(LOCK_NAME)));
        await withStore({ dir: DIR, fs: createMemoryFs(files) }, async (store) => {
          for (const fact of facts) expect(await fact.holds(store), `${fate} at ${cut}: ${fact.name}`).toBe(true);
          expect(await hasNoHalfSaves(store, ROUNDS)).toBe(true);
        });
      }
    }
  };

  hostileCase(139, 'killed at any operation, it has every acknowledged record and none half', async () => {
    await checkImages(await record(), ['kept'], 1);
    return 'OK';
  });

  hostileCase(140, 'killed in the first start, in a compaction or while it recovers, it has the same', async () => {
    const trace = await record();
    const isCompacting = trace.some(({ kind }) => kind === 'rename');
    expect(isCompacting).toBe(true);
    const halfway = imageAfter(trace, Math.floor(trace.length / 2), 'kept', 'all', createRandom(1));
    const facts = trace
      .slice(0, Math.floor(trace.length / 2))
      .flatMap((operation) => (operation.kind === 'mark' ? (operation.value as Fact[]) : []));
    const start = new Map([...halfway].filter(([path]) => !path.includes(LOCK_NAME)));
    for (let cut = 0; ; cut++) {
      const inner = createMemoryFs(start);
      let seen = 0;
      const dying = interposeFs(inner, () => {
        if (seen++ >= cut) throw systemError('EIO');
      });
      const store = await openTestStore({ dir: DIR, fs: dying, compactBytes: 300 }).catch(() => undefined);
      await store?.notes.put('x', cut).catch(() => {});
      await store?.close().catch(() => {});
      const files = new Map([...inner.files()].filter(([path]) => !path.includes(LOCK_NAME)));
      await withStore({ dir: DIR, fs: createMemoryFs(files) }, async (again) => {
        for (const fact of facts) expect(await fact.holds(again), `recovery cut at ${cut}: ${fact.name}`).toBe(true);
      });
      if (seen <= cut) return 'OK';
    }
  });

  hostileCase(141, 'after a power cut, with unsynced writes lost, torn, zeroed and mixed, it has the same', async () => {
    await checkImages(await record(), ['lost', 'torn', 'zeroed', 'mixed'], 3);
    return 'OK';
  });

  hostileCase(
    156,
    'asked to close with writes still under way, it finishes them; told to stop in a write, it recovers',
    async () => {
      const store = await openTestStore({ dir: folder.dir });
      const writes = Array.from({ length: 50 }, (_, n) => store.notes.put(`n${n}`, n));
      const begun = performance.now();
      await store.close();
      expect(performance.now() - begun).toBeLessThan(2000);
      await Promise.all(writes);
      await withStore({ dir: folder.dir }, async (again) => expect(again.notes.get('n49')).toBe(49));
      return 'OK';
    },
  );
});

describe('a disk that refuses', () => {
  /** Fails from the k-th writing operation on until mended. */
  const refusing = (code: string) => {
    const state = { from: Number.POSITIVE_INFINITY, seen: 0 };
    const inner = createMemoryFs();
    const fs = interposeFs(inner, (operation, path) => {
      if (!['write', 'create', 'datasync'].includes(operation) || path.includes(LOCK_NAME)) return;
      if (state.seen++ >= state.from) throw systemError(code);
    });
    return { fs, inner, state };
  };

  hostileCase(142, 'a disk that fills up at any operation pauses writing, keeps reading, and goes on by itself', async () => {
    const codes = new Set<string>();
    for (let k = 0; k < 12; k++) {
      const { fs, inner, state } = refusing('ENOSPC');
      const { clock, advance } = createStoreClock();
      const store = await openTestStore({ dir: DIR, fs, clock });
      await store.posts.save('one', [draft('before')], { now: at(0) });
      state.from = state.seen + k;
      const saved: string[] = [];
      for (let n = 0; n < 6; n++) {
        const code = await codeOf(store.posts.save('one', [draft(n, { content: 'x' })], { now: at(n) }));
        if (code === 'OK') saved.unshift(`${n}`);
        else codes.add(code);
      }
      expect(store.problem()?.code).toBe('STORE_FULL');
      expect(await titles(store)).toEqual([...saved, 'before']);
      let told = 0;
      store.onProblem(() => told++);
      state.from = Number.POSITIVE_INFINITY;
      await advance(30_000);
      expect([store.problem(), told]).toEqual([undefined, 1]);
      await store.posts.save('one', [draft('after')], { now: at(60) });
      await store.close();
      await withStore({ dir: DIR, fs: createMemoryFs(inner.files()) }, async (again) =>
        expect(await titles(again)).toEqual(['after', ...saved, 'before']),
      );
    }
    return [...codes];
  });

  hostileCase(
    143,
    'a disk that fails or is read-only is named as such, and nothing it did not take counts as saved',
    async () => {
      const codes: string[] = [];
      for (const errno of ['EIO', 'EROFS', 'EACCES', 'EMFILE']) {
        const { fs, inner, state } = refusing(errno);
        const store = await openTestStore({ dir: DIR, fs });
        await store.notes.put('a', 1);
        state.from = state.seen;
        codes.push(await codeOf(store.notes.put('a', 2)), store.problem()?.code ?? 'OK');
        expect(store.notes.get('a')).toBe(1);
        await store.close();
        await withStore({ dir: DIR, fs: createMemoryFs(inner.files()) }, async (again) => expect(again.notes.get('a')).toBe(1));
      }
      return codes;
    },
  );

  hostileCase(144, 'a folder that cannot be used is refused with a sentence; odd and long paths work', async () => {
    const { dir } = folder;
    writeFileSync(join(dir, 'file'), 'x');
    const codes = [await codeOf(openTestStore({ dir: join(dir, 'file') }))];
    const locked = interposeFs(nodeFs, (operation) => {
      if (operation === 'create') throw systemError('EROFS');
    });
    codes.push(await codeOf(openTestStore({ dir: join(dir, 'locked'), fs: locked })));
    expect(readdirSync(join(dir, 'locked'))).toEqual([]);
    for (const name of [
      'with spaces',
      'emoji 🗞️',
      'missing/deep/er',
      ['a'.repeat(120), 'b'.repeat(120), 'c'.repeat(120)].join('/'),
    ]) {
      const path = join(dir, name);
      await withStore({ dir: path }, (store) => store.notes.put('a', 1));
      await withStore({ dir: path }, async (store) => expect(store.notes.get('a')).toBe(1));
      codes.push('OK');
    }
    expect(codes).not.toContain('INTERNAL');
    return codes;
  });
});

describe('files that are not as they were left', () => {
  const build = async (): Promise<string> => {
    const { dir } = folder;
    for (let round = 0; round < 3; round++) {
      await withStore({ dir, compactBytes: 1 }, async (store) => {
        await store.loaded;
        await store.posts.save('one', [draft(`${round}a`), draft(`${round}b`)], { now: at(round) });
      });
    }
    return dir;
  };
  const WHOLE = ['2a', '2b', '1a', '1b', '0a', '0b'];
  const snapshots = (dir: string): string[] =>
    readdirSync(dir)
      .filter((name) => /^posts-.*\.json$/.test(name))
      .sort();

  for (const [what, content] of Object.entries({
    'invalid JSON': '{"version":1,"rows":[\n{"id"',
    nothing: '',
    NULs: '\0'.repeat(4096),
    'another root': '[1,2,3]\n',
  })) {
    hostileCase(
      145,
      `a snapshot that is ${what} is set aside, and the copy before it and its journal give everything`,
      async () => {
        const dir = await build();
        expect(snapshots(dir)).toHaveLength(2);
        const newest = snapshots(dir).at(-1) ?? '';
        writeFileSync(join(dir, newest), content);
        const { log, codes } = createListeningLog();
        const store = await openTestStore({ dir, log });
        await store.loaded;
        expect(await titles(store)).toEqual(WHOLE);
        expect(store.notices.join()).toContain('set aside');
        const aside = readdirSync(dir).find((name) => name.startsWith('corrupt-')) ?? '';
        expect(readFileSync(join(dir, aside, newest), 'utf8')).toBe(content);
        await store.close();
        await withStore({ dir }, async (again) => expect([await titles(again), again.notices]).toEqual([WHOLE, []]));
        return codes();
      },
    );
  }

  hostileCase(
    146,
    'a journal that is cut, flipped in the middle or mixed with foreign bytes gives all its sound records',
    async () => {
      const { dir } = folder;
      await withStore({ dir }, async (store) => {
        for (let n = 0; n < 5; n++) await store.notes.put(`n${n}`, n);
      });
      const path = join(dir, 'notes.1.journal');
      const whole = readFileSync(path);
      const read = async (bytes: Buffer) => {
        const { log, codes } = createListeningLog();
        const copy = join(dir, `copy-${bytes.byteLength}-${bytes[200]}`);
        mkdirSync(copy);
        writeFileSync(join(copy, 'notes.1.journal'), bytes);
        return withStore({ dir: copy, log }, async (store) => ({
          there: [0, 1, 2, 3, 4].filter((n) => store.notes.get(`n${n}`) === n),
          codes: codes(),
          notices: store.notices.length,
        }));
      };
      expect(await read(whole.subarray(0, whole.byteLength - 7))).toEqual({ there: [0, 1, 2, 3], codes: [], notices: 0 });
      const flipped = Buffer.from(whole);
      const middle = whole.indexOf('"n2"') + 1;
      flipped[middle] = 0x58;
      const second = await read(flipped);
      expect(second).toMatchObject({ there: [0, 1, 3, 4], notices: 1 });
      const lineEnd = whole.indexOf('\n', middle) + 1;
      const foreign = Buffer.concat([
        whole.subarray(0, lineEnd),
        Buffer.from('<html>not ours</html>\n'),
        whole.subarray(lineEnd),
      ]);
      const third = await read(foreign);
      expect(third).toMatchObject({ there: [0, 1, 2, 3, 4], notices: 1 });
      return [...second.codes, ...third.codes];
    },
  );

  hostileCase(
    147,
    'a collection without one good copy is never loaded as empty, unless the owner says so; the files are kept',
    async () => {
      const dir = await build();
      for (const name of snapshots(dir)) writeFileSync(join(dir, name), 'damaged');
      const before = readFolder(dir);
      const code = await codeOf(openTestStore({ dir }));
      expect(readFolder(dir)).toEqual(before);
      const store = await openTestStore({ dir, acceptEmpty: true });
      await store.loaded;
      expect(await titles(store)).toEqual([]);
      expect(store.notices.join()).toContain('starts empty');
      const aside = readdirSync(dir)
        .filter((name) => name.startsWith('corrupt-'))
        .flatMap((name) => readdirSync(join(dir, name)));
      expect(aside).toEqual(expect.arrayContaining([...before.keys()].filter((name) => name.startsWith('posts-'))));
      await store.close();
      return code;
    },
  );

  hostileCase(148, 'data of a newer version is refused and nothing is written', async () => {
    const dir = await build();
    const number = Number(/\.(\d+)\.json$/.exec(snapshots(dir).at(-1) ?? '')?.[1]) + 1;
    writeSnapshotFile(dir, 'posts-2026-11', 99, number, ['{"id":"x"}']);
    const before = readFolder(dir);
    const codes = [await codeOf(openTestStore({ dir })), await codeOf(openTestStore({ dir, mode: 'read' }))];
    expect(readFolder(dir)).toEqual(before);
    return codes;
  });

  hostileCase(149, 'data of each past version opens with everything in it', async () => {
    const { dir } = folder;
    cpSync(join(import.meta.dirname, '../../fixtures/store-v1'), dir, { recursive: true });
    await withStore({ dir }, async (store) => {
      await store.loaded;
      const { rows } = await store.posts.list({}, listContext());
      expect(rows.map(({ title, isRead, isStarred }) => [title, isRead, isStarred])).toEqual([
        ['Title 3', true, true],
        ['Title 1', false, false],
        ['Title 2', false, false],
      ]);
      expect(rows[0]?.hn?.id).toBe(7);
      expect(await store.bodies.get({ id: rows[1]?.id ?? '', collectedAt: rows[1]?.collectedAt ?? '' })).toBe('<p>Body 1</p>');
      expect(await store.posts.save('one', [draft(4)], { now: at(9) })).toMatchObject({ buried: 1, added: [] });
      expect(store.sources.all().map(({ id }) => id)).toEqual(['one', 'two']);
      expect([store.runs.get('run')?.status, store.fetchJobs.get('job')?.status]).toEqual(['completed', 'completed']);
      expect([store.schedules.get('hourly')?.name, store.settings.get().lanes, store.notes.get('port')]).toEqual([
        'Hourly',
        8,
        4000,
      ]);
      expect([store.fetchMemory.get('one')?.etag, store.fetchMemory.host('example.org')?.notBefore]).toEqual(['"a"', at(60)]);
      expect([store.isNew, store.notices]).toEqual([false, []]);
    });
    return 'OK';
  });

  hostileCase(151, 'a large store answers its first page from the end of the newest month while the rest is read', async () => {
    const { dir } = folder;
    const rows = (month: string, count: number) =>
      Array.from({ length: count }, (_, n) => {
        const { content: _content, ...post } = draft(`${month}-${n}`);
        const day = String(1 + Math.floor((n / count) * 20)).padStart(2, '0');
        return JSON.stringify({
          ...post,
          id: `${month}-${n}`,
          sourceId: `s${n % 50}`,
          collectedAt: `${month}-${day}T00:00:00.000Z`,
          isRead: false,
          isStarred: false,
        });
      });
    for (const month of ['2026-09', '2026-10', '2026-11']) writeSnapshotFile(dir, `posts-${month}`, 1, 1, rows(month, 8000));
    const store = await openTestStore({ dir });
    const first = await store.posts.list({ limit: 50 }, listContext());
    expect(store.loadingProgress()).toBeLessThan(1);
    expect(first.rows.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => `2026-11-${7999 - n}`));
    await store.loaded;
    expect([store.posts.count(), store.posts.countBySource('s7')]).toEqual([24_000, 480]);
    const second = await store.posts.list({ limit: 50, cursor: first.next }, listContext());
    expect(second.rows[0]?.id).toBe('2026-11-7949');
    await store.close();
    const reader = await openTestStore({ dir, mode: 'read' });
    expect((await reader.posts.list({ limit: 10 }, listContext())).rows).toHaveLength(10);
    expect(reader.posts.count()).toBeLessThan(1000);
    expect(
      (await reader.posts.list({ limit: 1, sourceId: 's7', since: '2026-09-01T00:00:00.000Z', cursor: undefined }, listContext()))
        .rows,
    ).toHaveLength(1);
    expect((await reader.posts.list({ limit: 500, sourceId: 's7' }, listContext())).total).toBe(480);
    await reader.close();
    return 'OK';
  });

  for (const [what, change] of Object.entries({
    'the lock file was replaced, as by a restored backup': async (fs: Fs) => {
      await fs.unlink(join(DIR, LOCK_NAME));
      await fs.create(join(DIR, LOCK_NAME));
    },
    'a journal being written was deleted': (fs: Fs) => fs.unlink(join(DIR, 'notes.1.journal')),
    'the folder was moved away': async (fs: Fs) => {
      for (const name of await fs.readdir(DIR)) await fs.rename(join(DIR, name), join('/elsewhere', name));
    },
  })) {
    hostileCase(152, `${what}: noticed within 30 s, and nothing more is written`, async () => {
      const fs = createMemoryFs();
      const { clock, advance } = createStoreClock();
      const store = await openTestStore({ dir: DIR, fs, clock });
      await store.notes.put('a', 1);
      await advance(60_000);
      expect(store.problem()).toBeUndefined();
      await change(fs);
      let told = 0;
      store.onProblem(() => told++);
      await advance(30_000);
      expect(told).toBe(1);
      const before = fs.files();
      const code = await codeOf(store.notes.put('a', 2));
      expect(store.notes.get('a')).toBe(1);
      expect(fs.files()).toEqual(before);
      await store.close();
      return [code, store.problem()?.code ?? 'OK'];
    });
  }

  hostileCase(153, 'keys such as __proto__, dots, a megabyte and lone surrogates come back exactly', async () => {
    const { dir } = folder;
    const keys = ['__proto__', 'constructor', 'toString', 'a.b.c', '', '\ud800', 'x\udc00y', '\u2028', 'k'.repeat(1 << 20)];
    await withStore({ dir }, async (store) => {
      for (const key of keys) await store.notes.put(key, { [key]: key });
      await store.posts.save(
        '__proto__',
        keys
          .filter(Boolean)
          .slice(0, 8)
          .map((key, n) => draft(n, { fingerprint: key, title: key })),
        { now: at(0) },
      );
    });
    await withStore({ dir }, async (store) => {
      for (const key of keys) expect(JSON.stringify(store.notes.get(key))).toBe(JSON.stringify({ [key]: key }));
      const { rows } = await store.posts.list({ sourceId: '__proto__' }, listContext());
      expect(rows.map(({ title }) => title)).toEqual(keys.filter(Boolean).slice(0, 8));
      expect(store.posts.countBySource('constructor')).toBe(0);
      expect(store.fetchJobs.latestFor('__proto__')).toBeNull();
    });
    return 'OK';
  });

  for (const errno of ['EBUSY', 'EPERM']) {
    hostileCase(
      154,
      `a snapshot held by another program (${errno}) is renamed 10 times in vain; the data stay in the journal`,
      async () => {
        const inner = createMemoryFs();
        let tries = 0;
        let waited = 0;
        const fs = interposeFs(inner, (operation, path) => {
          if (operation !== 'rename' || !path.includes('notes')) return;
          tries++;
          throw systemError(errno);
        });
        const clock: Clock = {
          ...createStoreClock().clock,
          after: (ms, callback) => {
            if (ms === 100) {
              waited += ms;
              setImmediate(callback);
            }
            return () => {};
          },
        };
        const { log, lines } = createListeningLog();
        inner.put(join(DIR, "notes.1 (someone's conflicted copy).json"), Buffer.from('{}'));
        const store = await openTestStore({ dir: DIR, fs, clock, log, compactBytes: 100 });
        for (let n = 0; n < 5; n++) await store.notes.put(`n${n}`, 'x'.repeat(50));
        await turns(200);
        await store.close();
        expect([tries, waited]).toEqual([10, 900]);
        await withStore({ dir: DIR, fs: createMemoryFs(inner.files()) }, async (again) => {
          for (let n = 0; n < 5; n++) expect(again.notes.get(`n${n}`)).toBe('x'.repeat(50));
        });
        return lines.flatMap((line) => (line.includes('Compaction put off') ? (/code=(\w+)/.exec(line)?.[1] ?? 'none') : []));
      },
    );
  }

  hostileCase(155, 'symlinks planted where our files go are not followed; files are 0600 and the folder 0700', async () => {
    const { dir } = folder;
    const data = join(dir, 'data');
    const victim = join(dir, 'victim');
    mkdirSync(data, { mode: 0o777 });
    writeFileSync(victim, 'precious');
    for (const name of [LOCK_NAME, 'notes.1.json.tmp', 'notes.2.json.tmp', 'settings.1.journal.tmp'])
      symlinkSync(victim, join(data, name));
    await withStore({ dir: data, compactBytes: 50 }, async (store) => {
      for (let n = 0; n < 5; n++) await store.notes.put(`n${n}`, 'x'.repeat(50));
      await store.posts.save('one', [draft(1, { content: 'body' })], { now: at(0) });
    });
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    if (process.platform !== 'win32') {
      expect(statSync(data).mode & 0o777).toBe(0o700);
      for (const [name] of readFolder(data)) expect(statSync(join(data, name)).mode & 0o777, name).toBe(0o600);
    }
    expect(existsSync(join(data, 'notes.2.json'))).toBe(true);
    return 'OK';
  });
});

describe('feeds that are not kind to a store', () => {
  const memory = () => openTestStore({ dir: DIR, fs: createMemoryFs() });

  hostileCase(76, 'a feed that moves all dates at each fetch brings nothing new and nothing changed', async () => {
    const store = await memory();
    await store.posts.save('one', [draft(1, { publishedAt: at(-60) })], { now: at(0) });
    for (let n = 1; n < 5; n++) {
      expect(await store.posts.save('one', [draft(1, { publishedAt: at(n) })], { now: at(n) })).toMatchObject({
        added: [],
        updated: [],
        known: 1,
      });
    }
    await store.close();
    return 'OK';
  });

  hostileCase(78, 'the same id in two feeds is two posts', async () => {
    const store = await memory();
    await store.posts.save('one', [draft(1)], { now: at(0) });
    expect((await store.posts.save('two', [draft(1)], { now: at(0) })).added).toHaveLength(1);
    expect([store.posts.countBySource('one'), store.posts.countBySource('two')]).toEqual([1, 1]);
    await store.close();
    return 'OK';
  });

  hostileCase(79, 'a feed that gives new ids at each fetch has each post once, marks kept; real twins stay two', async () => {
    const store = await memory();
    const fetched = (round: number) => [
      ...[1, 2].map((n) => draft(n, { fingerprint: `${round}-${n}` })),
      draft('twin', { fingerprint: `${round}-x` }),
      draft('twin', { fingerprint: `${round}-y` }),
    ];
    const { added } = await store.posts.save('one', fetched(0), { now: at(0) });
    expect(added).toHaveLength(4);
    await store.posts.mark([added[0]?.id ?? ''], { isRead: true });
    for (let round = 1; round < 5; round++) {
      expect(await store.posts.save('one', fetched(round), { now: at(round) })).toMatchObject({
        added: [],
        known: 4,
        rekeyed: 4,
      });
    }
    expect(store.posts.count()).toBe(4);
    expect((await store.posts.get(added[0]?.id ?? ''))?.isRead).toBe(true);
    await store.close();
    return 'OK';
  });

  hostileCase(81, 'ids such as __proto__, constructor or 2,048 characters are ids like any other', async () => {
    const store = await memory();
    const keys = ['__proto__', 'constructor', 'hasOwnProperty', '[object Object]', '42', 'i'.repeat(2048)];
    const drafts = keys.map((key, n) => draft(n, { fingerprint: key }));
    expect((await store.posts.save('one', drafts, { now: at(0) })).added).toHaveLength(keys.length);
    expect(await store.posts.save('one', drafts, { now: at(1) })).toMatchObject({ added: [], known: keys.length });
    await store.close();
    return 'OK';
  });

  hostileCase(
    100,
    'an item edited a thousand times is one post with the latest text, its marks kept, and never new again',
    async () => {
      const store = await memory();
      const { added } = await store.posts.save('one', [draft(1, { content: 'v0' })], { now: at(0) });
      const id = added[0]?.id ?? '';
      await store.posts.mark([id], { isRead: true });
      for (let n = 1; n <= 1000; n++) {
        const saved = await store.posts.save('one', [draft(1, { summary: `Edit ${n}`, content: `v${n}` })], { now: at(n) });
        expect([saved.added.length, saved.updated.length]).toEqual([0, 1]);
      }
      const post = await store.posts.get(id);
      expect(post).toMatchObject({ summary: 'Edit 1000', isRead: true, collectedAt: at(0), updatedAt: at(1000) });
      expect([store.posts.count(), post && (await store.bodies.get(post))]).toEqual([1, 'v1000']);
      await store.close();
      return 'OK';
    },
  );

  hostileCase(116, 'a story whose score and comments change is updated in place, neither new nor edited', async () => {
    const store = await memory();
    const story = (score: number) => draft(1, { hn: { id: 7, score, commentCount: score, type: 'story', isDead: false } });
    await store.posts.save('hn', [story(10)], { now: at(0) });
    const saved = await store.posts.save('hn', [story(20)], { now: at(1) });
    expect(saved).toMatchObject({ added: [], updated: [{ hn: { score: 20, commentCount: 20 } }], known: 1 });
    expect(saved.updated[0]?.updatedAt).toBeUndefined();
    await store.close();
    return 'OK';
  });
});
