import { getEventListeners } from 'node:events';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { FeedParser } from '../../../main/feeds/parsed-feed.ts';
import { createFeedParser, type ParserDeps } from '../../../main/feeds/parser.ts';
import { type Log, silentLog } from '../../../main/lib/log.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { codeOf, FEED_URL, item, rss } from './feed-kit.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const small = { bytes: bytesOf(rss(item(1))), url: FEED_URL };
const script = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; parentPort.on('message', (input) => { ${code} }); parentPort.postMessage('ready');`)}`,
  );

const open: FeedParser[] = [];
const parserOf = (deps: Partial<ParserDeps> = {}): FeedParser => {
  const parser = createFeedParser({ log: silentLog, ...deps });
  open.push(parser);
  return parser;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((parser) => parser.close()));
});

describe('the pool of parse workers', () => {
  test('parses away from this thread and leaves the caller its bytes', async () => {
    const parser = parserOf();
    const bytes = bytesOf(rss(item(1)));
    const feed = await parser.parse({ bytes, url: FEED_URL });
    expect(feed.entries[0]?.id).toBe('id-1');
    expect(bytes.length).toBeGreaterThan(0);
  });

  test('a burst is shared by at most two workers and every document gets its own answer', async () => {
    const parser = parserOf({ workers: 2 });
    const feeds = await Promise.all(
      Array.from({ length: 30 }, (_, n) => parser.parse({ bytes: bytesOf(rss(item(n))), url: FEED_URL })),
    );
    expect(feeds.map((feed) => feed.entries[0]?.id)).toEqual(Array.from({ length: 30 }, (_, n) => `id-${n}`));
  });

  test('an error keeps its code and sentence across the thread', async () => {
    await expect(parserOf().parse({ bytes: bytesOf('<opml/>'), url: FEED_URL })).rejects.toMatchObject({
      code: 'NOT_A_FEED',
      message: expect.stringContaining('OPML'),
    });
  });

  test('a document that takes too long fails with PARSE_TIMEOUT and the next one is read', async () => {
    const warned: string[] = [];
    const log: Log = { ...silentLog, warn: (message) => warned.push(message) };
    const workerUrl = script(
      `if (input.url.includes('slow')) for (;;) {} else parentPort.postMessage({ ok: true, feed: input.url })`,
    );
    const parser = parserOf({ workers: 1, workerUrl, log, limits: { parseMs: 300 } });
    expect(await codeOf(parser.parse({ ...small, url: 'https://example.org/slow' }))).toBe('PARSE_TIMEOUT');
    await expect(parser.parse({ ...small, url: 'https://example.org/good' })).resolves.toBe('https://example.org/good');
    expect(warned).toEqual(['Parse worker took too long']);
  });

  test('a document that takes too much memory fails with PARSE_MEMORY and the next one is read', async () => {
    const workerUrl = script(
      `if (input.url.includes('big')) { const hoard = []; for (;;) hoard.push(new Array(100_000).fill(0.5)); } else parentPort.postMessage({ ok: true, feed: input.url })`,
    );
    const parser = parserOf({ workers: 1, workerUrl, limits: { heapMb: 16, parseMs: 20_000 } });
    expect(await codeOf(parser.parse({ ...small, url: 'https://example.org/big' }))).toBe('PARSE_MEMORY');
    await expect(parser.parse({ ...small, url: 'https://example.org/good' })).resolves.toBe('https://example.org/good');
  });

  test('a worker that breaks or leaves fails its document only', async () => {
    const workerUrl = script(
      `if (input.url.includes('throw')) throw new Error('x'); if (input.url.includes('exit')) process.exit(3); parentPort.postMessage({ ok: true, feed: 1 })`,
    );
    const parser = parserOf({ workers: 1, workerUrl });
    const codes = await Promise.all(
      ['throw', 'exit', 'good'].map((name) => codeOf(parser.parse({ ...small, url: `https://example.org/${name}` }))),
    );
    expect(codes[0]).toBe('INTERNAL');
    expect(codes[1]).toMatch(/^(PARSE_MEMORY|INTERNAL)$/);
    expect(codes[2]).toBe('OK');
  });

  test('a cancelled document is given up, waiting or under way, and leaves no listener', async () => {
    const parser = parserOf({
      workers: 1,
      workerUrl: script(`if (input.url.includes('slow')) for (;;) {} else parentPort.postMessage({ ok: true, feed: 1 })`),
    });
    const aborts = [new AbortController(), new AbortController()];
    const work = aborts.map(({ signal }) => codeOf(parser.parse({ ...small, url: 'https://example.org/slow' }, signal)));
    const good = parser.parse(small);
    for (const abort of aborts) abort.abort();
    expect(await Promise.all(work)).toEqual(['CANCELLED', 'CANCELLED']);
    await good;
    expect(await codeOf(parser.parse(small, AbortSignal.abort()))).toBe('CANCELLED');
    expect(aborts.map(({ signal }) => getEventListeners(signal, 'abort').length)).toEqual([0, 0]);
  });

  test('closing cancels what waits and what runs, and later documents too', async () => {
    const parser = parserOf({ workers: 1, workerUrl: script('for (;;) {}') });
    const work = [1, 2].map(() => codeOf(parser.parse(small)));
    await parser.close();
    expect(await Promise.all([...work, codeOf(parser.parse(small))])).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
  });
});

hostileCase(60, 'two million character references and a million CDATA sections are read in time or given up', async () => {
  const parser = parserOf({ workers: 1 });
  const bodies = ['&#65;'.repeat(2_000_000), '<![CDATA[b]]>'.repeat(1_000_000)];
  return Promise.all(
    bodies.map((body) =>
      codeOf(
        parser.parse({ bytes: bytesOf(rss(`<item><title>t</title><description>${body}</description></item>`)), url: FEED_URL }),
      ),
    ),
  );
});

test('the worker file stands where the parser looks for it', () => {
  expect(pathToFileURL('main/feeds/parse-worker.ts').href).toBe(
    new URL('../../../main/feeds/parse-worker.ts', import.meta.url).href,
  );
});
