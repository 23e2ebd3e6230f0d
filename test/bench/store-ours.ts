/* What the store costs at a size. `action` says which part is measured. Prints one JSON line. */
import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCore } from '../../main/core.ts';
import { silentLog } from '../../main/lib/log.ts';
import type { PostDraft } from '../../main/store/repositories.ts';
import { openStore } from '../../main/store/store.ts';

type Input = { dir: string; action: 'build' | 'append' | 'first-screen' | 'serve'; posts: number };
const input = JSON.parse(process.argv[2] ?? '{}') as Input;
const SOURCES = 500;
const START = Date.UTC(2026, 0, 1);
const MONTHS = 12;

const draft = (index: number): PostDraft => ({
  fingerprint: `https://site${index % SOURCES}.example/posts/${index}`,
  secondKey: `k${index}`,
  title: `A post about water, paper and engines, number ${index}`,
  url: `https://site${index % SOURCES}.example/posts/${index}`,
  domain: `site${index % SOURCES}.example`,
  author: `Author ${index % 97}`,
  summary: `${'quiet ledger signal garden winter branch copper lantern mirror column '.repeat(5)}${index}`.slice(0, 400),
  publishedAt: new Date(START + index * 1000).toISOString(),
});
const instantOf = (index: number, all: number): string =>
  new Date(START + Math.floor((index / all) * MONTHS * 30) * 86_400_000).toISOString();
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const print = (value: object): never => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
  process.exit(0);
};

const syncMs = (): number => {
  const file = openSync(join(input.dir, 'probe'), 'w');
  const times = Array.from({ length: 31 }, () => {
    const began = performance.now();
    writeSync(file, 'x'.repeat(1000));
    fdatasyncSync(file);
    return performance.now() - began;
  });
  return median(times);
};

const build = async (): Promise<void> => {
  const store = await openStore({ dir: input.dir, log: silentLog });
  const chunk = 2000;
  for (let from = 0; from < input.posts; from += chunk) {
    const drafts = Array.from({ length: Math.min(chunk, input.posts - from) }, (_, index) => draft(from + index));
    await store.posts.save(`s${(from / chunk) % SOURCES}`, drafts, { now: instantOf(from, input.posts) });
  }
  await store.close();
  print({ built: input.posts });
};

const append = async (): Promise<void> => {
  const store = await openStore({ dir: input.dir, log: silentLog });
  await store.loaded;
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const drafts = Array.from({ length: 500 }, (_, index) =>
      draft(10_000_000 + round * 500 + index + Math.floor(performance.now()) * 10_000),
    );
    const began = performance.now();
    await store.posts.save('s1', drafts, { now: new Date(START + MONTHS * 30 * 86_400_000).toISOString() });
    times.push(performance.now() - began);
  }
  const context = { now: Date.now(), startOfDay: 0, isMuted: () => false, folderOf: () => [] };
  const page = await store.posts.list({ view: 'all', limit: 200 }, context);
  const marks: number[] = [];
  for (const post of page.rows) {
    const began = performance.now();
    await store.posts.mark([post.id], { isRead: true });
    marks.push(performance.now() - began);
  }
  const sync = syncMs();
  await store.close();
  print({ appendMs: median(times), markMs: median(marks), syncMs: sync });
};

const firstScreen = async (): Promise<void> => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  const store = await openStore({ dir: input.dir, log: silentLog });
  const context = { now: Date.now(), startOfDay: 0, isMuted: () => false, folderOf: () => [] };
  await store.posts.list({ view: 'all', limit: 50 }, context);
  const firstMs = performance.now() - began;
  await store.loaded;
  const loadedMs = performance.now() - began;
  delay.disable();
  await store.close();
  print({ firstMs, loadedMs, delayP99Ms: delay.percentile(99) / 1e6, delayMaxMs: delay.max / 1e6 });
};

const serve = async (): Promise<void> => {
  const core = await createCore({ dataDir: input.dir, host: 'headless', version: '0.0.0', log: silentLog });
  await core.start();
  await core.loaded;
  await core.handlers['posts.list']({ view: 'all', limit: 100 });
  const began = performance.now();
  await core.handlers['posts.list']({ view: 'all', limit: 100, search: 'warm up the ind' });
  const indexMs = performance.now() - began;
  const searches: number[] = [];
  for (const word of ['water', 'paper engines', 'number 77', 'lantern mirr', 'author 12', 'nothingmatches', 'e']) {
    const at = performance.now();
    await core.handlers['posts.list']({ view: 'all', limit: 100, search: word });
    searches.push(performance.now() - at);
  }
  (globalThis as { gc?: () => void }).gc?.();
  const rssMb = process.memoryUsage().rss / 2 ** 20;
  await core.stop();
  print({ rssMb, indexMs, searchMs: median(searches), searchMaxMs: Math.max(...searches) });
};

const actions = { build, append, 'first-screen': firstScreen, serve };
await actions[input.action]();
