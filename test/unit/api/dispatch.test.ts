import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatch } from '../../../main/api/dispatch.ts';
import { toPlain } from '../../../main/api/to-plain.ts';
import type { Core } from '../../../main/core.ts';
import type { Handlers } from '../../../preload/contract/contract.ts';
import { AppError } from '../../../preload/contract/errors.ts';
import { askOver, directTransport, makeFolder, openTestCore } from '../../helpers/core-kit.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';
import { startSmallWeb } from '../../helpers/small-web.ts';

/** Handlers of which only one is ever called. */
const only = (own: Partial<Handlers>): Handlers => own as Handlers;

describe('the door', () => {
  let core: Core;
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  beforeAll(async () => {
    folder = await makeFolder();
    core = await openTestCore(folder.dir);
    await core.start();
  });
  afterAll(async () => {
    await core.stop();
    await folder.remove();
  });
  const codeOf = async (method: unknown, params: unknown): Promise<string> => {
    const reply = await dispatch(core.handlers, method, params);
    return reply.ok ? 'OK' : reply.error.code;
  };

  test('fills in what the caller left out', async () => {
    const reply = await dispatch(only({ 'posts.list': (query) => ({ rows: [], total: query.limit }) }), 'posts.list', {});
    expect(reply).toEqual({ ok: true, result: { rows: [], total: 100 } });
  });

  test('names the field that is wrong', async () => {
    const reply = await dispatch(core.handlers, 'settings.update', { patch: { lanes: 65 } });
    expect(reply).toMatchObject({ ok: false, error: { code: 'IPC_INVALID', field: 'patch.lanes' } });
  });

  test('answers an error of a handler as data, and tells about one that nobody foresaw', async () => {
    const told: string[] = [];
    const known = only({
      'settings.get': () => {
        throw new AppError('STORE_FULL', 'The disk is full.');
      },
    });
    const unknown = only({ 'settings.get': () => Promise.reject(new TypeError('x is not a function')) });
    const tell = (method: string): void => void told.push(method);
    expect(await dispatch(known, 'settings.get', {}, tell)).toEqual({
      ok: false,
      error: { code: 'STORE_FULL', message: 'The disk is full.' },
    });
    expect(await dispatch(unknown, 'settings.get', {}, tell)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(told).toEqual(['settings.get']);
  });

  test('takes a missing value for an absent one, and no question for an empty one', () => {
    expect(toPlain({ a: undefined, b: [1, null] })).toStrictEqual({ b: [1, null] });
    expect(() => toPlain([undefined])).toThrow('undefined');
  });

  hostileCase(157, 'whatever is asked, the door answers with a code and nothing changes', async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('trap');
        },
      },
    );
    const hostile: [unknown, unknown][] = [
      ['no.such', {}],
      ['__proto__', {}],
      [{ toString: () => 'settings.get' }, {}],
      [undefined, undefined],
      ['settings.get', { extra: 1 }],
      ['posts.get', {}],
      ['posts.list', { limit: Number.NaN }],
      ['posts.list', { limit: 1e308 }],
      ['posts.list', { limit: 10n }],
      ['posts.get', circle],
      ['posts.get', JSON.parse('{"id":"a","__proto__":{"polluted":true}}')],
      ['posts.get', trap],
      ['posts.get', () => 'id'],
      ['posts.get', new Map([['id', 'a']])],
      ['posts.list', { search: new Date(0) }],
      ['posts.mark', { ids: new Array(1_000_000_000) }],
      ['posts.list', { search: 'x'.repeat(100 * 1_048_576) }],
    ];
    const before = await askOver(directTransport(core), 'settings.get', {});
    const codes: string[] = [];
    for (const [method, params] of hostile) codes.push(await codeOf(method, params));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(await askOver(directTransport(core), 'settings.get', {})).toEqual(before);
    expect(codes).not.toContain('OK');
    return codes;
  });

  hostileCase(161, 'paths and foreign addresses in fields are refused', async () => {
    const [source] = await askOver(directTransport(core), 'sources.list', {});
    const addresses = ['file:///etc/passwd', '../../etc/passwd', '\\\\server\\share', 'javascript:alert(1)', 'ftp://a.example/'];
    const codes: string[] = [];
    for (const address of addresses) {
      codes.push(await codeOf('settings.update', { patch: { hackerNewsApi: address } }));
      // A path without a scheme is read as the name of a host, never as a file.
      if (address.includes(':')) codes.push(await codeOf('sources.add', { kind: 'feed', feedUrl: address }));
      codes.push(await codeOf('desktop.setStartAtLogin', { on: true, path: address }));
      codes.push(await codeOf('settings.update', { patch: { dataDir: address } }));
      codes.push(await codeOf('sources.update', { id: source?.source.id ?? '', patch: { feedUrl: address } }));
    }
    codes.push(await codeOf('settings.update', { patch: { hackerNewsApi: 'https://me:secret@a.example/v0' } }));
    expect(codes).not.toContain('OK');
    return codes;
  });

  hostileCase(160, 'calls in a hostile order have a defined answer each', async () => {
    const web = await startSmallWeb();
    const given = { kind: 'feed', feedUrl: web.feedUrl, allowLocalNetwork: true } as const;
    const ask = directTransport(core);
    const source = await askOver(ask, 'sources.add', given);
    const codes = [await codeOf('sources.add', given)];
    expect((await askOver(ask, 'sources.list', {})).filter((row) => row.source.id !== source.id)).toHaveLength(1);

    const release = web.hold();
    await askOver(ask, 'sources.fetch', { ids: [source.id] });
    codes.push(await codeOf('sources.remove', { id: source.id }));
    release();
    for (const method of ['sources.get', 'sources.remove', 'sources.removal'])
      codes.push(await codeOf(method, { id: source.id }));
    codes.push(await codeOf('sources.update', { id: source.id, patch: { title: 'Back' } }));
    codes.push(await codeOf('sources.fetch', { ids: [source.id] }));
    codes.push(await codeOf('runs.cancel', { id: 'never-was' }));
    const twice = { kind: 'feed', feedUrl: 'https://twice.example/feed' };
    codes.push(...(await Promise.all([codeOf('sources.add', twice), codeOf('sources.add', twice)])));

    const posts = await askOver(ask, 'posts.list', { limit: 500 });
    expect(posts.rows.filter((post) => post.sourceId === source.id)).toEqual([]);
    expect((await askOver(ask, 'sources.list', {})).map((row) => row.source.id)).not.toContain(source.id);
    await web.close();
    return codes;
  });
});
