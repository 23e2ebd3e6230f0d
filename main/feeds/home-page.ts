import { Parser } from 'htmlparser2';
import { toSafeLink } from '../net/url.ts';
import { decode } from './decode.ts';
import { findPageLinks, findYouTubeFeed } from './find-links.ts';
import type { FeedInput, HomePage } from './parsed-feed.ts';
import { cleanText, cut, oneLine } from './text.ts';

/** A head is at the beginning; what comes after so many characters is not looked at. */
const MAX_CHARS = 1_000_000;
const MAX_TITLE = 500;
const MAX_DESCRIPTION = 1000;
const MAX_FEEDS = 20;
const LANGUAGE = /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i;

const plain = (text: string, max: number): string => cut(oneLine(cleanText(text.slice(0, max * 4))), max);
const languageOf = (raw: string | undefined): string | undefined => {
  const tag = raw?.trim().replaceAll('_', '-') ?? '';
  return tag.length <= 35 && LANGUAGE.test(tag) ? tag : undefined;
};

/** Icons by how well they fit a small square: the plain icon first, then one for home screens. */
const iconRank = (rel: string): number => {
  const rels = rel.toLowerCase().split(/\s+/);
  if (rels.includes('icon')) return 1;
  return rels.includes('apple-touch-icon') || rels.includes('apple-touch-icon-precomposed') ? 2 : 0;
};

type Found = { base: string; title: string; meta: Map<string, string>; language?: string; icon?: { rank: number; url: string } };

const noteIcon = (found: Found, { rel = '', href }: Record<string, string>): void => {
  const rank = iconRank(rel);
  const url = rank > 0 ? toSafeLink(href, found.base) : undefined;
  if (url && rank < (found.icon?.rank ?? 9)) found.icon = { rank, url };
};
const noteMeta = (found: Found, attributes: Record<string, string>): void => {
  const name = (attributes.name ?? attributes.property ?? attributes['http-equiv'] ?? '').toLowerCase();
  if (name && attributes.content && !found.meta.has(name)) found.meta.set(name, attributes.content);
};

/** Reads the tags that describe a page. HTML living standard, section 4.2; Open Graph's `og:` names as a second choice. */
const readTags = (html: string, pageUrl: string): Found => {
  const found: Found = { base: pageUrl, title: '', meta: new Map() };
  const notes: Readonly<Record<string, (attributes: Record<string, string>) => void>> = {
    html: (attributes) => {
      found.language ??= attributes.lang ?? attributes['xml:lang'] ?? '';
    },
    base: ({ href }) => {
      found.base = toSafeLink(href, pageUrl) ?? found.base;
    },
    meta: (attributes) => noteMeta(found, attributes),
    link: (attributes) => noteIcon(found, attributes),
  };
  // A drawing in the page may have a title of its own.
  let [isTitle, isTitleRead, drawings] = [false, false, 0];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (Object.hasOwn(notes, name)) notes[name]?.(attributes);
      if (name === 'svg') drawings += 1;
      isTitle = name === 'title' && drawings === 0 && !isTitleRead;
    },
    ontext: (text) => {
      if (isTitle && found.title.length < MAX_TITLE * 4) found.title += text;
    },
    onclosetag: (name) => {
      if (isTitle) isTitleRead = true;
      isTitle = false;
      if (name === 'svg') drawings = Math.max(0, drawings - 1);
    },
  });
  parser.end(html);
  return found;
};

/** What an HTML page tells about its site. Never throws: what is not there is left out. */
export const readHomePage = ({ bytes, url, contentType }: FeedInput): HomePage => {
  const html = decode(bytes, contentType).text.slice(0, MAX_CHARS);
  const { title: written, meta, language, icon } = readTags(html, url);
  const title = plain(written, MAX_TITLE) || plain(meta.get('og:title') ?? meta.get('og:site_name') ?? '', MAX_TITLE);
  const description = plain(meta.get('description') ?? meta.get('og:description') ?? '', MAX_DESCRIPTION);
  const tag = languageOf(language) ?? languageOf(meta.get('content-language')) ?? languageOf(meta.get('og:locale'));
  const youTube = findYouTubeFeed(html, url);
  const feeds = [...(youTube ? [{ url: youTube }] : []), ...findPageLinks(html, url)].slice(0, MAX_FEEDS);
  return {
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...(icon ? { faviconUrl: icon.url } : {}),
    ...(tag ? { language: tag } : {}),
    feeds,
  };
};
