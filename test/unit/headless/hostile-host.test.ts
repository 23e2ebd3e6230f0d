import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { WebSocket } from 'ws';
import { runCli } from '../../../main/headless/cli.ts';
import { askForLink, linkRoute, readDoor, writeDoor } from '../../../main/headless/door-file.ts';
import type { LoopbackHost } from '../../../main/headless/serve.ts';
import { createSessions, LINK_LIFE_MS } from '../../../main/headless/sessions.ts';
import { readStaticFiles } from '../../../main/headless/static-files.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { APP_CSP } from '../../../main/lib/csp.ts';
import type { Reply } from '../../../preload/contract/contract.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import {
  closeCode,
  keptLog,
  keyOf,
  openSession,
  openSocket,
  serveForTest,
  sessionToken,
  socketTransport,
} from '../../helpers/socket-kit.ts';

type Raw = { status: number; text: string; headers: Record<string, string | string[] | undefined> };

/** One HTTP request exactly as given; the browser's `fetch` would not send most of these. */
const send = (
  port: number,
  options: { host?: string; method?: string; path?: string; headers?: Record<string, string>; body?: string },
): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const { host = '127.0.0.1', method = 'GET', path = '/', headers = {}, body } = options;
    const asking = request({ host, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), headers: response.headers }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });

/** The first bytes a raw connection answers with, until it is closed. */
const sendRaw = async (port: number, text: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return answer;
};

const json = { 'Content-Type': 'application/json' };

describe('the loopback host', () => {
  let host: LoopbackHost;
  const kept = keptLog();
  const asked: unknown[] = [];
  beforeAll(async () => {
    const ask = async (method: unknown): Promise<Reply> => {
      asked.push(method);
      return { ok: true, result: {} };
    };
    host = await serveForTest({ log: kept.log, ask });
  });
  afterAll(() => host.close());

  /** The code the host wrote into its log for what happened last. */
  const lastCode = (): string => /code=(\w+)/.exec(kept.lines.at(-1) ?? '')?.[1] ?? 'OK';
  const upgradeStatus = async (headers: Record<string, string>, path = '/socket'): Promise<number> => {
    const socket = openSocket({ ...host, newLink: host.newLink }, headers);
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(path).toBe('/socket');
    return (response as { statusCode: number }).statusCode;
  };

  hostileCase(187, 'no key, a wrong one, an old one, one bit off or a huge one: 401 and nothing told', async () => {
    const key = keyOf(host.newLink());
    const oneBitOff = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    const used = keyOf(host.newLink());
    await send(host.port, { method: 'POST', path: '/session', headers: json, body: JSON.stringify({ key: used }) });
    const codes: string[] = [];
    const bodies = [
      {},
      { key: '' },
      { key: 'wrong' },
      { key: used },
      { key: oneBitOff },
      { key: 'k'.repeat(1_000_000) },
      { key: 7 },
    ];
    for (const body of bodies) {
      const answer = await send(host.port, { method: 'POST', path: '/session', headers: json, body: JSON.stringify(body) });
      expect(answer).toMatchObject({ status: 401, text: '' });
      codes.push(lastCode());
    }
    // Beyond ten wrong ones a second nobody is even told that it was wrong.
    const flood = Array.from({ length: 30 }, () =>
      send(host.port, { method: 'POST', path: '/session', headers: json, body: '{"key":"x"}' }),
    );
    expect((await Promise.all(flood)).map(({ status }) => status)).toContain(429);
    // A wrong token on the wire is turned away as well.
    const socket = openSocket(host);
    await once(socket, 'open');
    socket.send(JSON.stringify({ token: 'wrong' }));
    expect(await closeCode(socket)).toBe(4401);
    return codes;
  });

  hostileCase(188, 'a foreign Host, none, two or one with a name in it is refused before anything else', async () => {
    const { port } = host;
    const hosts = [
      'evil.com',
      `evil.com:${port}`,
      `localhost.evil.com:${port}`,
      `127.0.0.1`,
      `127.0.0.1:${port}@evil.com`,
      `user@127.0.0.1:${port}`,
    ];
    const codes: string[] = [];
    for (const Host of hosts) {
      expect(await send(port, { headers: { Host } })).toMatchObject({ status: 403, text: '' });
      codes.push(lastCode());
    }
    const twice = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.com\r\nConnection: close\r\n\r\n`;
    for (const text of ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', twice]) {
      expect(await sendRaw(port, text)).not.toContain('200 OK');
      codes.push(lastCode());
    }
    return codes;
  });

  hostileCase(189, 'another origin gets neither a page nor a socket', async () => {
    const { port } = host;
    const codes: string[] = [];
    for (const Origin of ['https://evil.example', 'null', `http://127.0.0.1:${port + 1}`, `https://127.0.0.1:${port}`]) {
      const post = { method: 'POST', path: '/session', headers: { ...json, Origin }, body: '{}' };
      expect(await send(port, post)).toMatchObject({ status: 403, text: '' });
      codes.push(lastCode());
      expect(await upgradeStatus({ Origin })).toBe(403);
      codes.push(lastCode());
    }
    return codes;
  });

  hostileCase(190, 'a form, an image or a fetch of another site changes nothing', async () => {
    const { port } = host;
    const codes: string[] = [];
    for (const site of ['cross-site', 'same-site']) {
      const headers = { ...json, 'Sec-Fetch-Site': site };
      expect((await send(port, { headers })).status).toBe(403);
      codes.push(lastCode());
      const key = keyOf(host.newLink());
      expect((await send(port, { method: 'POST', path: '/session', headers, body: JSON.stringify({ key }) })).status).toBe(403);
      codes.push(lastCode());
    }
    const key = keyOf(host.newLink());
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await send(port, { method: 'POST', path: '/session', headers: form, body: JSON.stringify({ key }) })).status).toBe(
      415,
    );
    // A GET never hands out a session, whatever it carries.
    expect((await send(port, { path: `/session?key=${key}` })).status).toBe(404);
    const good = await send(port, { method: 'POST', path: '/session', headers: json, body: JSON.stringify({ key }) });
    expect(good.status).toBe(200);
    return codes;
  });

  hostileCase(191, 'a preflight gets no permission', async () => {
    const headers = {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Private-Network': 'true',
    };
    const refused = await send(host.port, { method: 'OPTIONS', path: '/session', headers });
    const own = await send(host.port, {
      method: 'OPTIONS',
      path: '/session',
      headers: { Origin: `http://127.0.0.1:${host.port}` },
    });
    const page = await send(host.port, {});
    expect([refused.status, own.status, page.status]).toEqual([403, 404, 200]);
    for (const answer of [refused, own, page]) expect(Object.keys(answer.headers).join()).not.toMatch(/access-control/i);
    return 'OK';
  });

  hostileCase(192, 'only the files of the page are served, whatever the path', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tidings-static-'));
    await writeFile(join(dir, 'index.html'), 'page');
    await writeFile(join(dir, 'secret.txt'), 'secret');
    await symlink('/etc/passwd', join(dir, 'link.html'));
    const files = readStaticFiles(dir);
    expect([...files.keys()].sort()).toEqual(['/', '/index.html']);
    const own = await serveForTest({ files });
    const paths = [
      '/../../etc/passwd',
      '/%2e%2e%2fetc/passwd',
      '/%252e%252e/x',
      '/..\\..\\x',
      '/%00',
      '//etc/passwd',
      '/C:/x',
      '/link.html',
      '/secret.txt',
    ];
    for (const path of paths) expect((await send(own.port, { path })).status, path).toBe(404);
    const absolute = `GET http://127.0.0.1:${own.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${own.port}\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(own.port, absolute)).toContain('404 Not Found');
    expect((await send(own.port, { path: '/' })).text).toBe('page');
    await own.close();
    await rm(dir, { recursive: true });
    return 'NOT_FOUND';
  });

  hostileCase(193, 'a socket that floods, swells, lies or never reads is closed', async () => {
    const big = await openSession(host);
    big.send('x'.repeat(50 * 1_048_576), () => {});
    big.on('error', () => {});
    expect(await closeCode(big)).toBe(1009);

    const pinging = await openSession(host);
    pinging.on('error', () => {});
    for (let sent = 0; sent < 10_000 && pinging.readyState === pinging.OPEN; sent += 1) pinging.ping();
    expect([1006, 1008]).toContain(await closeCode(pinging));

    const fragments = await openSession(host);
    fragments.on('error', () => {});
    for (let sent = 0; sent < 2000 && fragments.readyState === fragments.OPEN; sent += 1) fragments.send('x', { fin: false });
    expect([1006, 1008]).toContain(await closeCode(fragments));

    const garbled = await openSession(host);
    // A text frame whose two bytes are not UTF-8.
    (garbled as unknown as { _socket: Socket })._socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]));
    garbled.on('error', () => {});
    expect([1006, 1007]).toContain(await closeCode(garbled));

    const ownLog = keptLog();
    const own = await serveForTest({ log: ownLog.log, ask: async () => ({ ok: true, result: 'x'.repeat(1_000_000) }) });
    const deaf = await openSession(own);
    deaf.on('error', () => {});
    deaf.pause();
    for (let id = 0; id < 90; id += 1) deaf.send(JSON.stringify({ id, method: 'x', params: {} }));
    const letGo = await ownLog.wrote('Window let go');
    deaf.resume();
    expect(await closeCode(deaf)).toBe(1006);
    await own.close();
    return /code=(\w+)/.exec(letGo)?.[1] ?? '';
  });

  hostileCase(194, 'connections, requests and bodies have their limits', async () => {
    const { port } = host;
    const many = Array.from({ length: 90 }, () => connect(port, '127.0.0.1'));
    const closed = many.map((socket) => {
      socket.on('error', () => {});
      return new Promise<void>((resolve) => socket.once('close', () => resolve()));
    });
    await Promise.race(closed);
    for (const socket of many) socket.destroy();
    await Promise.all(closed);

    const huge = `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n`;
    expect(await sendRaw(port, huge)).toContain('413');
    const code = lastCode();
    const smuggled = `POST /session HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: evil\r\n\r\n`;
    expect(await sendRaw(port, smuggled)).not.toContain('200 OK');
    const longHeader = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`;
    expect(await sendRaw(port, longHeader)).not.toContain('200 OK');
    const startedAt = performance.now();
    expect(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: 127')).not.toContain('200 OK');
    expect(performance.now() - startedAt).toBeLessThan(9000);
    expect((await send(port, {})).status).toBe(200);
    return code;
  });

  hostileCase(195, 'another address than loopback is refused without the long flag', async () => {
    const said: string[] = [];
    const io = {
      out: async () => {},
      tell: (line: string) => void said.push(line),
      log: () => {},
      env: {},
      cwd: tmpdir(),
      signal: AbortSignal.timeout(10_000),
      now: Date.now,
    };
    for (const address of ['0.0.0.0', '::', '192.168.1.5']) {
      expect(await runCli(['serve', '--host', address, '--data', join(tmpdir(), 'tidings-never')], io)).toBe(2);
    }
    expect(said).toHaveLength(3);
    expect(said[0]).toContain('--i-know-this-exposes-tidings');
    expect(await stat(join(tmpdir(), 'tidings-never')).catch(() => 'absent')).toBe('absent');
    // With the flag it is what was asked for, and only under the names it was told.
    const own = await serveForTest({ exposed: { address: '127.0.0.5', names: ['127.0.0.5'] } });
    const ask = (host: string, name: string): Promise<Raw> => send(own.port, { host, headers: { Host: `${name}:${own.port}` } });
    expect((await ask('127.0.0.5', '127.0.0.5')).status).toBe(200);
    expect((await ask('127.0.0.5', 'evil.example')).status).toBe(403);
    expect((await ask('127.0.0.1', '127.0.0.1')).status).toBe(200);
    await own.close();
    return 'USAGE';
  });

  hostileCase(196, 'a stranger on our port gets no secret, and we take the next one', async () => {
    const heard: string[] = [];
    const squatter = createHttpServer((asking, response) => {
      asking.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
      asking.on('end', () => response.end(JSON.stringify({ link: 'http://evil.example/', proof: 'x'.repeat(43) })));
    });
    squatter.listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    const own = await serveForTest({ port });
    expect(own.port).not.toBe(port);
    expect(new URL(own.newLink()).port).toBe(String(own.port));
    const dir = await mkdtemp(join(tmpdir(), 'tidings-door-'));
    const door = await writeDoor(dir, port);
    expect(await askForLink(door)).toBeUndefined();
    expect(heard.join()).not.toContain(door.secret);
    expect(heard).toHaveLength(1);
    squatter.close();
    await own.close();
    await rm(dir, { recursive: true });
    return 'OK';
  });

  hostileCase(197, 'a key seen in a history or a log is worth nothing: once, for a minute, never sent along', async () => {
    let at = 0;
    const sessions = createSessions({ ...systemClock, monotonic: () => at });
    const key = sessions.newKey();
    at = LINK_LIFE_MS - 1;
    expect(sessions.isValid(sessions.redeem(key))).toBe(true);
    expect(sessions.redeem(key)).toBeUndefined();
    const late = sessions.newKey();
    at += LINK_LIFE_MS + 1;
    expect(sessions.redeem(late)).toBeUndefined();
    const link = host.newLink();
    expect(new URL(link).search).toBe('');
    expect(new URL(link).hash).toMatch(/^#k=[\w-]{43}$/);
    expect((await send(host.port, {})).headers['referrer-policy']).toBe('no-referrer');
    await send(host.port, { method: 'POST', path: '/session', headers: json, body: JSON.stringify({ key: keyOf(link) }) });
    expect(kept.lines.join()).not.toContain(keyOf(link));
    return 'OK';
  });

  hostileCase(198, 'no site may put the page in a frame', async () => {
    const { headers } = await send(host.port, {});
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${host.port}`);
    expect(APP_CSP).toContain("connect-src 'self';");
    expect(headers['x-content-type-options']).toBe('nosniff');
    return 'OK';
  });

  hostileCase(199, 'the secret of the door is readable by its owner only', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tidings-door-'));
    const own = await serveForTest({
      posts: {
        '/link': (body) =>
          linkRoute(
            () => door.secret,
            () => 'http://127.0.0.1:1/#k=x',
          )(body),
      },
    });
    const door = await writeDoor(dir, own.port);
    expect((await stat(join(dir, 'headless-door.json'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dir, 'headless-door.json'), 'utf8')).toContain(door.secret);
    expect(await readDoor(dir)).toEqual(door);
    expect(await askForLink(door)).toBe('http://127.0.0.1:1/#k=x');
    expect(await askForLink({ ...door, secret: 'y'.repeat(43) })).toBeUndefined();
    await own.close();
    await rm(dir, { recursive: true });
    return 'OK';
  });

  hostileCase(200, 'of a hundred windows eight are let in, and a hostile one does not hold up the others', async () => {
    const token = await sessionToken(host);
    const knock = async (): Promise<WebSocket | undefined> => {
      const socket = openSocket(host);
      socket.on('error', () => {});
      const opened = await Promise.race([once(socket, 'open').then(() => true), once(socket, 'close').then(() => false)]);
      if (!opened) return undefined;
      socket.send(JSON.stringify({ token }));
      const isIn = await Promise.race([once(socket, 'message').then(() => true), once(socket, 'close').then(() => false)]);
      return isIn ? socket : undefined;
    };
    const knocked: (WebSocket | undefined)[] = [];
    for (let round = 0; round < 10; round += 1) knocked.push(...(await Promise.all(Array.from({ length: 10 }, knock))));
    const inside = knocked.filter((socket) => socket !== undefined);
    expect(inside).toHaveLength(8);
    const [hostile, ...others] = inside;
    for (let id = 0; id < 5000; id += 1) hostile?.send(JSON.stringify({ id, method: 'x', params: {} }));
    const replies = await Promise.all(others.map((socket) => socketTransport(socket).request('y', {})));
    expect(replies).toEqual(others.map(() => ({ ok: true, result: {} })));
    for (const socket of inside) socket.terminate();
    return 'OK';
  });

  hostileCase(159, 'ten thousand calls in a second are held to a hundred, and another window is served', async () => {
    const [flooding, calm] = await Promise.all([openSession(host), openSession(host)]);
    const codes = new Set<string>();
    flooding.on('error', () => {});
    flooding.on('message', (data) => {
      const { reply } = JSON.parse(String(data)) as { reply: Reply };
      codes.add(reply.ok ? 'OK' : reply.error.code);
    });
    asked.length = 0;
    for (let id = 0; id < 10_000; id += 1) flooding.send(JSON.stringify({ id, method: 'flood', params: {} }));
    const closed = closeCode(flooding);
    expect(await socketTransport(calm).request('calm', {})).toEqual({ ok: true, result: {} });
    expect(await closed).toBe(1008);
    expect(asked.filter((method) => method === 'flood').length).toBeLessThanOrEqual(200);
    calm.terminate();
    return [...codes];
  });
});
