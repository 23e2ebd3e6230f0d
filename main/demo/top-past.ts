import type { Post } from '../../preload/contract/post.ts';
import type { TopList } from '../../preload/contract/top-list.ts';
import { newId } from '../lib/ids.ts';
import type { Store } from '../store/repositories.ts';
import { type Past, writeRun } from './past-records.ts';
import { chance, DAY, HOUR, instant, MINUTE } from './past-times.ts';

/** Editions of the last weeks. */
const WEEKS = 4;
const COUNT = 10;
type Row = TopList['posts'][number];

/** Sundays at 03:00 by the local clock, newest first. */
const sundays = (now: number): number[] => {
  const day = new Date(now);
  day.setHours(3, 0, 0, 0);
  day.setDate(day.getDate() - day.getDay());
  const last = day.getTime() < now ? day.getTime() : day.getTime() - 7 * DAY;
  return Array.from({ length: WEEKS }, (_, week) => last - week * 7 * DAY);
};

const rowOf = (post: Post, sourceTitle: string, why: string): Row => ({
  postId: post.id,
  title: post.title,
  url: post.url,
  domain: post.domain,
  sourceTitle,
  ...(post.publishedAt ? { publishedAt: post.publishedAt } : {}),
  ...(post.hn ? { score: post.hn.score, commentCount: post.hn.commentCount } : {}),
  why,
});

const WHY = ['In 3 sources, 214 points on Hacker News', 'In 2 sources', 'Starred', 'Read', 'Among the newest of its source'];

const collectWeek = async (store: Store, at: number): Promise<Post[]> => {
  const week: Post[] = [];
  for await (const slice of store.posts.slices())
    week.push(...slice.filter((post) => Date.parse(post.collectedAt) > at - 7 * DAY));
  return week;
};

const listsOf = async (store: Store, at: number, runId: string): Promise<TopList[]> => {
  const week = await collectWeek(store, at);
  const titleOf = (post: Post): string => store.sources.get(post.sourceId)?.title ?? '';
  const folders = [...new Set(store.sources.all().flatMap(({ folder }) => folder[0] ?? []))].sort();
  const common = { madeAt: instant(at), runId, from: instant(at - 7 * DAY), to: instant(at) };
  const stories = week.filter(({ hn }) => hn).sort((a, b) => (b.hn?.score ?? 0) - (a.hn?.score ?? 0));
  const news: TopList = {
    ...common,
    id: newId(at),
    scope: { kind: 'hacker-news' },
    considered: stories.length,
    posts: stories
      .slice(0, COUNT)
      .map((post) => rowOf(post, titleOf(post), `${post.hn?.score ?? 0} points, ${post.hn?.commentCount ?? 0} comments`)),
  };
  const others = folders.map((name): TopList => {
    const posts = week.filter(({ sourceId }) => store.sources.get(sourceId)?.folder[0] === name);
    const rows = posts
      .slice(0, COUNT)
      .map((post, place) => rowOf(post, titleOf(post), WHY[Math.min(place, WHY.length - 1)] ?? ''));
    return { ...common, id: newId(at), scope: { kind: 'folder', folder: [name] }, considered: posts.length, posts: rows };
  });
  return [news, ...others].filter(({ posts }) => posts.length > 0);
};

/** The Sundays on which top posts were chosen. */
export const topPast = (store: Store, now: number): Past[] =>
  sundays(now).map((at) => {
    const write = async (): Promise<void> => {
      const id = newId(at);
      const lists = await listsOf(store, at, id);
      if (lists.length > 0) await store.topLists.put(lists);
      const counts = {
        considered: lists.reduce((sum, { considered }) => sum + considered, 0),
        lists: lists.length,
        posts: lists.reduce((sum, { posts }) => sum + posts.length, 0),
      };
      await writeRun(
        store,
        {
          id,
          scheduleId: 'discover_top',
          jobKind: 'discover-top',
          name: 'Top posts',
          at,
          tookMs: 140,
          counts,
        },
        now,
      );
    };
    return { at, write };
  });

const SHARES = [
  [0, 0.2],
  [1, 0.58],
  [6, 0.86],
  [24, 0.97],
  [72, 1],
] as const;

/** How the points of a story went from when it was collected until now: the samples there would be. */
export const pastSamples = (at: number, now: number, last: { score: number; commentCount: number }) => {
  const seen = SHARES.filter(([hours]) => at + hours * HOUR <= now);
  const whole = seen.at(-1)?.[1] ?? 1;
  return seen.map(([hours, share], place) => {
    const part = (share / whole) * (place === seen.length - 1 ? 1 : 0.9 + 0.1 * chance(at + hours));
    const score = Math.max(Math.min(50, last.score), Math.round(last.score * part));
    return {
      at: instant(at + hours * HOUR + (hours ? 2 * MINUTE : 0)),
      score,
      commentCount: Math.round(last.commentCount * part),
    };
  });
};
