import type { PostRow } from '../../preload/contract/post.ts';
import { clock, dayAndMonth, dayNumber, longDay } from '../ui/format.ts';
import { words } from '../words/words.ts';
import type { ListHeads } from './list-order.ts';

const { list: say } = words.posts;

/** One line of the list: the head of a run's posts, or a post. `at` is the place among the posts. */
export type ListLine =
  | {
      kind: 'head';
      key: string;
      runId: string | undefined;
      firstAt: string;
      count: number;
      isWhole: boolean;
      isHackerNews: boolean;
      /** Found beyond what the feed still held: not new. */
      isFoundLater?: boolean;
      /** The head of a day, not of a run. */
      isDay?: boolean;
    }
  | { kind: 'post'; key: string; post: PostRow; at: number };

const bringer = (post: PostRow, heads: ListHeads): string =>
  heads === 'day'
    ? String(new Date(post.collectedAt).setHours(0, 0, 0, 0))
    : `${post.isBackfilled ? 'later ' : ''}${post.runId ?? post.collectedAt.slice(0, 10)}`;

/**
 * Posts as lines, with a head before each stretch that one run brought, or of one day. `hasMore`: the last stretch may go on, so
 * it is not whole. `none` gives the posts alone (a search, the last hour).
 */
export const groupRows = (posts: readonly PostRow[], heads: ListHeads, hasMore: boolean): ListLine[] => {
  const lines: ListLine[] = [];
  let head: (ListLine & { kind: 'head' }) | undefined;
  let present = '';
  posts.forEach((post, at) => {
    const by = heads === 'none' ? present : bringer(post, heads);
    if (by !== present) {
      present = by;
      head = {
        kind: 'head',
        key: `head:${by}:${post.id}`,
        runId: post.runId,
        firstAt: post.collectedAt,
        count: 0,
        isWhole: true,
        isHackerNews: post.hn !== undefined,
        ...(heads === 'day' ? { isDay: true } : post.isBackfilled ? { isFoundLater: true } : {}),
      };
      lines.push(head);
    }
    if (head) head.count += 1;
    lines.push({ kind: 'post', key: post.id, post, at });
  });
  if (head && hasMore) head.isWhole = false;
  return lines;
};

/** The day of a head: `Today`, `Yesterday`, `Wednesday 14 October`. */
export const headDay = (at: string, now: number): string => {
  const days = dayNumber(now) - dayNumber(at);
  if (days === 0) return say.today;
  return days === 1 ? say.yesterday : longDay(at);
};

/** When a run brought its posts: `10:30`, `Yesterday 21:30`, `Tuesday 14 October 21:30`, `2 Oct 2024`. */
export const headTime = (at: string, now: number): string => {
  const days = dayNumber(now) - dayNumber(at);
  if (days === 0) return clock(at);
  if (days === 1) return say.yesterdayAt(clock(at));
  if (days < 7) return `${longDay(at).split(' ')[0]} ${clock(at)}`;
  return `${dayAndMonth(at, now)} ${clock(at)}`;
};
