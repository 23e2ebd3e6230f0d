import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { openStore } from '../../../main/store/store.ts';
import type { PostRow } from '../../../preload/contract/post.ts';
import { askOver, directTransport, makeFolder, openTestCore } from '../../helpers/core-kit.ts';
import { draft, feedSource } from '../../helpers/store-kit.ts';

const AT = Date.now() - 3_600_000;
const at = (minutes: number): string => new Date(AT + minutes * 60_000).toISOString();
const story = (key: string, url = 'https://site.example/story') => draft(key, { url, title: `Told by ${key}` });

describe('posts of several sources about one page', () => {
  let core: Core;
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  beforeAll(async () => {
    folder = await makeFolder();
    const store = await openStore({ dir: folder.dir, log: silentLog });
    await store.sources.put(['a', 'b', 'c'].map(feedSource));
    await store.posts.save('a', [story('a')], { now: at(0) });
    await store.posts.save('a', [draft('old', { title: 'Old' })], { now: at(1) });
    await store.posts.save('b', [story('b')], { now: at(2) });
    await store.posts.save('c', [draft('new', { title: 'New' })], { now: at(3) });
    await store.close();
    core = await openTestCore(folder.dir);
  });
  afterAll(async () => {
    await core.stop();
    await folder.remove();
  });
  const over = () => directTransport(core);
  const list = async (query: object = {}): Promise<PostRow[]> => (await askOver(over(), 'posts.list', { ...query })).rows;
  const row = async (title: string, query: object = {}): Promise<PostRow> =>
    (await list(query)).find((post) => post.title === title) as PostRow;
  const unread = async () => (await askOver(over(), 'posts.counts', {})).bySource;
  beforeEach(async () => {
    await askOver(over(), 'settings.update', { patch: { groupDuplicates: true } });
    const ids = (await askOver(over(), 'posts.list', { sourceId: 'a' })).rows.map(({ id }) => id);
    await askOver(over(), 'posts.mark', { ids, isRead: false });
    await askOver(over(), 'posts.mark', { ids: [(await row('New')).id], isRead: false });
  });

  test('a row says where else its story is, also in the list of its own source', async () => {
    const { alsoIn } = await row('Told by b');
    expect(alsoIn).toEqual([expect.objectContaining({ sourceId: 'a', sourceTitle: 'Source a', isRead: false })]);
    expect((await row('Told by a', { sourceId: 'a' })).alsoIn?.[0]?.sourceTitle).toBe('Source b');
    expect(await askOver(over(), 'posts.get', { id: (await row('Told by b')).id })).toMatchObject({ alsoIn });
    expect(await row('New')).not.toHaveProperty('alsoIn');
  });
  test('reading one reads the others, and what was changed undoes exactly that', async () => {
    const { changed } = await askOver(over(), 'posts.mark', { ids: [(await row('Told by b')).id], isRead: true });
    expect(changed).toHaveLength(2);
    expect(await unread()).toEqual({ a: 1, c: 1 });
    expect(await askOver(over(), 'posts.mark', { ids: changed, isRead: false, only: true })).toEqual({ changed });
    expect(await unread()).toEqual({ a: 2, b: 1, c: 1 });
  });
  test('undoing leaves alone what was read before', async () => {
    const own = await row('Told by a', { sourceId: 'a' });
    await askOver(over(), 'posts.mark', { ids: [own.id], isRead: true, only: true });
    const { id } = await row('Told by b');
    const { changed } = await askOver(over(), 'posts.mark', { ids: [id], isRead: true });
    expect(changed).toEqual([id]);
    await askOver(over(), 'posts.mark', { ids: changed, isRead: false, only: true });
    expect(await unread()).toEqual({ a: 1, b: 1, c: 1 });
  });
  test('a star holds for the one post', async () => {
    const { id } = await row('Told by b');
    expect(await askOver(over(), 'posts.mark', { ids: [id], isStarred: true })).toEqual({ changed: [id] });
    await askOver(over(), 'posts.mark', { ids: [id], isStarred: false });
  });
  test('marking older as read takes the rows below, not the row above by its older twin', async () => {
    const { id } = await row('Told by b');
    await askOver(over(), 'posts.markAllRead', { query: {}, below: id });
    expect(await unread()).toEqual({ a: 1, b: 1, c: 1 });
  });
  test('marking newer as read takes the rows above', async () => {
    const { id } = await row('Told by b');
    await askOver(over(), 'posts.markAllRead', { query: {}, above: id });
    expect(await unread()).toEqual({ a: 2, b: 1 });
    expect(await askOver(over(), 'posts.markAllRead', { query: { sourceId: 'c' }, below: id })).toEqual({ changed: [] });
  });
  test('marking a source as read marks its stories everywhere', async () => {
    await askOver(over(), 'posts.markAllRead', { query: { sourceId: 'a' } });
    expect(await unread()).toEqual({ c: 1 });
  });
  test('the list, the sidebar, the title and the tray count the same unread posts, also when a source is muted', async () => {
    const agree = async (): Promise<number> => {
      const { unread } = await askOver(over(), 'posts.counts', {});
      expect((await askOver(over(), 'app.status', {})).unread).toBe(unread);
      expect((await askOver(over(), 'posts.list', { view: 'unread' })).total).toBe(unread);
      return unread;
    };
    expect(await agree()).toBe(3);
    await askOver(over(), 'sources.update', { id: 'b', patch: { muted: true } });
    expect(await agree()).toBe(3);
    await askOver(over(), 'sources.update', { id: 'a', patch: { muted: true } });
    expect(await agree()).toBe(1);
    await askOver(over(), 'sources.update', { id: 'b', patch: { muted: false } });
    expect(await agree()).toBe(2);
    await askOver(over(), 'sources.update', { id: 'a', patch: { muted: false } });
    await askOver(over(), 'settings.update', { patch: { groupDuplicates: false } });
    expect(await agree()).toBe(4);
  });
  test('while duplicates are not grouped, each post stands for itself', async () => {
    await askOver(over(), 'settings.update', { patch: { groupDuplicates: false } });
    expect((await list()).map(({ title }) => title)).toEqual(['New', 'Told by b', 'Old', 'Told by a']);
    const { id, alsoIn } = await row('Told by b');
    expect(alsoIn).toBeUndefined();
    expect((await askOver(over(), 'posts.mark', { ids: [id], isRead: true })).changed).toEqual([id]);
    await askOver(over(), 'posts.mark', { ids: [id], isRead: false });
  });
});
