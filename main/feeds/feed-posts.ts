import type { FeedPosts, ParsedFeed, ParseWarning, PostsFor } from './parsed-feed.ts';
import { toPosts } from './to-post.ts';

const mergeWarnings = (...lists: ParseWarning[][]): ParseWarning[] => {
  const counts = new Map<ParseWarning['code'], number>();
  for (const { code, count } of lists.flat()) counts.set(code, (counts.get(code) ?? 0) + count);
  return [...counts].map(([code, count]) => ({ code, count }));
};

/** A parsed feed with its items made into posts; the items themselves are left behind. */
export const toFeedPosts = (parsed: ParsedFeed, { source, now }: PostsFor): FeedPosts => {
  const { entries: _entries, ...feed } = parsed;
  const { drafts, warnings } = toPosts(parsed, source, now);
  return { feed, drafts, warnings: mergeWarnings(parsed.warnings, warnings) };
};
