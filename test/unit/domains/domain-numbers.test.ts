import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createDomainHandlers } from '../../../main/api/domains.ts';
import type { Services } from '../../../main/api/services.ts';
import { createProcessDomains } from '../../../main/jobs/process-domains.ts';
import { createAlerts } from '../../../main/lib/alerts.ts';
import { silentLog } from '../../../main/lib/log.ts';
import type { DomainStats } from '../../../preload/contract/domain.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';
import { homeAnswer, hosts, keepPosts, site } from './domain-kit.ts';

let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const ask = () => createDomainHandlers({ store: bench.store, clock: bench.clock } as unknown as Services);
const stats = async (): Promise<DomainStats> => ask()['domains.stats']({});

test('C-14 the usual and the slow time of the last 200 that ended, and the share that failed in the last 24 hours', async () => {
  expect(await stats()).toEqual({ counts: { pending: 0, processing: 0, completed: 0, error: 0 } });
  const names = hosts(220);
  const at = (minutes: number): string => new Date(bench.clock.now() - minutes * 60_000).toISOString();
  await bench.store.domains.addNew(
    names.map((id) => ({ id })),
    at(9000),
  );
  for (const [index, id] of names.entries()) {
    // The oldest 20 took long and are not looked at any more.
    const ms = index < 20 ? 60_000 : index - 19;
    const endedAt = index < 20 ? at(3000) : at(220 - index);
    await bench.store.domains.start(id, { runId: 'r', startedAt: endedAt });
    if (index % 4 === 0) await bench.store.domains.fail(id, { endedAt, ms, errorCode: 'HTTP_GONE', errorMessage: 'Gone.' });
    else await bench.store.domains.complete(id, { endedAt, ms, facts: { feeds: [] } });
  }
  expect(await stats()).toEqual({
    counts: { pending: 0, processing: 0, completed: 165, error: 55 },
    p50Ms: 100,
    p95Ms: 190,
    errorRate24h: 0.25,
  });
});

test('C-15 8 errors of 10 raise one alert, not 8; more of them raise no second; it is taken back when it is better', async () => {
  let announcements = 0;
  const emit = (): void => {
    announcements += 1;
  };
  const events = { ...bench.services.events, emit };
  const alerts = createAlerts({ notes: bench.store.notes, events, clock: bench.clock, log: silentLog });
  const job = createProcessDomains({ ...bench.services, alerts });
  (bench.jobs as Map<string, typeof job>).set(job.kind, job);
  await keepPosts(bench, hosts(10));
  for (const host of hosts(8)) site(bench, host, () => new AppError('HTTP_GONE', 'Gone.', { status: 410 }));
  await bench.run('process-domains');
  expect(alerts.list()).toMatchObject([
    { kind: 'domains-failing', subjectId: 'process-domains', text: '8 of 10 sites could not be read in the last 24 hours.' },
  ]);
  await bench.store.domains.retry(hosts(8).map((id) => ({ id })));
  await bench.run('process-domains');
  expect(alerts.list()).toHaveLength(1);
  expect(announcements).toBe(1);
  const more = hosts(40).slice(10);
  await keepPosts(bench, more);
  await bench.run('process-domains', { batchSize: 30 });
  expect(alerts.list()).toEqual([]);
});

test('C-19 every option of every job has a help text and the job itself a sentence', () => {
  const missing = [...bench.jobs.values()].flatMap((job) => {
    const schema = z.toJSONSchema(job.optionsSchema, { io: 'input' }) as {
      properties?: Record<string, { description?: string }>;
    };
    const options = Object.entries(schema.properties ?? {}).filter(([, option]) => (option.description ?? '').length < 20);
    return [...options.map(([name]) => `${job.kind}.${name}`), ...(job.description.length < 20 ? [job.kind] : [])];
  });
  expect(missing).toEqual([]);
  const own = z.toJSONSchema(bench.jobs.get('process-domains')?.optionsSchema ?? z.never(), { io: 'input' });
  expect(Object.keys(own.properties ?? {})).toContain('batchSize');
});

test('C-20 while 1,000 domains are processed others get their turn all the time, and no page is read by this thread', async () => {
  const names = hosts(1000);
  let asked = 0;
  const page = homeAnswer('big.example', `<title>Big</title>${'<p>word '.repeat(2000)}`);
  await keepPosts(bench, names);
  for (const host of names) site(bench, host, () => ({ ...page, finalUrl: `https://${host}/` }));
  // The worker's part, so that all that is left on this thread is the job itself.
  const parser = {
    ...bench.services.parser,
    readPage: async () => {
      asked += 1;
      return { title: 'Big', feeds: [] };
    },
  };
  const job = createProcessDomains({ ...bench.services, parser });
  (bench.jobs as Map<string, typeof job>).set(job.kind, job);
  let ended = 0;
  bench.store.domains.onMove(({ status }) => {
    if (status === 'completed') ended += 1;
  });
  let [isOver, most, before] = [false, 0, 0];
  const watch = (async () => {
    while (!isOver) {
      await nextTurn();
      most = Math.max(most, ended - before);
      before = ended;
    }
  })();
  await bench.run('process-domains', { batchSize: 500 });
  await bench.run('process-domains', { batchSize: 500, atOnce: 16 });
  isOver = true;
  await watch;
  expect(bench.store.domains.counts()).toMatchObject({ pending: 0, completed: 1000 });
  expect(asked).toBe(1000);
  // Between two turns of the event loop no more ended than are worked on at once.
  expect(most).toBeLessThanOrEqual(16);
});

test('a list of domains keeps its order while they move, and its pages hold each of them once', async () => {
  await keepPosts(bench, hosts(25));
  const all: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask()['domains.list']({ limit: 7, ...(cursor ? { cursor } : {}) });
    expect(page.total).toBe(25);
    all.push(...page.rows.map(({ domain }) => domain.id));
    cursor = page.next;
    await bench.run('process-domains', { batchSize: 3 });
  } while (cursor);
  expect(new Set(all).size).toBe(25);
  const found = await ask()['domains.list']({ search: 'THE SITE-2', limit: 100 });
  expect(found.rows.every(({ domain, posts }) => domain.title?.startsWith('The site-2') && posts === 1)).toBe(true);
  await expect(async () => ask()['domains.get']({ id: 'nobody.example' })).rejects.toThrow('There is no such domain any more.');
});
