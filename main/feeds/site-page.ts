import { Parser } from 'htmlparser2';
import { toSafeLink } from '../net/url.ts';
import { parseDate } from './dates.ts';
import { readLinkedData } from './linked-data.ts';
import { oneLine } from './text.ts';

/** A link of a page. `rel` is in small letters. */
export type PageAnchor = { url: string; text: string; rel: string };
/** What a page says of itself: title, address, date, author, and where it leads. */
export type SitePage = {
  title?: string;
  canonical?: string;
  published?: string;
  author?: string;
  description?: string;
  /** `<link rel=prev|next|author|alternate>` and every anchor, in order, at most 3,000. */
  anchors: PageAnchor[];
};

const MOST_CHARS = 3_000_000;
const MOST_ANCHORS = 3000;
const MOST_TEXT = 300;
const MOST_DATA = 200_000;

type Meta = Map<string, string>;
const first = (meta: Meta, ...names: string[]): string | undefined => {
  for (const name of names) {
    const value = meta.get(name);
    if (value) return value;
  }
  return undefined;
};

/** *Tides, Part 1 | A small site* without the site, where the site says its name. */
const withoutSite = (title: string, site: string | undefined): string => {
  if (!site) return title;
  const at = title.lastIndexOf(site);
  const rest = at > 0 && at + site.length === title.length ? title.slice(0, at) : title;
  return /\s[|–—·:-]\s*$/.test(rest) ? rest.replace(/\s[|–—·:-]\s*$/, '').trim() : title;
};

type Seen = {
  meta: Meta;
  anchors: PageAnchor[];
  titles: Record<'title' | 'h1', string>;
  data: string[];
  times: string[];
  base: string;
};

const seeMeta = ({ meta }: Seen, { property, name, itemprop, content }: Record<string, string>): void => {
  const key = (property ?? name ?? itemprop ?? '').toLowerCase();
  const value = oneLine((content ?? '').slice(0, 2000));
  if (key && value && !meta.has(key)) meta.set(key, value);
};

const seeLink = ({ anchors, base }: Seen, { href, title, rel }: Record<string, string>): PageAnchor | undefined => {
  const url = anchors.length < MOST_ANCHORS ? toSafeLink(href, base) : undefined;
  if (!url) return undefined;
  const anchor = { url, text: oneLine((title ?? '').slice(0, MOST_TEXT)), rel: (rel ?? '').toLowerCase() };
  anchors.push(anchor);
  return anchor;
};

/** Takes in one tag; answers the anchor whose words follow. */
const seeTag = (seen: Seen, name: string, attributes: Record<string, string>, pageUrl: string): PageAnchor | undefined => {
  if (name === 'base') seen.base = toSafeLink(attributes.href, pageUrl) ?? seen.base;
  if (name === 'meta') seeMeta(seen, attributes);
  if (name === 'time' && attributes.datetime && seen.times.length < 20) seen.times.push(attributes.datetime);
  if (name === 'link') seeLink(seen, attributes);
  const anchor = name === 'a' ? seeLink(seen, attributes) : undefined;
  if (anchor) anchor.text = '';
  return anchor;
};

const isLinkedData = (name: string, { type = '' }: Record<string, string>): boolean =>
  name === 'script' && /ld\+json/i.test(type);
const isTitle = (name: string): name is 'title' | 'h1' => name === 'title' || name === 'h1';

const createReader = (pageUrl: string): { parser: Parser; seen: Seen } => {
  const seen: Seen = { meta: new Map(), anchors: [], titles: { title: '', h1: '' }, data: [], times: [], base: pageUrl };
  let anchor: PageAnchor | undefined;
  let field: 'title' | 'h1' | undefined;
  let isData = false;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      anchor = seeTag(seen, name, attributes, pageUrl) ?? anchor;
      if (isTitle(name) && seen.titles[name] === '') field = name;
      isData = isLinkedData(name, attributes) && seen.data.length < 10;
      if (isData) seen.data.push('');
    },
    ontext: (text) => {
      if (field && seen.titles[field].length < 2000) seen.titles[field] += text;
      if (anchor && anchor.text.length < MOST_TEXT) anchor.text += text;
      if (isData && (seen.data.at(-1)?.length ?? 0) < MOST_DATA) seen.data[seen.data.length - 1] += text;
    },
    onclosetag: (name) => {
      if (name === field) field = undefined;
      if (name === 'a') anchor = undefined;
      if (name === 'script') isData = false;
    },
  });
  return { parser, seen };
};

/** Reads a page's own words about itself: JSON-LD first, then Open Graph, then meta tags and headings. Never throws. */
export const readSitePage = (html: string, pageUrl: string): SitePage => {
  const { parser, seen } = createReader(pageUrl);
  parser.end(html.slice(0, MOST_CHARS));
  const { meta, titles, anchors } = seen;
  const data = readLinkedData(seen.data);
  const site = first(meta, 'og:site_name', 'application-name');
  const title = data.title ?? first(meta, 'og:title', 'twitter:title') ?? (oneLine(titles.h1) || oneLine(titles.title));
  const canonical =
    anchors.find(({ rel }) => rel.split(/\s+/).includes('canonical'))?.url ?? toSafeLink(meta.get('og:url'), pageUrl);
  const dates = [
    data.published,
    first(meta, 'article:published_time', 'datepublished', 'dc.date', 'dcterms.issued', 'date'),
    seen.times[0],
  ];
  const published = dates.map((date) => (date ? parseDate(date) : undefined)).find(Boolean);
  const author = data.author ?? first(meta, 'author', 'article:author', 'dc.creator', 'twitter:data1');
  const description = data.description ?? first(meta, 'og:description', 'description', 'twitter:description');
  const isName = author && !/^https?:/i.test(author);
  return {
    ...(title ? { title: withoutSite(title, site) } : {}),
    ...(canonical ? { canonical } : {}),
    ...(published ? { published } : {}),
    ...(isName ? { author } : {}),
    ...(description ? { description } : {}),
    anchors: anchors.map((anchor) => ({ ...anchor, text: oneLine(anchor.text).slice(0, MOST_TEXT) })),
  };
};
