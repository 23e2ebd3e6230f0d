import { hash as digest } from 'node:crypto';

/** What is added to an address to count readers, and changes nothing of what stands there. */
const COUNTS_READERS = /^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref|source)$/i;

/** An address without what two ways of writing the same page differ in: scheme, `www.`, a slash at the end, reader counters, fragment. */
export const plainLink = (url: string): string => {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  const kept = [...parsed.searchParams].filter(([name]) => !COUNTS_READERS.test(name));
  const query = kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
  const path = parsed.pathname.replace(/\/(?:index\.(?:html?|php))?$/i, '');
  return `${parsed.host.replace(/^www\./, '')}${path}${query}`;
};

/** Finds a post again by its address alone, where its page was read and no feed told its id. At most 24 characters. */
export const linkKeyOf = (url: string): string => `u${digest('sha256', plainLink(url), 'base64url').slice(0, 22)}`;
