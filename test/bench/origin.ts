/*
 * The origin of the benches, a process of its own: N distinct feeds (RSS 2.0, Atom, RDF; 25 to 50 items, about 49 KB), one or more
 * on each of many loopback addresses, with validators, gzip and a latency; and the Hacker News API. Counts what it was asked.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createListener } from 'node:net';
import { gzipSync } from 'node:zlib';

export type OriginOptions = {
  feeds: number;
  feedsPerHost: number;
  latencyMs: number;
  /** Shares of feeds that hang, are slow, fail or ask for a pause; 0 to 1. */
  moods?: { hanging: number; slow: number; failing: number; busy: number };
  stories?: number;
};
export type OriginCounts = { requests: number; notModified: number; bytes: number; perHostMax: number; tooEarly: number };

type Mood = 'well' | 'hanging' | 'slow' | 'failing' | 'busy';
type Document = { body: Buffer; plain: Buffer; etag: string };

const WORDS =
  'water paper harbour engine quiet ledger signal garden winter branch copper lantern mirror column river archive'.split(' ');
const ITEM_TEXT = 260;

const sentence = (seed: number, words: number): string =>
  Array.from({ length: words }, (_, index) => WORDS[(seed * 31 + index * 17 + ((seed * index) % 7)) % WORDS.length]).join(' ');

const item = (format: number, feed: number, index: number): string => {
  const title = sentence(feed * 100 + index, 7);
  const link = `http://feed${feed}.example/posts/${index}`;
  const text = sentence(feed + index * 13, ITEM_TEXT / 2);
  const date = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000);
  if (format === 0)
    return `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><pubDate>${date.toUTCString()}</pubDate><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`;
  if (format === 1)
    return `<entry><id>${link}</id><title>${title}</title><link href="${link}"/><updated>${date.toISOString()}</updated><content type="html">&lt;p&gt;${text}&lt;/p&gt;</content></entry>`;
  return `<item rdf:about="${link}"><title>${title}</title><link>${link}</link><dc:date>${date.toISOString()}</dc:date><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`;
};

const toDocument = (feed: number): Document => {
  const count = 25 + (feed % 26);
  const format = feed % 3;
  const items = Array.from({ length: count }, (_, index) => item(format, feed, index)).join('\n');
  const title = `Feed ${feed}`;
  const text = [
    `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>http://feed${feed}.example/</link><description>d</description>${items}</channel></rss>`,
    `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>f${feed}</id><title>${title}</title><updated>2026-01-01T00:00:00Z</updated>${items}</feed>`,
    `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://feed${feed}.example/"><title>${title}</title><link>http://feed${feed}.example/</link><description>d</description></channel>${items}</rdf:RDF>`,
  ][format] as string;
  return {
    body: gzipSync(text, { level: 1 }),
    plain: Buffer.from(text),
    etag: `"${createHash('md5').update(text).digest('hex')}"`,
  };
};

const options = JSON.parse(process.argv[2] ?? '{}') as OriginOptions;
const documents = Array.from({ length: options.feeds }, (_, feed) => toDocument(feed));
const counts: OriginCounts = { requests: 0, notModified: 0, bytes: 0, perHostMax: 0, tooEarly: 0 };
const openPerHost = new Map<string, number>();
const busyUntil = new Map<number, number>();

const moodOf = (feed: number): Mood => {
  const moods = options.moods;
  if (!moods) return 'well';
  const share = ((feed * 7919) % 1000) / 1000;
  const steps: [Mood, number][] = [
    ['hanging', moods.hanging],
    ['slow', moods.slow],
    ['failing', moods.failing],
    ['busy', moods.busy],
  ];
  let edge = 0;
  for (const [mood, part] of steps) {
    edge += part;
    if (share < edge) return mood;
  }
  return 'well';
};

const sendFeed = (request: IncomingMessage, response: ServerResponse, feed: number): void => {
  const document = documents[feed];
  if (!document) return void response.writeHead(404).end();
  if (request.headers['if-none-match'] === document.etag) {
    counts.notModified += 1;
    return void response.writeHead(304, { ETag: document.etag }).end();
  }
  const isGzip = String(request.headers['accept-encoding'] ?? '').includes('gzip');
  const body = isGzip ? document.body : document.plain;
  counts.bytes += body.length;
  response.writeHead(200, {
    ETag: document.etag,
    'Last-Modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
    'Content-Type': 'application/xml',
    'Content-Length': body.length,
    ...(isGzip ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.end(body);
};

const story = (id: number): string =>
  JSON.stringify({
    id,
    type: 'story',
    title: sentence(id, 8),
    url: `http://story${id}.example/`,
    score: 100,
    descendants: 3,
    by: 'a',
    time: 1_767_225_600,
  });

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const path = request.url ?? '/';
  if (path === '/v0/topstories.json')
    return void response.end(JSON.stringify(Array.from({ length: options.stories ?? 0 }, (_, index) => index + 1)));
  const id = /^\/v0\/item\/(\d+)\.json$/.exec(path)?.[1];
  if (id) return void response.end(story(Number(id)));
  const feed = Number(/^\/(\d+)\.xml$/.exec(path)?.[1]);
  const mood = moodOf(feed);
  if (mood === 'hanging') return;
  if (mood === 'failing') return void response.writeHead(500).end();
  if (mood === 'busy') {
    const until = busyUntil.get(feed) ?? 0;
    if (Date.now() < until) counts.tooEarly += 1;
    busyUntil.set(feed, Date.now() + 120_000);
    return void response.writeHead(429, { 'Retry-After': '120' }).end();
  }
  if (mood === 'slow') return void setTimeout(() => sendFeed(request, response, feed), 2_000);
  sendFeed(request, response, feed);
};

const server = createServer((request, response) => {
  counts.requests += 1;
  const host = String(request.headers.host);
  const open = (openPerHost.get(host) ?? 0) + 1;
  openPerHost.set(host, open);
  if (!request.url?.startsWith('/v0/')) counts.perHostMax = Math.max(counts.perHostMax, open);
  response.on('close', () => openPerHost.set(host, (openPerHost.get(host) ?? 1) - 1));
  options.latencyMs > 0 ? setTimeout(() => answer(request, response), options.latencyMs) : answer(request, response);
});
server.keepAliveTimeout = 30_000;

/** A thousand addresses: 127.0.0.1 to 127.0.3.250. */
const address = (index: number): string => `127.0.${Math.floor(index / 250) % 4}.${(index % 250) + 1}`;
const listen = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    // Sockets of all addresses are handed to the one server.
    const listener = createListener((socket) => server.emit('connection', socket));
    listener.once('error', reject);
    listener.listen(port, host, 1024, () => resolve((listener.address() as AddressInfo).port));
  });

const shared = Math.min(1000, Math.ceil(options.feeds / options.feedsPerHost) || 1);
// A host's wish for a pause holds for all of its feeds, so those that wish for one have hosts of their own.
const alone = documents.map((_, feed) => feed).filter((feed) => moodOf(feed) === 'busy');
const hosts = Math.min(1000, shared + alone.length);
const hostOf = (feed: number): number =>
  alone.includes(feed) ? (shared + alone.indexOf(feed)) % hosts : Math.floor(feed / options.feedsPerHost) % shared;
const port = await listen(address(0), 0);
for (let index = 1; index < hosts; index++) await listen(address(index), port);
const urls = documents.map((_, feed) => `http://${address(hostOf(feed))}:${port}/${feed}.xml`);
const well = documents.map((_, feed) => moodOf(feed) === 'well' || moodOf(feed) === 'slow');
process.on('message', () => process.send?.({ counts }));
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: { urls, well, hackerNews: `http://${address(0)}:${port}/v0` } });
