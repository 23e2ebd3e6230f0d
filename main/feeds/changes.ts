import { diffWords, diffWordsWithSpace } from 'diff';
import type { TextChange } from '../../preload/contract/post.ts';
import { htmlToText } from './text.ts';

/** The most of a text that is compared, in characters; the most that may be different, in words, and how long it may take. */
const MAX_TEXT = 40_000;
const MAX_EDITS = 1500;
const MAX_MS = 400;
/** What stays of an unchanged stretch on each side of a change, in characters. */
const CONTEXT = 90;
/** More parts than this tell a reader nothing. */
const MAX_PARTS = 600;

const BLOCK_END = /<\/(?:p|li|h[1-6]|blockquote|tr|pre|div|dd|dt|figcaption)\s*>|<(?:br|hr)\b[^>]*>/gi;
const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** The words of an HTML text, a line a paragraph. */
export const toLines = (html: string): string => {
  const lines: string[] = [];
  let left = MAX_TEXT;
  for (const piece of html.split(BLOCK_END)) {
    if (left <= 0) break;
    const line = htmlToText(piece, left);
    if (line) lines.push(line);
    left -= line.length + 1;
  }
  return lines.join('\n');
};

const firstOf = (text: string): string => {
  const end = text.indexOf(' ', CONTEXT - 20);
  return text.slice(0, end < 0 ? CONTEXT : Math.min(end, CONTEXT + 40));
};
const lastOf = (text: string): string => {
  const from = text.indexOf(' ', text.length - CONTEXT);
  return text.slice(from < 0 ? text.length - CONTEXT : from + 1);
};

/** A long stretch that stayed as it was, cut to what stands next to the changes. */
const shorten = (text: string, isFirst: boolean, isLast: boolean): TextChange[] => {
  const gap: TextChange = { kind: 'cut', text: '' };
  if (text.length <= CONTEXT * 3) return [{ kind: 'same', text }];
  return [
    ...(isFirst ? [] : [{ kind: 'same' as const, text: firstOf(text) }]),
    gap,
    ...(isLast ? [] : [{ kind: 'same' as const, text: lastOf(text) }]),
  ];
};

/**
 * What words came and went between two plain texts; long stretches that stayed are cut. Undefined when they are too different to be
 * held against each other in time.
 */
export const changesBetween = (before: string, now: string): TextChange[] | undefined => {
  const limits = { maxEditLength: MAX_EDITS, timeout: MAX_MS };
  const parts = NO_SPACES.test(now)
    ? diffWords(before, now, { ...limits, intlSegmenter: new Intl.Segmenter(undefined, { granularity: 'word' }) })
    : diffWordsWithSpace(before, now, limits);
  if (!parts || parts.length > MAX_PARTS) return undefined;
  return parts.flatMap(({ value, added, removed }, at) => {
    if (added) return [{ kind: 'added' as const, text: value }];
    if (removed) return [{ kind: 'removed' as const, text: value }];
    return shorten(value, at === 0, at === parts.length - 1);
  });
};
