import type { Post } from '../../preload/contract/post.ts';
import { timeOf } from './fitting.ts';

/** A story that fits a section: the post that would stand for it, and what speaks for it. */
export type Candidate = {
  /** The place of its story among all. */
  story: number;
  post: Post;
  sources: number;
  score?: number;
  commentCount?: number;
  isStarred: boolean;
  isLate: boolean;
};
export type Ranked = Candidate & { worth: number };

/** How much the newest is worth more than the oldest. */
const RECENCY = 2;
/** How much a source's further posts are held back, so that one that writes much does not fill an edition. */
const CROWDING = 0.6;

const recency = (post: Post, fromMs: number, toMs: number): number =>
  Math.min(1, Math.max(0, (timeOf(post) - fromMs) / Math.max(1, toMs - fromMs)));

/**
 * What a story is worth: 3 for each further source that has it, 4 when it is starred, log2(1 + points / 10), and up to 2 for being
 * new.
 */
export const worthOf = (one: Candidate, { fromMs, toMs }: { fromMs: number; toMs: number }): number =>
  3 * (one.sources - 1) +
  (one.isStarred ? 4 : 0) +
  Math.log2(1 + Math.max(0, one.score ?? 0) / 10) +
  RECENCY * recency(one.post, fromMs, toMs);

const byWorth = (a: Ranked, b: Ranked): number =>
  b.worth - a.worth || timeOf(b.post) - timeOf(a.post) || (a.post.id < b.post.id ? -1 : 1);

const byPoints = (a: Ranked, b: Ranked): number =>
  (b.score ?? 0) - (a.score ?? 0) || (b.commentCount ?? 0) - (a.commentCount ?? 0) || byWorth(a, b);

/** Best first: Hacker News by points, everything else by worth. */
export const rank = (candidates: readonly Candidate[], span: { fromMs: number; toMs: number }, byScore: boolean): Ranked[] =>
  candidates.map((one) => ({ ...one, worth: worthOf(one, span) })).sort(byScore ? byPoints : byWorth);

/**
 * Takes from ranked candidates, best first, as long as `room` lasts and `mayTake` allows. Where `isFair`, a source's second, third ...
 * post is held back by 0.6 each time.
 */
export const takeBest = (
  ranked: readonly Ranked[],
  room: number,
  { isFair, mayTake, onTake }: { isFair: boolean; mayTake: (one: Ranked) => boolean; onTake: (one: Ranked) => void },
): Ranked[] => {
  const left = [...ranked];
  const taken: Ranked[] = [];
  const bySource = new Map<string, number>();
  const worthNow = (one: Ranked): number => one.worth - CROWDING * (bySource.get(one.post.sourceId) ?? 0);
  const bestOf = (): number => {
    let best = 0;
    for (let at = 1; isFair && at < left.length; at += 1) {
      // They are sorted by their worth unheld: nothing behind this can be better.
      if ((left[at] as Ranked).worth <= worthNow(left[best] as Ranked)) break;
      if (worthNow(left[at] as Ranked) > worthNow(left[best] as Ranked)) best = at;
    }
    return best;
  };
  while (taken.length < room && left.length > 0) {
    const [chosen] = left.splice(bestOf(), 1);
    if (!chosen || !mayTake(chosen)) continue;
    taken.push(chosen);
    onTake(chosen);
    bySource.set(chosen.post.sourceId, (bySource.get(chosen.post.sourceId) ?? 0) + 1);
  }
  return taken;
};
