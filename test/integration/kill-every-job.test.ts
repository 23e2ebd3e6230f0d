import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJobs } from '../../main/jobs/index.ts';
import type { JobServices } from '../../main/jobs/services.ts';
import { createEventBus } from '../../main/lib/events.ts';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Source } from '../../preload/contract/source.ts';
import { type BusyWeb, startBusyWeb } from '../helpers/busy-web.ts';
import { cli, jsonOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { askOver, directTransport, makeFolder, openTestCore, runThrough } from '../helpers/core-kit.ts';
import { draft } from '../helpers/store-kit.ts';

const DIE = join(import.meta.dirname, '../helpers/die-at-write.ts');
/** Every job there is; nothing is asked of them but their kind. */
const KINDS = createJobs({ events: createEventBus(silentLog) } as JobServices).map(({ kind }) => kind);
/** What makes a job have something to do on the fixture. */
const OPTIONS: Record<string, Record<string, number>> = { 'clean-up': { keepPostsDays: 30 } };
const flagsOf = (kind: string): string[] =>
  Object.entries(OPTIONS[kind] ?? {}).flatMap(([name, value]) => ['--option', `${name}=${value}`]);
/** Which write after the run's first row cuts it off: the very next, and one in its middle. */
const WRITES = [1, 4];
const OLD_POSTS = 300;

let web: BusyWeb;
let template: Awaited<ReturnType<typeof makeFolder>>;

const env = (): Record<string, string> => ({ TIDINGS_HN_API: web.hackerNewsApi });
const ask = async <Value>(dir: string, ...args: string[]): Promise<Value> =>
  jsonOf(await cli([...args, '--json', '--data', dir], { env: env() }));

/** A folder with a source, Hacker News, a followed author, and old posts that were read. */
const fill = async (dir: string): Promise<void> => {
  const source = await ask<Source>(dir, 'source', 'add', `${web.base}/feed`, '--allow-local', '--folder', 'Sea');
  for (const kind of ['fetch-feeds', 'collect-hacker-news']) await ask(dir, 'run', kind);
  const core = await openTestCore(dir);
  const on = { kind: 'source', sourceId: source.id, authorUrl: `${web.base}/author/ann-lee/` } as const;
  await askOver(directTransport(core), 'authors.follow', { name: 'Ann Lee', on });
  await core.stop();
  const store = await openStore({ dir, log: silentLog });
  const drafts = Array.from({ length: OLD_POSTS }, (_, key) => draft(key, { content: `<p>Body ${key}</p>` }));
  const { added } = await store.posts.save(source.id, drafts, { now: new Date(Date.now() - 100 * 86_400_000).toISOString() });
  await store.posts.mark(
    added.map(({ id }) => id),
    { isRead: true },
  );
  await store.close();
};

/** Runs a job as a process that kills itself in the middle. Answers whether it came to that. */
const runAndDie = async (dir: string, kind: string, write: number): Promise<boolean> => {
  const args = ['run', kind, ...flagsOf(kind), '--data', dir];
  const child = startCli(args, { ...env(), TIDINGS_DIE: `${kind}:${write}` }, ['--import', DIE]);
  await resultOf(child);
  return child.signalCode === 'SIGKILL';
};

/** The next start, without the pauses between requests. */
const runAgain = async (dir: string, kind: string): Promise<Run> => {
  const core = await openTestCore(dir, { hackerNewsApi: web.hackerNewsApi });
  await core.start();
  const run = await runThrough(directTransport(core), 'runs.start', { jobKind: kind, options: OPTIONS[kind] ?? {} });
  await core.stop();
  return run;
};

/** What must be true of the store after the next start, whatever was killed. */
const checkStore = async (dir: string): Promise<void> => {
  const store = await openStore({ dir, log: silentLog });
  await store.loaded;
  expect(store.notices).toEqual([]);
  expect(store.runs.unfinished()).toEqual([]);
  expect(store.fetchJobs.unfinished()).toEqual([]);
  expect(store.domains.all().filter(({ status }) => status === 'processing')).toEqual([]);
  const seen: string[] = [];
  for await (const slice of store.posts.slices())
    for (const post of slice) {
      seen.push(post.id);
      if (post.fingerprint.startsWith('guid-'))
        expect(await store.bodies.get(post)).toBe(`<p>Body ${post.fingerprint.slice('guid-'.length)}</p>`);
    }
  expect(new Set(seen).size).toBe(seen.length);
  expect(store.posts.count()).toBe(seen.length);
  await store.close();
};

describe('kill -9 in the middle of a job', () => {
  beforeAll(async () => {
    web = await startBusyWeb();
    template = await makeFolder();
    await fill(template.dir);
  });
  afterAll(async () => {
    await template.remove();
    await web.close();
  });

  test.each(KINDS)(
    '%s: nothing is stuck or half-written afterwards, the run says abandoned, and the next one ends',
    async (kind) => {
      const folder = await makeFolder();
      const dir = join(folder.dir, 'data');
      for (const write of WRITES) {
        await rm(dir, { recursive: true, force: true });
        await cp(template.dir, dir, { recursive: true });
        const wasKilled = await runAndDie(dir, kind, write);
        if (write === WRITES[0]) expect(wasKilled, 'it was killed').toBe(true);
        if (!wasKilled) continue;
        // The next program that writes closes what the dead one left open.
        const next = await runAgain(dir, kind);
        // A backup that was whole before the kill keeps its name; a second one in the same moment leaves it alone.
        const isKept = kind === 'back-up' && 'errorCode' in next && next.errorCode === 'CONFLICT';
        if (!isKept) expect(next, JSON.stringify(next)).toMatchObject({ status: 'completed' });
        await checkStore(dir);
        const [, killed] = (await ask<Run[]>(dir, 'history')).filter(({ jobKind }) => jobKind === kind);
        expect(killed?.status).toBe('abandoned');
      }
      await folder.remove();
    },
  );
});
