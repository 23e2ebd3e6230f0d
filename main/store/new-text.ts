import { articleOf, formerTextOf, joinArticle, ownTextOf, withFormerText } from './article-text.ts';
import { type Bodies, isBody } from './bodies.ts';
import { monthOfInstant, type StoredPost } from './stored-post.ts';

/*
 * When a text that a feed changed is news. Feeds rewrite white space, tracking parameters, dates and counters at each reading;
 * what a person would read as the same text is the same text.
 */

/** The most of a text that is looked at, in characters. */
const LOOKED_AT = 300_000;
const TIME = /\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?\b/gi;
const DATE = /\b(?:\d{4}-\d{2}-\d{2}(?:t[\d:.]+z?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b/gi;
const NAMED_DATE =
  /\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,4}(?:,?\s+\d{4})?\b/gi;
const AGE =
  /\b(?:\d+|an?|one)\s*(?:s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?|hrs?|d|days?|weeks?|months?|years?)\s+ago\b/gi;
const COUNTER = /\b[\d.,]+k?\s*(?:comments?|replies|views?|likes?|shares?|votes?|points?|reads?)\b/gi;

/** A text as a reader takes it in: no markup, no addresses, no white space, no dates and counters. */
const readText = (html: string): string =>
  html
    .slice(0, LOOKED_AT)
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:nbsp|#160|#xa0|shy|zwnj|zwj|#8203);/gi, ' ')
    .replace(/https?:\/\/\S+/gi, ' ')
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\ufeff]/g, '')
    .toLowerCase()
    .replace(NAMED_DATE, ' ')
    .replace(DATE, ' ')
    .replace(TIME, ' ')
    .replace(AGE, ' ')
    .replace(COUNTER, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** How many signs two texts share at their beginning. */
const sharedStart = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
};
const sharedEnd = (one: string, other: string, most: number): number => {
  let at = 0;
  while (at < most && one.charCodeAt(one.length - 1 - at) === other.charCodeAt(other.length - 1 - at)) at += 1;
  return at;
};

/** One letter or mark more, less or other; a digit is never so small. */
const isSlip = (one: string, other: string): boolean => {
  const start = sharedStart(one, other);
  const end = sharedEnd(one, other, Math.min(one.length, other.length) - start);
  const parts = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  return one.length > 40 && parts.every((part) => part.length <= 1 && !/\d/.test(part));
};

/** Whether a person who read the one finds something new in the other. Both may be HTML. */
export const saysElse = (before: string, now: string): boolean => {
  if (before === now) return false;
  const [one, other] = [readText(before), readText(now)];
  return one !== other && !isSlip(one, other);
};

/** The body to write for a text that a feed gave anew. `isNews`: a reader would notice. */
export type NewText = { html: string; isNews: boolean };

/**
 * What becomes of a known post's body when its feed gives `html`: beside the article where there is one, before the text it takes the
 * place of where that said something else. Undefined when the body stays as it is.
 */
export const newText = async (bodies: Bodies, before: StoredPost, html: string | undefined): Promise<NewText | undefined> => {
  if (!html || isBody(before.body, { id: before.id, html })) return undefined;
  const body = before.body && (await bodies.read(monthOfInstant(before.collectedAt), before.body, before.id));
  if (body === undefined) return { html, isNews: false };
  const own = before.isExtracted ? ownTextOf(body) : articleOf(body);
  if (own === html) return undefined;
  const isNews = own !== '' && saysElse(own, html);
  const present = before.isExtracted ? joinArticle(articleOf(body), html) : html;
  return { html: withFormerText(present, isNews ? own : formerTextOf(body)), isNews };
};
