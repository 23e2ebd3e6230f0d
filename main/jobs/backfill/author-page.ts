import { findPageLinks } from '../../feeds/find-links.ts';
import { toStem } from '../../feeds/part-of-series.ts';
import { plainLink } from '../../lib/link-key.ts';
import { askPage, type Hunt, keep, note, type ReadPage, readFeedBody, takePage } from './hunt.ts';

/** A post of the author that the author's page names and that is not kept. */
export type Named = { url: string; title: string };

/** Pages of one author's list that are read. */
const MOST_LISTS = 10;
const MOST_NAMED = 500;

const AUTHOR_PATH = /\/(?:authors?|auteur|autor|people|profile|by|@)\b/i;

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** The address of the author's page, as a post's page links to it: `rel=author`, or the name on a path for authors. */
const authorLinkOn = ({ page }: ReadPage, name: string, isOwnSite: (url: string) => boolean): string | undefined => {
  const own = page.anchors.filter(({ url }) => isOwnSite(url));
  const isName = (text: string): boolean => toStem(text).includes(toStem(name));
  return (
    own.find(({ rel, text }) => /\bauthor\b/.test(rel) && (isName(text) || text === ''))?.url ??
    own.find(({ url, text }) => AUTHOR_PATH.test(new URL(url).pathname) && isName(text))?.url ??
    own.find(({ url }) => AUTHOR_PATH.test(url) && url.includes(slugOf(name)))?.url
  );
};

/** The author's page: the one we were given, the one a post links to, the usual place. */
const findAuthorPage = async (
  hunt: Hunt,
  name: string,
  given: string | undefined,
  post: { url: string } | undefined,
): Promise<ReadPage | undefined> => {
  const { asker, source } = hunt;
  const fromPost = !given && post && asker.isOwnSite(post.url) ? await askPage(hunt, post.url) : undefined;
  const linked = fromPost && authorLinkOn(fromPost, name, asker.isOwnSite);
  const usual = new URL(`/author/${slugOf(name)}/`, source.siteUrl ?? source.feedUrl).href;
  for (const url of new Set([given, linked, usual])) {
    const read = url ? await askPage(hunt, url) : undefined;
    if (read) return read;
  }
  return undefined;
};

/** How the addresses of a site's posts are built: `/2024/03/tides` is `#/#/*`. */
const shapeOf = (url: string): string => {
  const segments = (URL.parse(url)?.pathname ?? '').split('/').filter(Boolean);
  return segments.map((segment, at) => (at === segments.length - 1 ? '*' : /^\d+$/.test(segment) ? '#' : segment)).join('/');
};

/** Feeds that belong to the author's page alone. */
const readOwnFeeds = async (hunt: Hunt, list: ReadPage): Promise<number> => {
  const base = plainLink(list.url);
  const feeds = findPageLinks(list.html, list.url).filter(({ url }) => plainLink(url).startsWith(base));
  let added = 0;
  for (const { url } of feeds.slice(0, 2)) {
    const body = await hunt.asker.ask(url, 'feed');
    const posts = body && (await readFeedBody(hunt, body));
    if (posts) added += (await keep(hunt, posts.drafts, 'author-page')).length;
  }
  return added;
};

const nextList = ({ page, url }: ReadPage): string | undefined =>
  page.anchors.find(
    ({ rel, url: to }) => /\bnext\b/.test(rel) && plainLink(to).startsWith(plainLink(url).replace(/\/page\/\d+$/, '')),
  )?.url;

/** Every post the author's pages name, in their order. */
const readLists = async (hunt: Hunt, first: ReadPage, isPost: (url: string) => boolean): Promise<Named[]> => {
  const named = new Map<string, Named>();
  const seen = new Set<string>();
  let list: ReadPage | undefined = first;
  while (list && seen.size < MOST_LISTS) {
    seen.add(list.url);
    for (const { url, text } of list.page.anchors) {
      const key = plainLink(url);
      const known = named.get(key);
      if (known && !known.title) known.title = text;
      if (!known && named.size < MOST_NAMED && isPost(url)) named.set(key, { url: url.replace(/#.*$/, ''), title: text });
    }
    const next = nextList(list);
    list = next && !seen.has(next) ? await askPage(hunt, next) : undefined;
  }
  return [...named.values()];
};

/** Looks on the author's page: its own feed, then the posts it names. Answers those that were named and could not be had. */
export const lookOnAuthorPage = async (
  hunt: Hunt,
  author: { name: string; authorUrl?: string },
  known: readonly { url: string }[],
  isKnown: (url: string) => boolean,
): Promise<Named[]> => {
  const { asker, services, source } = hunt;
  const first = await findAuthorPage(hunt, author.name, author.authorUrl, known[0]);
  if (!first) {
    note(hunt, 'author page: none');
    return [];
  }
  let added = await readOwnFeeds(hunt, first);
  const shapes = new Set(known.map(({ url }) => shapeOf(url)));
  const isPost = (url: string): boolean =>
    asker.isOwnSite(url) && shapes.has(shapeOf(url)) && plainLink(url) !== plainLink(first.url);
  const named = await readLists(hunt, first, isPost);
  for (const { url } of named) if (!isKnown(url)) added += (await takePage(hunt, url, 'author-page')).added;
  note(hunt, `author page: ${named.length} posts named, ${added} found`);
  return named.filter(({ url }) => !isKnown(url) && !services.store.posts.wasRemoved(source.id, url));
};
