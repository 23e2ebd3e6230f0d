import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../main/store/repositories.ts';
import type { PostQuery } from '../../../preload/contract/post.ts';
import { createTempDir, draft, listContext, openTestStore, START_MS } from '../../helpers/store-kit.ts';

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(START_MS - 48 * HOUR + hours * HOUR).toISOString();
const PAGE = 'https://site.example/story';
const story = (key: string, url = PAGE) => draft(key, { url, title: `Told by ${key}` });
const groups = listContext({ groupsStories: true, folderOf: (id) => (id === 'b' ? ['Two'] : ['One']) });

describe('a list in which several sources tell one story (F1)', () => {
  let folder: ReturnType<typeof createTempDir>;
  let store: Store;
  beforeEach(async () => {
    folder = createTempDir();
    store = await openTestStore({ dir: folder.dir });
    await store.posts.save('a', [story('a')], { now: at(0) });
    await store.posts.save('a', [draft('other', { title: 'Another one' })], { now: at(1) });
    await store.posts.save('b', [story('b', `${PAGE}/?utm_source=b`)], { now: at(2) });
    await store.posts.save('c', [story('c', 'http://www.site.example/story')], { now: at(3) });
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });
  const titles = async (query: Partial<PostQuery> = {}, context = groups): Promise<string[]> => {
    const page = await store.posts.list({ limit: 100, ...query }, context);
    expect(page.total).toBe(page.rows.length);
    return page.rows.map(({ title }) => title);
  };
  const idOf = async (title: string): Promise<string> => {
    const page = await store.posts.list({}, listContext());
    return page.rows.find((post) => post.title === title)?.id ?? '';
  };

  test('shows it once, as the first of the list does, and counts it once', async () => {
    expect(await titles()).toEqual(['Told by c', 'Another one']);
    expect(await titles({ sort: 'oldest' })).toEqual(['Told by a', 'Another one']);
    expect(store.posts.counts(groups)).toMatchObject({ all: 2, unread: 2, bySource: { a: 2, b: 1, c: 1 } });
  });
  test('shows every post where stories are not grouped, and in the list of one source', async () => {
    expect(await titles({}, listContext())).toEqual(['Told by c', 'Told by b', 'Another one', 'Told by a']);
    expect(store.posts.counts(listContext())).toMatchObject({ all: 4, unread: 4 });
    expect(await titles({ sourceId: 'a' })).toEqual(['Another one', 'Told by a']);
  });
  test('shows the post of a folder where the newest is in another', async () => {
    expect(await titles({ folder: ['Two'] })).toEqual(['Told by b']);
  });
  test('goes on showing the post that is open when a newer one of the same story comes in', async () => {
    const keep = [await idOf('Told by b')];
    expect(await titles({ keep })).toEqual(['Told by b', 'Another one']);
    await store.posts.save('d', [story('d')], { now: at(9) });
    expect(await titles({ keep })).toEqual(['Told by b', 'Another one']);
    expect(await titles()).toEqual(['Told by d', 'Another one']);
  });
  test('shows it for as long as one of its posts is unread', async () => {
    await store.posts.mark([await idOf('Told by c')], { isRead: true });
    expect(await titles({ view: 'unread' })).toEqual(['Told by b', 'Another one']);
    expect(store.posts.counts(groups)).toMatchObject({ unread: 2, bySource: { a: 2, b: 1 } });
  });
  test('tells the others of a post, and forgets one that is removed', async () => {
    const id = await idOf('Told by b');
    expect(store.posts.twins(id).map(({ title }) => title)).toEqual(['Told by c', 'Told by a']);
    await store.posts.remove([await idOf('Told by c')]);
    expect(store.posts.twins(id).map(({ title }) => title)).toEqual(['Told by a']);
    expect(await titles()).toEqual(['Told by b', 'Another one']);
  });
  test('is the same after the store is opened again', async () => {
    await store.close();
    store = await openTestStore({ dir: folder.dir });
    await store.posts.list({ limit: 500 }, groups);
    expect(await titles({ sort: 'oldest' })).toEqual(['Told by a', 'Another one']);
  });
  test('gives every row once, page by page, in each order', async () => {
    for (let index = 0; index < 60; index += 1) {
      const url = `https://pages.example/${index % 25}`;
      await store.posts.save(`s${index % 7}`, [draft(`n${index}`, { url, title: `N${index}` })], { now: at(10 + index / 10) });
    }
    for (const sort of ['newest', 'oldest', 'score'] as const) {
      const whole = await store.posts.list({ sort, limit: 500 }, groups);
      const pages: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.posts.list({ sort, limit: 7, ...(cursor ? { cursor } : {}) }, groups);
        pages.push(...page.rows.map(({ id }) => id));
        cursor = page.next;
      } while (cursor);
      expect(pages).toEqual(whole.rows.map(({ id }) => id));
      expect(whole.total).toBe(pages.length);
    }
  });
});
