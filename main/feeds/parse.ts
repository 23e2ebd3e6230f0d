import { AppError } from '../../preload/contract/errors.ts';
import { decode } from './decode.ts';
import { fromXml } from './from-xml.ts';
import { parseJsonFeed } from './json-feed.ts';
import { liftTexts } from './lift.ts';
import { FEED_LIMITS, type FeedLimits } from './limits.ts';
import { createNameOf } from './names.ts';
import type { FeedInput, ParsedFeed } from './parsed-feed.ts';
import { type OpenedXml, openXml } from './prolog.ts';
import { type RawFeed, readXml } from './read-xml.ts';
import { rewriteXml } from './rewrite.ts';
import { keepNewest, newestOf, type Survey, survey } from './survey.ts';
import { cleanText } from './text.ts';
import { createWarnings, type Warnings } from './warnings.ts';

type Body = Omit<ParsedFeed, 'itemsCount' | 'isTruncated' | 'warnings'>;

const MAGIC: [string, string][] = [
  ['%PDF', 'a PDF file'],
  ['PK\u0003\u0004', 'a ZIP file'],
  ['\u0089PNG', 'an image'],
  ['GIF8', 'an image'],
  ['\u00ff\u00d8\u00ff', 'an image'],
  ['\u001f\u008b', 'a compressed file'],
];

/** Throws NOT_A_FEED for what the first bytes prove to be something else. */
const refuseOtherFiles = (bytes: Uint8Array): void => {
  if (bytes.length === 0) throw new AppError('NOT_A_FEED', 'This is not a feed: the document is empty.');
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const known = MAGIC.find(([magic]) => start.startsWith(magic));
  if (known) throw new AppError('NOT_A_FEED', `This is not a feed: it looks like ${known[1]}.`);
};

/** The root's last end tag and nothing behind it; undefined when the root is not closed. */
const closedRoot = ({ text, rootName }: OpenedXml): string | undefined => {
  const end = text.lastIndexOf(`</${rootName}`);
  const close = end === -1 ? -1 : text.indexOf('>', end);
  return close === -1 ? undefined : text.slice(0, close + 1);
};

/** XML that the strict parser reads, but whose meaning it loses: mixed content and bases. */
const NEEDS_REWRITE = /\s(?:type\s*=\s*["'](?:application\/)?xhtml|xml:base|mode\s*=\s*["']xml)|<xhtml:/i;

type XmlRead = { raw: RawFeed; isTruncated: boolean };

/** First the strict parser on the text as it is; where that fails or would lose something, on the text written anew. */
const readAnyXml = async (opened: OpenedXml, look: Survey, url: string, limits: FeedLimits): Promise<XmlRead> => {
  const nameOf = createNameOf(opened.kind, opened.text);
  const closed = closedRoot(opened);
  if (closed !== undefined && look.depth <= limits.depth && !NEEDS_REWRITE.test(closed)) {
    const raw = await readXml(liftTexts(closed, look.runs), nameOf, limits).catch(() => undefined);
    if (raw && raw.items.length === Math.min(look.starts.length, limits.items)) return { raw, isTruncated: false };
  }
  return rewriteAndRead(opened, url, limits);
};
const rewriteAndRead = async (opened: OpenedXml, url: string, limits: FeedLimits): Promise<XmlRead> => {
  const nameOf = createNameOf(opened.kind, opened.text);
  const rewritten = rewriteXml(opened.text, opened.kind, nameOf, url, limits);
  const lifted = liftTexts(rewritten.text, survey(rewritten.text).runs);
  try {
    return { raw: await readXml(lifted, nameOf, limits), isTruncated: rewritten.isTruncated };
  } catch (error) {
    throw new AppError('DOC_MALFORMED', 'The document is damaged and cannot be read.', { cause: error });
  }
};

const parseXml = async (text: string, base: string, limits: FeedLimits, warnings: Warnings): Promise<ParsedFeed> => {
  const found = openXml(text, limits);
  const look = survey(found.text);
  const count = look.starts.length;
  const opened = count > limits.items ? { ...found, text: keepNewest(found.text, look, limits) } : found;
  const first = await readAnyXml(opened, opened === found ? look : survey(opened.text), base, limits);
  const firstWarnings = createWarnings();
  const firstBody = fromXml(first.raw, opened.kind, base, limits, firstWarnings);
  const isLossy = first.raw.hasMarkup();
  const read = isLossy ? await rewriteAndRead(opened, base, limits) : first;
  const body = isLossy ? fromXml(read.raw, opened.kind, base, limits, warnings) : firstBody;
  if (!isLossy) for (const { code, count } of firstWarnings.list()) warnings.add(code, count);
  warnings.add('W_TRUNCATED', read.raw.cuts() + (read.isTruncated ? 1 : 0));
  return finish(body, Math.max(count, body.entries.length), read.isTruncated, limits, warnings);
};

/** Counts, and the limit on items, newest first, in document order. */
const finish = (body: Body, itemsCount: number, isTruncated: boolean, limits: FeedLimits, warnings: Warnings): ParsedFeed => {
  const { entries } = body;
  const kept =
    entries.length > limits.items
      ? newestOf(
          entries.map((entry) => entry.published ?? entry.updated),
          limits.items,
        ).map((index) => entries[index] as (typeof entries)[0])
      : entries;
  if (itemsCount > limits.items) warnings.add('W_TRUNCATED', itemsCount - kept.length);
  return { ...body, entries: kept, itemsCount, isTruncated, warnings: warnings.list() };
};

const baseOf = (input: FeedInput): string =>
  (input.contentLocation && URL.parse(input.contentLocation, input.url)?.href) || input.url;

/**
 * Bytes as a feed: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, also damaged ones. Never fetches anything.
 * Throws AppError: NOT_A_FEED, DOC_MALFORMED, DOC_DOCTYPE, DOC_TOO_DEEP. Runs in the worker; time and memory are bounded there.
 */
export const parseFeed = async (input: FeedInput, limits: FeedLimits = FEED_LIMITS): Promise<ParsedFeed> => {
  refuseOtherFiles(input.bytes);
  const warnings = createWarnings();
  const decoded = decode(input.bytes, input.contentType);
  if (decoded.isLossy) warnings.add('W_FIELD_DROPPED');
  const text = cleanText(decoded.text);
  const start = /\S/.exec(text.slice(0, 65_536))?.[0];
  if (start !== '{' && start !== '[') return parseXml(text, baseOf(input), limits, warnings);
  const body = parseJsonFeed(text.trim(), baseOf(input), limits, warnings);
  return finish(body, body.entries.length, false, limits, warnings);
};
