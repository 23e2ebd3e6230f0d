import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../main/core.ts';
import { systemClock } from '../../main/lib/clock.ts';
import type { Domain } from '../../preload/contract/domain.ts';
import type { Run } from '../../preload/contract/run.ts';
import { cli, jsonOf, startCli } from '../helpers/cli-kit.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore, runThrough } from '../helpers/core-kit.ts';
import { type FeedServer, type SeenRequest, startFeedServer } from '../helpers/feed-server.ts';

/* Domains over the whole of Tidings: a feed whose posts link to sites, real requests on loopback, a real folder. */

type Site = (request: SeenRequest, response: ServerResponse) => void;
const wellSite: Site = ({ host }, response) =>
  void response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<html lang="de"><title>Site ${host}</title>`);

let folder: Awaited<ReturnType<typeof makeFolder>>;
let server: FeedServer;
let links: string[];
const sites = new Map<string, Site>();
const feedText = (): string =>
  `<rss version="2.0"><channel><title>Feed</title>${links.map((link) => `<item><title>To ${link}</title><link>${link}</link></item>`).join('')}</channel></rss>`;

beforeEach(async () => {
  folder = await makeFolder();
  sites.clear();
  server = await startFeedServer((request, response) => {
    if (request.path === '/feed') response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end(feedText());
    else (sites.get(request.host) ?? wellSite)(request, response);
  });
});
afterEach(async () => {
  await server.close();
  await folder.remove();
});

const hosts = (count: number): string[] => Array.from({ length: count }, (_, index) => `site-${index + 1}.test`);
const homes = (): SeenRequest[] => server.seen.filter(({ path }) => path === '/');

describe('in one process', () => {
  let core: Core;
  const open = async (own: Parameters<typeof openTestCore>[1] = {}): Promise<ReturnType<typeof directTransport>> => {
    core = await openTestCore(folder.dir, { resolve: server.resolve, hackerNewsApi: 'http://127.0.0.1:9/v0', ...own });
    return directTransport(core);
  };
  /** Reads a feed with a post for each of these hosts. */
  const fill = async (transport: ReturnType<typeof directTransport>, names: readonly string[]): Promise<void> => {
    links = names.map((host) => server.url(host, '/a-post'));
    const source = await askOver(transport, 'sources.add', { kind: 'feed', feedUrl: server.url('feed.test', '/feed') });
    await runThrough(transport, 'sources.fetch', { ids: [source.id] });
  };
  afterEach(() => core.stop());

  test('C-2 C-9 a new post brings a pending domain, and a run by hand completes it; four counters follow', async () => {
    const transport = await open();
    const added = announced(transport, 'domains.listed');
    await fill(transport, hosts(12));
    expect(await added).toEqual({ added: 12, removed: 0 });
    expect((await askOver(transport, 'domains.stats', {})).counts).toEqual({
      pending: 12,
      processing: 0,
      completed: 0,
      error: 0,
    });
    sites.set('site-3.test', (_, response) => void response.writeHead(404).end());
    const run = await runThrough(transport, 'runs.start', { jobKind: 'process-domains', options: { batchSize: 12 } });
    expect(run).toMatchObject({ status: 'completed', cause: 'manual', counts: { domains: 12, completed: 11, error: 1 } });
    expect((await askOver(transport, 'domains.stats', {})).counts).toEqual({
      pending: 0,
      processing: 0,
      completed: 11,
      error: 1,
    });
    const { rows } = await askOver(transport, 'domains.list', { status: 'error' });
    expect(rows).toMatchObject([{ domain: { id: 'site-3.test', errorMessage: 'The server answered 404.' }, posts: 1 }]);
  });

  test('C-5 each announcement carries the row as the store has it at that moment', async () => {
    const transport = await open();
    await fill(transport, hosts(3));
    const differing: Domain[] = [];
    const checks: Promise<void>[] = [];
    const seen: string[] = [];
    core.onEvent(({ name, data }) => {
      if (name !== 'domains.changed') return;
      seen.push(data.domain.status);
      checks.push(
        Promise.resolve(core.handlers['domains.get']({ id: data.domain.id })).then((row) => {
          if (JSON.stringify(row.domain) !== JSON.stringify(data.domain)) differing.push(data.domain);
        }),
      );
    });
    await runThrough(transport, 'runs.start', { jobKind: 'process-domains' });
    await Promise.all(checks);
    expect(seen.filter((status) => status === 'completed')).toHaveLength(3);
    expect(differing).toEqual([]);
  });

  test('C-13 no host is ever asked twice at the same time, not even by two runs', async () => {
    const transport = await open();
    await fill(transport, hosts(8));
    const [first, second] = await Promise.all([
      runThrough(transport, 'runs.start', { jobKind: 'process-domains', options: { batchSize: 8, atOnce: 8 } }),
      runThrough(transport, 'runs.start', { jobKind: 'process-domains', options: { batchSize: 8, atOnce: 7 } }),
    ]);
    expect([first.status, second.status]).toEqual(['completed', 'completed']);
    expect(server.most.host).toBe(1);
    expect(
      homes()
        .map(({ host }) => host)
        .sort(),
    ).toEqual(hosts(8).sort());
  });

  test('C-10 its schedule starts it with Tidings every 5 minutes, and closing stops it and gives back what it had', async () => {
    let ahead = 0;
    const clock = { ...systemClock, now: () => Date.now() + ahead };
    const transport = await open({ clock, withSchedule: true });
    await core.start();
    await fill(transport, hosts(2));
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    // Never answers.
    sites.set('site-2.test', arrive);
    const started = announced(
      transport,
      'runs.changed',
      ({ run }) => run.jobKind === 'process-domains' && run.status === 'running',
    );
    ahead = 5 * 60_000 + 1000;
    core.wake();
    const { run } = await started;
    expect(run).toMatchObject({ cause: 'schedule', scheduleId: 'domain_processing' });
    await arrived;
    await core.stop();
    const asked = homes().length;
    ahead *= 10;
    core.wake();

    const again = await open();
    const { rows } = await askOver(again, 'domains.list', { search: 'site-2' });
    expect(rows[0]?.domain.status).toBe('pending');
    expect((await askOver(again, 'runs.get', { id: run.id })).run.status).toBe('abandoned');
    expect(homes()).toHaveLength(asked);
  });

  test('a domain that is retried waits when its server asked for it', async () => {
    const transport = await open();
    await fill(transport, hosts(1));
    sites.set('site-1.test', (_, response) => void response.writeHead(429, { 'Retry-After': '7200' }).end());
    await runThrough(transport, 'runs.start', { jobKind: 'process-domains' });
    expect(await askOver(transport, 'domains.retry', { ids: ['site-1.test', 'unknown.test'] })).toEqual({
      changed: ['site-1.test'],
    });
    const { domain } = await askOver(transport, 'domains.get', { id: 'site-1.test' });
    expect(domain.status).toBe('pending');
    expect(Date.parse((domain.status === 'pending' && domain.notBefore) || '') - Date.now()).toBeGreaterThan(7_000_000);
    const { counts } = (await runThrough(transport, 'runs.start', {
      jobKind: 'process-domains',
      options: { only: ['site-1.test'] },
    })) as Extract<Run, { status: 'completed' }>;
    expect(counts).toMatchObject({ domains: 0 });
    expect(homes()).toHaveLength(1);
  });
});

describe('on the command line', () => {
  const data = (): string[] => ['--data', folder.dir];
  const fillFolder = async (): Promise<void> => {
    links = [server.url('127.0.0.1', '/a-post')];
    await cli(['source', 'add', server.url('127.0.0.1', '/feed'), '--allow-local', ...data()]);
    jsonOf(await cli(['run', 'fetch-feeds', '--json', ...data()]));
  };
  const domains = async (status: string): Promise<(Domain & { posts: number })[]> =>
    jsonOf(await cli(['domains', '--status', status, '--json', ...data()]));

  test('E-22 process-domains runs and moves its counters, and domains are listed without the lock', async () => {
    await fillFolder();
    expect(await domains('pending')).toMatchObject([{ id: '127.0.0.1', posts: 1 }]);
    const run = jsonOf<Run & { counts: Record<string, number> }>(await cli(['run', 'process-domains', '--json', ...data()]));
    expect(run).toMatchObject({ status: 'completed', counts: { domains: 1, completed: 1, error: 0 } });
    expect(await domains('completed')).toMatchObject([{ id: '127.0.0.1', title: 'Site 127.0.0.1', language: 'de' }]);
    const core = await openTestCore(folder.dir);
    const { code, out } = await cli(['domains', ...data()]);
    await core.stop();
    expect(code).toBe(0);
    expect(out).toContain('completed   127.0.0.1  1 post  0 feeds  Site 127.0.0.1');
    expect((await cli(['domains', '--status', 'nope', ...data()])).code).toBe(2);
  });

  test('C-12 C-3 killed in the middle, the run is abandoned, the domain is pending again after a start, and then completed', async () => {
    await fillFolder();
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    sites.set('127.0.0.1', arrive);
    const child = startCli(['run', 'process-domains', '--json', ...data()]);
    await arrived;
    const died = once(child, 'exit');
    child.kill('SIGKILL');
    await died;
    // As the kill left it: readers change nothing.
    expect(await domains('processing')).toHaveLength(1);
    sites.delete('127.0.0.1');
    jsonOf(await cli(['run', 'process-domains', '--json', ...data()]));
    const runs = jsonOf<Run[]>(await cli(['history', '--json', ...data()])).filter(
      ({ jobKind }) => jobKind === 'process-domains',
    );
    expect(runs.map(({ status }) => status)).toEqual(['completed', 'abandoned']);
    expect(await domains('processing')).toEqual([]);
    expect(await domains('completed')).toHaveLength(1);
  }, 30_000);
});
