import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site and a Hacker News that give every kind of job something to do, on one port of 127.0.0.1. */
export type BusyWeb = { base: string; hackerNewsApi: string; close: () => Promise<void> };

const STORIES = 8;
const ESSAYS = 12;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title><meta name="description" content="About ${title}">
  <link rel="icon" href="/icon.png"></head><body><article><h1>${title}</h1>${body}</article></body></html>`;
const long = (title: string): string =>
  page(title, `<p>${'A long sentence about the sea and the people who live by it. '.repeat(40)}</p>`);

const part = (base: string, number: number): string => `<entry><id>tides-${number}</id><title>Tides, Part ${number} of 4</title>
  <link href="${base}/tides-part-${number}/"/><summary>Short.</summary><updated>2026-01-0${number}T10:00:00Z</updated></entry>`;
const essay = (base: string, number: number): string => `<entry><id>essay-${number}</id><title>Essay ${number}</title>
  <link href="${base}/essays/${number}-x/"/><author><name>Ann Lee</name></author><summary>Short.</summary></entry>`;
const atom = (entries: string, links = ''): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title><id>t</id>${links}${entries}</feed>`;
const essays = (base: string, from: number): string =>
  Array.from({ length: ESSAYS - from + 1 }, (_, index) => essay(base, from + index)).join('');

const story = (base: string, id: number): object => ({
  id,
  type: 'story',
  by: 'oda',
  title: `Story ${id}`,
  score: 60 + id,
  descendants: id,
  time: 1_770_000_000,
  url: `${base}/stories/${id}`,
});

const answer = (base: string, path: string): [type: string, text: string] | undefined => {
  const json = (value: unknown): [string, string] => ['application/json', JSON.stringify(value)];
  const item = /^\/v0\/item\/(\d+)\.json$/.exec(path)?.[1];
  if (item) return json(story(base, Number(item)));
  if (path.startsWith('/v0/user/')) return json({ id: 'oda', submitted: [101, 102, 103] });
  if (path.startsWith('/v0/')) return json(Array.from({ length: STORIES }, (_, index) => index + 1));
  if (path === '/feed')
    return ['application/atom+xml', atom(part(base, 4) + essays(base, 10), '<link rel="prev-archive" href="/archive"/>')];
  if (path === '/archive') return ['application/atom+xml', atom(part(base, 3) + part(base, 2) + part(base, 1))];
  if (path === '/author/ann-lee/feed') return ['application/atom+xml', atom(essays(base, 1))];
  if (path === '/author/ann-lee/')
    return ['text/html', page('Ann Lee', '<link rel="alternate" type="application/atom+xml" href="/author/ann-lee/feed">')];
  if (/^\/(essays|stories|tides)/.test(path)) return ['text/html', long(path)];
  return path === '/' ? ['text/html', page('Tides', '<p>Home</p>')] : undefined;
};

export const startBusyWeb = async (): Promise<BusyWeb> => {
  let base = '';
  const reply = (path: string, response: ServerResponse): void => {
    const [type, text] = answer(base, path) ?? ['text/plain', ''];
    response.writeHead(text === '' ? 404 : 200, { 'Content-Type': type }).end(text);
  };
  const server = createServer((request, response) => reply(request.url ?? '/', response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    hackerNewsApi: `${base}/v0`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
