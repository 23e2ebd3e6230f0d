import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { openStore } from '../../../main/store/store.ts';
import type { SavedSearch } from '../../../preload/contract/saved-search.ts';
import type { Source } from '../../../preload/contract/source.ts';
import { announced, askOver, directTransport, makeFolder, openTestCore } from '../../helpers/core-kit.ts';
import { draft } from '../../helpers/store-kit.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let core: Core;
const wire = () => directTransport(core);
const ask = ((method: never, params: never) => askOver(wire(), method, params)) as unknown as <
  Name extends Parameters<typeof askOver>[1],
>(
  method: Name,
  params: object,
) => ReturnType<typeof askOver<Name>>;
const save = (name: string, search: string, more: object = {}): Promise<SavedSearch> =>
  ask('searches.save', { name, search, ...more });
const names = async (): Promise<string[]> => (await ask('searches.list', {})).map(({ name }) => name);
const unreadOf = async (id: string): Promise<number | undefined> => (await ask('posts.counts', {})).bySearch?.[id];

beforeEach(async () => {
  folder = await makeFolder();
  const store = await openStore({ dir: folder.dir, log: silentLog });
  const source = (id: string, muted: boolean): Source => ({
    ...{ id, kind: 'feed', title: id, feedUrl: `https://${id}.example/feed`, folder: [], paused: true },
    ...{ muted, starred: false, addedAt: '2026-01-01T00:00:00.000Z' },
  });
  await store.sources.put([source('loud', false), source('quiet', true)]);
  const url = (key: string): string => `https://x.example/${key}`;
  const tide = (key: string) => draft(key, { title: `Tide ${key}`, url: url(key) });
  await store.posts.save('loud', [tide('a'), tide('b'), draft('c', { title: 'Bread', url: url('c') })], {
    now: '2026-11-20T10:00:00.000Z',
  });
  await store.posts.save('quiet', [tide('d')], { now: '2026-11-20T11:00:00.000Z' });
  await store.close();
  core = await openTestCore(folder.dir);
});
afterEach(async () => {
  await core.stop();
  await folder.remove();
});

describe('saved searches', () => {
  test('are listed in the order they were saved, until they are put in another', async () => {
    const [a, , c] = [await save('A', 'tide'), await save('B', 'bread'), await save('C', 'is:unread')];
    expect(await names()).toEqual(['A', 'B', 'C']);
    await ask('searches.order', { ids: [c.id, a.id] });
    expect(await names()).toEqual(['C', 'A', 'B']);
    await save('A', 'tide', { id: a.id, place: 0 });
    expect(await names()).toEqual(['A', 'C', 'B']);
  });

  test('have names of their own, and are changed under their id', async () => {
    const { id } = await save('Tides', 'tide');
    await expect(save('tides', 'other')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await save('High tides', 'title:tide', { id })).toMatchObject({ id, name: 'High tides', search: 'title:tide' });
    expect(await names()).toEqual(['High tides']);
  });

  test('come back at their place when their removal is undone, and survive a restart', async () => {
    const saved = [await save('A', 'tide'), await save('B', 'bread'), await save('C', 'x')];
    const b = saved[1] as SavedSearch;
    expect(await ask('searches.remove', { id: b.id })).toEqual({ removed: true });
    expect(await names()).toEqual(['A', 'C']);
    await save(b.name, b.search, { id: b.id, place: b.place });
    await core.stop();
    core = await openTestCore(folder.dir);
    expect(await names()).toEqual(['A', 'B', 'C']);
  });

  test('list what they find, and a search within one narrows it', async () => {
    const { id } = await save('Tides', 'tide');
    const titles = async (query: object) => (await ask('posts.list', query)).rows.map(({ title }) => title).sort();
    expect(await titles({ searchId: id })).toEqual(['Tide a', 'Tide b']);
    expect(await titles({ searchId: id, search: '-title:a' })).toEqual(['Tide b']);
    await expect(titles({ searchId: 'gone' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('announce that they changed', async () => {
    const heard = announced(wire(), 'searches.changed');
    await save('Tides', 'tide');
    expect(await heard).toEqual({});
  });
});

describe('the unread number of a saved search', () => {
  test('is what its list shows as unread: muted sources do not count, nor do posts that were read', async () => {
    const { id } = await save('Tides', 'tide');
    expect(await unreadOf(id)).toBe(2);
    const { rows } = await ask('posts.list', { searchId: id });
    expect(rows).toHaveLength(2);
  });

  test('is another after posts were read, and the window hears of it', async () => {
    const { id } = await save('Tides', 'tide');
    expect(await unreadOf(id)).toBe(2);
    const { rows } = await ask('posts.list', { searchId: id });
    const heard = announced(wire(), 'searches.changed');
    await ask('posts.mark', { ids: [rows[0]?.id], isRead: true });
    if ((await unreadOf(id)) !== 1) await heard;
    expect(await unreadOf(id)).toBe(1);
  });

  test('marking a saved search as read reads what it finds and nothing else', async () => {
    const { id } = await save('Tides', 'tide');
    const { changed } = await ask('posts.markAllRead', { query: { searchId: id } });
    expect(changed).toHaveLength(2);
    expect((await ask('posts.counts', {})).unread).toBe(1);
  });
});

describe('what a search is understood as', () => {
  test('is told piece by piece, with where each stands', async () => {
    const { parts } = await ask('searches.explain', { text: 'tide -author:"Ada L" score>100 after:2026-13' });
    expect(parts).toEqual([
      { field: 'words', value: 'tide', from: 0, to: 4 },
      { field: 'author', value: 'Ada L', isNot: true, from: 5, to: 20 },
      { field: 'score', value: '100', op: '>', from: 21, to: 30 },
      { field: 'after', value: '2026-13', problem: 'date', from: 31, to: 44 },
    ]);
  });

  test.each([
    ['a', ['author:', 'after:']],
    ['-sou', ['-source:']],
    ['is:un', ['is:unread']],
    ['tide source:', ['source:loud', 'source:quiet']],
    ['source:q', ['source:quiet']],
    ['source:quiet', []],
    ['tide', []],
    ['after:', ['after:today', 'after:yesterday', 'after:7d', 'after:30d']],
  ])('at the end of %j can be typed %j', async (text, expected) => {
    const { suggestions } = await ask('searches.explain', { text, caret: text.length });
    expect(suggestions.map(({ insert }) => insert)).toEqual(expected);
  });
});

test('a post that is found by its full text alone shows a piece of it around the word', async () => {
  const long = `<p>${'word '.repeat(60)}then a <b>lantern</b> shone ${'more '.repeat(60)}</p>`;
  await core.stop();
  const store = await openStore({ dir: folder.dir, log: silentLog });
  await store.posts.save('loud', [draft('e', { title: 'Plain', content: long })], { now: '2026-11-20T12:00:00.000Z' });
  await store.close();
  core = await openTestCore(folder.dir);
  const { rows } = await ask('posts.list', { search: 'body:lant' });
  expect(rows).toMatchObject([{ title: 'Plain', snippet: expect.stringMatching(/^… (word )+then a lantern shone .+ …$/) }]);
  expect((await ask('posts.list', { search: 'plain' })).rows[0]).not.toHaveProperty('snippet');
});
