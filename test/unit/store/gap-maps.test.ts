import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toInstant } from '../../../main/lib/clock.ts';
import { linkKeyOf, plainLink } from '../../../main/lib/link-key.ts';
import type { Store } from '../../../main/store/repositories.ts';
import type { FollowedAuthor, GapMap } from '../../../preload/contract/gap-map.ts';
import { createTempDir, draft, openTestStore, START_MS } from '../../helpers/store-kit.ts';

const now = toInstant(START_MS);
const map: GapMap = {
  id: 'm',
  kind: 'series',
  sourceId: 's',
  title: 'Tides',
  parts: [],
  checkedAt: now,
  tried: ['sitemap: none'],
};
const author: FollowedAuthor = { id: 'a', name: 'Ann', addedAt: now, on: { kind: 'hacker-news' } };
const page = (url: string) => draft(url, { fingerprint: `id:${url}`, secondKey: linkKeyOf(url), url, isBackfilled: true });

let folder: ReturnType<typeof createTempDir>;
let store: Store;
beforeEach(async () => {
  folder = createTempDir();
  store = await openTestStore({ dir: folder.dir });
});
afterEach(async () => {
  await store.close();
  folder.remove();
});
const reopen = async (): Promise<void> => {
  await store.close();
  store = await openTestStore({ dir: folder.dir });
};

test('gap maps and followed authors are there after a restart, and gone when removed', async () => {
  await store.gapMaps.put([map]);
  await store.authors.put(author);
  await reopen();
  expect(store.gapMaps.all()).toEqual([map]);
  expect(store.authors.get('a')).toEqual(author);
  expect(await store.gapMaps.remove(['m', 'other'])).toBe(1);
  expect(await store.authors.remove('a')).toBe(true);
  expect(await store.authors.remove('a')).toBe(false);
  await reopen();
  expect([store.gapMaps.all(), store.authors.all()]).toEqual([[], []]);
});

describe('backfilled posts', () => {
  test('leave known posts as they are, and come in read; the marks survive a restart', async () => {
    await store.posts.save('s', [draft(1)], { now });
    const { added, updated, known } = await store.posts.save(
      's',
      [draft(1, { title: 'Other words', isBackfilled: true }), draft(2, { isBackfilled: true })],
      { now, addsOnly: true },
    );
    expect([added.length, updated.length, known]).toEqual([1, 0, 1]);
    await reopen();
    await store.loaded;
    const [post] = added;
    expect(await store.posts.get(post?.id ?? '')).toMatchObject({ isRead: true, isBackfilled: true, title: 'Title 2' });
    expect(store.posts.unreadBySource('s')).toBe(1);
  });

  test('are known by their address, also after a restart, and each stands for one item only', async () => {
    await store.posts.save('s', [page('https://example.org/tides/')], { now });
    await reopen();
    const first = draft('x', { url: 'http://www.example.org/tides?utm_source=rss' });
    const second = draft('y', { url: 'https://example.org/tides/' });
    const saved = await store.posts.save('s', [first, second], { now });
    expect([saved.added.length, saved.rekeyed]).toEqual([1, 1]);
  });

  test('a removed post is known to be removed by its address, also after a restart', async () => {
    const { added } = await store.posts.save('s', [draft(1)], { now });
    await store.posts.remove(added.map(({ id }) => id));
    await reopen();
    expect(store.posts.wasRemoved('s', 'https://www.example.org/1/')).toBe(true);
    expect(store.posts.wasRemoved('other', 'https://example.org/1')).toBe(false);
    expect((await store.posts.save('s', [page('https://example.org/1')], { now, addsOnly: true })).buried).toBe(1);
  });
});

test.each([
  ['https://www.a.example/x/', 'a.example/x'],
  ['http://a.example/x/index.html', 'a.example/x'],
  ['https://a.example/x?utm_source=a&id=3#top', 'a.example/x?id=3'],
  ['https://a.example:8080/', 'a.example:8080'],
  ['no address', 'no address'],
])('%s is the same page as %s', (url, plain) => {
  expect(plainLink(url)).toBe(plain);
});
