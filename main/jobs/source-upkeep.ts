import type { FeedSource } from '../../preload/contract/source.ts';
import type { FeedPosts } from '../feeds/parsed-feed.ts';
import { sameSourceKey, toSafeLink } from '../net/url.ts';
import type { JobServices } from './services.ts';

type Deps = Pick<JobServices, 'store' | 'events'>;

/* The row is read again here: the owner may have changed it while the request was under way. */
const change = async (
  { store, events }: Deps,
  sourceId: string,
  toPatch: (source: FeedSource) => Partial<FeedSource> | undefined,
): Promise<boolean> => {
  const source = store.sources.get(sourceId);
  const patch = source?.kind === 'feed' ? toPatch(source) : undefined;
  if (source?.kind !== 'feed' || !patch || Object.keys(patch).length === 0) return false;
  await store.sources.put([{ ...source, ...patch }]);
  events.emit('sources.changed', { ids: [sourceId] });
  return true;
};

/** Gives a source without a title or site of its own those of its feed. A title that is the address counts as none. */
export const fillFromFeed = (deps: Deps, sourceId: string, feed: Pick<FeedPosts['feed'], 'title' | 'link'>): Promise<boolean> =>
  change(deps, sourceId, (source) => {
    const hasTitle = source.title.trim() !== '' && source.title !== source.feedUrl;
    const title = hasTitle ? undefined : feed.title?.trim().slice(0, 500);
    const siteUrl = source.siteUrl ? undefined : toSafeLink(feed.link);
    return { ...(title ? { title } : {}), ...(siteUrl ? { siteUrl } : {}) };
  });

/** Uses the address a feed moved to for good; the old one stays with the source, so that it can be undone. False when another source reads it already. */
export const followMove = (deps: Deps, sourceId: string, to: string): Promise<boolean> =>
  change(deps, sourceId, (source) => {
    const key = sameSourceKey(to);
    const isTaken = deps.store.sources
      .all()
      .some((other) => other.id !== sourceId && other.kind === 'feed' && sameSourceKey(other.feedUrl) === key);
    return isTaken || to.length > 2048 ? undefined : { feedUrl: to, movedFrom: source.feedUrl };
  });

/** Stops asking for a feed that its server calls gone; its posts stay, and the owner can resume it. */
export const pauseGone = (deps: Deps, sourceId: string): Promise<boolean> => change(deps, sourceId, () => ({ paused: true }));
