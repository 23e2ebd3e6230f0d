import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';
import type { Rule } from '../../preload/contract/rule.ts';
import type { Run } from '../../preload/contract/run.ts';
import { cli, jsonOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';
import { draft, feedSource } from '../helpers/store-kit.ts';

type Told = { status: string; counts: Record<string, number> };
const MANY = 3000;
const rule: Rule = {
  id: 'even',
  name: 'Even',
  enabled: true,
  order: 0,
  match: 'all',
  conditions: [{ field: 'title', operator: 'matches', value: '[02468]$' }],
  actions: { star: true, labels: ['Even'], mute: {} },
  addedAt: '2026-11-21T12:00:00.000Z',
};

let folder: { dir: string; remove: () => Promise<void> };
const run = async (...options: string[]): Promise<Told> =>
  jsonOf<Told>(await cli(['run', 'apply-rules', ...options, '--json', '--data', folder.dir]));
/** What the rule did so far: each post has all of it or nothing. */
const judged = async (): Promise<{ stars: number; labels: number; hidden: number }> => {
  const store = await openStore({ dir: folder.dir, log: silentLog, mode: 'read' });
  await store.loaded;
  const found = { stars: 0, labels: 0, hidden: 0 };
  for await (const slice of store.posts.slices())
    for (const { isStarred, labels } of slice) {
      found.stars += Number(isStarred);
      found.labels += Number(labels?.[0] === 'Even');
    }
  found.hidden = store.posts.hiddenBy('even');
  await store.close();
  return found;
};

beforeAll(async () => {
  folder = await makeFolder();
  await cli(['posts', '--data', folder.dir]);
  const store = await openStore({ dir: folder.dir, log: silentLog });
  await store.sources.put([feedSource('one')]);
  const drafts = Array.from({ length: MANY }, (_, at) => draft(at));
  await store.posts.save('one', drafts, { now: '2026-11-21T12:00:00.000Z' });
  await store.rules.put([rule]);
  await store.close();
});
afterAll(() => folder.remove());

test('E-22 `tidings run apply-rules` killed in the middle leaves whole batches, and the run says abandoned', async () => {
  const child = startCli(['run', 'apply-rules', '--json', '--data', folder.dir]);
  const ended = resultOf(child);
  // Killed as soon as it begins to write: what can be undone is on the disk before anything else.
  while (child.exitCode === null && !(await readdir(folder.dir)).some((name) => name.startsWith('undo-')))
    await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGKILL');
  await ended;
  const { stars, labels, hidden } = await judged();
  expect(labels).toBe(stars);
  expect(hidden).toBe(stars);
  await cli(['run', 'discover-top', '--json', '--data', folder.dir]);
  const runs = jsonOf<Run[]>(await cli(['history', '--json', '--data', folder.dir]));
  expect(runs.filter(({ status }) => status === 'running' || status === 'queued')).toEqual([]);
}, 60_000);

test('E-22 `tidings run apply-rules` tells dry what it would do, does it, and finds nothing left the second time', async () => {
  const { stars } = await judged();
  const left = MANY / 2 - stars;
  const dry = await run('--option', 'dryRun=true');
  expect(dry).toMatchObject({ status: 'completed', counts: { processed: MANY, matched: MANY / 2, changed: left } });
  expect((await judged()).stars).toBe(stars);
  const real = await run();
  expect(real.counts).toMatchObject({ processed: MANY, changed: left, starred: left, labelled: left, muted: left });
  expect(await judged()).toEqual({ stars: MANY / 2, labels: MANY / 2, hidden: MANY / 2 });
  expect((await run()).counts).toMatchObject({ matched: MANY / 2, changed: 0 });
});
