import { linkKeyOf } from '../lib/link-key.ts';
import type { PostDraft } from '../store/repositories.ts';
import type { SitePage } from './site-page.ts';
import { escapeText } from './text.ts';
import { type PostSource, toPosts } from './to-post.ts';

/**
 * A page as a backfilled post, on the same path as an item of a feed. Its address stands for the id that no feed told: the feed's own
 * later sighting of it is known by that. Undefined where the page has no title.
 */
export const toPagePost = (
  page: SitePage,
  url: string,
  source: PostSource,
  options: { now: number; lastModified?: string },
): PostDraft | undefined => {
  if (!page.title) return undefined;
  const published = page.published ?? options.lastModified;
  const item = {
    id: url,
    title: page.title,
    link: url,
    enclosures: [],
    ...(published ? { published } : {}),
    ...(page.author ? { author: page.author } : {}),
    ...(page.description ? { summary: escapeText(page.description) } : {}),
  };
  const [draft] = toPosts(
    { format: 'rss', entries: [item], itemsCount: 1, isTruncated: false, warnings: [] },
    source,
    options.now,
  ).drafts;
  return draft && { ...draft, secondKey: linkKeyOf(url), isBackfilled: true };
};
