import type { Post } from '../../preload/contract/post.ts';
import { storyLink, storyTitle } from '../lib/story-key.ts';

/** One story: what several posts of several sources say, or one post alone. Posts are oldest first. */
export type Story = { posts: Post[]; sources: Set<string> };

/** What makes an address the same story; empty where it names no page. */
export const linkKey = (post: Pick<Post, 'url' | 'canonicalUrl'>): string => storyLink(post.canonicalUrl ?? post.url);

const byAge = (a: Post, b: Post): number =>
  a.collectedAt === b.collectedAt ? (a.id < b.id ? -1 : 1) : a.collectedAt < b.collectedAt ? -1 : 1;

/**
 * Posts as stories, oldest first: those with the same address, or with the same long title in another source. The order in which
 * posts are handed in does not matter.
 */
export const toStories = (posts: Iterable<Post>): Story[] => {
  const stories: Story[] = [];
  const byLink = new Map<string, Story>();
  const byTitle = new Map<string, Story>();
  for (const post of [...posts].sort(byAge)) {
    const link = linkKey(post);
    const title = storyTitle(post.title);
    const titled = byTitle.get(title);
    const story = byLink.get(link) ?? (titled && !titled.sources.has(post.sourceId) ? titled : undefined);
    const kept = story ?? { posts: [], sources: new Set<string>() };
    if (!story) stories.push(kept);
    kept.posts.push(post);
    kept.sources.add(post.sourceId);
    if (link && !byLink.has(link)) byLink.set(link, kept);
    if (title && !byTitle.has(title)) byTitle.set(title, kept);
  }
  return stories;
};
