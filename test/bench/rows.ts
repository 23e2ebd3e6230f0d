import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { removeScripts } from './build.ts';
import { type Origin, runScript, startOrigin } from './child.ts';

/** One line of the table: a ratio or figure measured in this run, and what it was to be. */
export type Row = {
  id: string;
  what: string;
  measured: number;
  goal: number;
  unit: 'x' | 'MB' | 'ms' | 's' | 'KB' | 'feeds' | 'frames';
  note: string;
};
type Collected = {
  wallMs: number;
  wholeCpuMs: number;
  cpuMs: number;
  rssMb: number;
  delayP99Ms: number;
  delayMaxMs: number;
  completedUrls: number;
  /** From the start to the last feed that is stored. */
  lastStoredMs: number;
  counts: Record<string, number>;
  processMs: number;
};
type Fetched = {
  wallMs: number;
  cpuMs: number;
  wholeCpuMs: number;
  rssMb: number;
  etags: Record<string, string>;
  processMs: number;
};

/** Interleaved rounds of each measurement. */
const ROUNDS = 3;
const root = fileURLToPath(new URL('../../', import.meta.url));
const folders: string[] = [];
const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'tidings-bench-'));
  folders.push(dir);
  return dir;
};
/** Removes what the benches wrote. */
export const cleanUp = async (): Promise<void> => {
  await removeScripts();
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
};
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const ms = (value: number): string => `${Math.round(value)} ms`;

const withOrigin = async <Value>(
  options: Parameters<typeof startOrigin>[0],
  work: (origin: Origin) => Promise<Value>,
): Promise<Value> => {
  const origin = await startOrigin(options);
  try {
    return await work(origin);
  } finally {
    origin.stop();
  }
};
const collect = (origin: Origin, dir: string, more: object = {}): Promise<Collected> =>
  runScript<Collected>('collect', { dir, urls: origin.urls, ...more });

/** Seconds newsboat needs for a cold refresh with 64 threads; undefined where it is not installed. */
const newsboatMs = (urls: readonly string[]): number | undefined => {
  if (spawnSync('newsboat', ['--version']).error) return undefined;
  const dir = folder();
  execFileSync('sh', ['-c', 'cat > "$0"', join(dir, 'urls')], { input: urls.join('\n') });
  execFileSync('sh', ['-c', 'cat > "$0"', join(dir, 'config')], { input: 'reload-threads 64\n' });
  const began = performance.now();
  spawnSync('newsboat', ['-u', join(dir, 'urls'), '-c', join(dir, 'cache.db'), '-C', join(dir, 'config'), '-x', 'reload'], {
    timeout: 300_000,
  });
  return performance.now() - began;
};

/** R1, R2, R6: a thousand feeds, cold and then unchanged. */
export const refreshRows = (): Promise<Row[]> =>
  withOrigin({ feeds: 1000, feedsPerHost: 1, latencyMs: 0 }, async (origin) => {
    const rounds: {
      cold: Collected;
      warm: Collected;
      coldFetch: Fetched;
      warmFetch: Fetched;
      obvious: { wallMs: number; processMs: number };
    }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const dir = folder();
      const cold = await collect(origin, dir);
      const coldFetch = await runScript<Fetched>('baseline-fetch', { urls: origin.urls });
      const obvious = await runScript<{ wallMs: number }>('baseline-obvious', { urls: origin.urls, dir: folder() });
      const warm = await collect(origin, dir);
      const warmFetch = await runScript<Fetched>('baseline-fetch', { urls: origin.urls, etags: coldFetch.etags });
      rounds.push({ cold, warm, coldFetch, warmFetch, obvious });
    }
    const cold = median(rounds.map((round) => round.cold.processMs));
    const obvious = median(rounds.map((round) => round.obvious.processMs));
    const warm = median(rounds.map((round) => round.warm.wallMs));
    const warmFloor = median(rounds.map((round) => round.warmFetch.wallMs));
    const warmCpu = median(rounds.map((round) => round.warm.cpuMs));
    const warmCpuFloor = median(rounds.map((round) => round.warmFetch.cpuMs));
    const newsboat = newsboatMs(origin.urls);
    const blocked = rounds.flatMap((round) => [round.cold, round.warm]);
    return [
      {
        id: 'R1',
        what: 'cold refresh of 1000 feeds / obvious Node build',
        measured: cold / obvious,
        goal: 0.6,
        unit: 'x',
        note: `${ms(cold)} against ${ms(obvious)}`,
      },
      ...(newsboat
        ? [
            {
              id: 'R1n',
              what: 'cold refresh of 1000 feeds / newsboat, 64 threads',
              measured: cold / newsboat,
              goal: 1 / 12,
              unit: 'x' as const,
              note: `newsboat ${ms(newsboat)}`,
            },
          ]
        : []),
      {
        id: 'R2',
        what: 'unchanged refresh, wall / fetch only',
        measured: warm / warmFloor,
        goal: 1.2,
        unit: 'x',
        note: `${ms(warm)} against ${ms(warmFloor)}`,
      },
      {
        id: 'R2c',
        what: 'unchanged refresh, CPU meanwhile / fetch only',
        measured: warmCpu / warmCpuFloor,
        goal: 1.3,
        unit: 'x',
        note: `${ms(warmCpu)} against ${ms(warmCpuFloor)}`,
      },
      {
        id: 'R6',
        what: 'main thread blocked, p99',
        measured: Math.max(...blocked.map((round) => round.delayP99Ms)),
        goal: 16,
        unit: 'ms',
        note: 'cold and unchanged refresh',
      },
      {
        id: 'R6m',
        what: 'main thread blocked, longest',
        measured: Math.max(...blocked.map((round) => round.delayMaxMs)),
        goal: 50,
        unit: 'ms',
        note: 'cold and unchanged refresh',
      },
    ];
  });

/** R3: every answer takes 100 ms. */
export const latencyRows = (): Promise<Row[]> =>
  withOrigin({ feeds: 1000, feedsPerHost: 1, latencyMs: 100 }, async (origin) => {
    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push((await collect(origin, folder())).wallMs);
      floor.push((await runScript<Fetched>('baseline-fetch', { urls: origin.urls })).wallMs);
    }
    const [a, b] = [median(ours), median(floor)];
    return [
      {
        id: 'R3',
        what: 'cold refresh at 100 ms latency / fetch only, 64 lanes',
        measured: a / b,
        goal: 1.3,
        unit: 'x',
        note: `${ms(a)} against ${ms(b)}`,
      },
    ];
  });

/** R4: three times the feeds. */
export const growthRows = async (): Promise<Row[]> => {
  const run = (feeds: number): Promise<Collected> =>
    withOrigin({ feeds, feedsPerHost: Math.ceil(feeds / 1000), latencyMs: 0 }, (origin) => collect(origin, folder()));
  const small = await run(1000);
  const large = await run(3000);
  return [
    {
      id: 'R4',
      what: 'CPU for 3000 feeds / for 1000',
      measured: large.cpuMs / small.cpuMs,
      goal: 3.2,
      unit: 'x',
      note: `${ms(large.cpuMs)} against ${ms(small.cpuMs)}`,
    },
    { id: 'R4m', what: 'largest memory with 3000 feeds', measured: large.rssMb, goal: 250, unit: 'MB', note: '' },
  ];
};

/** R5: 20 feeds a host, some hosts hang, are slow, fail or ask for a pause. */
export const moodRows = async (): Promise<Row[]> => {
  const options = { feeds: 400, feedsPerHost: 20, latencyMs: 0 };
  const clean = await withOrigin(options, (origin) => collect(origin, folder(), { timeoutSeconds: 5 }));
  const moods = { hanging: 0.02, slow: 0.05, failing: 0.05, busy: 0.03 };
  return withOrigin({ ...options, moods }, async (origin) => {
    const mixed = await collect(origin, folder(), { timeoutSeconds: 5 });
    const counts = await origin.counts();
    const missing = origin.well.filter(Boolean).length - mixed.completedUrls;
    return [
      {
        id: 'R5',
        what: 'healthy feeds all stored, with trouble / clean run',
        measured: mixed.lastStoredMs / clean.lastStoredMs,
        goal: 1.25,
        unit: 'x',
        note: `${ms(mixed.lastStoredMs)} against ${ms(clean.lastStoredMs)}; 20 feeds a host, a second apart`,
      },
      { id: 'R5f', what: 'healthy feeds not stored', measured: Math.max(0, missing), goal: 0, unit: 'feeds', note: '' },
      { id: 'R5e', what: 'requests before their Retry-After', measured: counts.tooEarly, goal: 0, unit: 'feeds', note: '' },
      { id: 'R5h', what: 'most requests at once on one host', measured: counts.perHostMax, goal: 1, unit: 'x', note: '' },
    ];
  });
};

/** H1: a hundred stories at 100 ms. */
export const hackerNewsRows = (): Promise<Row[]> =>
  withOrigin({ feeds: 0, feedsPerHost: 1, latencyMs: 100, stories: 100 }, async (origin) => {
    const runs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const dir = folder();
      runs.push((await collect(origin, dir, { jobKind: 'collect-hacker-news', hackerNews: origin.hackerNews })).wallMs);
    }
    return [
      {
        id: 'H1',
        what: 'collect 100 stories / two round trips of 100 ms',
        measured: median(runs) / 200,
        goal: 1.8,
        unit: 'x',
        note: ms(median(runs)),
      },
    ];
  });

type Appended = { appendMs: number; markMs: number; syncMs: number };
type Opened = { firstMs: number; loadedMs: number; delayP99Ms: number; delayMaxMs: number };
type Served = { rssMb: number; indexMs: number; searchMs: number; searchMaxMs: number };

/** S1 to S5, F1, L1: the store at 10,000, 100,000 and 500,000 posts. */
export const storeRows = async (): Promise<Row[]> => {
  const sizes = [10_000, 100_000, 500_000];
  const dirs = new Map<number, string>();
  for (const posts of sizes) {
    const dir = folder();
    await runScript('store-ours', { dir, action: 'build', posts });
    dirs.set(posts, dir);
  }
  const measure = <Value>(action: string, posts: number): Promise<Value> => {
    const copy = folder();
    cpSync(dirs.get(posts) ?? '', copy, { recursive: true });
    return runScript<Value>('store-ours', { dir: copy, action, posts }, ['--expose-gc']);
  };
  const lowdbDir = folder();
  await runScript('store-lowdb', { dir: lowdbDir, posts: 100_000 });
  const lowdb = await runScript<{ loadMs: number; appendMs: number }>('store-lowdb', { dir: lowdbDir, posts: 100_000 });
  const appended = new Map<number, Appended>();
  for (const posts of sizes) appended.set(posts, await measure<Appended>('append', posts));
  const opened = await measure<Opened>('first-screen', 100_000);
  const served = new Map<number, Served>();
  for (const posts of sizes) served.set(posts, await measure<Served>('serve', posts));

  const at = (posts: number): Appended => appended.get(posts) as Appended;
  const mark = Math.max(...sizes.map((posts) => at(posts).markMs - at(posts).syncMs));
  const memory = (posts: number, goal: number): Row => ({
    id: `S4 ${posts / 1000}k`,
    what: `memory of the running core with ${posts.toLocaleString('en')} posts`,
    measured: served.get(posts)?.rssMb ?? 0,
    goal,
    unit: 'MB',
    note: 'with the search index',
  });
  return [
    {
      id: 'S1',
      what: 'append 500 durable at 100k / lowdb writing the whole file',
      measured: at(100_000).appendMs / lowdb.appendMs,
      goal: 0.01,
      unit: 'x',
      note: `${at(100_000).appendMs.toFixed(1)} ms against ${ms(lowdb.appendMs)}`,
    },
    {
      id: 'S1g',
      what: 'append 500 at 500k / at 10k',
      measured: at(500_000).appendMs / at(10_000).appendMs,
      goal: 1.5,
      unit: 'x',
      note: `${at(500_000).appendMs.toFixed(1)} ms against ${at(10_000).appendMs.toFixed(1)} ms`,
    },
    { id: 'S2', what: 'mark one read beyond one sync, p50, worst size', measured: mark, goal: 2, unit: 'ms', note: '' },
    {
      id: 'S3',
      what: 'first screen at 100k / lowdb loading it',
      measured: opened.firstMs / lowdb.loadMs,
      goal: 0.05,
      unit: 'x',
      note: `${ms(opened.firstMs)} against ${ms(lowdb.loadMs)}; all there after ${ms(opened.loadedMs)}`,
    },
    memory(10_000, 150),
    memory(100_000, 250),
    memory(500_000, 700),
    {
      id: 'S5',
      what: 'main thread blocked while 100k load, p99',
      measured: opened.delayP99Ms,
      goal: 16,
      unit: 'ms',
      note: `longest ${opened.delayMaxMs.toFixed(1)} ms`,
    },
    {
      id: 'F1',
      what: 'search at 100k, median of seven questions',
      measured: served.get(100_000)?.searchMs ?? 0,
      goal: 50,
      unit: 'ms',
      note: `longest ${(served.get(100_000)?.searchMaxMs ?? 0).toFixed(1)} ms`,
    },
    listRow(dirs.get(100_000) ?? ''),
  ];
};

/** L1: the command line on a large store, against starting Node at all. */
const listRow = (dir: string): Row => {
  const time = (args: string[]): number =>
    median(
      Array.from({ length: 7 }, () => {
        const began = performance.now();
        execFileSync(process.execPath, args, { stdio: 'ignore' });
        return performance.now() - began;
      }),
    );
  const node = time(['-e', '0']);
  const ours = time([join(root, 'dist', 'main', 'tidings.js'), 'posts', '--limit', '10', '--data', dir]);
  return {
    id: 'L1',
    what: '`tidings posts --limit 10` at 100k / `node -e 0`',
    measured: ours / node,
    goal: 8,
    unit: 'x',
    note: `${ms(ours)} against ${ms(node)}`,
  };
};

/** U1's second half and B1: what is built, and how long building and checking take. */
export const buildRows = (): Row[] => {
  const began = performance.now();
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'ignore' });
  execFileSync('npm', ['run', '-s', 'check'], { cwd: root, stdio: 'ignore' });
  const seconds = (performance.now() - began) / 1000;
  const assets = join(root, 'dist', 'renderer', 'assets');
  const scripts = existsSync(assets) ? readdirSync(assets).filter((name) => name.endsWith('.js')) : [];
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
  return [
    {
      id: 'U1s',
      what: 'all scripts of the page, gzip',
      measured: bytes / 1024,
      goal: 300,
      unit: 'KB',
      note: `${scripts.length} files`,
    },
    { id: 'B1', what: 'all builds and npm run check', measured: seconds, goal: 60, unit: 's', note: '' },
  ];
};
