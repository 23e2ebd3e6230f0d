import type { FeedLimits } from './limits.ts';
import { createLinks } from './links.ts';
import { type Media, mediaOf } from './media.ts';
import type { ParsedFeed, ParsedItem } from './parsed-feed.ts';
import type { XmlKind } from './prolog.ts';
import type { ReadContext } from './read-context.ts';
import { attributeOf, childrenOf, type RawElement, type RawFeed, type XmlNode } from './read-xml.ts';
import { cleanText, cut, escapeHtml, looksLikeHtml, oneLine, titleToText } from './text.ts';
import type { Warnings } from './warnings.ts';

const textsOf = (context: ReadContext, element: RawElement, name: string): string[] =>
  element
    .all(name)
    .map((node) => context.raw.textOf(node))
    .filter((text) => text.trim() !== '');

const firstText = (context: ReadContext, element: RawElement, ...names: string[]): string | undefined => {
  for (const name of names) {
    const [text] = textsOf(context, element, name);
    if (text !== undefined) return text;
  }
  return undefined;
};

/** Atom says of a text whether it is HTML; RSS texts always may be. */
const isPlain = (context: ReadContext, node: XmlNode): boolean => {
  if (context.kind !== 'atom') return false;
  const type = attributeOf(node, 'type')?.toLowerCase() ?? 'text';
  return type === 'text' || type === 'text/plain';
};

/** A title, name or label as plain text on one line. */
const plainOf = (context: ReadContext, node: XmlNode): string => {
  const text = context.raw.textOf(node);
  const { title } = context.limits;
  return isPlain(context, node) && !looksLikeHtml(text) && !/&(?:#\w+|\w+);/.test(text)
    ? cut(oneLine(cleanText(text.slice(0, title * 8))), title)
    : titleToText(text, title);
};

const firstPlain = (context: ReadContext, element: RawElement, ...names: string[]): string | undefined => {
  for (const name of names) {
    for (const node of element.all(name)) {
      const text = plainOf(context, node);
      if (text) return text;
    }
  }
  return undefined;
};

const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

/** A body as HTML. */
const htmlOf = (context: ReadContext, node: XmlNode): string => {
  const raw = context.raw.textOf(node);
  const text = attributeOf(node, 'mode')?.toLowerCase() === 'base64' ? fromBase64(raw) : raw;
  const html = isPlain(context, node) && !looksLikeHtml(text) ? escapeHtml(text) : text;
  const clean = cleanText(html).trim();
  if (clean.length > context.limits.content) context.warnings.add('W_TRUNCATED');
  return cut(clean, context.limits.content);
};

const firstHtml = (context: ReadContext, element: RawElement, ...names: string[]): string | undefined => {
  for (const name of names) {
    for (const node of element.all(name)) {
      const html = htmlOf(context, node);
      if (html) return html;
    }
  }
  return undefined;
};

/** The first of these elements that holds a date; one that holds none is counted. */
const dateOf = (context: ReadContext, element: RawElement, names: readonly string[]): { date?: string; bad: number } => {
  let bad = 0;
  for (const name of names) {
    for (const node of element.all(name)) {
      const date = context.raw.textOf(node);
      if (date) return { date, bad };
      bad += 1;
    }
  }
  return { bad };
};

const PUBLISHED = [
  'pubDate',
  'published',
  'issued',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'created',
  'atom:published',
  'date',
];
const UPDATED = ['updated', 'modified', 'dcterms:modified', 'atom:updated'];

/** A name: *Ann*, from `<name>Ann</name>`, `ann@example.org (Ann)` or plain text. */
const nameOfPerson = (context: ReadContext, node: XmlNode): string => {
  const [name] = [...childrenOf(node, 'name'), ...childrenOf(node, 'atom:name')];
  const [email] = [...childrenOf(node, 'email'), ...childrenOf(node, 'atom:email')];
  if (name !== undefined || email !== undefined) {
    return plainOf(context, name ?? '') || plainOf(context, email ?? '');
  }
  const text = typeof node === 'string' ? plainOf(context, node) : plainOf(context, node._ ?? '');
  return /^\S+@\S+\s*\(([^()]+)\)$/.exec(text)?.[1]?.trim() ?? text;
};

/** Where the author is a bare address, as RSS asks for, a name elsewhere says more. */
const authorOf = (context: ReadContext, element: RawElement): string | undefined => {
  let address: string | undefined;
  for (const name of ['author', 'dc:creator', 'creator', 'atom:author', 'itunes:author', 'media:credit']) {
    const names = element
      .all(name)
      .map((node) => nameOfPerson(context, node))
      .filter(Boolean);
    const all = cut([...new Set(names)].slice(0, context.limits.list).join(', '), context.limits.title);
    if (all && !/^\S+@\S+$/.test(all)) return all;
    address ??= all || undefined;
  }
  return address;
};

const idOf = (context: ReadContext, element: RawElement): string | undefined => {
  const id = firstText(context, element, 'guid', 'id') ?? element.attributes['rdf:about'];
  return id ? cleanText(id).trim() || undefined : undefined;
};

const categoriesOf = (context: ReadContext, element: RawElement): string[] | undefined => {
  const nodes = [...element.all('category'), ...element.all('dc:subject')].slice(0, context.limits.list * 2);
  const names = nodes.map((node) => {
    const label = attributeOf(node, 'label') ?? attributeOf(node, 'term');
    return cut(label ? titleToText(label, 200) : plainOf(context, node), 200);
  });
  const unique = [...new Set(names.filter(Boolean))].slice(0, context.limits.list);
  return unique.length > 0 ? unique : undefined;
};

/** Body and summary: the fuller text is the content, the other the summary. */
const bodiesOf = (context: ReadContext, element: RawElement, media: Media): Pick<ParsedItem, 'content' | 'summary'> => {
  const content = firstHtml(context, element, 'content:encoded', 'content', 'xhtml:body', 'body', 'atom:content');
  const summary =
    firstHtml(context, element, 'summary', 'description', 'atom:summary') ??
    media.description ??
    firstHtml(context, element, 'itunes:summary', 'dc:description', 'itunes:subtitle');
  return { ...(content ? { content } : {}), ...(summary ? { summary } : {}) };
};

const toItem = (context: ReadContext, element: RawElement): ParsedItem => {
  const published = dateOf(context, element, PUBLISHED);
  const updated = dateOf(context, element, UPDATED);
  if (published.bad + updated.bad > 0) context.warnings.add('W_DATE_GUESSED');
  const media = mediaOf(context, element);
  const title = firstPlain(context, element, 'title', 'media:title', 'dc:title', 'atom:title') ?? media.title;
  const comments = firstText(context, element, 'comments');
  const link = context.links.ofItem(element, context.raw);
  const item: ParsedItem = {
    id: idOf(context, element) ?? link,
    title,
    link,
    published: published.date,
    updated: updated.date,
    author: authorOf(context, element),
    ...bodiesOf(context, element, media),
    enclosures: media.enclosures,
    categories: categoriesOf(context, element),
    commentsUrl: comments ? context.links.resolve(comments, element) : undefined,
  };
  return withoutAbsent(item);
};

const withoutAbsent = <Value extends object>(value: Value): Value => {
  for (const key of Object.keys(value) as (keyof Value)[]) if (value[key] === undefined) delete value[key];
  return value;
};

const languageOf = (context: ReadContext, head: RawElement): string | undefined => {
  const language = firstText(context, head, 'language', 'dc:language') ?? head.attributes['xml:lang'];
  return language && /^[\w-]{2,35}$/.test(language.trim()) ? language.trim() : undefined;
};

/** Minutes of the periods of the syndication module (RSS 1.0 modules, `sy:updatePeriod`). */
const PERIODS: Readonly<Record<string, number>> = { hourly: 60, daily: 1440, weekly: 10_080, monthly: 43_200, yearly: 525_600 };
const MOST_TTL_MINUTES = 525_600;

/** How often the feed asks to be read at most, minutes: `<ttl>`, else a period and how many times in it. */
const ttlOf = (context: ReadContext, head: RawElement): number | undefined => {
  const wholeNumber = (name: string): number | undefined => {
    const value = Number(firstText(context, head, name)?.trim() || Number.NaN);
    return Number.isInteger(value) && value > 0 && value < MOST_TTL_MINUTES ? value : undefined;
  };
  const ttl = wholeNumber('ttl');
  const period = firstText(context, head, 'sy:updatePeriod')?.trim().toLowerCase() ?? '';
  if (ttl !== undefined || !Object.hasOwn(PERIODS, period)) return ttl;
  return Math.max(1, Math.round((PERIODS[period] ?? 0) / (wholeNumber('sy:updateFrequency') ?? 1)));
};

/** The parser's answer as a feed of ours. */
export const fromXml = (
  raw: RawFeed,
  kind: XmlKind,
  base: string,
  limits: FeedLimits,
  warnings: Warnings,
): Omit<ParsedFeed, 'itemsCount' | 'isTruncated' | 'warnings'> => {
  const context: ReadContext = { raw, kind, links: createLinks(base, limits), limits, warnings };
  const { head } = raw;
  const author = kind === 'atom' ? authorOf(context, head) : undefined;
  const entries = raw.items.map((element) => toItem(context, element));
  return withoutAbsent({
    format: kind,
    title: firstPlain(context, head, 'title', 'dc:title'),
    description: firstPlain(context, head, 'description', 'subtitle', 'tagline', 'dc:description', 'itunes:summary'),
    link: context.links.ofHead(head, context.raw),
    language: languageOf(context, head),
    ttlMinutes: ttlOf(context, head),
    entries: author ? entries.map((entry) => ({ ...entry, author: entry.author ?? author })) : entries,
  });
};
