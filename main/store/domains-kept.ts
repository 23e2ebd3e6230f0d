import type { Post } from '../../preload/contract/post.ts';
import type { Log } from '../lib/log.ts';
import type { DomainsRepository } from './repositories.ts';

/** The domain of a post and the home page there; undefined where the post has no address. */
export const domainOfPost = ({ domain, url }: Pick<Post, 'domain' | 'url'>): { id: string; url?: string } | undefined => {
  if (domain === '') return undefined;
  const origin = URL.parse(url)?.origin;
  return origin && origin !== 'null' ? { id: domain, url: `${origin}/` } : { id: domain };
};

/** Writes down the new domains among posts that were just kept, in one write. Never rejects: what is missing is found by the next run. */
export const keepDomainsOf =
  (domains: DomainsRepository, log: Log) =>
  async (posts: readonly Pick<Post, 'domain' | 'url'>[], now: string): Promise<void> => {
    const found = posts.flatMap((post) => domainOfPost(post) ?? []);
    try {
      await domains.addNew(found, now);
    } catch (error) {
      log.warn('New domains could not be written down', { error });
    }
  };
