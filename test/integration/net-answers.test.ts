import type { Socket } from 'node:net';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Downloader } from '../../main/net/download-types.ts';
import { hostileCase } from '../helpers/hostile-case.ts';
import { drip, type HostileServer, pour, raw, reply, startHostileServer } from '../helpers/hostile-server.ts';
import { bodyOf, codeOf, errorOf, makeDownloader, USER_AGENT } from '../helpers/net-kit.ts';

/* Rows 1, 4-19, 36, 37, 45, 51, 52, 55: what a server may answer. */

const FEED = `<rss version="2.0"><channel><title>Feed</title>${'<item><title>One</title></item>'.repeat(40)}</channel></rss>`;
const MIB = 1024 * 1024;
const BIG = 200 * MIB;
const zeros = Buffer.alloc(BIG);
const bombs = {
  gzip: gzipSync(zeros, { level: 9 }),
  br: brotliCompressSync(zeros, { params: { 0: 0 } }),
  zstd: zstdCompressSync(zeros),
};

let server: HostileServer;
let downloader: Downloader;
beforeAll(async () => {
  server = await startHostileServer();
  downloader = makeDownloader();
});
afterAll(async () => {
  await downloader.close();
  await server.close();
});

const url = (path: string): string => server.origin() + path;

/* The code of a path, and the proof that no socket outlives it. */
const observe = async (path: string, more: Parameters<typeof codeOf>[2] = {}): Promise<string> => {
  const code = await codeOf(downloader, url(path), more);
  await server.whenQuiet();
  return code;
};

const packed = (encoding: string, body: Buffer) => (socket: Socket) => reply(socket, 200, { 'content-encoding': encoding }, body);

hostileCase(1, 'a server that accepts and never answers is given up, and its socket closed', async () => {
  server.add('/silent', () => {});
  const began = performance.now();
  const code = await observe('/silent');
  expect(performance.now() - began).toBeLessThan(2000);
  return code;
});

hostileCase(4, 'headers that trickle in byte by byte meet the deadline, not an idle timer', async () => {
  server.add('/trickle', (socket) => drip(socket, 20, 500, (index) => socket.write('HTTP/1.1 200 OK\r\nx: '[index] ?? 'y')));
  return await observe('/trickle');
});

hostileCase(5, 'a body that drips for ever ends at the limit for the whole request', async () => {
  server.add('/loris', (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    drip(socket, 20, 500, () => socket.write('x'));
  });
  return await observe('/loris');
});

hostileCase(6, 'a body that stalls half-way is idle', async () => {
  server.add('/stall', (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
  return await observe('/stall');
});

hostileCase(7, 'an endless fast body is cut at 10 MiB and the server sees the close at once', async () => {
  server.add('/endless', (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    pour(socket, Buffer.alloc(64 * 1024, 'x'), BIG);
  });
  const before = server.bytesSent();
  const code = await codeOf(downloader, url('/endless'), { timeoutMs: 20_000 });
  const ended = performance.now();
  await server.whenQuiet();
  expect(performance.now() - ended).toBeLessThan(1000);
  // What the system's socket buffers took in on the way is not ours.
  expect(server.bytesSent() - before).toBeLessThan(24 * MIB);
  return code;
});

hostileCase(8, 'a gzip bomb is stopped before it swells', async () => {
  server.add('/gzip-bomb', packed('gzip', bombs.gzip));
  const before = process.memoryUsage().rss;
  const code = await observe('/gzip-bomb');
  expect(process.memoryUsage().rss - before).toBeLessThan(60 * MIB);
  return code;
});

hostileCase(9, 'a bomb inside a bomb is stopped', async () => {
  server.add('/nested', packed('gzip, gzip', gzipSync(bombs.gzip)));
  return await observe('/nested');
});

hostileCase(10, 'brotli and zstd bombs are stopped like gzip ones', async () => {
  server.add('/br-bomb', packed('br', bombs.br));
  server.add('/zstd-bomb', packed('zstd', bombs.zstd));
  return [await observe('/br-bomb'), await observe('/zstd-bomb')];
});

test('a zstd stream that wants more memory than 8 MiB for its window is refused', async () => {
  const wide = zstdCompressSync(Buffer.alloc(9 * MIB, 'a feed '), {
    params: { [constants.ZSTD_c_windowLog]: 27 },
    pledgedSrcSize: undefined,
  });
  const narrow = zstdCompressSync(FEED, { params: { [constants.ZSTD_c_windowLog]: 20 } });
  server.add('/wide-window', packed('zstd', wide));
  server.add('/narrow-window', packed('zstd', narrow));
  expect([await observe('/wide-window'), await observe('/narrow-window')]).toEqual(['BODY_ENCODING', 'OK']);
});

hostileCase(11, 'fifty encodings are refused, and nothing crashes afterwards', async () => {
  server.add('/fifty', packed(Array(50).fill('gzip').join(', '), gzipSync('x')));
  server.add('/three', packed('gzip, br, gzip', gzipSync('x')));
  server.add('/unknown', packed('compress', Buffer.from('x')));
  return [await observe('/fifty'), await observe('/three'), await observe('/unknown')];
});

hostileCase(12, 'a body that is not what its encoding says is asked for once more, plain', async () => {
  server.add('/lie', packed('gzip', Buffer.from('plain text')));
  server.add('/cured', (socket, request) =>
    request.headers['accept-encoding'] === 'identity'
      ? reply(socket, 200, {}, FEED)
      : reply(socket, 200, { 'content-encoding': 'gzip' }, FEED),
  );
  const codes = [await observe('/lie'), await observe('/cured')];
  expect(codes).toEqual(['BODY_ENCODING', 'OK']);
  expect(server.count('/lie')).toBe(2);
  expect(server.count('/cured')).toBe(2);
  return codes;
});

hostileCase(13, 'a packed body that is cut or has a wrong checksum brings nothing', async () => {
  const whole = gzipSync(FEED);
  const wrong = Buffer.from(whole);
  wrong.writeUInt32LE(12345, whole.length - 8);
  server.add('/cut', packed('gzip', whole.subarray(0, whole.length - 20)));
  server.add('/crc', packed('gzip', wrong));
  server.add('/br-cut', packed('br', brotliCompressSync(FEED).subarray(0, 30)));
  server.add('/zstd-cut', packed('zstd', zstdCompressSync(FEED).subarray(0, 30)));
  return [await observe('/cut'), await observe('/crc'), await observe('/br-cut'), await observe('/zstd-cut')];
});

hostileCase(14, 'a body shorter than announced fails when the server closes, not at the timeout', async () => {
  server.add('/short', raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this'));
  server.add('/short-chunks', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n9\r\nwor'));
  const patient = makeDownloader({ limits: { idleMs: 20_000, totalMs: 30_000 } });
  const began = performance.now();
  const codes = [await codeOf(patient, url('/short')), await codeOf(patient, url('/short-chunks'))];
  expect(performance.now() - began).toBeLessThan(10_000);
  await patient.close();
  return codes;
});

hostileCase(15, 'lengths that lie, differ or stand beside chunks break the rules', async () => {
  server.add('/long', raw(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n${FEED}`));
  server.add('/long-close', raw(`HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\n${FEED}`));
  server.add('/two', raw('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!'));
  server.add('/both', raw('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'));
  server.add('/negative', raw('HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nhello'));
  return await Promise.all(['/long', '/long-close', '/two', '/both', '/negative'].map((path) => codeOf(downloader, url(path))));
});

hostileCase(16, 'chunks of impossible sizes and trailers without measure are refused', async () => {
  const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
  server.add('/bad-size', raw(`${head}zz\r\nhello\r\n0\r\n\r\n`));
  server.add('/minus', raw(`${head}-5\r\nhello\r\n0\r\n\r\n`));
  server.add('/huge-size', raw(`${head}fffffffffffffffff\r\nhello\r\n0\r\n\r\n`));
  server.add('/trailers', raw(`${head}5\r\nhello\r\n0\r\n`, `x: ${'y'.repeat(MIB)}\r\n\r\n`));
  const codes = [];
  for (const path of ['/bad-size', '/minus', '/huge-size', '/trailers']) codes.push(await observe(path));
  expect(codes).toEqual(['HTTP_PROTOCOL', 'HTTP_PROTOCOL', 'HTTP_PROTOCOL', 'HEADERS_TOO_BIG']);
  return codes;
});

hostileCase(17, 'a header block over 16 KiB is refused, be it one line or ten thousand', async () => {
  server.add('/wide', raw(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`));
  server.add('/many', raw(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}\r\n`));
  return [await observe('/wide'), await observe('/many')];
});

hostileCase(18, 'what is not HTTP/1 with a status of its list is not read', async () => {
  server.add('/old', raw('<html>no status line at all</html>'));
  server.add('/999', raw('HTTP/1.1 999 Whatever\r\ncontent-length: 0\r\n\r\n'));
  server.add('/minus-status', raw('HTTP/1.1 -200 OK\r\ncontent-length: 0\r\n\r\n'));
  server.add('/words', raw('HTTP/1.1 OK OK\r\n\r\n'));
  server.add('/version', raw('HTTP/9.7 200 OK\r\ncontent-length: 0\r\n\r\n'));
  server.add('/switch', raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'));
  return [
    await observe('/old'),
    await observe('/999'),
    await observe('/minus-status'),
    await observe('/words'),
    await observe('/version'),
    await observe('/switch'),
  ];
});

hostileCase(19, 'announcements without end and without an answer are given up', async () => {
  server.add('/hints', (socket) => drip(socket, 20, 500, () => socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n')));
  server.add('/hint-flood', (socket) => pour(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'), 64 * MIB));
  server.add('/continue', (socket) => drip(socket, 20, 500, () => socket.write('HTTP/1.1 100 Continue\r\n\r\n')));
  return [await observe('/hints'), await observe('/hint-flood'), await observe('/continue')];
});

test('one early hint before a good answer does no harm', async () => {
  server.add('/hinted', raw(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${FEED}`));
  expect(bodyOf(await downloader.download({ url: url('/hinted'), purpose: 'feed' }))).toBe(FEED);
});

test('every encoding that is asked for is read, also two of them, also raw deflate', async () => {
  const bodies: Record<string, Buffer> = {
    gzip: gzipSync(FEED),
    br: brotliCompressSync(FEED),
    deflate: deflateSync(FEED),
    zstd: zstdCompressSync(FEED),
    'gzip, br': brotliCompressSync(gzipSync(FEED)),
    Identity: Buffer.from(FEED),
  };
  for (const [encoding, body] of Object.entries(bodies)) {
    server.add('/coded', packed(encoding, body));
    expect(bodyOf(await downloader.download({ url: url('/coded'), purpose: 'feed' })), encoding).toBe(FEED);
  }
  server.add('/coded', packed('deflate', deflateRawSync(FEED)));
  expect(bodyOf(await downloader.download({ url: url('/coded'), purpose: 'feed' }))).toBe(FEED);
});

test('a large document packed tight but within the limits arrives whole', async () => {
  const large = Buffer.from(Array.from({ length: 300_000 }, (_, index) => `<item>${index * 7919}</item>`).join(''));
  server.add('/large', packed('gzip', gzipSync(large)));
  const download = await downloader.download({ url: url('/large'), purpose: 'feed', timeoutMs: 10_000 });
  expect(download.kind === 'body' && Buffer.compare(download.bytes, large)).toBe(0);
});

test('a document that unpacks to more than 20 MiB is too big even when it is no bomb', async () => {
  const part = Buffer.from(Array.from({ length: 240_000 }, (_, index) => ((index * 2654435761) % 1e9).toString(36)).join('\n'));
  const noise = Buffer.concat(Array(10).fill(part));
  expect(noise.length).toBeGreaterThan(12 * MIB);
  const body = Buffer.concat([noise, noise]);
  server.add('/too-large', packed('gzip', gzipSync(body, { level: 1 })));
  const small = makeDownloader({ limits: { wireBytes: 64 * MIB, totalMs: 20_000, headersMs: 20_000 } });
  expect(await codeOf(small, url('/too-large'))).toBe('BODY_TOO_BIG');
  await small.close();
});

hostileCase(36, 'the body of a 304 is not read, and a new body under an old ETag is a new body', async () => {
  server.add('/304-body', raw(`HTTP/1.1 304 Not Modified\r\netag: "b"\r\ncontent-length: ${FEED.length}\r\n\r\n${FEED}`));
  server.add('/same-etag', (socket) => reply(socket, 200, { etag: '"a"' }, FEED));
  const validators = { etag: '"a"' };
  const unchanged = await downloader.download({ url: url('/304-body'), purpose: 'feed', validators });
  expect(unchanged).toMatchObject({ kind: 'not-modified', validators: { etag: '"b"' } });
  expect(bodyOf(await downloader.download({ url: url('/same-etag'), purpose: 'feed', validators }))).toBe(FEED);
  return 'OK';
});

hostileCase(37, 'validators are kept when they are well-formed and never break a request', async () => {
  const sent: string[] = [];
  server.add('/etag', (socket, request) => {
    sent.push(request.headers['if-none-match'] ?? '(none)');
    reply(socket, 200, { etag: decodeURIComponent(request.path.split('?')[1] ?? '') }, FEED);
  });
  const kept = async (etag: string): Promise<string | undefined> =>
    (await downloader.download({ url: url(`/etag?${encodeURIComponent(etag)}`), purpose: 'feed' })).validators.etag;
  expect(await kept('W/"weak"')).toBe('W/"weak"');
  expect(await kept('unquoted')).toBe('unquoted');
  expect(await kept(`"${'x'.repeat(2000)}"`)).toBeUndefined();
  expect(await kept('"with space"')).toBeUndefined();
  sent.length = 0;
  const evil = { etag: '"a"\r\nx-evil: 1', lastModified: 'Sat, 21 Nov 2026 10:00:00 GMT\r\nx-evil: 1' };
  await downloader.download({ url: url('/etag?x'), purpose: 'feed', validators: evil });
  expect(sent).toEqual(['(none)']);
  server.add('/etag-mb', raw(`HTTP/1.1 200 OK\r\netag: "${'x'.repeat(MIB)}"\r\n\r\n`));
  expect(await observe('/etag-mb')).toBe('HEADERS_TOO_BIG');
  return 'OK';
});

hostileCase(45, 'answers without a whole document are no feed', async () => {
  server.add('/204', raw('HTTP/1.1 204 No Content\r\n\r\n'));
  server.add('/205', (socket) => reply(socket, 205));
  server.add('/206', (socket) => reply(socket, 206, { 'content-range': 'bytes 0-9/100' }, FEED.slice(0, 10)));
  server.add('/zero', (socket) => reply(socket, 200));
  expect(bodyOf(await downloader.download({ url: url('/zero'), purpose: 'feed' }))).toBe('');
  return [await observe('/204'), await observe('/205'), await observe('/206')];
});

hostileCase(51, 'cookies are neither kept nor sent back', async () => {
  server.add('/cookies', (socket) => socket.end(`HTTP/1.1 200 OK\r\n${'set-cookie: a=b\r\n'.repeat(400)}\r\n${FEED}`));
  server.add('/again', (socket) => reply(socket, 200, { 'set-cookie': 'session=1' }, FEED));
  expect(await observe('/cookies')).toBe('OK');
  expect(await observe('/again')).toBe('OK');
  expect(await observe('/again')).toBe('OK');
  expect(server.requests.every((request) => request.headers.cookie === undefined)).toBe(true);
  return 'OK';
});

hostileCase(52, 'the content type decides nothing here: the bytes are handed on with it', async () => {
  server.add('/html-type', (socket) => reply(socket, 200, { 'content-type': 'text/html; charset=utf-8' }, FEED));
  const download = await downloader.download({ url: url('/html-type'), purpose: 'feed' });
  expect(download).toMatchObject({ kind: 'body', contentType: 'text/html; charset=utf-8' });
  expect(bodyOf(download)).toBe(FEED);
  return 'OK';
});

hostileCase(55, 'Alt-Svc, HSTS, Refresh, Clear-Site-Data and an offered upgrade change nothing', async () => {
  const headers = {
    'alt-svc': 'h3=":443"; ma=2592000',
    'strict-transport-security': 'max-age=31536000',
    refresh: '0; url=/elsewhere',
    'clear-site-data': '"*"',
    upgrade: 'h2c',
  };
  server.add('/offers', (socket) => reply(socket, 200, headers, FEED));
  const download = await downloader.download({ url: url('/offers'), purpose: 'feed' });
  expect(download).toMatchObject({ kind: 'body', finalUrl: url('/offers'), redirects: [] });
  expect(server.count('/elsewhere')).toBe(0);
  return 'OK';
});

test('a request says who asks, what it reads, and nothing about the owner', async () => {
  server.add('/who', (socket) => reply(socket, 200, {}, FEED));
  await downloader.download({
    url: url('/who'),
    purpose: 'feed',
    validators: { etag: '"a"', lastModified: 'Sat, 21 Nov 2026 10:00:00 GMT' },
  });
  const { headers } = server.requests.findLast((request) => request.path === '/who') ?? { headers: {} };
  expect(headers).toMatchObject({
    host: `127.0.0.1:${server.port}`,
    'user-agent': USER_AGENT,
    'if-none-match': '"a"',
    'if-modified-since': 'Sat, 21 Nov 2026 10:00:00 GMT',
  });
  expect(Object.keys(headers).sort()).toEqual(
    ['accept', 'accept-encoding', 'connection', 'host', 'if-modified-since', 'if-none-match', 'user-agent'].sort(),
  );
});

test('a request that is cancelled ends with the reason it was given, at once, and closes its socket', async () => {
  server.add('/wait', () => {});
  const cancel = new AbortController();
  const pending = downloader.download({ url: url('/wait'), purpose: 'feed', signal: cancel.signal });
  setTimeout(() => cancel.abort(), 50);
  expect((await errorOf(pending)).code).toBe('CANCELLED');
  await server.whenQuiet();
});

test('closing ends what is under way and leaves no socket', async () => {
  const own = makeDownloader();
  server.add('/held', () => {});
  const pending = errorOf(own.download({ url: url('/held'), purpose: 'feed' }));
  const warm = await own.download({ url: url('/who'), purpose: 'hacker-news' });
  expect(warm.status).toBe(200);
  expect(server.open.size).toBeGreaterThan(0);
  await own.close();
  expect((await pending).code).toBe('CANCELLED');
  await server.whenQuiet();
  expect((await errorOf(own.download({ url: url('/who'), purpose: 'feed' }))).code).toBe('CANCELLED');
});
