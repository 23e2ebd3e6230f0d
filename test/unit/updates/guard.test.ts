import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core, CoreDeps } from '../../../main/core.ts';
import type { UpdateState } from '../../../preload/contract/update.ts';
import { askOver, directTransport, makeFolder, openTestCore } from '../../helpers/core-kit.ts';
import { createTestResolve } from '../../helpers/test-network.ts';

/* What may go wrong at the other end: the list of versions comes through the same guard as every feed. */

let removeFolder: () => Promise<void>;
let dir = '';
let core: Core | undefined;
beforeEach(async () => {
  ({ dir, remove: removeFolder } = await makeFolder());
});
afterEach(async () => {
  await core?.stop();
  core = undefined;
  await removeFolder();
});

const check = async (own: Partial<CoreDeps>): Promise<UpdateState> => {
  core = await openTestCore(dir, own);
  return askOver(directTransport(core), 'updates.check', {});
};
/** Serves one answer on loopback while `work` goes on; gives back what was asked. */
const served = async (answer: (response: ServerResponse) => void, work: (url: string) => Promise<void>): Promise<string[]> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/releases.json`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return asked;
};

describe('the list of versions', () => {
  test('is one GET without anything that says who asks, but the name and version of the product', async () => {
    const heads: Record<string, unknown>[] = [];
    const asked = await served(
      (response) => {
        heads.push(response.req.headers);
        response.setHeader('Content-Type', 'application/json').end('{"releases":[{"version":"9.0.0"}]}');
      },
      async (releasesUrl) => {
        expect(await check({ releasesUrl })).toMatchObject({ newer: { version: '9.0.0' } });
      },
    );
    expect(asked).toEqual(['GET /releases.json']);
    expect(heads[0]?.['user-agent']).toMatch(/^Tidings\/0\.1\.0 /);
    for (const name of ['cookie', 'authorization', 'referer', 'from']) expect(heads[0]).not.toHaveProperty(name);
  });

  test('is not asked for in the local network, whatever the name of the homepage leads to', async () => {
    const { resolve } = createTestResolve({ 'example.org': [{ address: '127.0.0.2', family: 4 }] });
    const state = await check({ resolve });
    expect(state.newer).toBeUndefined();
    expect(state.problem).toBeTruthy();
  });

  test.each([
    ['an error', (response: ServerResponse) => response.writeHead(503).end('no')],
    ['a page', (response: ServerResponse) => response.setHeader('Content-Type', 'text/html').end('<html><p>Log in</p></html>')],
    ['a redirect into a file', (response: ServerResponse) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end()],
    ['far too much', (response: ServerResponse) => response.end(Buffer.alloc(2_000_000, 0x20))],
    [
      'a cut answer',
      (response: ServerResponse) => response.writeHead(200, { 'Content-Length': '500' }).write('{"rel') && response.destroy(),
    ],
    ['deep nonsense', (response: ServerResponse) => response.end(`{"releases":[${'['.repeat(5000)}${']'.repeat(5000)}]}`)],
  ])('answered with %s tells a sentence or nothing, and never a version', async (_what, answer) => {
    await served(answer, async (releasesUrl) => {
      const state = await check({ releasesUrl });
      expect(state.newer).toBeUndefined();
      expect(state.checkedAt).toBeTruthy();
      expect(state.problem ?? 'It is well.').toMatch(/\.$/);
    });
  });

  test('says nothing of where a version can be had: that page is ours', async () => {
    const releases = [{ version: '9.0.0', page: 'https://evil.test', url: 'https://evil.test', at: '<b>now</b>' }];
    await served(
      (response) => response.end(JSON.stringify({ releases, page: 'https://evil.test' })),
      async (releasesUrl) => {
        const state = await check({ releasesUrl });
        expect(JSON.stringify(state)).not.toContain('evil');
        expect(state.newer).toEqual({ version: '9.0.0' });
      },
    );
  });
});
