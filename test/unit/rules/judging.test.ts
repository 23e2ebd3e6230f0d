import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createJudge } from '../../../main/rules/judge.ts';
import type { PostDraft, Store } from '../../../main/store/repositories.ts';
import type { Post } from '../../../preload/contract/post.ts';
import { createMemoryFs } from '../../helpers/memory-fs.ts';
import { createStoreClock, draft, feedSource, openTestStore, START_MS } from '../../helpers/store-kit.ts';
import { rule } from './rule-kit.ts';

const NOW = new Date(START_MS).toISOString();
const LATER = new Date(START_MS + 60_000).toISOString();
let store: Store;

beforeEach(async () => {
  const { clock } = createStoreClock();
  store = await openTestStore({ dir: '/tidings-judging', fs: createMemoryFs(), clock });
  await store.sources.put([feedSource('one')]);
  store.posts.judgeBy(
    createJudge({ rules: store.rules.all, folderOf: () => [], now: clock.now, onNotice: () => {}, onBad: () => {} }),
  );
});
afterEach(() => store.close());

const save = async (key: string, more: Partial<PostDraft>, now = NOW): Promise<Post> => {
  const { added, updated } = await store.posts.save('one', [draft(key, more)], { now });
  return (await store.posts.get((added[0] ?? updated[0])?.id ?? '')) as Post;
};

describe('where posts meet the rules', () => {
  test('a new post is marked in the write that stores it, by its full text too', async () => {
    await store.rules.put([
      rule([{ field: 'body', operator: 'contains', value: 'borrow checker' }], { labels: ['Rust'], mute: {} }, { id: 'm' }),
    ]);
    const saved = await store.posts.save('one', [draft('a', { content: '<p>The <b>borrow</b> checker</p>' })], { now: NOW });
    expect(saved.added[0]).toMatchObject({ labels: ['Rust'], mutedBy: ['m'] });
    expect(store.posts.isMuted(saved.added[0]?.id ?? '')).toBe(true);
    expect(store.posts.unreadBySource('one')).toBe(0);
  });

  test('posts that are found later are judged as well', async () => {
    await store.rules.put([rule([{ field: 'title', operator: 'contains', value: 'title' }], { labels: ['Old'] })]);
    expect(await save('a', { isBackfilled: true })).toMatchObject({ isRead: true, labels: ['Old'] });
  });

  test('a text that changes is judged once; the owner’s marks stay', async () => {
    await store.rules.put([rule([{ field: 'text', operator: 'contains', value: 'tide' }], { star: true, markRead: true })]);
    const { id } = await save('a', { content: '<p>Moss</p>' });
    expect(await save('a', { content: '<p>The tide</p>' }, LATER)).toMatchObject({ isStarred: true, isRead: true });
    await store.posts.mark([id], { isStarred: false });
    await store.posts.mark([id], { isRead: false });
    expect(await save('a', { content: '<p>The tide, again</p>' }, LATER)).toMatchObject({ isStarred: false, isRead: false });
  });

  test('a story that passes a score is marked when it does, and not before', async () => {
    await store.rules.put([rule([{ field: 'score', operator: 'at-least', value: 100 }], { highlight: true })]);
    const hn = { id: 7, score: 60, commentCount: 1, type: 'story' as const, isDead: false };
    const { id } = await save('a', { hn });
    const refresh = (score: number) => store.posts.refreshHackerNews([{ id, score, commentCount: 1, isDead: false }]);
    await refresh(99);
    expect((await store.posts.get(id))?.isHighlighted).toBeUndefined();
    await refresh(120);
    expect((await store.posts.get(id))?.isHighlighted).toBe(true);
  });

  test('the article that is shown in place of the feed’s text is judged', async () => {
    await store.rules.put([rule([{ field: 'body', operator: 'contains', value: 'lighthouse' }], { mute: {} }, { id: 'm' })]);
    const { id } = await save('a', { content: '<p>Moss</p>' });
    await store.posts.putArticle(id, '<p>A lighthouse for sale</p>');
    expect(store.posts.isMuted(id)).toBe(true);
    await store.posts.dropArticle(id);
    expect(store.posts.isMuted(id)).toBe(false);
  });

  test('what an undo of a rewriting brings back keeps the marks that were set since', async () => {
    const { id } = await save('a', {});
    await store.undo.keep({ runId: 'run', jobKind: 'refresh-metadata', change: 'changed', postIds: [id] });
    await store.posts.refreshPages([{ id, title: 'Another title' }]);
    await store.posts.label([id], { add: ['Later'] });
    await store.posts.applyMarks([{ id, change: { isHighlighted: true, mutedBy: ['m'] } }]);
    await store.undo.apply('run');
    expect(await store.posts.get(id)).toMatchObject({ title: 'Title a', labels: ['Later'], isHighlighted: true, mutedBy: ['m'] });
  });

  test('without rules nothing is asked and nothing is added to a post', async () => {
    const post = await save('a', {});
    expect(Object.keys(post)).not.toEqual(expect.arrayContaining(['labels']));
    expect(post.mutedBy).toBeUndefined();
  });
});
