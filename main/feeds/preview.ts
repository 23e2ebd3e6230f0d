import type { FeedPreview } from '../../preload/contract/source.ts';
import type { Download } from '../net/download-types.ts';
import { displayText } from './display-text.ts';
import type { ParsedFeed, ParsedItem } from './parsed-feed.ts';
import { htmlToText } from './text.ts';

const NEWEST = 5;
const WEEK_MS = 7 * 24 * 3_600_000;
/** A text from which on a body counts as the whole article, in characters. */
const FULL_TEXT = 1000;

const dateOf = (item: ParsedItem): string | undefined => item.published ?? item.updated;

/** Posts a week over the span of the dates; undefined without at least two dates. */
export const perWeekOf = (items: readonly ParsedItem[]): number | undefined => {
  const times = items.map((item) => Date.parse(dateOf(item) ?? '')).filter((ms) => !Number.isNaN(ms));
  if (times.length < 2) return undefined;
  const span = Math.max(...times) - Math.min(...times);
  return span > 0 ? Math.round(((times.length - 1) / Math.max(span, WEEK_MS / 7)) * WEEK_MS * 10) / 10 : undefined;
};

const hasFullText = (items: readonly ParsedItem[]): boolean => {
  const long = items.filter((item) => htmlToText(item.content ?? item.summary ?? '', FULL_TEXT).length >= FULL_TEXT);
  return items.length > 0 && long.length * 2 >= items.length;
};

const titleOf = (item: ParsedItem): string =>
  displayText(item.title ?? '', 500) || htmlToText(item.summary ?? item.content ?? '', 100) || item.link || 'Untitled';

/** What a person wants to know of a feed before adding it. Nothing of it is stored. */
export const toPreview = (feed: ParsedFeed, answer: Extract<Download, { kind: 'body' }>, feedUrl: string): FeedPreview => {
  const newest = feed.entries
    .map((item, index) => ({ item, index, date: dateOf(item) ?? '' }))
    .sort((a, b) => b.date.localeCompare(a.date) || a.index - b.index)
    .slice(0, NEWEST);
  const perWeek = perWeekOf(feed.entries);
  const description = displayText(feed.description ?? '', 500);
  return {
    feedUrl,
    ...(feed.link ? { siteUrl: feed.link } : {}),
    title: displayText(feed.title ?? '', 500) || (URL.parse(feedUrl)?.hostname ?? feedUrl),
    ...(description ? { description } : {}),
    format: feed.format,
    posts: newest.map(({ item, date }) => ({ title: titleOf(item), ...(date ? { publishedAt: date } : {}) })),
    postCount: feed.itemsCount,
    ...(perWeek === undefined ? {} : { perWeek }),
    hasFullText: hasFullText(feed.entries),
    bytes: answer.bytes.length,
    validators: [
      ...(answer.validators.etag ? (['etag'] as const) : []),
      ...(answer.validators.lastModified ? (['last-modified'] as const) : []),
    ],
  };
};
