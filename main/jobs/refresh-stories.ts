import { type AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Post } from '../../preload/contract/post.ts';
import { displayText } from '../feeds/display-text.ts';
import type { HackerNewsItem } from '../hacker-news/item.ts';
import { toDraft, whyUnusable } from '../hacker-news/to-post.ts';
import { toInstant } from '../lib/clock.ts';
import { hostPauseAfter } from './back-off.ts';
import { type Change, type Refreshing, storeBatch } from './refreshing.ts';

/** Items asked for together, and stored in one write. */
const BATCH = 50;
type Story = { post: Post; item?: HackerNewsItem; error?: AppError };

const ask = async ({ services, context }: Refreshing, post: Post): Promise<Story> => {
  try {
    const answer = await services.hackerNews.item(post.hn?.id ?? 0, context.signal);
    return answer.kind === 'item' ? { post, item: answer.item } : { post };
  } catch (thrown) {
    return { post, error: toAppError(thrown) };
  }
};

const titleOf = (item: HackerNewsItem): string | undefined =>
  whyUnusable(item) ? undefined : displayText(toDraft(item).title, 500) || undefined;

/** The story as it is now, where that is different. */
const changeOf = ({ post, item }: Story): Change | undefined => {
  if (!item || !post.hn) return undefined;
  const { hn } = post;
  const title = titleOf(item);
  const now = {
    ...hn,
    score: item.score ?? hn.score,
    commentCount: Math.max(0, item.descendants ?? hn.commentCount),
    isDead: Boolean(item.dead || item.deleted),
  };
  const isSame = now.score === hn.score && now.commentCount === hn.commentCount && now.isDead === hn.isDead;
  const isRenamed = title !== undefined && title !== post.title;
  if (isSame && !isRenamed) return undefined;
  return { post, after: { hn: now, ...(isRenamed ? { title } : {}) } };
};

const storeStories = async (refreshing: Refreshing, stories: readonly Story[]): Promise<void> => {
  const { services } = refreshing;
  const { store, clock } = services;
  const changes = stories.flatMap((story) => changeOf(story) ?? []);
  const checkedAt = toInstant(clock.now());
  const checks = stories.flatMap(({ post, error }) => (error ? [] : { postId: post.id, checkedAt }));
  await storeBatch(refreshing, { changes, checks }, () =>
    store.posts.refreshHackerNews(
      changes.flatMap(({ post, after }) =>
        after.hn
          ? {
              id: post.id,
              score: after.hn.score,
              commentCount: after.hn.commentCount,
              isDead: after.hn.isDead,
              ...(after.title ? { title: after.title } : {}),
            }
          : [],
      ),
    ),
  );
};

/** A pause that Hacker News wants ends this part of the run. */
const wantsPause = async ({ services, context }: Refreshing, stories: readonly Story[]): Promise<boolean> => {
  const error = stories.find((story) => story.error?.details.retryAfterMs)?.error;
  if (!error) return false;
  const { store, clock, hackerNews } = services;
  const host = hackerNews.host();
  const until = hostPauseAfter(error, host, store.fetchMemory.host(host)?.notBefore, clock.now());
  if (until) await store.fetchMemory.putHost({ host, notBefore: until, reason: 'retry-after' });
  context.log('warn', 'Hacker News asked us to wait, so it is not asked any more in this run.');
  return true;
};

/** Asks Hacker News for score, comments, title and whether a story is still alive. One write per 50. */
export const refreshStories = async (refreshing: Refreshing, posts: readonly Post[]): Promise<void> => {
  const { context } = refreshing;
  for (let at = 0; at < posts.length; at += BATCH) {
    const batch = posts.slice(at, at + BATCH);
    const stories = await Promise.all(batch.map((post) => ask(refreshing, post)));
    context.signal.throwIfAborted();
    const offline = stories.find(({ error }) => error?.code === 'OFFLINE')?.error;
    if (offline) throw offline;
    const failed = stories.filter(({ error }) => error);
    context.count('processed', stories.length);
    context.count('failed', failed.length);
    context.count('succeeded', stories.length - failed.length);
    await storeStories(refreshing, stories);
    for (const { post } of stories) refreshing.tick(post);
    if (await wantsPause(refreshing, stories)) break;
  }
};
