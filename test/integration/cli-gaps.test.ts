import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GapMap } from '../../preload/contract/gap-map.ts';
import type { PostRow } from '../../preload/contract/post.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Source } from '../../preload/contract/source.ts';
import { cli, jsonOf, startCli } from '../helpers/cli-kit.ts';
import { askOver, directTransport, makeFolder, openTestCore } from '../helpers/core-kit.ts';

type Printed = { id: string; status: string; counts: Record<string, number> };
/** A path and what stands there; `hold` never answers. */
type Site = Record<string, { type: string; text: () => string } | 'hold'>;

let base = '';
let site: Site = {};
let asked: string[] = [];
let onAsked: (path: string) => void = () => {};
const server = createServer((request, response) => {
  const path = request.url ?? '/';
  asked.push(path);
  onAsked(path);
  const page = site[path];
  if (page === 'hold') return;
  response.writeHead(page ? 200 : 404, { 'Content-Type': page?.type ?? 'text/plain' }).end(page?.text() ?? '');
});

const part = (number: number): string => `<entry><id>tides-${number}</id><title>Tides, Part ${number} of 4</title>
  <link href="${base}/tides-part-${number}/"/><updated>2026-01-0${number}T10:00:00Z</updated></entry>`;
const atom = (entries: string, links = ''): { type: string; text: () => string } => ({
  type: 'application/atom+xml',
  text: () => `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title><id>t</id>${links}${entries}</feed>`,
});
const essay = (number: number): string => `<entry><id>essay-${number}</id><title>Essay ${number}</title>
  <link href="${base}/essays/${number}-x/"/><author><name>Ann Lee</name></author></entry>`;
const essays = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, at) => essay(from + at)).join('');

describe('gaps, through the command line', () => {
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  beforeEach(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = await makeFolder();
    asked = [];
    onAsked = () => {};
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await folder.remove();
  });
  const json = async <Value>(...args: string[]): Promise<Value> =>
    jsonOf(await cli([...args, '--json', '--data', folder.dir], { env: { TIDINGS_HN_API: `${base}/v0` } }));
  /** Adds the site's feed and reads it. */
  const begin = async (): Promise<Source> => {
    const source = await json<Source>('source', 'add', `${base}/feed`, '--allow-local');
    await json('run', 'fetch-feeds');
    return source;
  };
  const maps = async (): Promise<GapMap[]> => {
    const core = await openTestCore(folder.dir);
    const found = await askOver(directTransport(core), 'gaps.list', {});
    await core.stop();
    return found;
  };

  test('complete-series brings parts 1 to 3 of a series whose feed has part 4 only, read and backfilled (E-6, E-22)', async () => {
    site = {
      '/feed': atom(part(4), '<link rel="prev-archive" href="/archive"/>'),
      '/archive': atom(part(3) + part(2) + part(1)),
    };
    await begin();
    const { status, counts } = await json<Printed>('run', 'complete-series');
    expect(status).toBe('completed');
    expect(counts).toMatchObject({
      processed: 1,
      succeeded: 1,
      failed: 0,
      parts_found: 3,
      posts_added: 3,
      missing: 0,
      requests: 2,
    });
    const posts = await json<PostRow[]>('posts');
    expect(posts.filter((post) => post.isBackfilled && post.isRead)).toHaveLength(3);
    expect((await json<PostRow[]>('posts', '--unread')).map((post) => post.title)).toEqual(['Tides, Part 4 of 4']);
    expect((await maps())[0]?.parts.map(({ state }) => state)).toEqual(['backfilled', 'backfilled', 'backfilled', 'kept']);
    const again = await json<Printed>('run', 'complete-series');
    expect(again.counts).toMatchObject({ posts_added: 0, requests: 0 });
  });

  test('complete-authors brings the 9 posts that are missing of 12, and what a followed user submitted (E-7, E-22)', async () => {
    const list = essays(1, 12).replaceAll(
      /<entry>[\s\S]*?<link href="([^"]+)"[\s\S]*?<\/entry>/g,
      '<h2><a href="$1">Essay</a></h2>',
    );
    site = {
      '/feed': atom(essays(10, 12)),
      '/author/ann-lee/': {
        type: 'text/html',
        text: () => `<link rel="alternate" type="application/atom+xml" href="/author/ann-lee/feed">${list}`,
      },
      '/author/ann-lee/feed': atom(essays(1, 12)),
      '/v0/user/oda.json': { type: 'application/json', text: () => '{"submitted":[2,1]}' },
      '/v0/item/1.json': {
        type: 'application/json',
        text: () => '{"id":1,"type":"story","by":"oda","title":"A loom","score":3}',
      },
      '/v0/item/2.json': { type: 'application/json', text: () => '{"id":2,"type":"comment","by":"oda"}' },
    };
    const source = await begin();
    const core = await openTestCore(folder.dir);
    const transport = directTransport(core);
    const on = { kind: 'source', sourceId: source.id, authorUrl: `${base}/author/ann-lee/` } as const;
    const ann = await askOver(transport, 'authors.follow', { name: 'Ann Lee', on });
    expect(await askOver(transport, 'authors.follow', { name: 'ann lee', on: { kind: 'source', sourceId: source.id } })).toEqual(
      ann,
    );
    await askOver(transport, 'authors.follow', { name: 'oda', on: { kind: 'hacker-news' } });
    await core.stop();
    const { status, counts } = await json<Printed>('run', 'complete-authors');
    expect(status).toBe('completed');
    expect(counts).toMatchObject({ processed: 2, succeeded: 2, failed: 0, parts_found: 10, posts_added: 10, missing: 0 });
    expect((await json<PostRow[]>('posts')).filter((post) => post.author === 'Ann Lee')).toHaveLength(12);
    expect(await json<PostRow[]>('posts', '--unread')).toHaveLength(3);
    expect((await maps()).map(({ title, parts }) => [title, parts.length])).toEqual([
      ['Ann Lee', 12],
      ['oda', 1],
    ]);
  });

  test('a kill -9 in the middle leaves nothing stuck: the run is abandoned, what was found is kept, the next run goes on', async () => {
    site = {
      '/feed': atom(part(4), '<link rel="prev-archive" href="/archive"/>'),
      '/archive': atom(part(3), '<link rel="prev-archive" href="/older"/>'),
      '/older': 'hold',
    };
    await begin();
    const reached = new Promise<void>((resolve) => {
      onAsked = (path) => path === '/older' && resolve();
    });
    const child = startCli(['run', 'complete-series', '--data', folder.dir]);
    const ended = once(child, 'exit');
    await reached;
    child.kill('SIGKILL');
    await ended;
    site['/older'] = atom(part(2) + part(1));
    const { status, counts } = await json<Printed>('run', 'complete-series');
    expect(status).toBe('completed');
    expect(counts).toMatchObject({ posts_added: 2, missing: 0 });
    const runs = await json<Run[]>('history');
    expect(runs.filter(({ jobKind }) => jobKind === 'complete-series').map((run) => run.status)).toEqual([
      'completed',
      'abandoned',
    ]);
    expect(await json<PostRow[]>('posts')).toHaveLength(4);
  });
});
