import { Parser } from 'htmlparser2';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import { type HackerNewsList, hackerNewsListSchema } from '../../preload/contract/source.ts';
import { normaliseUrl, toSafeLink } from '../net/url.ts';
import { decode } from './decode.ts';
import { displayText } from './display-text.ts';
import { cleanText, cut } from './text.ts';

/** One feed of a list. */
export type OpmlFeed = { title?: string; feedUrl: string; siteUrl?: string; folder: string[]; everyMinutes?: number };
/** A Hacker News list, in the attributes of our own that writeOpml gives it. */
export type OpmlHackerNews = { title?: string; folder: string[]; list: HackerNewsList; minScore: number; limit: number };
/** An address that is no source of ours, and why. */
export type OpmlRefusal = { url: string; title?: string; folder: string[]; reason: string };

export type OpmlList = {
  title?: string;
  /** In the order of the file, doubles included. */
  outlines: OpmlFeed[];
  hackerNews: OpmlHackerNews[];
  refused: OpmlRefusal[];
  counts: {
    /** Every outline of the file. */
    outlines: number;
    /** Outlines with a feed address, good or not. */
    feeds: number;
    /** Outlines that hold others and are no feed. */
    folders: number;
    maxFolderDepth: number;
    /** Feeds beyond the limit, not read. */
    leftOut: number;
  };
};

/** Feeds read from one list at most. */
export const MAX_OPML_FEEDS = 5000;
/** Folders inside each other; deeper ones are flattened into the last. */
const MAX_FOLDERS = 8;
const MAX_FOLDER_NAME = 100;
const MAX_TITLE = 500;

type Attributes = Record<string, string>;
type Outline = { attributes: Attributes; isFeed: boolean; hasChildren: boolean };

const titleOf = ({ text, title }: Attributes): string | undefined =>
  [text, title].map((raw) => displayText(raw ?? '', MAX_TITLE)).find(Boolean);

const folderOf = (open: readonly Outline[]): string[] =>
  open
    .filter((outline) => !outline.isFeed)
    .map((outline) => displayText(titleOf(outline.attributes) ?? '', MAX_FOLDER_NAME))
    .filter(Boolean)
    .slice(0, MAX_FOLDERS);

const wholeNumber = (raw: string | undefined, min: number, max: number): number | undefined =>
  /^\d{1,7}$/.test(raw ?? '') && Number(raw) >= min && Number(raw) <= max ? Number(raw) : undefined;

const toHackerNews = (attributes: Attributes, folder: string[]): OpmlHackerNews | undefined => {
  const list = hackerNewsListSchema.safeParse(attributes['tidings:list']);
  if (!list.success) return undefined;
  return {
    title: titleOf(attributes),
    folder,
    list: list.data,
    minScore: wholeNumber(attributes['tidings:minscore'], 0, 100_000) ?? 50,
    limit: wholeNumber(attributes['tidings:limit'], 1, 500) ?? 100,
  };
};

/** A list may hold a bare host both with and without its slash, as two feeds; what its owner kept apart stays apart. */
const asListed = (written: string): string => {
  const url = normaliseUrl(written);
  return /^[a-z:]+\/\/[^/?#]+$/i.test(written) ? url.replace(/\/$/, '') : url;
};

/** The feed of one outline, or why it is none of ours. */
const toFeed = (attributes: Attributes, folder: string[]): OpmlFeed | OpmlRefusal => {
  const written = cleanText(attributes.xmlurl ?? '').trim();
  const title = titleOf(attributes);
  try {
    const siteUrl = toSafeLink(attributes.htmlurl);
    const everyMinutes = wholeNumber(attributes['tidings:everyminutes'], 5, 525_600);
    return {
      feedUrl: asListed(written),
      folder,
      ...(title ? { title } : {}),
      ...(siteUrl ? { siteUrl } : {}),
      ...(everyMinutes ? { everyMinutes } : {}),
    };
  } catch (error) {
    return { url: cut(written, 300), folder, reason: toAppError(error).message, ...(title ? { title } : {}) };
  }
};

const toText = (source: string | Uint8Array): string => {
  const text = cleanText(typeof source === 'string' ? source.replace(/^\ufeff/, '') : decode(source).text);
  if (text.trim() === '') throw new AppError('OPML_EMPTY', 'The list is empty.');
  const beforeOutlines = text.slice(0, Math.max(0, text.search(/<(?:opml|body|outline)[\s>/]/i)));
  if (/<!doctype/i.test(beforeOutlines) || /<!entity/i.test(text)) {
    throw new AppError('OPML_DOCTYPE', 'The list has a DOCTYPE, which Tidings does not read for safety.');
  }
  return text;
};

/**
 * Reads a list of feeds (OPML 1.0 and 2.0, opml.org), tolerant of bare `&`, missing elements and any charset. Nothing is fetched, also no
 * included list. Addresses that are not http(s) are refused one by one; `feed:` counts as http.
 * Throws OPML_EMPTY, OPML_DOCTYPE, OPML_MALFORMED.
 */
export const parseOpml = (source: string | Uint8Array): OpmlList => {
  const text = toText(source);
  const list: OpmlList = {
    outlines: [],
    hackerNews: [],
    refused: [],
    counts: { outlines: 0, feeds: 0, folders: 0, maxFolderDepth: 0, leftOut: 0 },
  };
  const { counts } = list;
  const open: Outline[] = [];
  let isOpml = false;
  let justOpened = false;
  let titleParts: string[] | undefined;

  const keep = (attributes: Attributes): void => {
    const folder = folderOf(open);
    counts.maxFolderDepth = Math.max(counts.maxFolderDepth, folder.length);
    counts.feeds += 1;
    const found = toFeed(attributes, folder);
    if (list.outlines.length + list.refused.length >= MAX_OPML_FEEDS) counts.leftOut += 1;
    else if ('reason' in found) list.refused.push(found);
    else list.outlines.push(found);
  };
  const openOutline = (attributes: Attributes): void => {
    counts.outlines += 1;
    const isFeed = (attributes.xmlurl ?? '').trim() !== '';
    const parent = open.at(-1);
    if (parent && !parent.isFeed && !parent.hasChildren) counts.folders += 1;
    if (parent) parent.hasChildren = true;
    const hackerNews =
      attributes.type === 'tidings:hacker-news' && list.hackerNews.length < 100
        ? toHackerNews(attributes, folderOf(open))
        : undefined;
    if (hackerNews) list.hackerNews.push(hackerNews);
    if (isFeed) keep(attributes);
    open.push({ attributes, isFeed: isFeed || hackerNews !== undefined, hasChildren: false });
    justOpened = true;
  };
  const addText = (part: string): void => {
    titleParts?.push(part);
    if (part.trim() === '') return;
    // A `>` inside an attribute ended the tag early; its own end then stands in the text.
    if (part.includes('/>') && open.length > 0) open.pop();
    justOpened = false;
  };
  const closeOutline = (isImplied: boolean): void => {
    if (!isImplied || justOpened) open.pop();
    justOpened = false;
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name === 'outline') openOutline(attributes);
        else if (name === 'title' && list.title === undefined && open.length === 0) titleParts = [];
        if (name === 'outline' || name === 'opml') isOpml = true;
      },
      onclosetag: (name, isImplied) => {
        if (name === 'outline') closeOutline(isImplied);
        else if (name === 'title' && titleParts) {
          list.title = displayText(titleParts.join(''), MAX_TITLE) || undefined;
          titleParts = undefined;
        }
      },
      ontext: addText,
    },
    { xmlMode: true, decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(text);
  if (!isOpml) throw new AppError('OPML_MALFORMED', 'This is not a list of feeds (OPML).');
  return list;
};
