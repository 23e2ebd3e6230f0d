import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One story of the small Hacker News. */
export type Story = { id: number; title: string; score: number; descendants: number; url?: string; dead?: boolean };

/** A site with a feed and a Hacker News, on one port of 127.0.0.1. */
export type SmallWeb = {
  base: string;
  feedUrl: string;
  hackerNewsApi: string;
  /** Every path that was asked for, in order. */
  asked: string[];
  /** Titles of the feed's items, newest first; change them as you like. */
  titles: string[];
  stories: Story[];
  /** Holds answers of the feed back until called; undefined lets them through. */
  hold: () => () => void;
  close: () => Promise<void>;
};

const feed = (base: string, titles: readonly string[]): string => {
  const items = titles.map(
    (title) => `<item><title>${title}</title><link>${base}/posts/${encodeURIComponent(title)}</link><guid>${title}</guid></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Small web</title><link>${base}/</link>${items.join('')}</channel></rss>`;
};

/** The page of a post, with an article long enough to be one. */
const postPage = (path: string): [string, string] | undefined => {
  if (!path.startsWith('/posts/')) return undefined;
  const title = decodeURIComponent(path.slice('/posts/'.length)).replace(/[<&]/g, ' ');
  const text =
    '<p>A town so small that its one page of news is written by the baker, who has the time at four in the morning.</p>';
  return [
    'text/html',
    `<!doctype html><html lang="en"><title>${title}</title><nav><a href="/">Home</a></nav><article><h1>${title}</h1>${text.repeat(5)}</article></html>`,
  ];
};

/** Starts it; `close` ends it. */
export const startSmallWeb = async (): Promise<SmallWeb> => {
  const asked: string[] = [];
  const titles = ['Third', 'Second', 'First'];
  const stories: Story[] = [
    { id: 1, title: 'One', score: 120, descendants: 3, url: 'https://one.example/' },
    { id: 2, title: 'Two', score: 49, descendants: 0, url: 'https://two.example/' },
    { id: 3, title: 'Three', score: 50, descendants: 9 },
  ];
  let held: Promise<void> | undefined;
  let base = '';

  const answers: Record<string, () => [type: string, text: string]> = {
    '/': () => ['text/html', '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><h1>Small web</h1>'],
    '/feed.xml': () => ['application/rss+xml', feed(base, titles)],
    '/v0/topstories.json': () => ['application/json', JSON.stringify(stories.map(({ id }) => id))],
  };
  const item = (path: string): [string, string] | undefined => {
    const id = Number(/^\/v0\/item\/(\d+)\.json$/.exec(path)?.[1]);
    if (Number.isNaN(id)) return undefined;
    const story = stories.find((each) => each.id === id);
    return ['application/json', JSON.stringify(story ? { type: 'story', by: 'someone', time: 1_700_000_000, ...story } : null)];
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    asked.push(path);
    if (path === '/feed.xml') await held;
    const [type, text] = answers[path]?.() ?? item(path) ?? postPage(path) ?? ['text/plain', ''];
    response.writeHead(text === '' ? 404 : 200, { 'Content-Type': type }).end(text);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    feedUrl: `${base}/feed.xml`,
    hackerNewsApi: `${base}/v0`,
    asked,
    titles,
    stories,
    hold: () => {
      let release = (): void => {};
      held = new Promise((resolve) => {
        release = () => {
          held = undefined;
          resolve();
        };
      });
      return release;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
