/** Parts of an address that say who sent the reader, not what is read. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref|ref_src|source|cmpid|at_medium|at_campaign)$/i;

/**
 * What makes two addresses the same story: host without `www.`, path without a last slash, query without tracking; scheme and
 * fragment do not count. Text that is no address is its own key; no text has none.
 */
export const storyKey = (url: string): string | undefined => {
  if (!url) return undefined;
  const parsed = URL.parse(url);
  if (!parsed) return url;
  const query = [...parsed.searchParams].filter(([name]) => !TRACKING.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  const host = parsed.host.replace(/^www\./, '');
  return `${host}${parsed.pathname.replace(/\/+$/, '')}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`;
};
