import type { Post } from '../../preload/contract/post.ts';

/** What rules add to a post's marks, and the mutes that no longer hold. Only what really changes. */
export type MarkChange = {
  isRead?: true;
  isStarred?: true;
  isHighlighted?: true;
  labels?: string[];
  /** Ids of rules that hide it from now on. */
  mutedBy?: string[];
  /** Ids of rules that hid it and no longer fit. */
  unmutedBy?: string[];
};
type Marks = Pick<Post, 'isRead' | 'isStarred' | 'isHighlighted' | 'labels' | 'mutedBy'>;

const MAX_LABELS = 20;

const withLists = <Row extends Marks>(post: Row, labels: readonly string[], mutedBy: readonly string[]): Row => {
  const { labels: _labels, mutedBy: _mutedBy, ...rest } = post;
  return {
    ...rest,
    ...(labels.length > 0 ? { labels } : {}),
    ...(mutedBy.length > 0 ? { mutedBy } : {}),
  } as Row;
};
const joined = (one: readonly string[] = [], other: readonly string[] = []): string[] => [...new Set([...one, ...other])];
const without = (one: readonly string[] = [], other: readonly string[] = []): string[] =>
  one.filter((value) => !other.includes(value));

/** The post with the change made. */
export const addMarks = <Row extends Marks>(post: Row, change: MarkChange): Row => ({
  ...withLists(
    post,
    joined(post.labels, change.labels).slice(0, MAX_LABELS),
    joined(without(post.mutedBy, change.unmutedBy), change.mutedBy),
  ),
  ...(change.isRead ? { isRead: true } : {}),
  ...(change.isStarred ? { isStarred: true } : {}),
  ...(change.isHighlighted ? { isHighlighted: true } : {}),
});

/** The post with the change taken back. What was marked besides stays. */
export const takeMarks = <Row extends Marks>(post: Row, change: MarkChange): Row => {
  const { isHighlighted, ...rest } = withLists(
    post,
    without(post.labels, change.labels),
    joined(without(post.mutedBy, change.mutedBy), change.unmutedBy),
  );
  return {
    ...rest,
    ...(isHighlighted && !change.isHighlighted ? { isHighlighted } : {}),
    ...(change.isRead ? { isRead: false } : {}),
    ...(change.isStarred ? { isStarred: false } : {}),
  } as Row;
};
