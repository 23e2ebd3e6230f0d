import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { defaultSchedules } from '../../../main/jobs/defaults.ts';
import { askOver, directTransport, makeFolder, openTestCore } from '../../helpers/core-kit.ts';

const FIRST_VERSION = ['fetch_feeds', 'hourly_posts_collection'];
const builtInIds = defaultSchedules.map(({ id }) => id);

describe('the core', () => {
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  const open: Core[] = [];
  beforeEach(async () => {
    folder = await makeFolder();
  });
  afterEach(async () => {
    for (const core of open.splice(0)) await core.stop();
    await folder.remove();
  });
  const start = async (own: Parameters<typeof openTestCore>[1] = {}): Promise<Core> => {
    const core = await openTestCore(folder.dir, own);
    open.push(core);
    await core.start();
    return core;
  };

  test('writes its defaults once: what the owner removed stays removed', async () => {
    const first = await start();
    const over = directTransport(first);
    const [source] = await askOver(over, 'sources.list', {});
    await askOver(over, 'sources.remove', { id: source?.source.id ?? '' });
    await askOver(over, 'schedules.remove', { id: 'fetch_feeds' });
    await first.stop();
    const again = directTransport(await start());
    expect(await askOver(again, 'sources.list', {})).toEqual([]);
    expect((await askOver(again, 'schedules.list', {})).map(({ schedule }) => schedule.id)).toEqual(
      builtInIds.filter((id) => id !== 'fetch_feeds'),
    );
    expect(await askOver(again, 'schedules.restoreDefaults', {})).toEqual({ restored: ['fetch_feeds'] });
  });

  test('schedules that are new in a version are added to an older folder once', async () => {
    const first = await start();
    const over = directTransport(first);
    for (const id of builtInIds) if (!FIRST_VERSION.includes(id)) await askOver(over, 'schedules.remove', { id });
    await askOver(over, 'schedules.remove', { id: 'fetch_feeds' });
    // The note as the first version left it.
    await first.notes.put('defaults.written', true);
    await first.stop();
    const second = await start();
    const idsOf = async (core: Core) =>
      (await askOver(directTransport(core), 'schedules.list', {})).map(({ schedule }) => schedule.id).sort();
    expect(await idsOf(second)).toEqual(builtInIds.filter((id) => id !== 'fetch_feeds').sort());
    await askOver(directTransport(second), 'schedules.remove', { id: builtInIds.at(-1) ?? '' });
    await second.stop();
    expect(await idsOf(await start())).toEqual(
      builtInIds.filter((id) => id !== 'fetch_feeds' && id !== builtInIds.at(-1)).sort(),
    );
  });

  test('only reading takes no lock, changes no file and refuses to write', async () => {
    await start();
    const before = await readdir(folder.dir);
    const reader = directTransport(await start({ mode: 'read' }));
    expect(await askOver(reader, 'sources.list', {})).toHaveLength(1);
    expect(await askOver(reader, 'schedules.list', {})).toHaveLength(builtInIds.length);
    const reply = await reader.request('settings.update', { patch: { appearance: 'dark' } });
    expect(reply).toMatchObject({ ok: false, error: { code: 'STORE_READONLY' } });
    expect(await readdir(folder.dir)).toEqual(before);
  });

  test('E-14: a second writer is refused and told who was first, so that one scheduler runs; stopping twice gives the folder back once', async () => {
    const first = await start();
    await expect(openTestCore(folder.dir)).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(String(process.pid)),
    });
    await Promise.all([first.stop(), first.stop()]);
    await start();
  });

  test('keeps what only a host may set, and announces it', async () => {
    const core = await start();
    const heard: string[] = [];
    core.onEvent(({ name }) => heard.push(name));
    expect(await core.remember({ toldAboutTray: true })).toMatchObject({ toldAboutTray: true });
    expect(heard).toContain('settings.changed');
    await core.notes.put('headless.port', 4321);
    await core.stop();
    const again = await start();
    expect(again.notes.get('headless.port')).toBe(4321);
    expect(await askOver(directTransport(again), 'settings.get', {})).toMatchObject({ toldAboutTray: true });
  });

  test('tells its screen what the store had to repair', async () => {
    const first = await start();
    await first.stop();
    const journal = (await readdir(folder.dir)).find((name) => name.startsWith('settings') || name.startsWith('notes')) ?? '';
    await writeFile(join(folder.dir, journal), 'not a journal at all\nnor this\n');
    const over = directTransport(await start());
    const { notices } = await askOver(over, 'app.status', {});
    expect(notices.length).toBeGreaterThan(0);
    for (const { at, text } of notices) expect([at, text]).toEqual([expect.stringMatching(/Z$/), expect.stringMatching(/\w{3}/)]);
    expect(await askOver(over, 'sources.list', {})).toHaveLength(1);
  });

  test('an own interval shorter than the global one makes the built-in schedule look as often', async () => {
    const over = directTransport(await start());
    const pace = async () =>
      (await askOver(over, 'schedules.list', {})).find(({ schedule }) => schedule.id === 'fetch_feeds')?.schedule.trigger;
    const source = await askOver(over, 'sources.add', { kind: 'feed', feedUrl: 'https://a.example/feed', everyMinutes: 10 });
    expect(await pace()).toEqual({ type: 'interval', minutes: 10 });
    const hint = async () =>
      (await askOver(over, 'schedules.list', {})).find(({ schedule }) => schedule.id === 'fetch_feeds')?.hint;
    expect(await hint()).toBe(`As often as ${source.title} wants to be asked. The other feeds keep their own times.`);
    await askOver(over, 'sources.update', { id: source.id, patch: { everyMinutes: null } });
    expect(await pace()).toEqual({ type: 'interval', minutes: 30 });
    expect(await hint()).toBeUndefined();
    await askOver(over, 'sources.update', { id: source.id, patch: { everyMinutes: 5 } });
    await askOver(over, 'sources.remove', { id: source.id });
    expect(await pace()).toEqual({ type: 'interval', minutes: 30 });
  });
});
