import { Parser } from 'htmlparser2';
import { toSafeLink } from '../net/url.ts';
import { oneLine } from './text.ts';

/** A feed that a page names in its head. */
export type PageLink = { url: string; title?: string };

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf)\+xml|feed\+json|rdf|rss|atom)$|^application\/json$/;
const MAX_LINKS = 50;

const isFeedLink = ({ rel = '', type = '', href = '' }: Record<string, string>): boolean => {
  const rels = rel.toLowerCase().split(/\s+/);
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? '';
  // WordPress offers its own API as an alternate in JSON.
  if (bare === 'application/json' && !/feed/i.test(href)) return false;
  return (rels.includes('alternate') && FEED_TYPE.test(bare)) || rels.includes('feed');
};

/**
 * The feeds a page names: `<link rel="alternate" type="application/rss+xml" href>`, in order, each address once, absolute.
 * https://www.rssboard.org/rss-autodiscovery
 */
export const findPageLinks = (html: string, pageUrl: string): PageLink[] => {
  const found = new Map<string, PageLink>();
  let base = pageUrl;
  const addLink = (attributes: Record<string, string>): void => {
    const url = isFeedLink(attributes) ? toSafeLink(attributes.href?.replace(/^feed:(?=\/\/)/i, 'http:'), base) : undefined;
    if (!url || found.has(url) || found.size >= MAX_LINKS) return;
    const title = oneLine((attributes.title ?? '').slice(0, 200));
    found.set(url, title ? { url, title } : { url });
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'base') base = toSafeLink(attributes.href, pageUrl) ?? base;
      else if (name === 'link' || name === 'a') addLink(attributes);
    },
  });
  parser.end(html);
  return [...found.values()];
};

/** The channel a YouTube page is about, found in its scripts: pages of handles name it nowhere else for certain. */
export const findYouTubeFeed = (html: string, pageUrl: string): string | undefined => {
  if (!/^(?:www\.|m\.)?youtube\.com$/.test(URL.parse(pageUrl)?.hostname ?? '')) return undefined;
  const id = /"(?:externalId|channelId|browseId)":"(UC[\w-]{22})"/.exec(html)?.[1];
  return id && `https://www.youtube.com/feeds/videos.xml?channel_id=${id}`;
};
