import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { pictureFor } from '../../../main/demo/pictures.ts';
import type { PostDetail } from '../../../preload/contract/post.ts';
import { askOver, directTransport, makeFolder, openTestCore, runThrough } from '../../helpers/core-kit.ts';

/* Posts with images, from a feed on the network to what the window gets. 127.0.0.2 is the local network of this internet. */

const PICTURE = pictureFor('/pictures/coast-1.png') ?? Buffer.alloc(0);
/** A picture that takes more than one answer: what follows its end is not looked at. */
const LARGE = Buffer.concat([PICTURE, Buffer.alloc(2_000_000, 7)]);
const HUGE = Buffer.concat([PICTURE, Buffer.alloc(5_300_000, 7)]);

let server: Server;
let core: Core;
let remove: () => Promise<void>;
let asked: { path: string; headers: Record<string, unknown> }[] = [];
let words = 'The harbour kept its own tables for ninety years.';
const ask = () => directTransport(core);

const feedOf = (base: string, port: number): string => {
  const html = `<p>${words}</p><img src="/a.png" width="960" height="540" alt="A coast"><img src="/large.png"><img src="/huge.png">
    <img src="/page.png"><img src="http://127.0.0.2:${port}/private.png"><img src="/to-private.png"><img src="/t.gif" width="1" height="1">`;
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Pictures</title><link>${base}/</link><item><guid>1</guid>
    <title>One</title><link>${base}/posts/1</link><description>${html.replaceAll('<', '&lt;')}</description></item></channel></rss>`;
};

beforeEach(async () => {
  asked = [];
  words = 'The harbour kept its own tables for ninety years.';
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push({ path, headers: request.headers });
    const { port } = server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}`;
    const pictures: Record<string, Buffer> = { '/a.png': PICTURE, '/large.png': LARGE, '/huge.png': HUGE };
    if (path === '/feed') return void response.end(feedOf(base, port));
    if (path === '/to-private.png')
      return void response.writeHead(302, { Location: `http://127.0.0.2:${port}/private.png` }).end();
    if (path === '/page.png') return void response.writeHead(200, { 'Content-Type': 'image/png' }).end('<html>no</html>');
    response.writeHead(pictures[path] ? 200 : 404, { 'Set-Cookie': 'id=1' }).end(pictures[path]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = await makeFolder();
  remove = folder.remove;
  core = await openTestCore(folder.dir);
});
afterEach(async () => {
  await core.stop();
  server.closeAllConnections();
  server.close();
  await remove();
});

const readFeed = async (): Promise<PostDetail> => {
  const { port } = server.address() as AddressInfo;
  const present = (await askOver(ask(), 'sources.list', {})).find(({ source }) => source.kind === 'feed')?.source;
  const source = present ?? (await askOver(ask(), 'sources.add', { kind: 'feed', feedUrl: `http://127.0.0.1:${port}/feed` }));
  await runThrough(ask(), 'sources.fetch', { ids: [source.id] });
  const { rows } = await askOver(ask(), 'posts.list', { sourceId: source.id });
  return askOver(ask(), 'posts.get', { id: rows[0]?.id ?? '' });
};
const paths = (): string[] => asked.map(({ path }) => path).filter((path) => path !== '/feed');
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'OK',
    (error: { code?: string }) => error.code ?? 'none',
  );

test('opening a post asks its sites for nothing; it tells how many images and trackers there are, and no address', async () => {
  const detail = await readFeed();
  expect(detail).toMatchObject({ blockedImages: 6, trackers: 1, wants: { images: false, fullArticle: false } });
  expect(detail.images?.[0]).toMatchObject({ host: '127.0.0.1', alt: 'A coast', width: 960, height: 540 });
  expect(JSON.stringify(detail.images) + detail.html).not.toMatch(/\.png|\.gif/);
  expect(paths()).toEqual([]);
});

test('an image comes through the guard without cookie or referrer, in parts where it is large, and once', async () => {
  const { id, images = [] } = await readFeed();
  const [small, large] = images;
  const part = await askOver(ask(), 'posts.image', { id, image: small?.key ?? '' });
  expect(Buffer.from(part.base64, 'base64').equals(PICTURE)).toBe(true);
  expect(part).toMatchObject({ type: 'image/png', width: 960, height: 540, size: PICTURE.length });
  const parts: Buffer[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const next: Awaited<ReturnType<typeof askPart>> = await askPart(id, large?.key ?? '', from);
    parts.push(Buffer.from(next.base64, 'base64'));
    from = next.next;
  }
  expect(parts.length).toBeGreaterThan(2);
  expect(Buffer.concat(parts).equals(LARGE)).toBe(true);
  expect(paths()).toEqual(['/a.png', '/large.png']);
  for (const { headers } of asked) {
    expect(headers.cookie).toBeUndefined();
    expect(headers.referer).toBeUndefined();
  }
});
const askPart = (id: string, image: string, from: number) => askOver(ask(), 'posts.image', { id, image, from });

test('what is too big, no picture, on the local network or leads there is refused with its reason', async () => {
  const { id, images = [] } = await readFeed();
  const codes: string[] = [];
  for (const { key } of images.slice(2)) codes.push(await codeOf(askOver(ask(), 'posts.image', { id, image: key })));
  expect(codes).toEqual(['BODY_TOO_BIG', 'DOC_MALFORMED', 'ADDR_BLOCKED', 'ADDR_BLOCKED']);
  expect(paths()).not.toContain('/private.png');
  expect(await codeOf(askOver(ask(), 'posts.image', { id, image: 'nobody' }))).toBe('NOT_FOUND');
});

test('after the feed changed its text, the post tells what is different', async () => {
  const before = await readFeed();
  expect(before.hasChanges).toBeUndefined();
  expect(await codeOf(askOver(ask(), 'posts.changes', { id: before.id }))).toBe('NOT_FOUND');
  words = 'The harbour kept its own tables for ninety-one years.';
  const after = await readFeed();
  expect(after).toMatchObject({ id: before.id, hasChanges: true });
  const { text, title, isWhole } = await askOver(ask(), 'posts.changes', { id: after.id });
  expect({ title, isWhole }).toEqual({ title: [], isWhole: false });
  expect(text.filter(({ kind }) => kind === 'added').map((change) => change.text)).toEqual(['-one']);
});
