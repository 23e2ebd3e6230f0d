import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Services } from '../../../main/api/services.ts';
import { readStatus } from '../../../main/api/status.ts';
import { newId } from '../../../main/lib/ids.ts';
import type { Run } from '../../../preload/contract/run.ts';
import { createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';

let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const completed = async (jobKind: string, counts: Record<string, number>): Promise<string> => {
  await bench.clock.pass(60_000);
  const at = new Date(bench.clock.now()).toISOString();
  const begun = { id: newId(bench.clock.now()), jobKind, name: jobKind, cause: 'schedule', queuedAt: at } as const;
  const run: Run = { ...begun, status: 'completed', startedAt: at, endedAt: at, counts, log: [] };
  await bench.store.runs.put({ ...begun, status: 'queued' });
  await bench.store.runs.put({ ...begun, status: 'running', startedAt: at, counts: {} });
  await bench.store.runs.put(run);
  return run.id;
};
const last = () => {
  const services = {
    store: bench.store,
    clock: bench.clock,
    running: () => undefined,
    offlineSince: () => undefined,
    notices: () => [],
    alerts: { list: () => [] },
    updates: { state: () => ({ isOn: false, page: '' }) },
    host: 'headless',
    version: '1',
  };
  return readStatus(services as unknown as Services).last;
};

test('rounds with nothing due never push the last run that did something out of the status line', async () => {
  const idle = { sources: 0, new_posts: 0, failed: 0 };
  await completed('process-domains', { completed: 0, error: 0 });
  await completed('fetch-feeds', idle);
  expect(last()?.words).toBe('Nothing was due');
  const busy = await completed('fetch-feeds', { sources: 3, new_posts: 7, failed: 0 });
  for (let n = 0; n < 30; n += 1) await completed('fetch-feeds', idle);
  expect(last()).toMatchObject({ runId: busy, words: '7 new' });
  const other = await completed('collect-hacker-news', { posts_saved: 0, posts_fetched: 5 });
  await completed('fetch-feeds', idle);
  expect(last()?.runId).toBe(other);
});
