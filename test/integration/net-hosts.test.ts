import { createServer } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../main/lib/log.ts';
import type { Downloader, DownloadRequest } from '../../main/net/download-types.ts';
import { hostileCase } from '../helpers/hostile-case.ts';
import { type HostileServer, raw, reply, startHostileServer } from '../helpers/hostile-server.ts';
import { bodyOf, codeOf, errorOf, makeDownloader } from '../helpers/net-kit.ts';
import { makeTestCertificates, type TestCertificates } from '../helpers/test-certificates.ts';
import { createTestResolve, realPolicyBut } from '../helpers/test-network.ts';

/* Rows 2, 3, 20-31, 33, 35, 38-42, 47-50: where a request may go and what keeps it from getting there. */

let server: HostileServer;
let downloader: Downloader;
beforeAll(async () => {
  server = await startHostileServer({ hosts: ['127.0.0.1', '127.0.0.2', '127.0.0.254', '127.0.1.1', '127.0.1.2'] });
  server.add('/ok', (socket) => reply(socket, 200, {}, 'good'));
  server.add('/to', (socket, request) => {
    const [, status = '302', location = ''] = /\?(\d+),(.*)$/.exec(request.path) ?? [];
    reply(socket, Number(status), { location: Buffer.from(decodeURIComponent(location)).toString('latin1') }, 'moved');
  });
  downloader = makeDownloader();
});
afterAll(async () => {
  await downloader.close();
  await server.close();
});

const at = (host: string, path = '/ok'): string => server.origin(host) + path;
const redirect = (from: string, to: string, status = 302): string => at(from, `/to?${status},${encodeURIComponent(to)}`);
const fetchIt = (url: string, more: Partial<DownloadRequest> = {}) => downloader.download({ url, purpose: 'feed', ...more });

/* A port on which nobody listens: one that was just free. */
const closedPort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
};

hostileCase(2, 'a host that never completes the connection is given up in time', async () => {
  // The thread listens with room for one connection and then stands still, so that nobody takes it from the line.
  const standing = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(
    `const { createServer } = require('node:net'); const { parentPort, workerData: standing } = require('node:worker_threads');
     const server = createServer(); server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       setImmediate(() => { Atomics.store(standing, 0, 1); Atomics.notify(standing, 0); Atomics.wait(standing, 1, 0, 15_000); }); });`,
    { eval: true, workerData: standing },
  );
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  await Atomics.waitAsync(standing, 0, 0).value;
  const url = `http://127.0.0.1:${port}/`;
  const own = makeDownloader({ limits: { headersMs: 8000, totalMs: 9000 } });
  // The first two fill the line of the system; they connect and wait for headers.
  const filling = Array.from({ length: 4 }, () => own.download({ url, purpose: 'hacker-news' }).catch(() => undefined));
  const began = performance.now();
  const code = await codeOf(own, url, { purpose: 'hacker-news' });
  expect(performance.now() - began).toBeLessThan(4000);
  await own.close();
  await Promise.all(filling);
  await worker.terminate();
  return code;
});

hostileCase(3, 'a closed port is refused within a second', async () => {
  const began = performance.now();
  const code = await codeOf(downloader, `http://127.0.0.1:${await closedPort()}/`);
  expect(performance.now() - began).toBeLessThan(1000);
  return code;
});

hostileCase(20, 'a circle of redirects is noticed', async () => {
  server.add('/self', (socket) => reply(socket, 302, { location: '/self' }));
  server.add('/a', (socket) => reply(socket, 302, { location: '/b' }));
  server.add('/b', (socket) => reply(socket, 301, { location: '/a#part' }));
  const codes = [await codeOf(downloader, at('127.0.0.1', '/self')), await codeOf(downloader, at('127.0.0.1', '/a'))];
  expect(server.count('/self')).toBe(1);
  expect(server.count('/a')).toBe(1);
  return codes;
});

hostileCase(21, 'the sixth redirect is not followed, the fifth is', async () => {
  for (let step = 1; step <= 6; step += 1) {
    server.add(`/six-${step}`, (socket) => reply(socket, 302, { location: step === 6 ? '/ok' : `/six-${step + 1}` }));
  }
  expect((await fetchIt(at('127.0.0.1', '/six-2'))).redirects).toHaveLength(5);
  return await codeOf(downloader, at('127.0.0.1', '/six-1'));
});

hostileCase(22, 'a redirect to anything but http and https is refused', async () => {
  const targets = [
    'file:///etc/passwd',
    'data:text/xml,<rss/>',
    'javascript:alert(1)',
    'ftp://pub.test/',
    'gopher://pub.test/',
    'feed:x',
  ];
  return await Promise.all(targets.map((target) => codeOf(downloader, redirect('127.0.0.1', target))));
});

const blockedTargets = async (targets: readonly string[]): Promise<string[]> => {
  const own = makeDownloader({ policy: realPolicyBut('127.0.1.1'), resolve: createTestResolve().resolve });
  const before = server.connections;
  const codes = [];
  for (const host of targets) codes.push(await codeOf(own, redirect('127.0.1.1', `http://${host}:${server.port}/ok`)));
  for (const host of targets) codes.push(await codeOf(own, `http://${host}:${server.port}/ok`));
  // One connection each for the redirect itself, none beyond.
  expect(server.connections - before).toBe(targets.length);
  await own.close();
  return codes;
};

hostileCase(23, 'this computer is not reached under any of its spellings', async () => {
  return await blockedTargets([
    '127.0.0.1',
    '[::1]',
    '0.0.0.0',
    '0',
    '127.1',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '0x7f000001',
    '127.000.000.001',
    '[::]',
    '[::ffff:127.0.0.1]',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '①②⑦.⓪.⓪.①',
  ]);
});

hostileCase(24, 'the metadata services of clouds are not reached, also when the owner allowed the local network', async () => {
  const targets = ['169.254.169.254', '[fd00:ec2::254]', 'metadata.google.internal', 'metadata.google.internal.'];
  const own = makeDownloader();
  const codes = await blockedTargets(targets);
  for (const host of [...targets, '127.0.0.254', 'meta.test']) {
    codes.push(await codeOf(own, `http://${host}:${server.port}/ok`, { allowLocalNetwork: true }));
  }
  await own.close();
  return codes;
});

hostileCase(25, 'private, shared, link-local, mapped and tunnelled addresses are not reached', async () => {
  return await blockedTargets([
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.1.1',
    '[fe80::1]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[::ffff:10.0.0.1]',
    '[::ffff:a00:1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::a00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '224.0.0.1',
    '255.255.255.255',
    '[ff02::1]',
    '198.18.0.1',
    '192.0.2.1',
  ]);
});

hostileCase(26, 'a name that changes its address after the check is connected to at the checked one', async () => {
  const { resolve, asked } = createTestResolve();
  const own = makeDownloader({ resolve, limits: { hostPauseMs: 0 } });
  server.requests.length = 0;
  const first = await codeOf(own, at('rebind.test'));
  expect(server.requests.map((request) => request.address)).toEqual(['127.0.0.1']);
  expect(asked.get('rebind.test')).toBe(1);
  await own.close();
  const later = makeDownloader({ resolve });
  const second = await codeOf(later, at('rebind.test'));
  expect(server.requests).toHaveLength(1);
  await later.close();
  expect(first).toBe('OK');
  return second;
});

hostileCase(27, 'of a name with a public and a private address only the public one is used', async () => {
  server.requests.length = 0;
  const code = await codeOf(downloader, at('both.test'));
  expect(server.requests.map((request) => [request.address, request.headers.host])).toEqual([
    ['127.0.0.1', `both.test:${server.port}`],
  ]);
  return code;
});

hostileCase(28, 'the local network is refused with an offer, and open when the owner takes it, for itself alone', async () => {
  const refused = await errorOf(fetchIt(at('127.0.0.2')));
  expect(refused.message).toBe('This address belongs to the local network. Allow it for this source to go on.');
  const allowed = { allowLocalNetwork: true };
  expect(await codeOf(downloader, at('127.0.0.2'), allowed)).toBe('OK');
  expect(await codeOf(downloader, at('priv.test'), allowed)).toBe('OK');
  expect(await codeOf(downloader, redirect('127.0.0.2', at('priv.test')), allowed)).toBe('OK');
  return [
    refused.code,
    await codeOf(downloader, redirect('127.0.0.2', at('127.0.0.1')), allowed),
    await codeOf(downloader, redirect('127.0.0.1', at('127.0.0.2')), allowed),
    await codeOf(downloader, redirect('127.0.0.2', at('meta.test')), allowed),
  ];
});

test('a refused address is written to the log without its query', async () => {
  const lines: string[] = [];
  const own = makeDownloader({
    log: createLog(
      (line) => lines.push(line),
      () => 0,
    ),
  });
  await errorOf(own.download({ url: at('127.0.0.2', '/feed?key=secret'), purpose: 'feed' }));
  await own.close();
  expect(lines).toEqual([`1970-01-01T00:00:00.000Z warn Address refused url=http://127.0.0.2:${server.port}/feed\n`]);
});

hostileCase(29, 'a step from https down to http is taken only when the owner allowed it', async () => {
  const url = `${tlsGood.origin('pub.test')}/down`;
  const tls = makeDownloader({ tls: { ca: certificates.ca }, resolve: createTestResolve().resolve });
  const refused = await codeOf(tls, url);
  expect(await codeOf(tls, url, { allowDowngrade: true })).toBe('OK');
  await tls.close();
  return refused;
});

hostileCase(30, 'credentials in an address are never sent, neither to its host nor to the next', async () => {
  server.requests.length = 0;
  const url = redirect('127.0.0.1', at('127.0.1.1')).replace('http://', 'http://name:secret@');
  const download = await fetchIt(url);
  expect(JSON.stringify(download)).not.toContain('secret');
  expect(server.requests).toHaveLength(2);
  for (const { headers } of server.requests) expect(headers).not.toHaveProperty('authorization');
  return 'OK';
});

hostileCase(31, 'Location is resolved or refused, and never brings credentials along', async () => {
  server.add('/none', raw('HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n'));
  server.add('/twice', raw('HTTP/1.1 302 Found\r\nlocation: /ok\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n'));
  server.add('/far', raw(`HTTP/1.1 302 Found\r\nlocation: /${'x'.repeat(100_000)}\r\n\r\n`));
  server.add('/caf%C3%A9', (socket) => reply(socket, 200, {}, 'good'));
  const asBytes = (text: string): string => Buffer.from(text).toString('latin1');
  server.add('/utf8', (socket) => reply(socket, 302, { location: asBytes('/café') }));
  server.add('/latin1', (socket) => reply(socket, 302, { location: '/caf\u00e9' }));
  const finalUrl = async (url: string): Promise<string> => (await fetchIt(url)).finalUrl;
  expect(await finalUrl(at('127.0.0.1', '/utf8'))).toBe(at('127.0.0.1', '/caf%C3%A9'));
  expect(await finalUrl(at('127.0.0.1', '/latin1'))).toBe(at('127.0.0.1', '/caf%C3%A9'));
  expect(await finalUrl(redirect('127.0.0.1', '../x/./../ok'))).toBe(at('127.0.0.1'));
  expect(await finalUrl(redirect('127.0.0.1', `//h1.test:${server.port}/ok`))).toBe(at('h1.test'));
  const withName = await fetchIt(redirect('127.0.0.1', `http://name:secret@127.0.1.1:${server.port}/ok`));
  expect([withName.finalUrl, withName.redirects[0]?.to]).toEqual([at('127.0.1.1'), at('127.0.1.1')]);
  const paths = ['/none', '/twice', '/far', '/to?302,', `/to?302,/${'x'.repeat(3000)}`, '/to?302,http:%2F%2F[nonsense'];
  const codes = [];
  for (const path of paths) codes.push(await codeOf(downloader, at('127.0.0.1', path)));
  expect(codes).not.toContain('OK');
  return codes;
});

hostileCase(33, 'a redirect for the moment says nothing about the address from now on', async () => {
  const permanent = await fetchIt(redirect('127.0.0.1', redirect('127.0.1.1', at('127.0.1.2'), 308), 301));
  expect(permanent).toMatchObject({ finalUrl: at('127.0.1.2'), movedTo: at('127.0.1.2') });
  for (const status of [302, 303, 307]) {
    const download = await fetchIt(redirect('127.0.0.1', redirect('127.0.1.1', at('127.0.1.2'), status), 301));
    expect(download.finalUrl).toBe(at('127.0.1.2'));
    expect(download).not.toHaveProperty('movedTo');
  }
  return 'OK';
});

hostileCase(35, 'a 304 to a question without validators is an error of its own', async () => {
  server.add('/304', (socket) => reply(socket, 304));
  const own = (await errorOf(fetchIt(at('127.0.0.1', '/304')))).code;
  expect(await codeOf(downloader, at('127.0.0.1', '/304'), { validators: { etag: '"a"' } })).toBe('OK');
  return [own, await codeOf(downloader, at('127.0.0.1', '/304'), { validators: { etag: '"broken\n' } })];
});

/* Each on a host of its own: what a server asks for holds for its whole host. */
const retryAfter = async (lines: string, status = 429) => {
  const own = makeDownloader({ resolve: createTestResolve({ 'own.test': [{ address: '127.0.1.1', family: 4 }] }).resolve });
  server.add('/busy', raw(`HTTP/1.1 ${status} Busy\r\n${lines}content-length: 0\r\n\r\n`));
  const error = await errorOf(own.download({ url: at('own.test', '/busy'), purpose: 'feed' }));
  await own.close();
  return error;
};
const HOUR_MS = 60 * 60 * 1000;

hostileCase(38, 'Retry-After is handed on, and no other feed of that host is asked meanwhile', async () => {
  const own = makeDownloader();
  server.add('/busy', raw('HTTP/1.1 429 Busy\r\nretry-after: 120\r\ncontent-length: 0\r\n\r\n'));
  const first = await errorOf(own.download({ url: at('pub.test', '/busy'), purpose: 'feed' }));
  expect(first.details).toMatchObject({ status: 429, retryAfterMs: 120_000 });
  const before = server.requests.length;
  const second = await errorOf(own.download({ url: at('pub.test', '/ok'), purpose: 'feed' }));
  expect(second.message).toBe('This server asked us to wait. It is asked again in 2 minutes.');
  expect(second.details.retryAfterMs).toBeGreaterThan(119_000);
  expect(server.requests.length).toBe(before);
  expect(await codeOf(own, at('h1.test', '/ok'))).toBe('OK');
  await own.close();
  return [first.code, second.code];
});

hostileCase(39, 'a Retry-After date in the past means a minute, one in 2099 a day', async () => {
  const past = await retryAfter('retry-after: Fri, 31 Dec 1999 23:59:59 GMT\r\n');
  const far = await retryAfter('retry-after: Thu, 31 Dec 2099 23:59:59 GMT\r\n');
  const soon = await retryAfter(`retry-after: ${new Date(Date.now() + 2 * HOUR_MS).toUTCString()}\r\n`);
  expect(past.details.retryAfterMs).toBe(60_000);
  expect(far.details.retryAfterMs).toBe(24 * HOUR_MS);
  expect(soon.details.retryAfterMs).toBeGreaterThan(1.99 * HOUR_MS);
  expect(soon.details.retryAfterMs).toBeLessThanOrEqual(2 * HOUR_MS);
  return [past.code, far.code, soon.code];
});

hostileCase(40, 'a Retry-After that is neither digits nor a date is not read', async () => {
  const codes = [];
  for (const value of ['-5', '1e9', '99999999999999999999', 'abc', '0x10', '', '1.5', '+60', '١٢٠', 'Fri Dec 31']) {
    const error = await retryAfter(`retry-after: ${Buffer.from(value).toString('latin1')}\r\n`);
    expect(error.details, value).not.toHaveProperty('retryAfterMs');
    codes.push(error.code);
  }
  const twice = await retryAfter('retry-after: 60\r\nretry-after: 60\r\n');
  expect(twice.details).not.toHaveProperty('retryAfterMs');
  expect((await retryAfter('retry-after: 999999999\r\n')).details.retryAfterMs).toBe(24 * HOUR_MS);
  expect((await retryAfter('retry-after: 0\r\n')).details.retryAfterMs).toBe(60_000);
  return [...codes, twice.code];
});

hostileCase(41, 'the failures of a server keep their status and what it asks for', async () => {
  const busy = await retryAfter('retry-after: 90\r\n', 503);
  expect(busy.details).toMatchObject({ status: 503, retryAfterMs: 90_000 });
  const codes = [busy.code];
  for (const status of [500, 502, 504, 511, 599]) {
    server.add('/fails', (socket) => reply(socket, status, {}, '<html>sorry</html>'));
    const error = await errorOf(fetchIt(at('127.0.0.1', '/fails')));
    expect(error.details.status).toBe(status);
    codes.push(error.code);
  }
  server.add('/fails', (socket) => reply(socket, 200, {}, 'good'));
  expect(await codeOf(downloader, at('127.0.0.1', '/fails'))).toBe('OK');
  return codes;
});

hostileCase(42, 'a refusal is named by its status and asked once', async () => {
  const seen: Record<number, string> = {};
  for (const status of [400, 401, 402, 403, 404, 410, 418, 451]) {
    server.add(`/refuses-${status}`, (socket) => reply(socket, status, { 'www-authenticate': 'Basic realm="x"' }, 'no'));
    const error = await errorOf(fetchIt(at('127.0.0.1', `/refuses-${status}`)));
    expect(error.message).toContain(`The server answered ${status}`);
    expect(server.count(`/refuses-${status}`)).toBe(1);
    seen[status] = error.code;
  }
  expect(seen[410]).toBe('HTTP_GONE');
  return [401, 402, 403, 451].map((status) => seen[status] ?? '');
});

test('other redirects than those with a Location are errors, and the body of an error is not waited for', async () => {
  server.add('/300', (socket) => reply(socket, 300, {}, 'choose'));
  expect(await codeOf(downloader, at('127.0.0.1', '/300'))).toBe('HTTP_PROTOCOL');
  server.add('/slow-404', (socket) => void socket.write('HTTP/1.1 404 Not Found\r\ncontent-length: 1000\r\n\r\nslow'));
  const error = await errorOf(fetchIt(at('127.0.0.1', '/slow-404')));
  expect([error.code, error.message]).toEqual(['HTTP_4XX', 'The server answered 404.']);
});

let certificates: TestCertificates;
let tlsGood: HostileServer;
const tlsServers: HostileServer[] = [];
beforeAll(async () => {
  certificates = makeTestCertificates();
  tlsGood = await startTls(certificates.good);
  tlsGood.add('/down', (socket) => reply(socket, 301, { location: at('pub.test') }));
  tlsGood.add('/up', (socket) => reply(socket, 200, {}, 'safe'));
});
const startTls = async (tls: TlsOptions): Promise<HostileServer> => {
  const started = await startHostileServer({ tls });
  started.add('/ok', (socket) => reply(socket, 200, {}, 'good'));
  tlsServers.push(started);
  return started;
};
afterAll(async () => {
  for (const one of tlsServers) await one.close();
});

hostileCase(
  47,
  'a certificate that is expired, self-signed, weak or for another name is not accepted, nor is old TLS',
  async () => {
    // Of the two addresses nobody listens on the first.
    const more = {
      'other.test': [
        { address: '::1', family: 6 as const },
        { address: '127.0.0.1', family: 4 as const },
      ],
    };
    const tls = makeDownloader({ tls: { ca: certificates.ca }, resolve: createTestResolve(more).resolve });
    expect(bodyOf(await tls.download({ url: `${tlsGood.origin('other.test')}/up`, purpose: 'feed' }))).toBe('safe');
    expect(bodyOf(await tls.download({ url: `${tlsGood.origin('pub.test')}/up`, purpose: 'feed' }))).toBe('safe');
    expect(bodyOf(await tls.download({ url: `${tlsGood.origin('127.0.0.1')}/up`, purpose: 'feed' }))).toBe('safe');
    const { expired, wrongName, selfSigned, weak, good } = certificates;
    const codes = [];
    const bad: TlsOptions[] = [
      expired,
      wrongName,
      selfSigned,
      { ...weak, ciphers: 'DEFAULT@SECLEVEL=0' },
      { ...good, maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
    ];
    for (const options of bad) {
      const started = await startTls(options);
      codes.push(await codeOf(tls, `${started.origin('pub.test')}/ok`));
      expect(started.requests).toHaveLength(0);
    }
    await tls.close();
    // Without our own authority even the good one is nobody's.
    codes.push(await codeOf(downloader, `${tlsGood.origin('pub.test')}/up`));
    return codes;
  },
);

hostileCase(48, 'a handshake that hangs runs out of time, plain HTTP where TLS should be is refused', async () => {
  const mute = await startHostileServer({ onConnect: (socket) => void socket.resume() });
  const hanging = await codeOf(downloader, mute.origin().replace('http:', 'https:'));
  expect(hanging).toBe('CONN_TIMEOUT');
  await mute.whenQuiet();
  await mute.close();
  const chatty = await startHostileServer({ onConnect: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') });
  const plain = await codeOf(downloader, chatty.origin().replace('http:', 'https:'));
  await chatty.close();
  return [hanging, plain];
});

hostileCase(
  49,
  'a name that does not exist, has no address or never answers fails in time, and holds up nothing else',
  async () => {
    const own = makeDownloader({ limits: { dnsMs: 1500, totalMs: 8000 } });
    const began = performance.now();
    const hanging = Array.from({ length: 2 }, (_, index) => codeOf(own, `http://hang.test:${4000 + index}/`));
    expect(await codeOf(own, at('pub.test'))).toBe('OK');
    expect(performance.now() - began).toBeLessThan(1400);
    const codes = [...(await Promise.all(hanging)), await codeOf(own, at('gone.test')), await codeOf(own, at('empty.test'))];
    await own.close();
    return codes;
  },
);

hostileCase(50, 'IPv6 alone works, a dead first address costs less than a second, a scope is refused', async () => {
  const { resolve } = createTestResolve({
    'two.test': [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ],
    'scope.test': [{ address: 'fe80::1%eth0', family: 6 }],
  });
  const own = makeDownloader({ resolve });
  const began = performance.now();
  // Nobody listens on ::1 at this port.
  const either = await codeOf(own, at('two.test'));
  expect(performance.now() - began).toBeLessThan(1000);
  const six = await startHostileServer({ hosts: ['::1'] }).catch(() => undefined);
  six?.add('/ok', (socket) => reply(socket, 200, {}, 'good'));
  if (six)
    expect([await codeOf(own, `${six.origin('six.test')}/ok`), await codeOf(own, `${six.origin('::1')}/ok`)]).toEqual([
      'OK',
      'OK',
    ]);
  await six?.close();
  const scope = await codeOf(own, at('scope.test'), { allowLocalNetwork: true });
  expect(scope).toBe('ADDR_BLOCKED');
  await own.close();
  return [either, scope];
});
