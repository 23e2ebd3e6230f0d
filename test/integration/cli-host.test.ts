import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { cli, jsonOf, linkOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { makeFolder, runThrough } from '../helpers/core-kit.ts';
import { type SmallWeb, startSmallWeb } from '../helpers/small-web.ts';
import { keyOf, socketTransport } from '../helpers/socket-kit.ts';

const LAUNCHER = fileURLToPath(new URL('../../main/launch.ts', import.meta.url));
const PAGE = fileURLToPath(new URL('../../dist/renderer/', import.meta.url));

describe('the headless host as a process', () => {
  let web: SmallWeb;
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  const children: ChildProcess[] = [];
  let madePage = false;
  beforeAll(async () => {
    web = await startSmallWeb();
    // The host serves the built page; where none was built a page of one line stands in.
    if (!existsSync(join(PAGE, 'index.html'))) {
      mkdirSync(PAGE, { recursive: true });
      writeFileSync(join(PAGE, 'index.html'), '<!doctype html><title>Tidings</title>');
      madePage = true;
    }
  });
  afterAll(async () => {
    if (madePage) rmSync(join(PAGE, 'index.html'));
    await web.close();
  });
  beforeEach(async () => {
    folder = await makeFolder();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    await folder.remove();
  });
  const serve = async (...args: string[]): Promise<{ child: ChildProcess; link: URL; ended: ReturnType<typeof resultOf> }> => {
    const child = startCli(['serve', '--data', folder.dir, ...args], { TIDINGS_HN_API: web.hackerNewsApi });
    children.push(child);
    const ended = resultOf(child);
    return { child, link: new URL(await linkOf(child)), ended };
  };
  const connect = async (link: URL): Promise<WebSocket> => {
    const response = await fetch(`${link.origin}/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ key: keyOf(link.href) }),
    });
    const socket = new WebSocket(`ws://${link.host}/socket`, { headers: { Origin: link.origin } });
    await once(socket, 'open');
    const ready = once(socket, 'message');
    socket.send(JSON.stringify(await response.json()));
    await ready;
    return socket;
  };

  test('serves the page and the core, stops gracefully, and keeps its port and all that was read', async () => {
    const first = await serve();
    expect(await (await fetch(first.link.origin)).text()).toContain('<title>Tidings');
    const socket = await connect(first.link);
    const run = await runThrough(socketTransport(socket), 'runs.start', { scheduleId: 'hourly_posts_collection' });
    expect(run).toMatchObject({ status: 'completed', counts: { posts_saved: 2 } });
    const closed = once(socket, 'close');
    first.child.kill('SIGTERM');
    expect((await closed)[0]).toBe(1001);
    expect((await first.ended).code).toBe(0);
    expect(existsSync(join(folder.dir, 'headless-door.json'))).toBe(false);
    expect(existsSync(join(folder.dir, 'tidings.lock'))).toBe(false);

    const second = await serve();
    expect(second.link.port).toBe(first.link.port);
    const again = socketTransport(await connect(second.link));
    expect(await again.request('posts.list', {})).toMatchObject({ ok: true, result: { total: 2 } });
    expect(await again.request('runs.get', { id: run.id })).toMatchObject({ ok: true, result: { run: { status: 'completed' } } });
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });

  test('a second writer is told who has the folder within a second; readers read on', async () => {
    const { child } = await serve();
    const startedAt = performance.now();
    for (const command of [['run', 'fetch-feeds'], ['source', 'add', 'hn'], ['schedule', 'pause', 'fetch_feeds'], ['serve']]) {
      const { code, err } = await cli([...command, '--data', folder.dir]);
      expect(code, command.join(' ')).toBe(3);
      expect(err).toContain(String(child.pid));
    }
    const other = await resultOf(startCli(['run', 'fetch-feeds', '--data', folder.dir]));
    expect([other.code, other.out]).toEqual([3, '']);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    for (const command of ['posts', 'history', 'stats', 'doctor', 'source list', 'source export', 'schedule list']) {
      expect((await cli([...command.split(' '), '--data', folder.dir, '--json'])).code, command).toBe(0);
    }
  });

  test('open gives a fresh link while the host runs, and says so when it does not', async () => {
    const { child, link, ended } = await serve();
    const { link: fresh } = jsonOf<{ link: string }>(await cli(['open', '--data', folder.dir, '--json']));
    expect(new URL(fresh).host).toBe(link.host);
    expect(fresh).not.toBe(link.href);
    (await connect(new URL(fresh))).terminate();
    expect((await stat(join(folder.dir, 'headless-door.json'))).mode & 0o777).toBe(0o600);
    child.kill('SIGHUP');
    expect((await ended).code).toBe(0);
    const after = await cli(['open', '--data', folder.dir]);
    expect(after.code).toBe(1);
    expect(after.err).toContain('tidings serve');
  });

  test('a fetch under way at the end is marked, and is not ongoing on the next start (A-10)', async () => {
    const release = web.hold();
    const list = await makeFolder();
    const path = join(list.dir, 'small.opml');
    writeFileSync(path, `<opml><body><outline text="Small" xmlUrl="${web.feedUrl}"/></body></opml>`);
    jsonOf(await cli(['source', 'import', path, '--allow-local', '--data', folder.dir, '--json']));
    await list.remove();
    const first = await serve();
    const socket = await connect(first.link);
    const over = socketTransport(socket);
    const started = await over.request('runs.start', { jobKind: 'fetch-feeds' });
    const id = started.ok ? (started.result as { run: { id: string } }).run.id : '';
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
    release();
    const detail = jsonOf<{ status: string; fetchJobs: { status: string }[] }>(
      await cli(['history', 'show', id, '--data', folder.dir, '--json']),
    );
    expect(['failed', 'cancelled', 'abandoned']).toContain(detail.status);
    expect(detail.fetchJobs.map(({ status }) => status)).toEqual(['failed']);
  });

  test('a run by hand that is told to stop is cancelled, printed and no success', async () => {
    const release = web.hold();
    jsonOf(await cli(['source', 'add', 'hn', '--list', 'best', '--data', folder.dir, '--json']));
    const list = await makeFolder();
    writeFileSync(join(list.dir, 'small.opml'), `<opml><body><outline text="Small" xmlUrl="${web.feedUrl}"/></body></opml>`);
    jsonOf(await cli(['source', 'import', join(list.dir, 'small.opml'), '--allow-local', '--data', folder.dir, '--json']));
    await list.remove();
    web.asked.length = 0;
    const child = startCli(['run', 'fetch-feeds', '--data', folder.dir, '--json']);
    children.push(child);
    const ended = resultOf(child);
    await vi.waitFor(() => expect(web.asked).toContain('/feed.xml'), { timeout: 20_000 });
    child.kill('SIGINT');
    const { code, out } = await ended;
    release();
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ status: 'cancelled', fetchJobs: [{ status: 'failed', errorCode: 'CANCELLED' }] });
  });

  test('the launcher runs the built command in its own process, with paths from where npm was called', async () => {
    writeFileSync(join(folder.dir, 'feed.xml'), '<rss version="2.0"><channel><title>Here</title></channel></rss>');
    const child = spawn(process.execPath, [LAUNCHER, '--tidings', 'parse', 'feed.xml'], {
      env: { ...process.env, npm_lifecycle_event: 'tidings', INIT_CWD: folder.dir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    expect(jsonOf(await resultOf(child))).toMatchObject({ title: 'Here', format: 'rss', entries: [] });
  });
});
