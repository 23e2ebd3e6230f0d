import type { Post } from '../../preload/contract/post.ts';
import { toInstant } from '../lib/clock.ts';
import type { Answered } from './hacker-news-sorting.ts';
import type { JobServices } from './services.ts';

const HOUR_MS = 3_600_000;
/** How long after it was collected a story is asked for again, in hours. */
export const SAMPLE_HOURS: readonly number[] = [1, 6, 24, 72];
/** A mark that was missed this long after it (the computer was off) is let go: then only younger stories are asked for. */
const OLDEST_MS = 5 * 24 * HOUR_MS;
/** Stories asked for in one run beside those on the lists. */
const MOST_ASKED = 200;

/**
 * Whether a mark of this story has passed since its newest sample. Nothing else is remembered: marks follow from when it was
 * collected, so they survive a restart, and several that were missed together come to one sample.
 */
export const isSampleDue = ({ hn, collectedAt }: Post, now: number): boolean => {
  if (!hn || hn.isDead) return false;
  const collected = Date.parse(collectedAt);
  const last = Date.parse(hn.samples?.at(-1)?.at ?? collectedAt);
  return SAMPLE_HOURS.some((hours) => {
    const mark = collected + hours * HOUR_MS;
    return mark <= now && mark > last;
  });
};

/** The stories of these sources whose next mark has passed, those that are let go soonest first. */
export const dueForSample = async (
  { store, clock }: Pick<JobServices, 'store' | 'clock'>,
  sourceIds: ReadonlySet<string>,
): Promise<Post[]> => {
  const now = clock.now();
  const recent = await store.posts.hackerNewsSince(toInstant(now - OLDEST_MS));
  return recent.filter((post) => sourceIds.has(post.sourceId) && isSampleDue(post, now)).reverse();
};

/**
 * Asks again for stories at +1, +6, +24 and +72 h and keeps what they have by then. What the lists already answered is not asked
 * for again. Answers how many samples were kept; one write.
 */
export const takeSamples = async (
  { store, clock, events }: Pick<JobServices, 'store' | 'clock' | 'events'>,
  sourceIds: ReadonlySet<string>,
  ask: (id: number) => Promise<Answered>,
): Promise<number> => {
  const due = (await dueForSample({ store, clock }, sourceIds)).slice(0, MOST_ASKED);
  const answers = await Promise.all(due.map(async (post) => ({ post, answered: await ask(post.hn?.id ?? 0) })));
  const sampleAt = toInstant(clock.now());
  const changes = answers.flatMap(({ post, answered }) => {
    if (!post.hn || 'error' in answered || answered.answer.kind !== 'item') return [];
    const { item } = answered.answer;
    return {
      id: post.id,
      score: item.score ?? post.hn.score,
      commentCount: Math.max(0, item.descendants ?? post.hn.commentCount),
      isDead: Boolean(item.dead || item.deleted),
      sampleAt,
    };
  });
  if (changes.length === 0) return 0;
  await store.posts.refreshHackerNews(changes);
  events.emit('posts.changed', { added: 0, sourceIds: [...new Set(due.map(({ sourceId }) => sourceId))] });
  return changes.length;
};
