import { AppError } from '../../preload/contract/errors.ts';
import { toSafeLink } from '../net/url.ts';
import { parseDate } from './dates.ts';
import type { FeedLimits } from './limits.ts';
import { toSeconds } from './media.ts';
import type { ParsedEnclosure, ParsedFeed, ParsedItem } from './parsed-feed.ts';
import { cleanText, cut, escapeHtml, oneLine } from './text.ts';
import type { Warnings } from './warnings.ts';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** A text, or a number that was meant as one. */
const asText = (value: unknown): string | undefined => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? cleanText(value) : undefined;
};
const asLine = (value: unknown, max: number): string | undefined => {
  const text = asText(value);
  return text === undefined ? undefined : cut(oneLine(text.slice(0, max * 8)), max) || undefined;
};

/** The deepest nesting of a JSON text, without reading it. Linear. */
export const jsonDepth = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = endOfString(text, at + 1);
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return deepest;
};
const endOfString = (text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) return at;
  }
  return text.length;
};

const readJson = (text: string, limits: FeedLimits): unknown => {
  if (jsonDepth(text) > limits.depth) throw new AppError('DOC_TOO_DEEP', 'The document nests its values too deep.');
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('DOC_MALFORMED', 'The document looks like JSON but cannot be read.');
  }
};

const authorOf = (item: Fields, limits: FeedLimits): string | undefined => {
  const people = [...asList(item.authors), item.author].filter(isFields);
  const names = people
    .map((person) => asLine(person.name, limits.title) ?? asLine(person.url, limits.title))
    .filter((name) => name !== undefined);
  return names.length > 0 ? cut([...new Set(names)].slice(0, limits.list).join(', '), limits.title) : undefined;
};

const enclosuresOf = (item: Fields, base: string, limits: FeedLimits): ParsedEnclosure[] =>
  asList(item.attachments)
    .slice(0, limits.list)
    .flatMap((attachment) => {
      const url = isFields(attachment) ? toSafeLink(attachment.url, base) : undefined;
      if (!url || !isFields(attachment)) return [];
      const type = asLine(attachment.mime_type, 100);
      const length = attachment.size_in_bytes;
      const seconds = toSeconds(String(attachment.duration_in_seconds ?? ''));
      return [
        {
          url,
          ...(type ? { type } : {}),
          ...(typeof length === 'number' && length >= 0 && length < 1e15 ? { length } : {}),
          ...(seconds ? { seconds } : {}),
        },
      ];
    });

const bodyOf = (html: unknown, plain: unknown): string | undefined => {
  const written = asText(html);
  if (written !== undefined) return written;
  const text = asText(plain);
  return text === undefined ? undefined : escapeHtml(text);
};

const dateOf = (raw: unknown, warnings: Warnings): string | undefined => {
  if (raw === undefined || raw === null) return undefined;
  const date = typeof raw === 'string' ? parseDate(raw) : undefined;
  if (!date) warnings.add('W_DATE_GUESSED');
  return date;
};

const toItem = (item: Fields, base: string, limits: FeedLimits, warnings: Warnings): ParsedItem => {
  const id = asText(item.id);
  const limited = (text: string | undefined): string | undefined => {
    if (text && text.length > limits.content) warnings.add('W_TRUNCATED');
    return text && cut(text, limits.content);
  };
  const categories = asList(item.tags)
    .map((tag) => asLine(tag, 200))
    .filter((tag) => tag !== undefined)
    .slice(0, limits.list);
  const link = [item.url, item.external_url].map((raw) => toSafeLink(raw, base)).find(Boolean);
  const fields = {
    id: id?.trim(),
    title: asLine(item.title, limits.title),
    link: link ?? (id && /^https?:/i.test(id) ? toSafeLink(id, base) : undefined),
    published: dateOf(item.date_published, warnings),
    updated: dateOf(item.date_modified, warnings),
    author: authorOf(item, limits),
    summary: limited(bodyOf(undefined, item.summary)),
    content: limited(bodyOf(item.content_html, item.content_text)),
    enclosures: enclosuresOf(item, base, limits),
    categories: categories.length > 0 ? categories : undefined,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ParsedItem;
};

/**
 * JSON Feed 1.0 and 1.1 (jsonfeed.org). An item of the wrong type is dropped alone; a field of the wrong type is left out.
 * Throws DOC_TOO_DEEP, DOC_MALFORMED, NOT_A_FEED.
 */
export const parseJsonFeed = (
  text: string,
  base: string,
  limits: FeedLimits,
  warnings: Warnings,
): Omit<ParsedFeed, 'itemsCount' | 'isTruncated' | 'warnings'> => {
  const feed = readJson(text, limits);
  const version = isFields(feed) ? feed.version : undefined;
  const isFeed = isFields(feed) && (Array.isArray(feed.items) || (typeof version === 'string' && version.includes('jsonfeed')));
  if (!isFeed) throw new AppError('NOT_A_FEED', 'This is not a feed: it is JSON of another kind.');
  const items = asList(feed.items);
  const good = items.filter(isFields);
  warnings.add('W_ITEM_DROPPED', items.length - good.length);
  if (feed.items !== undefined && !Array.isArray(feed.items)) warnings.add('W_FIELD_DROPPED');
  const author = authorOf(feed, limits);
  const link = toSafeLink(feed.home_page_url, base);
  const head = {
    title: asLine(feed.title, limits.title),
    description: asLine(feed.description, limits.title),
    link,
    language: asLine(feed.language, 35),
  };
  const entries = good.map((item) => toItem(item, base, limits, warnings));
  return {
    format: 'json',
    ...Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined)),
    entries: author ? entries.map((entry) => ({ ...entry, author: entry.author ?? author })) : entries,
  };
};
