import { Readability } from '@mozilla/readability';
import { AppError } from '../../preload/contract/errors.ts';
import type { Article } from './article.ts';
import { openDocument } from './article-document.ts';
import { parseDate } from './dates.ts';
import { decode } from './decode.ts';
import { displayText } from './display-text.ts';
import type { FeedInput } from './parsed-feed.ts';
import { cleanText, cut, htmlToText } from './text.ts';

/** The most of a page that is looked at, and the most of an article that is kept, in characters. */
const MAX_PAGE = 3_000_000;
const MAX_ARTICLE = 262_144;
/** Less text than this is no article but a notice: a paywall, a consent page, an error. */
const MIN_TEXT = 250;
const MAX_TEXT = 200_000;

/** A page names its charset in its head where the server does not. HTML living standard, 13.2.3.2. */
const withCharset = ({ bytes, contentType = '' }: FeedInput): string | undefined => {
  if (/charset=/i.test(contentType)) return contentType;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  const charset = /<meta[^>]{1,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1];
  return charset ? `text/html; charset=${charset}` : contentType || undefined;
};

const noArticle = (): AppError => new AppError('DOC_MALFORMED', 'No article was found on this page.');

/** How many words, or signs where a script has no spaces between words. */
const countWords = (text: string): number => {
  const signs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return signs > text.length / 4 ? signs : (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0);
};

type Box = { nodeName: string; innerHTML: string; childNodes: ArrayLike<Box>; textContent: string; nodeType: number };
const BOXES = new Set(['DIV', 'SECTION', 'ARTICLE', 'MAIN']);

/** What stands inside the boxes that hold nothing but one another. */
const unwrapped = (node: unknown): string => {
  let box = node as Box;
  for (;;) {
    const inside = Array.from(box.childNodes).filter(({ nodeType, textContent }) => nodeType === 1 || textContent.trim() !== '');
    const [only] = inside;
    if (inside.length !== 1 || !only || !BOXES.has(only.nodeName)) return box.innerHTML;
    box = only;
  }
};

const read = (html: string, url: string) => {
  try {
    const document = openDocument(html, url);
    // biome-ignore lint/suspicious/noExplicitAny: the library asks for a browser's document
    return new Readability(document as any, { charThreshold: MIN_TEXT, serializer: unwrapped }).parse();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('DOC_MALFORMED', 'The page is damaged and cannot be read as an article.', { cause: error });
  }
};

/**
 * The article of an HTML page: title, who wrote it, when, and its text without navigation, comments and advertisements.
 * Throws DOC_MALFORMED when there is none, DOC_TOO_DEEP, DOC_TOO_BIG. Runs in the worker; time and memory are bounded there.
 */
export const extractArticle = (input: FeedInput): Article => {
  const page = cleanText(decode(input.bytes, withCharset(input)).text.slice(0, MAX_PAGE));
  const found = read(page, input.url);
  const html = cut((found?.content ?? '').trim(), MAX_ARTICLE);
  const text = htmlToText(html, MAX_TEXT);
  if (!found || text.length < MIN_TEXT) throw noArticle();
  const title = displayText(found.title ?? '', 500);
  const byline = displayText(found.byline ?? '', 200);
  const publishedAt = found.publishedTime ? parseDate(found.publishedTime) : undefined;
  const lang = /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i.exec(found.lang?.trim() ?? '')?.[0];
  const isRightToLeft = found.dir?.toLowerCase() === 'rtl';
  return {
    ...(title ? { title } : {}),
    ...(byline ? { byline } : {}),
    ...(publishedAt ? { publishedAt } : {}),
    ...(lang ? { lang } : {}),
    ...(isRightToLeft ? { dir: 'rtl' } : {}),
    html: isRightToLeft ? `<div dir="rtl">${html}</div>` : html,
    words: countWords(text),
  };
};
