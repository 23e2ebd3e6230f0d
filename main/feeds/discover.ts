import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Discovery, FeedPreview, Source } from '../../preload/contract/source.ts';
import type { Clock } from '../lib/clock.ts';
import type { Download, Downloader, Purpose } from '../net/download-types.ts';
import { normaliseUrl, sameSourceKey } from '../net/url.ts';
import { decode } from './decode.ts';
import { findPageLinks, findYouTubeFeed } from './find-links.ts';
import { knownFeeds, usualFeeds } from './known-sites.ts';
import type { FeedParser } from './parsed-feed.ts';
import { toPreview } from './preview.ts';

export type DiscoverDeps = {
  downloader: Pick<Downloader, 'download'>;
  parser: Pick<FeedParser, 'parse'>;
  clock?: Pick<Clock, 'monotonic'>;
  /** To say which feeds are read already. */
  sources?: () => readonly Source[];
};
export type DiscoverOptions = { allowLocalNetwork?: boolean; signal?: AbortSignal };
export type Discover = (url: string, options?: DiscoverOptions) => Promise<Discovery>;

/** Feeds read from one page at most. */
const MAX_FEEDS = 8;
type Body = Extract<Download, { kind: 'body' }>;
type Search = DiscoverOptions & { deps: DiscoverDeps; tried: Set<string> };

const fetchBody = async ({ deps, tried, allowLocalNetwork, signal }: Search, url: string, purpose: Purpose): Promise<Body> => {
  tried.add(url);
  const answer = await deps.downloader.download({
    url,
    purpose,
    ...(allowLocalNetwork === undefined ? {} : { allowLocalNetwork }),
    ...(signal ? { signal } : {}),
  });
  if (answer.kind !== 'body') throw new AppError('NOT_A_FEED', 'The server sent no document.');
  return answer;
};

const readFeed = async (search: Search, answer: Body, url: string): Promise<FeedPreview> => {
  const { bytes, finalUrl, contentType, contentLocation } = answer;
  const input = {
    bytes,
    url: finalUrl,
    ...(contentType ? { contentType } : {}),
    ...(contentLocation ? { contentLocation } : {}),
  };
  const feed = await search.deps.parser.parse(input, search.signal);
  const preview = toPreview(feed, answer, answer.movedTo ?? url);
  const known = search.deps
    .sources?.()
    .find((source) => source.kind === 'feed' && isSame(source.feedUrl, [preview.feedUrl, url]));
  return known ? { ...preview, alreadySourceId: known.id } : preview;
};
const isSame = (feedUrl: string, urls: string[]): boolean => urls.some((url) => sameSourceKey(url) === sameSourceKey(feedUrl));

/** The feeds at these addresses that can be read, in order. Stops early at the first when `isEnough` is 1. */
const readAll = async (search: Search, urls: readonly string[], isEnough: number): Promise<FeedPreview[]> => {
  const found: FeedPreview[] = [];
  for (const url of urls) {
    if (found.length >= isEnough) break;
    if (search.tried.has(url)) continue;
    try {
      found.push(await readFeed(search, await fetchBody(search, url, 'feed'), url));
    } catch (error) {
      // One address without a feed is no reason to stop; a cancelled search is.
      if (toAppError(error).code === 'CANCELLED') throw error;
    }
  }
  return found;
};

const nothingFound = (url: string, search: Search, named: number): AppError => {
  const host = URL.parse(url)?.host ?? url;
  const links = named === 0 ? 'the page names none' : `none of the ${named} it names can be read`;
  return new AppError('NOT_A_FEED', `No feed was found at ${host}: ${links}, and ${search.tried.size} addresses were tried.`);
};

const searchPage = async (search: Search, url: string): Promise<FeedPreview[]> => {
  const page = await fetchBody(search, url, 'page');
  try {
    return [await readFeed(search, page, url)];
  } catch (error) {
    if (toAppError(error).code !== 'NOT_A_FEED') throw error;
  }
  const html = decode(page.bytes, page.contentType).text;
  const youTube = findYouTubeFeed(html, page.finalUrl);
  const named = [...(youTube ? [youTube] : []), ...findPageLinks(html, page.finalUrl).map((link) => link.url)];
  const found = await readAll(search, [...new Set(named)].slice(0, MAX_FEEDS), MAX_FEEDS);
  if (found.length > 0) return found;
  const usual = await readAll(search, usualFeeds(page.finalUrl), 1);
  if (usual.length > 0) return usual;
  throw nothingFound(url, search, named.length);
};

/**
 * Finds feeds behind an address as a person types it: the address itself, feeds of well-known sites, links the page names, and, only
 * when that gives nothing, the usual places. One request at a time; `downloader` keeps the pause between two to one host.
 * Throws USAGE, NOT_A_FEED with what was tried, and what the network throws for the page itself.
 */
export const createDiscover =
  (deps: DiscoverDeps): Discover =>
  async (raw, options = {}) => {
    const now = (): number => deps.clock?.monotonic() ?? performance.now();
    const startedAt = now();
    const url = normaliseUrl(raw);
    const search: Search = { ...options, deps, tried: new Set() };
    const known = await readAll(search, knownFeeds(url), MAX_FEEDS);
    const feeds = known.length > 0 ? known : await searchPage(search, url);
    return { url, feeds, ms: Math.round(now() - startedAt) };
  };
