import type { Post } from '../../preload/contract/post.ts';
import { storyKey } from './story-key.ts';

/** A story: one address, in however many sources it stood. */
export type Story = {
  /** The post that stands for it: the first that was collected. */
  post: Post;
  /** Sources that link it. */
  sources: Set<string>;
  isStarred: boolean;
  isRead: boolean;
  /** Points and comments on Hacker News, where it stood there. */
  score?: number;
  commentCount?: number;
};
export type Ranked = { story: Story; points: number; why: string };
export type Span = { fromMs: number; toMs: number };

const keyOf = (post: Post): string => storyKey(post.canonicalUrl ?? post.url) ?? post.id;

/** Posts as stories. Dead ones are left out. */
export const toStories = (posts: Iterable<Post>): Map<string, Story> => {
  const stories = new Map<string, Story>();
  for (const post of posts) {
    if (post.hn?.isDead) continue;
    const key = keyOf(post);
    const story = stories.get(key) ?? { post, sources: new Set<string>(), isStarred: false, isRead: false };
    stories.set(key, story);
    story.sources.add(post.sourceId);
    story.isStarred ||= post.isStarred;
    story.isRead ||= post.isRead;
    if (post.hn && post.hn.score >= (story.score ?? 0)) {
      story.score = post.hn.score;
      story.commentCount = post.hn.commentCount;
    }
    if (post.collectedAt < story.post.collectedAt) story.post = post;
  }
  return stories;
};

const timeOf = ({ post }: Story): number => Date.parse(post.collectedAt);

/** 0 for the oldest of the span, up to 1 for the newest. */
const recency = (story: Story, { fromMs, toMs }: Span): number =>
  Math.min(1, Math.max(0, (timeOf(story) - fromMs) / Math.max(1, toMs - fromMs)));

/**
 * What a story of a folder is worth: 3 for each further source that links it, 4 when it was starred, 1 when it was read,
 * log2(1 + points / 10) for its points on Hacker News, and up to 1 for being new.
 */
export const worthOf = (story: Story, span: Span): number =>
  3 * (story.sources.size - 1) +
  (story.isStarred ? 4 : 0) +
  (story.isRead ? 1 : 0) +
  Math.log2(1 + Math.max(0, story.score ?? 0) / 10) +
  recency(story, span);

const pointsInWords = (score: number): string => `${score.toLocaleString('en')} ${score === 1 ? 'point' : 'points'}`;

const whyOf = (story: Story): string => {
  const reasons = [
    ...(story.sources.size > 1 ? [`in ${story.sources.size} sources`] : []),
    ...(story.score === undefined ? [] : [`${pointsInWords(story.score)} on Hacker News`]),
    ...(story.isStarred ? ['starred'] : []),
    ...(story.isRead && !story.isStarred ? ['read'] : []),
  ];
  const text = reasons.join(', ') || 'among the newest of its source';
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** How much a source's further posts are held back in one list, so that one that writes much does not fill it. */
const CROWDING = 0.6;

/** The best of a folder, best first. One source's second, third ... post is held back by 0.6 each time. */
export const rankFolder = (stories: Iterable<Story>, count: number, span: Span): Ranked[] => {
  const left = [...stories].map((story) => ({ story, worth: worthOf(story, span) }));
  const taken = new Map<string, number>();
  const ranked: Ranked[] = [];
  const worthNow = ({ story, worth }: (typeof left)[0]): number => worth - CROWDING * (taken.get(story.post.sourceId) ?? 0);
  while (ranked.length < count && left.length > 0) {
    let best = 0;
    for (const [at, one] of left.entries()) if (worthNow(one) > worthNow(left[best] as (typeof left)[0])) best = at;
    const [chosen] = left.splice(best, 1);
    if (!chosen) break;
    const { sourceId } = chosen.story.post;
    ranked.push({ story: chosen.story, points: worthNow(chosen), why: whyOf(chosen.story) });
    taken.set(sourceId, (taken.get(sourceId) ?? 0) + 1);
  }
  return ranked;
};

const newsWhy = (story: Story): string => {
  const comments = story.commentCount ?? 0;
  return `${pointsInWords(story.score ?? 0)}, ${comments.toLocaleString('en')} ${comments === 1 ? 'comment' : 'comments'}`;
};

/** The best of Hacker News: by points, and of equal ones the one with more comments, then the newer one. */
export const rankHackerNews = (stories: Iterable<Story>, count: number): Ranked[] =>
  [...stories]
    .filter((story) => story.score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0) || (b.commentCount ?? 0) - (a.commentCount ?? 0) || timeOf(b) - timeOf(a))
    .slice(0, count)
    .map((story) => ({ story, points: story.score ?? 0, why: newsWhy(story) }));
