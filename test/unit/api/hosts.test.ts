import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHostHandlers } from '../../../main/api/hosts.ts';
import type { Services } from '../../../main/api/services.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import type { HostRow } from '../../../preload/contract/host.ts';
import { body, createJobsBench, type JobsBench, notModified, rss, rssItem } from '../../helpers/jobs-bench.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let bench: JobsBench;
beforeEach(async () => {
  bench = await createJobsBench();
});
afterEach(() => bench.close());

const hosts = async (): Promise<HostRow[]> => {
  const handlers = createHostHandlers({ store: bench.store, clock: bench.clock } as unknown as Services);
  return handlers['sources.hosts']({});
};

test('the ledger counts per host what was asked and what came, and says when it is asked next and why', async () => {
  for (const id of ['a', 'b']) await bench.addFeed(id, { feedUrl: `https://one.example/${id}` });
  await bench.addFeed('c', { feedUrl: 'https://two.example:8443/c' });
  await bench.addFeed('d', { feedUrl: 'https://paused.example/d', paused: true });
  await bench.addHackerNews('hn');
  const text = rss([rssItem('1')]);
  for (const id of ['a', 'b']) bench.web.set(`https://one.example/${id}`, () => body(text, { validators: { etag: '"1"' } }));
  bench.web.set('https://two.example:8443/c', () => new AppError('HTTP_5XX', 'No.', { status: 500 }));
  await bench.run('fetch-feeds');
  for (const id of ['a', 'b']) bench.web.set(`https://one.example/${id}`, () => notModified());
  bench.web.set('https://two.example:8443/c', () => new AppError('HTTP_429', 'Slower.', { status: 429, retryAfterMs: 2 * HOUR }));
  await bench.clock.pass(HOUR);
  await bench.run('fetch-feeds');
  expect(await hosts()).toMatchObject([
    {
      host: 'one.example',
      sources: 2,
      requests: 4,
      notModified: 2,
      failed: 0,
      tooMany: 0,
      bytes: 2 * text.length,
      savedBytes: 2 * text.length,
      pausesAsked: 0,
      score: 100,
      faults: [],
      nextAt: '2026-11-21T13:30:00.000Z',
      why: 'Every 30 minutes.',
      reasons: [{ kind: 'interval', text: 'Every 30 minutes.', until: '2026-11-21T13:30:00.000Z' }],
    },
    {
      host: 'two.example:8443',
      sources: 1,
      requests: 2,
      notModified: 0,
      failed: 2,
      tooMany: 1,
      bytes: 0,
      pausesAsked: 1,
      pausesKept: 1,
      nextAt: '2026-11-21T15:00:00.000Z',
      why: 'It asked us to wait.',
      reasons: [{ kind: 'host' }, { kind: 'retry-after' }, { kind: 'interval' }],
    },
    { host: 'paused.example', sources: 1, requests: 0, notModified: 0, failed: 0, tooMany: 0, bytes: 0, why: 'Paused.' },
  ]);
});

test('what blames nobody is a request but no failure, and what is older than thirty days is forgotten', async () => {
  await bench.addFeed('a');
  bench.web.set('https://a.example/feed', () => new AppError('OFFLINE', 'Offline.'));
  await bench.run('fetch-feeds');
  expect(await hosts()).toMatchObject([{ host: 'a.example', requests: 1, failed: 0 }]);
  await bench.clock.pass(31 * DAY);
  expect(await hosts()).toMatchObject([{ host: 'a.example', requests: 0, failed: 0 }]);
});

test('the pause a server asked for is written down with its fetch job', async () => {
  await bench.addFeed('a');
  bench.web.set('https://a.example/feed', () => new AppError('HTTP_429', 'Slower.', { status: 429, retryAfterMs: 2 * HOUR }));
  await bench.run('fetch-feeds');
  expect(bench.store.fetchJobs.latestFor('a')).toMatchObject({ status: 'failed', waitUntil: '2026-11-21T14:00:00.000Z' });
});

test('the proof for the owner of a site holds its feeds without secrets, the numbers and the score, as text and as JSON', async () => {
  await bench.addFeed('a', { feedUrl: 'https://me:pass@one.example/feed?token=secret#x' });
  bench.web.set('https://me:pass@one.example/feed?token=secret#x', () => body(rss([rssItem('1')])));
  await bench.run('fetch-feeds');
  const services = { store: bench.store, clock: bench.clock, version: '1.2.3' } as unknown as Services;
  const { 'sources.hostProof': proof } = createHostHandlers(services);
  const text = await proof({ host: 'one.example', format: 'text' });
  expect(text.fileName).toBe('tidings-one.example-2026-11-21.txt');
  expect(text.text).toContain('What Tidings 1.2.3 asked of one.example');
  expect(text.text).toContain('https://one.example/feed\n');
  expect(text.text).toMatch(/Score +100 of 100/);
  const json = await proof({ host: 'one.example', format: 'json' });
  expect(JSON.parse(json.text)).toMatchObject({
    host: 'one.example',
    feeds: ['https://one.example/feed'],
    requests: 1,
    score: 100,
  });
  expect(text.text + json.text).not.toMatch(/secret|pass/);
  await expect(proof({ host: 'nobody.example', format: 'json' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
