import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, toInstant } from '../../main/lib/clock.ts';
import { silentLog } from '../../main/lib/log.ts';
import type { Fs } from '../../main/store/fs.ts';
import type { ListContext, PostDraft, Store } from '../../main/store/repositories.ts';
import { openStore, type StoreOptions } from '../../main/store/store.ts';
import type { Source } from '../../preload/contract/source.ts';

export const START_MS = Date.parse('2026-11-21T12:00:00.000Z');

/** A clock that moves only when told; timers due are called in order. */
export const createStoreClock = (startMs = START_MS) => {
  let now = startMs;
  let timers: { at: number; callback: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  return {
    clock,
    /** Moves on, letting what waits for the event loop happen between timers. */
    advance: async (ms: number): Promise<void> => {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.callback();
        await turns();
      }
      now = end;
      await turns();
    },
  };
};

/** Lets pending promises, file operations and immediates have their turn. */
export const turns = async (count = 25): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
};

/** A folder for one test; `remove` takes it away. */
export const createTempDir = (): { dir: string; remove: () => void } => {
  const dir = mkdtempSync(join(tmpdir(), 'tidings-store-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};

export const draft = (key: string | number, more: Partial<PostDraft> = {}): PostDraft => ({
  fingerprint: `guid-${key}`,
  secondKey: `second-${key}`,
  title: `Title ${key}`,
  url: `https://example.org/${key}`,
  domain: 'example.org',
  summary: `Summary ${key}`,
  ...more,
});

export const feedSource = (id: string): Source => ({
  id,
  kind: 'feed',
  title: `Source ${id}`,
  folder: [],
  paused: false,
  muted: false,
  starred: false,
  addedAt: toInstant(START_MS),
  feedUrl: `https://example.org/${id}.xml`,
});

export const listContext = (more: Partial<ListContext> = {}): ListContext => ({
  now: START_MS,
  startOfDay: START_MS - 12 * 3_600_000,
  isMuted: () => false,
  folderOf: () => [],
  ...more,
});

export const openTestStore = (options: Partial<StoreOptions> & { dir: string }): Promise<Store> =>
  openStore({ log: silentLog, clock: createStoreClock().clock, ...options });

/** Opens, uses and closes a store. */
export const withStore = async <Result>(
  options: Partial<StoreOptions> & { dir: string; fs?: Fs },
  use: (store: Store) => Promise<Result>,
): Promise<Result> => {
  const store = await openTestStore(options);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
};

/** Numbers from 0 to 1, the same each time for the same seed (mulberry32). */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
