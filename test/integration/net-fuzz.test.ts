import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../preload/contract/errors.ts';
import { startHostileServer } from '../helpers/hostile-server.ts';
import { codeOf, makeDownloader } from '../helpers/net-kit.ts';

/* Replies by chance: whatever a server sends, the answer is a body or a code of the list, in time, and no socket stays. */
const RUNS = Number(process.env.TIDINGS_FUZZ_RUNS ?? 400);

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const statusLine = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'HTTP/1.1 200 OK',
      'HTTP/1.0 200 OK',
      'HTTP/1.1 301 Moved',
      'HTTP/1.1 304 Not Modified',
      'HTTP/1.1 503 Busy',
    ),
  },
  { weight: 2, arbitrary: fc.integer({ min: -10, max: 1200 }).map((status) => `HTTP/1.1 ${status} Something`) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);
const knownHeader = fc.tuple(
  fc.constantFrom(
    'content-length',
    'transfer-encoding',
    'content-encoding',
    'connection',
    'location',
    'etag',
    'retry-after',
    'keep-alive',
    'upgrade',
    'trailer',
    'cache-control',
    'expires',
    'last-modified',
    'content-type',
    'age',
  ),
  fc.oneof(
    fc.constantFrom(
      'chunked',
      'gzip',
      'deflate',
      'gzip, gzip',
      'close',
      'keep-alive',
      '0',
      '5',
      '20',
      '99999999999999999999',
      '-1',
      '/next',
      'http://127.0.0.2/',
      '"a"',
      'timeout=0',
      'h2c',
      'max-age=60',
      'Sat, 21 Nov 2026 10:00:00 GMT',
    ),
    fc.string({ maxLength: 30 }),
    fc.integer().map(String),
  ),
);
const header = fc.oneof(
  { weight: 5, arbitrary: knownHeader },
  { weight: 1, arbitrary: fc.tuple(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 60 })) },
);
const chunk = fc.oneof(
  {
    weight: 4,
    arbitrary: anyBytes.map((bytes) =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]),
    ),
  },
  { weight: 1, arbitrary: anyBytes },
  { weight: 1, arbitrary: fc.constant(Buffer.from('0\r\n\r\n')) },
);
const body = fc.oneof(
  anyBytes,
  anyBytes.map((bytes) => gzipSync(bytes)),
  anyBytes.map((bytes) => deflateSync(bytes)),
  fc.tuple(anyBytes, fc.nat(60)).map(([bytes, cut]) => gzipSync(bytes).subarray(0, cut)),
  fc.array(chunk, { maxLength: 6 }).map((chunks) => Buffer.concat(chunks)),
  fc.array(chunk, { maxLength: 6 }).map((chunks) => Buffer.concat([...chunks, Buffer.from('0\r\n\r\n')])),
);
const answer = fc.record({
  statusLine,
  headers: fc.array(header, { maxLength: 6 }),
  lineEnd: fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r'),
  body,
  /** Where the answer is broken into packets. */
  cuts: fc.array(fc.nat(600), { maxLength: 3 }),
  endsWith: fc.constantFrom('end', 'end', 'reset', 'nothing'),
});

type Answer = typeof answer extends fc.Arbitrary<infer One> ? One : never;

const toBytes = ({ statusLine, headers, lineEnd, body }: Answer): Buffer => {
  const lines = [statusLine, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''];
  return Buffer.concat([Buffer.from(lines.join(lineEnd), 'latin1'), body]);
};

test(`${RUNS} replies by chance give a body or a code, and leave nothing behind`, async () => {
  const server = await startHostileServer();
  const known = new Set<string>(['OK', ...ERROR_CODES]);
  const seen = new Map<string, number>();
  let current: Answer | undefined;
  server.add('/fuzz', (socket) => {
    if (!current) return;
    const bytes = toBytes(current);
    const at = [0, ...current.cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
    for (let index = 1; index < at.length; index += 1) socket.write(bytes.subarray(at[index - 1], at[index]));
    if (current.endsWith === 'end') socket.end();
    if (current.endsWith === 'reset') socket.resetAndDestroy();
  });
  await fc.assert(
    fc.asyncProperty(answer, async (one) => {
      current = one;
      // A fresh one each time: after a reply that asks for a pause, an older one would ask this host nothing more.
      const downloader = makeDownloader({ limits: { headersMs: 150, idleMs: 150, totalMs: 300, connectMs: 300 } });
      const code = await codeOf(downloader, `${server.origin()}/fuzz`, { validators: { etag: '"a"' } });
      seen.set(code, (seen.get(code) ?? 0) + 1);
      expect(known.has(code)).toBe(true);
      expect(code).not.toBe('INTERNAL');
      await downloader.close();
      await server.whenQuiet();
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(seen.size).toBeGreaterThan(4);
  await server.close();
}, 120_000);

test('replies by chance to Hacker News over kept connections do no harm to one another', async () => {
  const server = await startHostileServer();
  const downloader = makeDownloader({ lanes: 8, limits: { headersMs: 600, idleMs: 300, totalMs: 1500 } });
  const replies: Buffer[] = fc.sample(answer, Math.ceil(RUNS / 4)).map(toBytes);
  let served = 0;
  server.add('/fuzz', (socket) => {
    const bytes = replies[served++ % replies.length];
    if (bytes && !socket.destroyed) socket.write(bytes);
  });
  server.add('/good', (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngood'));
  const codes = await Promise.all(
    replies.flatMap(() => [
      codeOf(downloader, `${server.origin()}/fuzz`, { purpose: 'hacker-news' }),
      codeOf(downloader, `${server.origin()}/good`, { purpose: 'hacker-news' }),
    ]),
  );
  // A server that asks for a pause is left alone: 429 and 503 with Retry-After hold for its whole host.
  const wrong = codes.filter((code, index) => index % 2 === 1 && !['OK', 'HTTP_5XX', 'HTTP_429'].includes(code));
  expect(wrong).toEqual([]);
  await downloader.close();
  await server.whenQuiet();
  await server.close();
}, 120_000);
