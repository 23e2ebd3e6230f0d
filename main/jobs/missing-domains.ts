import { toInstant } from '../lib/clock.ts';
import { domainOfPost } from '../store/domains-kept.ts';
import type { JobServices } from './services.ts';

/** Domains that are written down at once. */
const AT_ONCE = 500;

/**
 * Writes down the domains of posts kept before there were domains, or whose writing was interrupted. Looks through the posts, in slices,
 * only while one is missing. Answers how many came.
 */
export const addMissingDomains = async (
  { store, clock }: Pick<JobServices, 'store' | 'clock'>,
  signal: AbortSignal,
): Promise<number> => {
  await store.loaded;
  const missing = new Set([...store.posts.domainCounts().keys()].filter((id) => !store.domains.get(id)));
  if (missing.size === 0) return 0;
  let added = 0;
  let found: { id: string; url?: string }[] = [];
  const write = async (): Promise<void> => {
    added += (await store.domains.addNew(found, toInstant(clock.now()))).length;
    found = [];
  };
  for await (const posts of store.posts.slices()) {
    signal.throwIfAborted();
    for (const post of posts) {
      const domain = missing.delete(post.domain) ? domainOfPost(post) : undefined;
      if (domain) found.push(domain);
    }
    if (found.length >= AT_ONCE) await write();
    if (missing.size === 0) break;
  }
  await write();
  return added;
};
