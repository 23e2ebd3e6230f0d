import { toSafeLink } from '../net/url.ts';
import type { PostDraft } from '../store/repositories.ts';
import { displayClean, displayText } from './display-text.ts';
import { domainOf } from './domain-of.ts';
import { fingerprintsOf, secondKeyOf } from './fingerprint.ts';
import type { ParsedFeed, ParsedItem, ParseWarning } from './parsed-feed.ts';
import { safeEnclosures } from './post-links.ts';
import { cut, htmlToText, oneLine } from './text.ts';
import { createWarnings, type Warnings } from './warnings.ts';

/** The source an item came from. */
export type PostSource = { id: string; feedUrl: string };

const MAX_TITLE = 500;
const MAX_SUMMARY = 500;
const MAX_CATEGORIES = 20;
/** Earlier than this a date is a mistake: there was no web. */
const EARLIEST = '1990-01-01T00:00:00.000Z';
/** A date further ahead than this is a mistake; up to here it is shown as claimed and sorts as now. Milliseconds. */
const FURTHEST = 366 * 24 * 3_600_000;

/** What the feed says, if it can be true; the reader sees the time of collection otherwise. */
const publishedAtOf = (item: ParsedItem, now: number, warnings: Warnings): string | undefined => {
  const claimed = item.published ?? item.updated;
  if (claimed === undefined) return undefined;
  const isPlausible = claimed.length === 24 && claimed >= EARLIEST && Date.parse(claimed) <= now + FURTHEST;
  if (!isPlausible) warnings.add('W_DATE_GUESSED');
  return isPlausible ? claimed : undefined;
};

/** The first words of the body, for items without a title. */
const titleOf = (item: ParsedItem, summary: string, url: string): string => {
  const title = displayText(item.title ?? '', MAX_TITLE);
  if (title) return title;
  const words = cut(summary, 100);
  if (words) return words.length < summary.length ? `${words.replace(/\s+\S*$/, '')} …` : words;
  return url || 'Untitled';
};

const textOf = (html: string | undefined): string => (html ? displayClean(htmlToText(html, MAX_SUMMARY)) : '');

const toDraft = (item: ParsedItem, fingerprint: string, source: PostSource, now: number, warnings: Warnings): PostDraft => {
  const url = toSafeLink(item.link, source.feedUrl) ?? '';
  const summary = textOf(item.summary) || textOf(item.content);
  const author = item.author ? displayText(item.author, MAX_TITLE) : '';
  const categories = (item.categories ?? [])
    .map((category) => displayText(oneLine(category), 200))
    .filter(Boolean)
    .slice(0, MAX_CATEGORIES);
  const enclosures = safeEnclosures(item.enclosures, source.feedUrl);
  const commentsUrl = toSafeLink(item.commentsUrl, source.feedUrl);
  const publishedAt = publishedAtOf(item, now, warnings);
  const secondKey = secondKeyOf(item);
  const content = item.content ?? item.summary;
  return {
    fingerprint,
    ...(secondKey ? { secondKey } : {}),
    title: titleOf(item, summary, url),
    url,
    domain: domainOf(url),
    ...(author ? { author } : {}),
    summary,
    ...(categories.length > 0 ? { categories } : {}),
    ...(enclosures.length > 0 ? { enclosures } : {}),
    ...(commentsUrl ? { commentsUrl } : {}),
    ...(publishedAt ? { publishedAt } : {}),
    ...(content ? { content } : {}),
  };
};

/**
 * A parsed feed as drafts of posts, in its order; an item that is there twice comes once. Items with nothing in them are dropped
 * and counted. The same feed gives the same fingerprints, whatever the order of its items (hostile cases 76 to 81).
 */
export const toPosts = (feed: ParsedFeed, source: PostSource, now: number): { drafts: PostDraft[]; warnings: ParseWarning[] } => {
  const warnings = createWarnings();
  const drafts = new Map<string, PostDraft>();
  const fingerprints = fingerprintsOf(feed.entries);
  feed.entries.forEach((item, index) => {
    const fingerprint = fingerprints[index];
    if (fingerprint === undefined) warnings.add('W_ITEM_DROPPED');
    else if (!drafts.has(fingerprint)) drafts.set(fingerprint, toDraft(item, fingerprint, source, now, warnings));
  });
  return { drafts: [...drafts.values()], warnings: warnings.list() };
};
