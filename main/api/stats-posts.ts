import type { Post } from '../../preload/contract/post.ts';
import type { Stats } from '../../preload/contract/stats.ts';
import { dateOf, type LocalTime } from './local-time.ts';

const SCORE_STEPS = [0, 10, 20, 50, 100, 200, 500];
const MOST_NAMED = 20;
/** 1970-01-01 was a Thursday, three days after a Monday. */
const FIRST_WEEKDAY = 3;

type Tally = { posts: number; read: number; starred: number };
/** What a tally of posts gives to the stats. */
export type PostStats = Pick<
  Stats,
  'posts' | 'opened' | 'starred' | 'perDay' | 'perHour' | 'perWeekHour' | 'bySource' | 'byDomain' | 'byAuthor' | 'scores'
>;

/** Sums that grow post by post. */
export type PostTally = {
  add: (post: Post) => void;
  result: (titleOf: (sourceId: string) => string) => PostStats;
};

const addTo = <Key>(map: Map<Key, Tally>, key: Key, post: Post): void => {
  const tally = map.get(key) ?? { posts: 0, read: 0, starred: 0 };
  tally.posts += 1;
  if (post.isRead) tally.read += 1;
  if (post.isStarred) tally.starred += 1;
  map.set(key, tally);
};

const byPosts = (left: { posts: number }, right: { posts: number }): number => right.posts - left.posts;

const most = <Name extends string>(name: Name, tallies: ReadonlyMap<string, Tally>) =>
  [...tallies]
    .sort(([, left], [, right]) => byPosts(left, right))
    .slice(0, MOST_NAMED)
    .map(([key, { posts, read }]) => ({ [name]: key, posts, read }) as { [Key in Name]: string } & Omit<Tally, 'starred'>);

const stepOf = (score: number): number =>
  Math.max(
    0,
    SCORE_STEPS.findLastIndex((from) => score >= from),
  );

/** A tally of the local days `firstDay` to `lastDay`; posts of other days are not counted. */
export const createPostTally = (local: LocalTime, firstDay: number, lastDay: number): PostTally => {
  const days = new Map<number, Tally>();
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const [sources, domains, authors] = [new Map<string, Tally>(), new Map<string, Tally>(), new Map<string, Tally>()];
  const scores = SCORE_STEPS.map(() => 0);
  const all = new Map<'all', Tally>();
  return {
    add: (post) => {
      const ms = Date.parse(post.collectedAt);
      const day = local.day(ms);
      // What was found later did not arrive on that day.
      if (day < firstDay || day > lastDay || post.isBackfilled) return;
      addTo(all, 'all', post);
      addTo(days, day, post);
      addTo(sources, post.sourceId, post);
      if (post.domain) addTo(domains, post.domain, post);
      if (post.author) addTo(authors, post.author, post);
      const hours = week[(((day + FIRST_WEEKDAY) % 7) + 7) % 7] ?? [];
      const hour = local.hour(ms);
      hours[hour] = (hours[hour] ?? 0) + 1;
      if (!post.hn) return;
      const step = stepOf(post.hn.score);
      scores[step] = (scores[step] ?? 0) + 1;
    },
    result: (titleOf) => ({
      posts: all.get('all')?.posts ?? 0,
      opened: all.get('all')?.read ?? 0,
      starred: all.get('all')?.starred ?? 0,
      perDay: Array.from({ length: lastDay - firstDay + 1 }, (_none, index) => {
        const { posts = 0, read = 0 } = days.get(firstDay + index) ?? {};
        return { date: dateOf(firstDay + index), posts, read };
      }),
      perHour: Array.from({ length: 24 }, (_none, hour) => week.reduce((sum, hours) => sum + (hours[hour] ?? 0), 0)),
      perWeekHour: week,
      bySource: [...sources].map(([sourceId, tally]) => ({ sourceId, title: titleOf(sourceId), ...tally })).sort(byPosts),
      byDomain: most('domain', domains),
      byAuthor: most('author', authors),
      scores: SCORE_STEPS.map((from, index) => {
        const next = SCORE_STEPS[index + 1];
        return { from, ...(next === undefined ? {} : { to: next - 1 }), posts: scores[index] ?? 0 };
      }),
    }),
  };
};
