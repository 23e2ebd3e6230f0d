import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSearch } from '../../../main/api/search.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { articleOf, joinArticle, ownTextOf } from '../../../main/store/article-text.ts';
import type { PostDraft } from '../../../main/store/repositories.ts';
import { openStore } from '../../../main/store/store.ts';
import type { Post } from '../../../preload/contract/post.ts';
import { createJobsBench, type JobsBench } from '../../helpers/jobs-bench.ts';
import { foundBy } from '../../helpers/search-kit.ts';

const NOW = '2026-11-21T12:00:00.000Z';
const draft = (content: string, fields: Partial<PostDraft> = {}): PostDraft => ({
  fingerprint: 'one',
  title: 'One',
  url: 'https://a.example/1',
  domain: 'a.example',
  summary: '',
  content,
  ...fields,
});
let bench: JobsBench;
let post: Post;
const shown = async (): Promise<string | undefined> => bench.store.bodies.get(post);
const now = async (): Promise<Post | undefined> => bench.store.posts.get(post.id);

beforeEach(async () => {
  bench = await createJobsBench();
  await bench.addFeed('a');
  const { added } = await bench.store.posts.save('a', [draft('<p>Feed.</p>')], { now: NOW });
  post = added[0] as Post;
});
afterEach(() => bench.close());

test('a title that its page gave a post is found by search, and the old one no more', async () => {
  const search = createSearch(bench.store, bench.clock);
  await search.prepare();
  await search.store.posts.refreshPages([{ id: post.id, title: 'Renamed heron' }]);
  expect(await foundBy(search, 'heron')).toEqual([post.id]);
  expect(await foundBy(search, 'one')).toEqual([]);
});

describe('an article in the place of what the feed gave', () => {
  test('is shown and flagged, and goes back to the feed’s text', async () => {
    expect(await bench.store.posts.putArticle(post.id, '<p>Whole.</p>')).toMatchObject({ isExtracted: true, hasBody: true });
    expect(await shown()).toBe('<p>Whole.</p>');
    const back = await bench.store.posts.dropArticle(post.id);
    expect(back?.isExtracted).toBeUndefined();
    expect(await shown()).toBe('<p>Feed.</p>');
  });

  test('is still there after the store was opened again', async () => {
    await bench.store.posts.putArticle(post.id, '<p>Whole.</p>');
    await bench.store.close();
    const again = await openStore({ dir: bench.store.dir, log: silentLog });
    expect(await again.posts.get(post.id)).toMatchObject({ isExtracted: true });
    expect(await again.bodies.get(post)).toBe('<p>Whole.</p>');
    expect(await again.posts.dropArticle(post.id)).not.toHaveProperty('isExtracted');
    expect(await again.bodies.get(post)).toBe('<p>Feed.</p>');
    await again.close();
  });

  test('stands over news of the feed, which are kept behind it; the same words again write nothing', async () => {
    await bench.store.posts.putArticle(post.id, '<p>Whole.</p>');
    const same = await bench.store.posts.save('a', [draft('<p>Feed.</p>')], { now: NOW });
    expect(same.updated).toEqual([]);
    const edited = await bench.store.posts.save('a', [draft('<p>Feed, edited.</p>')], { now: '2026-11-21T13:00:00.000Z' });
    expect(edited.updated).toHaveLength(1);
    expect(await shown()).toBe('<p>Whole.</p>');
    await bench.store.posts.dropArticle(post.id);
    expect(await shown()).toBe('<p>Feed, edited.</p>');
  });

  test('of a post without any text of its own leaves it without one when it goes', async () => {
    const { added } = await bench.store.posts.save('a', [draft('', { fingerprint: 'two', url: 'https://a.example/2' })], {
      now: NOW,
    });
    const two = added[0] as Post;
    await bench.store.posts.putArticle(two.id, '<p>Whole.</p>');
    expect(await bench.store.posts.dropArticle(two.id)).toMatchObject({ hasBody: false });
  });

  test('and marks made meanwhile survive a feed that is read at the same moment', async () => {
    const saving = bench.store.posts.save('a', [draft('<p>Feed, edited.</p>', { title: 'One, edited' })], { now: NOW });
    await Promise.all([
      saving,
      bench.store.posts.mark([post.id], { isStarred: true, isRead: true }),
      bench.store.posts.putArticle(post.id, '<p>Whole.</p>'),
    ]);
    expect(await now()).toMatchObject({ isStarred: true, isRead: true, isExtracted: true });
    expect(await shown()).toBe('<p>Whole.</p>');
  });

  test('is not made for a post that is gone', async () => {
    await bench.store.posts.remove([post.id]);
    expect(await bench.store.posts.putArticle(post.id, 'x')).toBeUndefined();
  });

  test.each([
    ['<p>a</p>', '<p>b</p>'],
    ['', 'b'],
    ['a\u001ea', ''],
  ])('is told apart from the feed’s text: %j and %j', (article, own) => {
    const body = joinArticle(article, own);
    expect(articleOf(body)).toBe(article.replaceAll('\u001e', ''));
    expect(ownTextOf(body)).toBe(own);
  });
});
