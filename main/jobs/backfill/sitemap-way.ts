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

/** The pages of the site's sitemaps: `/sitemap.xml`, or what `robots.txt` names; an index one step deep. */
const readAll = async (hunt: Hunt): Promise<{ pages: SitemapEntry[]; sitemaps: number }> => {
  const { asker } = hunt;
  const pages: SitemapEntry[] = [];
  let sitemaps = 0;
  const read = async (url: string): Promise<SitemapEntry[]> => {
    if (sitemaps >= MOST_SITEMAPS) return [];
    const body = await asker.ask(url, 'page');
    if (!body) return [];
    const sitemap = await readSitemap(body.bytes, body.finalUrl, body.contentType);
    if (sitemap.pages.length + sitemap.sitemaps.length > 0) sitemaps += 1;
    pages.push(...sitemap.pages);
    return sitemap.sitemaps;
  };
  const first = new URL('/sitemap.xml', siteRoot(hunt)).href;
  let inner = await read(first);
  if (sitemaps === 0) {
    const robots = await asker.ask(new URL('/robots.txt', siteRoot(hunt)).href, 'page');
    const named = robots ? sitemapsOfRobots(robots.bytes, robots.finalUrl) : [];
    for (const url of named) inner = [...inner, ...(await read(url))];
  }
  for (const { url } of inner.sort(byPromise)) await read(url);
  return { pages, sitemaps };
};

/** Looks for wanted addresses in the site's sitemap and reads their pages. */
export const lookInSitemap = async (hunt: Hunt, isLikely: (url: string) => boolean): Promise<void> => {
  const { pages, sitemaps } = await readAll(hunt);
  if (sitemaps === 0) return note(hunt, 'sitemap: none');
  const likely = pages.filter(({ url }) => hunt.asker.isOwnSite(url) && isLikely(url));
  let added = 0;
  for (const { url, lastModified } of likely) {
    if (hunt.isDone() || hunt.asker.isOver()) break;
    added += (await takePage(hunt, url, 'sitemap', lastModified ? { lastModified } : {})).added;
  }
  note(hunt, `sitemap: ${pages.length} addresses, ${likely.length} likely, ${added} found`);
};
