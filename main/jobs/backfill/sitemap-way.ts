import { readSitemap, type SitemapEntry, sitemapsOfRobots } from '../../feeds/sitemap.ts';
import { type Hunt, note, takePage } from './hunt.ts';

/** Sitemaps that are read of one site in one run. */
const MOST_SITEMAPS = 6;

/** The root of the site the posts are on. */
const siteRoot = ({ source }: Hunt): string => new URL('/', source.siteUrl ?? source.feedUrl).href;

const isAboutPosts = ({ url }: SitemapEntry): boolean => /post|article|blog|news|entr/i.test(url);

/** Newest first, those that say they hold posts before the others. */
const byPromise = (left: SitemapEntry, right: SitemapEntry): number =>
  Number(isAboutPosts(right)) - Number(isAboutPosts(left)) || (right.lastModified ?? '').localeCompare(left.lastModified ?? '');

/** Addresses that are looked at in one stretch of work. */
const AT_ONCE = 1000;

/** Those that may be wanted, looked at in stretches that leave the thread free between them. */
const likelyOf = async (pages: readonly SitemapEntry[], isLikely: (url: string) => boolean): Promise<SitemapEntry[]> => {
  const likely: SitemapEntry[] = [];
  for (let at = 0; at < pages.length; at += AT_ONCE) {
    likely.push(...pages.slice(at, at + AT_ONCE).filter(({ url }) => isLikely(url)));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return likely;
};

type Found = { likely: SitemapEntry[]; addresses: number; sitemaps: number };

/** The likely pages of the site's sitemaps: `/sitemap.xml`, or what `robots.txt` names; an index one step deep. */
const readAll = async (hunt: Hunt, isLikely: (url: string) => boolean): Promise<Found> => {
  const { asker } = hunt;
  const found: Found = { likely: [], addresses: 0, sitemaps: 0 };
  const read = async (url: string): Promise<SitemapEntry[]> => {
    const body = found.sitemaps < MOST_SITEMAPS ? await asker.ask(url, 'page') : undefined;
    if (!body) return [];
    const { pages, sitemaps } = await readSitemap(body.bytes, body.finalUrl, body.contentType);
    if (pages.length + sitemaps.length > 0) found.sitemaps += 1;
    found.addresses += pages.length;
    found.likely.push(...(await likelyOf(pages, isLikely)));
    return sitemaps;
  };
  let inner = await read(new URL('/sitemap.xml', siteRoot(hunt)).href);
  if (found.sitemaps === 0) {
    const robots = await asker.ask(new URL('/robots.txt', siteRoot(hunt)).href, 'page');
    const named = robots ? sitemapsOfRobots(robots.bytes, robots.finalUrl) : [];
    for (const url of named) inner = [...inner, ...(await read(url))];
  }
  for (const { url } of inner.sort(byPromise)) await read(url);
  return found;
};

/** Looks for wanted addresses in the site's sitemap and reads their pages. */
export const lookInSitemap = async (hunt: Hunt, isLikely: (url: string) => boolean): Promise<void> => {
  const { likely, addresses, sitemaps } = await readAll(hunt, (url) => hunt.asker.isOwnSite(url) && isLikely(url));
  if (sitemaps === 0) return note(hunt, 'sitemap: none');
  let added = 0;
  for (const { url, lastModified } of likely) {
    if (hunt.isDone() || hunt.asker.isOver()) break;
    added += (await takePage(hunt, url, 'sitemap', lastModified ? { lastModified } : {})).added;
  }
  note(hunt, `sitemap: ${addresses} ${addresses === 1 ? 'address' : 'addresses'}, ${likely.length} likely, ${added} found`);
};
