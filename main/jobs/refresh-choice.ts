import type { Post } from '../../preload/contract/post.ts';
import { toInstant } from '../lib/clock.ts';
import { hostOf, mustWait } from './due-sources.ts';
import type { JobServices } from './services.ts';

/** What may be asked for in one run. */
export type RefreshBounds = { scope: 'recent' | 'full'; maxRequests: number; maxPerHost: number };
/** What is asked for, oldest check first. */
export type RefreshChoice = { stories: Post[]; pages: Post[]; postponed: number };

/** Posts younger than this are recent. */
export const RECENT_DAYS = 30;
const DAY_MS = 86_400_000;

type Candidate = { post: Pick<Post, 'id' | 'collectedAt'>; checkedAt: string };

const byAge = (a: Candidate, b: Candidate): number =>
  a.checkedAt !== b.checkedAt ? (a.checkedAt < b.checkedAt ? -1 : 1) : a.post.collectedAt < b.post.collectedAt ? 1 : -1;

/** All posts in scope by when they were checked last, never first, newest of those first. Forgets checks of posts that are gone. */
const candidates = async (
  { store, clock }: Pick<JobServices, 'store' | 'clock'>,
  scope: RefreshBounds['scope'],
  signal: AbortSignal,
): Promise<Candidate[]> => {
  const since = scope === 'recent' ? toInstant(clock.now() - RECENT_DAYS * DAY_MS) : '';
  const kept = new Set<string>();
  const found: Candidate[] = [];
  for await (const slice of store.posts.slices()) {
    signal.throwIfAborted();
    for (const { id, collectedAt, hn, url } of slice) {
      kept.add(id);
      if (collectedAt < since || (!hn && !url)) continue;
      found.push({ post: { id, collectedAt }, checkedAt: store.pageChecks.get(id)?.checkedAt ?? '' });
    }
  }
  await store.pageChecks.prune((id) => kept.has(id));
  return found.sort(byAge);
};

/** The posts of this run: at most `maxRequests`, at most `maxPerHost` pages of a host, none of a host that wants to be left alone. */
export const chooseToRefresh = async (
  services: Pick<JobServices, 'store' | 'clock' | 'hackerNews'>,
  bounds: RefreshBounds,
  signal: AbortSignal,
): Promise<RefreshChoice> => {
  const { store, clock, hackerNews } = services;
  const isPaused = (host: string): boolean => mustWait(undefined, store.fetchMemory.host(host), clock.now());
  const chosen: RefreshChoice = { stories: [], pages: [], postponed: 0 };
  const perHost = new Map<string, number>();
  for (const { post: known } of await candidates(services, bounds.scope, signal)) {
    if (chosen.stories.length + chosen.pages.length >= bounds.maxRequests) break;
    const post = await store.posts.get(known.id);
    if (!post) continue;
    const host = post.hn ? hackerNews.host() : hostOf(post.url);
    if (isPaused(host)) chosen.postponed += 1;
    else if (post.hn) chosen.stories.push(post);
    else if ((perHost.get(host) ?? 0) < bounds.maxPerHost) {
      perHost.set(host, (perHost.get(host) ?? 0) + 1);
      chosen.pages.push(post);
    }
  }
  return chosen;
};
