import type { Post } from '../../preload/contract/post.ts';
import type { BodyRef } from './bodies.ts';
import type { Migration } from './rows.ts';

/** A post as it is stored: where its body stands instead of whether it has one. */
export type StoredPost = Omit<Post, 'hasBody'> & {
  body?: BodyRef;
  /** The feed's title while the page's is shown: until the feed says another. */
  feedTitle?: string;
  /** The title before it changed last. */
  formerTitle?: string;
};

/** A post for the rest of the application. */
export const toPost = ({ body, feedTitle: _feedTitle, formerTitle: _formerTitle, ...post }: StoredPost): Post => ({
  ...post,
  hasBody: body !== undefined,
});

/** A post with the marks of `there`: what was marked meanwhile stays marked. */
export const withMarksOf = (post: StoredPost, there: StoredPost): StoredPost => {
  const { labels: _labels, mutedBy: _mutedBy, isHighlighted: _isHighlighted, ...words } = post;
  const { isRead, isStarred, labels, mutedBy, isHighlighted } = there;
  return {
    ...words,
    isRead,
    isStarred,
    ...(labels ? { labels } : {}),
    ...(mutedBy ? { mutedBy } : {}),
    ...(isHighlighted ? { isHighlighted } : {}),
  };
};

/** The month a post is kept in, `YYYY-MM`, by its time of collection. */
export const monthOfInstant = (instant: string): string => instant.slice(0, 7);

/** From one form of stored posts to the next; the first form is what the first version wrote. */
export const postMigrations: readonly Migration[] = [(row) => row];
