import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core, CoreDeps } from '../../main/core.ts';
import type { Announcement } from '../../preload/contract/contract.ts';
import { DEFAULT_SETTINGS } from '../../preload/contract/default-settings.ts';
import type { Notifications, ToldMessage } from '../../preload/contract/message.ts';
import { cli, jsonOf } from '../helpers/cli-kit.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore, runThrough } from '../helpers/core-kit.ts';
import { type SinkServer, startSinkServer } from '../helpers/sink-server.ts';

/* The core with feeds on one side and sinks on the other, all on this machine. */

const FEEDS = 40;

/** Many feeds of one server; each has as many items as it is told. */
type ManyFeeds = { urlOf: (index: number) => string; items: number[]; broken: Set<number>; close: () => Promise<void> };

const startFeeds = async (): Promise<ManyFeeds> => {
  const items = Array.from({ length: FEEDS }, () => 1);
  const broken = new Set<number>();
  const server = createServer((request, response) => {
    const index = Number(/^\/(\d+)\.xml$/.exec(request.url ?? '')?.[1]);
    if (broken.has(index)) return void response.writeHead(500).end();
    const own = Array.from({ length: items[index] ?? 0 }, (_, item) => {
      const link = `http://127.0.0.1/${index}/${item}`;
      return `<item><title>Post ${item} of ${index}</title><link>${link}</link><guid>${link}</guid></item>`;
    });
    const text = `<rss version="2.0"><channel><title>Feed ${index}</title><link>http://127.0.0.1/</link>${own.join('')}</channel></rss>`;
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (index) => `http://127.0.0.1:${port}/${index}.xml`,
    items,
    broken,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

let feeds: ManyFeeds;
let sink: SinkServer;
let folder: { dir: string; remove: () => Promise<void> };
let core: Core;
let told: ToldMessage[];

const open = async (own: Partial<CoreDeps> = {}): Promise<void> => {
  core = await openTestCore(folder.dir, { host: 'desktop', ...own });
  core.onEvent((announcement: Announcement) => {
    if (announcement.name === 'messages.told') told.push(announcement.data);
  });
  await core.start();
};

beforeEach(async () => {
  [feeds, sink, folder] = await Promise.all([startFeeds(), startSinkServer(), makeFolder()]);
  told = [];
  await open();
});
afterEach(async () => {
  await core.stop();
  await Promise.all([feeds.close(), sink.close()]);
  await folder.remove();
});

const ask: <Name extends Parameters<typeof askOver>[1]>(
  method: Name,
  params: Parameters<typeof askOver<Name>>[2],
) => ReturnType<typeof askOver<Name>> = (method, params) => askOver(directTransport(core), method, params);

const settle = (patch: Partial<Notifications>) =>
  ask('settings.update', { patch: { notifications: { ...DEFAULT_SETTINGS.notifications, ...patch } } });
const addFeed = async (index: number): Promise<string> =>
  (await ask('sources.add', { kind: 'feed', feedUrl: feeds.urlOf(index) })).id;
const fetchAll = () => runThrough(directTransport(core), 'runs.start', { jobKind: 'fetch-feeds', options: { force: true } });
/** Everything told of so far is on its way or there. */
const quiesce = () => core.whenTold();

const webhook = (): Notifications['webhook'] => ({ url: `${sink.origin}/hook`, allowLocalNetwork: false });

describe('new posts', () => {
  test('A-22 a run of 40 sources is one message: one POST to the webhook, one on the desktop', async () => {
    for (let index = 0; index < FEEDS; index += 1) await addFeed(index);
    await settle({ posts: 'all', webhook: webhook() });
    await fetchAll();
    await quiesce();
    // What a source already had when it was added is no news.
    expect([told, sink.received]).toEqual([[], []]);
    feeds.items.fill(3);
    await fetchAll();
    await quiesce();
    expect(told.map(({ title, view }) => ({ title, view }))).toEqual([
      { title: '80 new posts from 40 sources', view: '#/posts/unread' },
    ]);
    expect(sink.received).toHaveLength(1);
    const [post] = sink.received;
    const body = JSON.parse(post?.body ?? '{}');
    expect(post).toMatchObject({ method: 'POST', path: '/hook' });
    expect(post?.headers['idempotency-key']).toBe(body.id);
    expect(body).toMatchObject({
      format: 1,
      from: 'Tidings',
      title: '80 new posts from 40 sources',
      posts: { total: 80, more: 0 },
    });
    expect(body.posts.sources).toHaveLength(40);
    expect(body.posts.sources[0].posts[0]).toEqual({
      title: expect.stringMatching(/^Post \d of \d+$/),
      url: expect.stringMatching(/^http/),
    });
    // A run without new posts says nothing.
    await fetchAll();
    await quiesce();
    expect([told.length, sink.received.length]).toEqual([1, 1]);
  }, 60_000);

  test('are told of chosen sources alone, and of none before that is asked for', async () => {
    const [one, two] = [await addFeed(0), await addFeed(1)];
    await fetchAll();
    feeds.items.fill(2);
    await fetchAll();
    await quiesce();
    expect(told).toEqual([]);
    await settle({ posts: 'chosen' });
    feeds.items.fill(3);
    await fetchAll();
    await quiesce();
    expect(told).toEqual([]);
    await ask('sources.update', { id: two, patch: { notify: true } });
    feeds.items.fill(4);
    await fetchAll();
    await quiesce();
    expect(told).toMatchObject([{ title: '127.0.0.1', body: 'Post 3 of 1', view: `#/posts/source/${two}` }]);
    expect((await ask('sources.get', { id: one })).source.notify).toBeUndefined();
  });

  test('of a muted source, and those a rule hides or has read, are not told', async () => {
    const [muted, kept] = [await addFeed(0), await addFeed(1)];
    await fetchAll();
    await settle({ posts: 'all' });
    await ask('sources.update', { id: muted, patch: { muted: true } });
    await ask('rules.add', {
      name: 'Hide',
      match: 'all',
      conditions: [{ field: 'title', operator: 'contains', value: 'Post 1' }],
      actions: { mute: {} },
    });
    feeds.items.fill(3);
    await fetchAll();
    await quiesce();
    expect(told).toMatchObject([{ body: 'Post 2 of 1', view: `#/posts/source/${kept}` }]);
  });

  test('that came before a crash are told at the next start', async () => {
    await addFeed(0);
    await fetchAll();
    await settle({ posts: 'all', webhook: webhook() });
    await quiesce();
    await core.stop();
    // A process that keeps posts and ends before it can tell.
    const silent = await openTestCore(folder.dir);
    feeds.items.fill(3);
    await runThrough(directTransport(silent), 'runs.start', { jobKind: 'fetch-feeds', options: { force: true } });
    await silent.stop();
    expect(sink.received).toEqual([]);
    await open();
    await quiesce();
    expect([told.length, sink.received.length]).toEqual([1, 1]);
    await core.stop();
    await open();
    await quiesce();
    expect([told.length, sink.received.length]).toEqual([1, 1]);
  });
});

test('a run of the command line hands its message over before the command ends', async () => {
  await ask('sources.add', { kind: 'feed', feedUrl: feeds.urlOf(0), allowLocalNetwork: true });
  await fetchAll();
  await settle({ posts: 'all', webhook: { url: `${sink.origin}/hook`, allowLocalNetwork: true } });
  await core.stop();
  feeds.items.fill(4);
  const ran = jsonOf<{ counts: Record<string, number> }>(
    await cli(['run', 'fetch-feeds', '--option', 'force=true', '--data', folder.dir, '--json']),
  );
  expect(ran.counts.new_posts).toBe(3);
  expect(sink.received.map(({ body }) => JSON.parse(body).title)).toEqual(['127.0.0.1: 3 new posts']);
  await open();
});

describe('the other things that are told', () => {
  test('what a run brings and what rules notice in it is one message', async () => {
    await addFeed(0);
    await fetchAll();
    await settle({ posts: 'all' });
    const rule = await ask('rules.add', {
      name: 'Seconds',
      match: 'all',
      conditions: [{ field: 'title', operator: 'matches', value: 'Post [14]' }],
      actions: { notify: true },
    });
    feeds.items.fill(3);
    await fetchAll();
    await quiesce();
    expect(told).toMatchObject([
      { title: '127.0.0.1: 2 new posts', body: expect.stringContaining('Seconds: 1 new post matches') },
    ]);
    await settle({ posts: 'off' });
    feeds.items.fill(5);
    await fetchAll();
    await quiesce();
    expect(told[1]).toMatchObject({ title: 'Seconds', body: '1 new post matches', view: `#/posts/rule/${rule.id}` });
  });

  test('C-15 sources that fail together are one message with its cause, and each cause is told once', async () => {
    const ids = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(addFeed));
    await settle({ problems: true });
    for (const index of ids.keys()) feeds.broken.add(index);
    for (let time = 0; time < 5; time += 1) await fetchAll();
    await quiesce();
    expect(told.map(({ title, view }) => ({ title, view }))).toEqual([
      { title: '8 things need your attention', view: '#/sources' },
    ]);
    // Better, and worse again: that is a new cause.
    feeds.broken.clear();
    await fetchAll();
    feeds.broken.add(3);
    for (let time = 0; time < 3; time += 1) await fetchAll();
    await quiesce();
    expect(told.slice(1)).toMatchObject([{ title: 'Needs your attention', view: `#/sources/${ids[3]}` }]);
  });
});

describe('quiet hours', () => {
  const allDay = { from: '00:00', to: '00:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] } as const;

  test('hold everything back, show what waits, and end in one summary', async () => {
    await addFeed(0);
    await fetchAll();
    await settle({ posts: 'all', webhook: webhook(), quiet: { ...allDay, days: [...allDay.days] } });
    for (const items of [2, 3]) {
      feeds.items.fill(items);
      await fetchAll();
    }
    await quiesce();
    const state = await ask('messages.state', {});
    expect(state.isQuiet).toBe(true);
    expect(state.held.map(({ body }) => body)).toEqual(['Post 1 of 0', 'Post 2 of 0']);
    expect([told, sink.received]).toEqual([[], []]);
    // They outlive a restart.
    await core.stop();
    await open();
    await quiesce();
    expect([told, sink.received]).toEqual([[], []]);
    await settle({ posts: 'all', webhook: webhook() });
    await quiesce();
    expect(told).toMatchObject([{ title: '127.0.0.1: 2 new posts', body: 'Post 2 of 0\nPost 1 of 0' }]);
    expect(sink.received).toHaveLength(1);
    expect((await ask('messages.state', {})).held).toEqual([]);
  });
});

describe('the bot', () => {
  const TOKEN = '123456:abcdefghijklmnopqrstuvwxyz';
  const telegram = (): Notifications['telegram'] => ({ chatId: '-100200', api: sink.origin, allowLocalNetwork: false });

  test('B-23 gets plain text with the links, under its token, and the token stands nowhere else', async () => {
    await ask('secrets.set', { name: 'telegram-token', value: TOKEN });
    await addFeed(0);
    await fetchAll();
    await settle({ posts: 'all', telegram: telegram() });
    feeds.items.fill(2);
    await fetchAll();
    await quiesce();
    expect(sink.received.map(({ path, body }) => ({ path, body: JSON.parse(body) }))).toEqual([
      {
        path: `/bot${TOKEN}/sendMessage`,
        body: {
          chat_id: '-100200',
          text: '127.0.0.1\n\n• Post 1 of 0\nhttp://127.0.0.1/0/1',
          link_preview_options: { is_disabled: true },
        },
      },
    ]);
    const state = await ask('messages.state', {});
    expect(JSON.stringify([state, await ask('settings.get', {})])).not.toContain(TOKEN);
    expect(state.sinks.find(({ sink: name }) => name === 'telegram')).toMatchObject({ waiting: 0, last: { state: 'sent' } });
  });

  test('that says no ends the message with its own words and raises one alert, taken back when it works', async () => {
    await ask('secrets.set', { name: 'telegram-token', value: TOKEN });
    await addFeed(0);
    await fetchAll();
    await settle({ posts: 'all', telegram: telegram() });
    sink.next = [
      { status: 400, body: '{"ok":false,"description":"Bad Request: chat not found"}' },
      { status: 403, body: '{"ok":false,"description":"Forbidden: bot was blocked by the user"}' },
    ];
    for (const items of [2, 3]) {
      feeds.items.fill(items);
      await fetchAll();
      await quiesce();
    }
    const { alerts } = await ask('app.status', {});
    expect(alerts?.map(({ kind, text }) => ({ kind, text }))).toEqual([
      {
        kind: 'messages-failing',
        text: 'Messages do not reach your Telegram chat. The server answered 400: Bad Request: chat not found',
      },
    ]);
    feeds.items.fill(4);
    await fetchAll();
    await quiesce();
    expect((await ask('app.status', {})).alerts).toBeUndefined();
  });
});

describe('a test message', () => {
  test('says in words what came of it', async () => {
    expect(await ask('messages.test', { place: 'webhook' })).toEqual({ ok: false, text: 'The webhook is not set up.' });
    await settle({ webhook: webhook() });
    expect(await ask('messages.test', { place: 'webhook' })).toEqual({ ok: true, text: 'The webhook took the test message.' });
    sink.next = [{ status: 404 }, 'break', { status: 302, headers: { location: '/' } }];
    expect(await ask('messages.test', { place: 'webhook' })).toEqual({ ok: false, text: 'The server answered 404.' });
    expect(await ask('messages.test', { place: 'webhook' })).toEqual({
      ok: false,
      text: 'The server closed the connection without an answer. It may have arrived all the same.',
    });
    expect((await ask('messages.test', { place: 'webhook' })).ok).toBe(false);
    await settle({ webhook: { url: 'http://127.0.0.2:9/', allowLocalNetwork: false } });
    expect((await ask('messages.test', { place: 'webhook' })).text).toBe(
      'This address belongs to the local network. Allow that for it to go on.',
    );
    await settle({ telegram: { chatId: '@news_of_mine', api: sink.origin, allowLocalNetwork: false } });
    expect((await ask('messages.test', { place: 'telegram' })).text).toBe('The token of the bot is not set.');
  });

  test('is shown on the desktop as one', async () => {
    const shown = announced(directTransport(core), 'messages.told');
    expect((await ask('messages.test', { place: 'desktop' })).ok).toBe(true);
    expect(await shown).toMatchObject({ isTest: true, title: 'A test message of Tidings' });
  });

  test('carries the token of the webhook, and an address with a password is not kept', async () => {
    await ask('secrets.set', { name: 'notify-webhook-token', value: 'open sesame' });
    await settle({ webhook: webhook() });
    await ask('messages.test', { place: 'webhook' });
    expect(sink.received[0]?.headers.authorization).toBe('Bearer open sesame');
    await expect(settle({ webhook: { url: 'https://me:secret@example.org/', allowLocalNetwork: false } })).rejects.toThrow(
      'An address with a user name or a password is not kept.',
    );
  });
});
