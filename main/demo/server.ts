import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { articlePage } from './articles.ts';
import { feedDocument, sitePage } from './feed-documents.ts';
import { isLostPage, OLDER_KEY, olderPage } from './older-posts.ts';
import { pictureFor } from './pictures.ts';
import { DEMO_FEEDS, DEMO_STORIES, type DemoFeed } from './world.ts';

/** How long the slow source takes, milliseconds. */
const SLOW_MS = 6_000;

export type DemoServer = {
  /** Where the site of a feed answers, without a slash at the end. */
  baseOf: (key: string) => string;
  /** The Hacker News API's base with its `/v0`. */
  hackerNewsApi: string;
  /** When the demo began, milliseconds: the posts are as old as that says. */
  bornAt: number;
  close: () => Promise<void>;
};

type Answer = { status: number; type: string; text: string | Buffer; headers?: Record<string, string> };
const missing: Answer = { status: 404, type: 'text/plain', text: 'Not here.' };

const send = (request: IncomingMessage, response: ServerResponse, answer: Answer): void => {
  const etag = `"${createHash('sha256').update(answer.text).digest('hex').slice(0, 20)}"`;
  if (answer.status === 200 && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { ETag: etag }).end();
    return;
  }
  response.writeHead(answer.status, {
    'Content-Type': answer.type,
    ...(answer.status === 200 ? { ETag: etag } : {}),
    ...answer.headers,
  });
  response.end(answer.text);
};

const answerFeed = (feed: DemoFeed, path: string, base: string, bornAt: number): Answer => {
  const picture = feed.hasPictures ? pictureFor(path) : undefined;
  if (picture) return { status: 200, type: 'image/png', text: picture };
  if (feed.mood === 'failing') return { status: 503, type: 'text/plain', text: 'Back soon.', headers: { 'Retry-After': '900' } };
  if (path === '/feed') return { status: 200, ...feedDocument(feed, base, bornAt) };
  const older = feed.key === OLDER_KEY ? olderPage(path, base, bornAt) : undefined;
  if (older) return { status: 200, ...older };
  if (feed.key === OLDER_KEY && isLostPage(path)) return missing;
  const article = articlePage(feed, path, base, bornAt);
  if (article) return { status: 200, type: 'text/html; charset=utf-8', text: article };
  if (path === '/' || path.startsWith('/posts/'))
    return { status: 200, type: 'text/html; charset=utf-8', text: sitePage(feed, base, bornAt) };
  return missing;
};

const answerHackerNews = (path: string, bornAt: number): Answer => {
  const json = (value: unknown): Answer => ({
    status: 200,
    type: 'application/json; charset=utf-8',
    text: JSON.stringify(value),
  });
  if (/^\/v0\/(top|best|new|show|ask|job)stories\.json$/.test(path)) return json(DEMO_STORIES.map((story) => story.id));
  const user = /^\/v0\/user\/(\w+)\.json$/.exec(path)?.[1];
  if (user) return json({ id: user, submitted: DEMO_STORIES.filter(({ by }) => by === user).map((story) => story.id) });
  const id = Number(/^\/v0\/item\/(\d+)\.json$/.exec(path)?.[1]);
  const story = DEMO_STORIES.find((candidate) => candidate.id === id);
  if (!story) return path.startsWith('/v0/item/') ? json(null) : missing;
  const { ageMinutes, ...item } = story;
  return json({ ...item, time: Math.floor(bornAt / 1000) - ageMinutes * 60 });
};

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

/** The demo's sites and its Hacker News, on the loopback interface: an address each on Linux, a port each elsewhere. */
export const startDemoServer = async (bornAt: number): Promise<DemoServer> => {
  const servers: Server[] = [];
  const bases = new Map<string, string>();
  const hostFor = (index: number): string => (process.platform === 'linux' ? `127.0.88.${index + 1}` : '127.0.0.1');

  const open = async (
    index: number,
    answer: (path: string, base: string) => { answer: Answer; afterMs?: number },
  ): Promise<string> => {
    let base = '';
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://demo');
      const { answer: ready, afterMs = 0 } = answer(pathname, base);
      const timer = setTimeout(() => send(request, response, ready), afterMs);
      response.on('close', () => clearTimeout(timer));
    });
    servers.push(server);
    const host = hostFor(index);
    base = `http://${host}:${await listen(server, host, 0)}`;
    return base;
  };

  for (const [index, feed] of DEMO_FEEDS.entries()) {
    const afterMs = feed.mood === 'slow' ? SLOW_MS : 0;
    bases.set(feed.key, await open(index, (path, base) => ({ answer: answerFeed(feed, path, base, bornAt), afterMs })));
  }
  const api = await open(DEMO_FEEDS.length, (path) => ({ answer: answerHackerNews(path, bornAt), afterMs: 30 }));

  return {
    baseOf: (key) => bases.get(key) ?? '',
    hackerNewsApi: `${api}/v0`,
    bornAt,
    close: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
};
