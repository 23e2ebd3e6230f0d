import type { Post } from '../../preload/contract/post.ts';
import type { PageCheck } from '../store/repositories.ts';
import type { JobContext } from './job.ts';
import type { JobServices } from './services.ts';

/** What both parts of a refresh work with. */
export type Refreshing = {
  services: JobServices;
  context: JobContext<{ dryRun?: boolean | undefined }>;
  /** One post is done, for the progress. */
  tick: (post: Post) => void;
};

/** *Score 50 to 80, 3 to 12 comments.* */
const wordsOf = (before: Post, after: Partial<Post>): string => {
  const { hn } = after;
  const parts = [
    ...(after.title && after.title !== before.title ? [`title to "${after.title}"`] : []),
    ...(hn && before.hn && hn.score !== before.hn.score ? [`score ${before.hn.score} to ${hn.score}`] : []),
    ...(hn && before.hn && hn.commentCount !== before.hn.commentCount
      ? [`comments ${before.hn.commentCount} to ${hn.commentCount}`]
      : []),
    ...(hn && before.hn && hn.isDead !== before.hn.isDead ? [hn.isDead ? 'dead' : 'alive again'] : []),
    ...(after.canonicalUrl ? ['its own address'] : []),
    ...(after.iconUrl ? ['its icon'] : []),
  ];
  return `${before.title || before.url}: ${parts.join(', ')}`.slice(0, 300);
};

/** What is different now. */
export type Change = { post: Post; after: Partial<Post> };

/**
 * Stores what a batch brought, in this order: the rows as they were, so that it can be undone for 7 days; the changes, in one
 * write; when the posts were looked at. A dry run only tells what would change.
 */
export const storeBatch = async (
  { services, context }: Refreshing,
  batch: { changes: readonly Change[]; checks: readonly PageCheck[] },
  write: () => Promise<readonly Post[]>,
): Promise<void> => {
  const { store, events } = services;
  const { changes, checks } = batch;
  context.count('changed', changes.length);
  if (context.options.dryRun) {
    for (const { post, after } of changes)
      context.plan({ verb: 'change', kind: 'post', text: wordsOf(post, after), postId: post.id });
    return;
  }
  if (changes.length > 0) {
    const postIds = changes.map(({ post }) => post.id);
    await store.undo.keep({ runId: context.runId, jobKind: 'refresh-metadata', change: 'changed', postIds });
    await write();
    events.emit('posts.changed', { added: 0, sourceIds: [...new Set(changes.map(({ post }) => post.sourceId))] });
  }
  if (checks.length > 0) await store.pageChecks.put(checks);
};
