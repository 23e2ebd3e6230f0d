import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import type { Transport } from '../../../preload/contract/contract.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore } from '../../helpers/core-kit.ts';

let dir = '';
let core: Core;
let transport: Transport;
let removeFolder: () => Promise<void>;
beforeEach(async () => {
  const folder = await makeFolder();
  ({ dir } = folder);
  removeFolder = folder.remove;
  core = await openTestCore(dir);
  await core.start();
  transport = directTransport(core);
});
afterEach(async () => {
  await core.stop();
  await removeFolder();
});

const ask = ((method, params) => askOver(transport, method, params)) as <Name extends Parameters<typeof askOver>[1]>(
  method: Name,
  params: Parameters<typeof askOver<Name>>[2],
) => ReturnType<typeof askOver<Name>>;
const addFeed = (name: string) => ask('sources.add', { kind: 'feed', feedUrl: `http://pub.test/${name}`, title: name });
const titles = async (): Promise<string[]> =>
  (await ask('sources.list', {})).flatMap(({ source }) => (source.kind === 'feed' ? [source.title] : [])).sort();
/** Backs up, and answers the name of the new backup. */
const backUp = async (): Promise<string> => {
  const { run } = await ask('runs.start', { jobKind: 'back-up' });
  await announced(transport, 'runs.changed', ({ run: row }) => row.id === run.id && row.status === 'completed');
  return (await ask('backups.list', {})).backups[0]?.name ?? '';
};
/** The bytes of a file in pieces, as the page sends them. */
const bring = async (bytes: Buffer, id = 'c0ffee00c0de', size = 4000) => {
  let brought: Awaited<ReturnType<typeof askOver<'backups.bring'>>> = { bytes: 0 };
  for (let from = 0; from < Math.max(1, bytes.byteLength); from += size) {
    const data = bytes.subarray(from, from + size).toString('base64');
    brought = await ask('backups.bring', { id, from, data, isLast: from + size >= bytes.byteLength });
  }
  return brought;
};

describe('a restore under running hosts', () => {
  test('brings back what the backup holds; handlers and listeners of before go on', async () => {
    await addFeed('kept');
    const name = await backUp();
    await addFeed('later');
    const heard: string[] = [];
    const stopHearing = core.onEvent((announcement) => heard.push(announcement.name));
    const restored = await ask('backups.restore', { name });
    expect(restored).toMatchObject({ sources: 2 });
    expect(heard).toEqual(expect.arrayContaining(['app.restored', 'settings.changed', 'status.changed']));
    expect(await titles()).toEqual(['kept']);
    heard.length = 0;
    await addFeed('after');
    expect(heard).toContain('sources.changed');
    stopHearing();
    expect(await titles()).toEqual(['after', 'kept']);
  });

  test('can be undone by the backup that is made before', async () => {
    const name = await backUp();
    await addFeed('mine');
    const { before } = await ask('backups.restore', { name });
    expect(await titles()).toEqual([]);
    await ask('backups.restore', { name: before });
    expect(await titles()).toEqual(['mine']);
  });

  test('lets questions wait, and answers them from the restored folder', async () => {
    await addFeed('kept');
    const name = await backUp();
    await addFeed('later');
    const restoring = ask('backups.restore', { name });
    const answers: Promise<string[]>[] = [];
    const timer = setInterval(() => answers.push(titles()), 1);
    await restoring;
    clearInterval(timer);
    answers.push(titles());
    for (const answer of await Promise.all(answers)) expect([['kept'], ['kept', 'later']]).toContainEqual(answer);
    expect(await answers.at(-1)).toEqual(['kept']);
  });

  test('changes nothing when the backup is damaged', async () => {
    await addFeed('kept');
    const name = await backUp();
    const file = join(dir, 'backups', name);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.byteLength - 40));
    await expect(ask('backups.restore', { name })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(await titles()).toEqual(['kept']);
    await addFeed('goes on');
    expect(await titles()).toEqual(['goes on', 'kept']);
  });

  test('takes only names that stand in the list', async () => {
    for (const name of ['../../etc/passwd', 'tidings-2020-01-01T00-00-00Z.tar.gz', ''])
      await expect(ask('backups.restore', { name })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('two at a time: one is done, the other is refused, and the folder is whole', async () => {
    await addFeed('kept');
    const name = await backUp();
    const both = await Promise.allSettled([ask('backups.restore', { name }), ask('backups.restore', { name })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await titles()).toEqual(['kept']);
  });

  test('ends with the core when that is stopped in the middle, and gives the folder back', async () => {
    await addFeed('kept');
    const name = await backUp();
    await addFeed('later');
    const restoring = ask('backups.restore', { name }).catch(() => undefined);
    await core.stop();
    await restoring;
    const next = await openTestCore(dir);
    const sources = await askOver(directTransport(next), 'sources.list', {});
    await next.stop();
    expect(sources.length).toBeGreaterThanOrEqual(2);
    expect(readdirSync(dir)).not.toContain('restore-plan.json');
  });
});

describe('a backup from elsewhere', () => {
  test('comes in pieces, is read back, and stands in the list under its own date', async () => {
    await addFeed('travelled');
    const name = await backUp();
    const bytes = readFileSync(join(dir, 'backups', name));
    const other = await makeFolder();
    const elsewhere = await openTestCore(other.dir);
    await elsewhere.start();
    transport = directTransport(elsewhere);
    const { backup } = await bring(bytes);
    expect(backup).toMatchObject({ name, bytes: bytes.byteLength });
    expect((await ask('backups.list', {})).backups.map((one) => one.name)).toEqual([name]);
    await ask('backups.restore', { name });
    expect(await titles()).toEqual(['travelled']);
    await elsewhere.stop();
    await other.remove();
  });

  test('that is none, or not whole, is refused and leaves nothing', async () => {
    const whole = readFileSync(join(dir, 'backups', await backUp()));
    const before = readdirSync(join(dir, 'backups'));
    for (const bytes of [Buffer.from('hello'), Buffer.alloc(0), whole.subarray(0, -300)])
      await expect(bring(bytes)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(readdirSync(join(dir, 'backups'))).toEqual(before);
  });

  test('never takes the place of one that is there', async () => {
    const name = await backUp();
    const bytes = readFileSync(join(dir, 'backups', name));
    const { backup } = await bring(bytes);
    expect(backup?.name).not.toBe(name);
    expect(readFileSync(join(dir, 'backups', name)).equals(bytes)).toBe(true);
    expect((await ask('backups.list', {})).backups).toHaveLength(2);
  });

  test('a piece that does not follow is refused, and the rest with it', async () => {
    await ask('backups.bring', { id: '000000000001', from: 0, data: 'aaaa', isLast: false });
    await expect(ask('backups.bring', { id: '000000000001', from: 7, data: 'aaaa', isLast: false })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(ask('backups.bring', { id: '000000000001', from: 3, data: 'aaaa', isLast: false })).rejects.toMatchObject({
      code: expect.stringMatching(/CONFLICT|STORE_IO/),
    });
    await expect(ask('backups.bring', { id: '../../../../x', from: 0, data: 'aaaa', isLast: false })).rejects.toMatchObject({
      code: 'IPC_INVALID',
    });
  });
});

describe('settings in a file', () => {
  test('go to another folder and say what changed', async () => {
    await ask('settings.update', { patch: { density: 'compact', fetchIntervalMinutes: 60, welcomed: true } });
    const { text, fileName } = await ask('settings.export', {});
    expect(fileName).toBe('tidings-settings.json');
    await ask('settings.update', { patch: { density: 'comfortable', fetchIntervalMinutes: 30, welcomed: false } });
    expect((await ask('settings.import', { text })).changed.sort()).toEqual(['density', 'fetchIntervalMinutes']);
    expect(await ask('settings.get', {})).toMatchObject({ density: 'compact', fetchIntervalMinutes: 60, welcomed: false });
    expect(await ask('settings.import', { text })).toEqual({ changed: [], leftOut: [] });
  });

  test('hold no account, no address of ours, and nothing of this computer', async () => {
    const { text } = await ask('settings.export', {});
    const names = Object.keys((JSON.parse(text) as { settings: object }).settings);
    for (const name of ['mail', 'notifications', 'window', 'panes', 'welcomed', 'toldAboutTray', 'pausedUntil'])
      expect(names).not.toContain(name);
  });

  test('of a newer version are taken as far as they are known, and the rest is named', async () => {
    const text = JSON.stringify({
      format: 'tidings-settings',
      version: 1,
      settings: { density: 'compact', laserBeams: true, window: null, __proto__: 1 },
    });
    expect(await ask('settings.import', { text })).toEqual({ changed: ['density'], leftOut: ['laserBeams', 'window'] });
  });

  test('with one value that cannot be change nothing', async () => {
    const text = JSON.stringify({ format: 'tidings-settings', version: 1, settings: { density: 'compact', lanes: 1000 } });
    await expect(ask('settings.import', { text })).rejects.toMatchObject({ code: 'IPC_INVALID' });
    expect((await ask('settings.get', {})).density).toBe('comfortable');
    for (const none of ['', 'null', '[]', '{"format":"x"}', '<opml/>'])
      await expect(ask('settings.import', { text: none })).rejects.toMatchObject({ code: 'IPC_INVALID' });
  });

  test('an address with a password in it is refused as in the window', async () => {
    const settings = { hackerNewsApi: 'https://me:secret@example.org/v0' };
    const text = JSON.stringify({ format: 'tidings-settings', version: 1, settings });
    await expect(ask('settings.import', { text })).rejects.toMatchObject({ code: 'IPC_INVALID' });
  });
});
