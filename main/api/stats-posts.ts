import type { Post } from '../../preload/contract/post.ts';
import type { Stats } from '../../preload/contract/stats.ts';
import { dateOf, type LocalTime } from './local-time.ts';
import { bump } from './numbers.ts';

const SCORE_STEPS = [0, 10, 20, 50, 100, 200, 500];
const MAX_DOMAINS = 20;

type Pair = { posts: number; read: number };
/** What a tally of posts gives to the stats. */
export type PostStats = Pick<Stats, 'posts' | 'opened' | 'perDay' | 'perHour' | 'bySource' | 'byDomain' | 'scores'>;

/** Sums that grow post by post. */
export type PostTally = {
  add: (post: Post) => void;
  result: (titleOf: (sourceId: string) => string) => PostStats;
};

const addPair = <Key>(map: Map<Key, Pair>, key: Key, isRead: boolean): void => {
  const pair = map.get(key) ?? { posts: 0, read: 0 };
  map.set(key, { posts: pair.posts + 1, read: pair.read + (isRead ? 1 : 0) });
};

const byPosts = (left: { posts: number }, right: { posts: number }): number => right.posts - left.posts;

/** A tally of the local days `firstDay` to `lastDay`; posts of other days are not counted. */
export const createPostTally = (local: LocalTime, firstDay: number, lastDay: number): PostTally => {
  const days = new Map<number, Pair>();
  const hours = Array.from({ length: 24 }, () => 0);
  const sources = new Map<string, Pair>();
  const domains = new Map<string, number>();
  const scores = SCORE_STEPS.map(() => 0);
  let posts = 0;
  let opened = 0;
  return {
    add: (post) => {
      const ms = Date.parse(post.collectedAt);
      const day = local.day(ms);
      // What was found later did not arrive on that day.
      if (day < firstDay || day > lastDay || post.isBackfilled) return;
      posts += 1;
      if (post.isRead) opened += 1;
      addPair(days, day, post.isRead);
      addPair(sources, post.sourceId, post.isRead);
      const hour = local.hour(ms);
      hours[hour] = (hours[hour] ?? 0) + 1;
      if (post.domain) bump(domains, post.domain);
      if (post.hn) {
        const score = post.hn.score;
        const step = Math.max(
          0,
          SCORE_STEPS.findLastIndex((from) => score >= from),
        );
        scores[step] = (scores[step] ?? 0) + 1;
      }
    },
    result: (titleOf) => ({
      posts,
      opened,
      perDay: Array.from({ length: lastDay - firstDay + 1 }, (_none, index) => ({
        date: dateOf(firstDay + index),
        ...(days.get(firstDay + index) ?? { posts: 0, read: 0 }),
      })),
      perHour: hours,
      bySource: [...sources].map(([sourceId, pair]) => ({ sourceId, title: titleOf(sourceId), ...pair })).sort(byPosts),
      byDomain: [...domains]
        .map(([domain, count]) => ({ domain, posts: count }))
        .sort(byPosts)
        .slice(0, MAX_DOMAINS),
      scores: SCORE_STEPS.map((from, index) => {
        const next = SCORE_STEPS[index + 1];
        return { from, ...(next === undefined ? {} : { to: next - 1 }), posts: scores[index] ?? 0 };
      }),
    }),
  };
};
