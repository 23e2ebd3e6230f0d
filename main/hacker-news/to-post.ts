import { Parser } from 'htmlparser2';
import type { HackerNewsType } from '../../preload/contract/post.ts';
import { toInstant } from '../lib/clock.ts';
import { toPublicLink } from '../net/public-link.ts';
import type { PostDraft } from '../store/repositories.ts';
import type { HackerNewsItem } from './item.ts';

const MAX_TITLE = 500;
const MAX_SUMMARY = 500;
/** 256 KiB, as for feeds. */
const MAX_CONTENT = 262_144;
const LAST_SECOND = 253_402_300_799;

/** Control characters, text direction overrides and halves of surrogate pairs have no place in a line of text. */
const UNWANTED = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const toLine = (text: string, limit: number): string =>
  text.toWellFormed().replace(UNWANTED, ' ').replace(/\s+/g, ' ').trim().slice(0, limit);

/** The discussion of an item. */
export const itemPage = (id: number): string => `https://news.ycombinator.com/item?id=${id}`;

/** The text of the API's small HTML, at most 500 characters. */
export const toSummary = (html: string): string => {
  const parts: string[] = [];
  const parser = new Parser({
    ontext: (text) => parts.push(text),
    onopentagname: (name) => {
      if (name === 'p' || name === 'br') parts.push(' ');
    },
  });
  // Markup seldom takes up more than nine tenths: no need to read 60 kB for 500 characters.
  parser.end(html.slice(0, MAX_SUMMARY * 10));
  return toLine(parts.join(''), MAX_SUMMARY);
};

/** The link of a story: its own http(s) address, the item page when it has none, nothing when it is unsafe. */
const toLink = (item: HackerNewsItem): string => {
  if (!item.url?.trim()) return itemPage(item.id);
  return toPublicLink(item.url) ?? '';
};

const toType = (item: HackerNewsItem): HackerNewsType => {
  if (item.type === 'job' || item.type === 'poll') return item.type;
  if (/^ask hn\b/i.test(item.title ?? '')) return 'ask';
  if (/^show hn\b/i.test(item.title ?? '')) return 'show';
  return 'story';
};

const toPublished = (seconds: number | null | undefined): string | undefined =>
  seconds && seconds > 0 && seconds <= LAST_SECOND ? toInstant(seconds * 1000) : undefined;

/** Why an item can be no post at first sight; undefined when it can. `W_ITEM_DROPPED` reasons are worth a warning. */
export const whyUnusable = (item: HackerNewsItem): 'deleted' | 'dead' | 'no-title' | 'not-a-story' | undefined => {
  if (item.deleted) return 'deleted';
  if (item.dead) return 'dead';
  if (item.type !== 'story' && item.type !== 'job' && item.type !== 'poll') return 'not-a-story';
  return toLine(item.title ?? '', MAX_TITLE) ? undefined : 'no-title';
};

/** A story, job or poll as a post on its way in. What is missing gets its default: 0 points, 0 comments, no author, the item page as link. */
export const toDraft = (item: HackerNewsItem): PostDraft => {
  const url = toLink(item);
  const author = toLine(item.by ?? '', 100);
  const publishedAt = toPublished(item.time);
  return {
    fingerprint: `hn:${item.id}`,
    title: toLine(item.title ?? '', MAX_TITLE),
    url,
    domain: url ? new URL(url).hostname.replace(/^www\./, '') : '',
    ...(author ? { author } : {}),
    summary: item.text ? toSummary(item.text) : '',
    ...(item.text ? { content: item.text.toWellFormed().slice(0, MAX_CONTENT) } : {}),
    commentsUrl: itemPage(item.id),
    ...(publishedAt ? { publishedAt } : {}),
    hn: {
      id: item.id,
      score: item.score ?? 0,
      commentCount: Math.max(0, item.descendants ?? 0),
      type: toType(item),
      isDead: false,
    },
  };
};
