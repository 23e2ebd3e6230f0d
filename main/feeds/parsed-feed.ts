import type { WarningCode } from '../../preload/contract/errors.ts';
import type { PostDraft } from '../store/repositories.ts';
import type { Article } from './article.ts';
import type { MarkdownHead } from './markdown.ts';

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json';

/** A file that belongs to an item, address absolute. */
export type ParsedEnclosure = {
  url: string;
  type?: string;
  length?: number;
  /** How long it plays. */
  seconds?: number;
};

/** An entry as the feed has it, before it is ours. Addresses are absolute http(s) or absent; dates are ISO-8601 UTC. */
export type ParsedItem = {
  /** The feed's own id, else the link. */
  id?: string;
  /** Plain text, as is the author. */
  title?: string;
  link?: string;
  published?: string;
  updated?: string;
  author?: string;
  /** May hold HTML. */
  summary?: string;
  /** HTML, not sanitised. */
  content?: string;
  enclosures: ParsedEnclosure[];
  categories?: string[];
  commentsUrl?: string;
};

export type ParseWarning = { code: WarningCode; count: number };

/** What `tidings parse` prints. */
export type ParsedFeed = {
  format: FeedFormat;
  title?: string;
  description?: string;
  /** The site. */
  link?: string;
  language?: string;
  /** RSS `<ttl>`, else `sy:updatePeriod` and `sy:updateFrequency`: how often to read it at most, minutes. */
  ttlMinutes?: number;
  /** In document order, at most 2,000. */
  entries: ParsedItem[];
  /** Items in the document, also those left out. */
  itemsCount: number;
  /** The document stopped in the middle: its validators must not be saved. */
  isTruncated: boolean;
  warnings: ParseWarning[];
};

/** What a parser needs beside the bytes. */
export type FeedInput = {
  bytes: Uint8Array;
  /** Where the bytes came from, after redirects; relative links start here. */
  url: string;
  contentType?: string;
  contentLocation?: string;
};

/** Whose posts a feed's items become, and when they were read (milliseconds). */
export type PostsFor = { source: { id: string; feedUrl: string }; now: number };

/** A feed with its items already made into posts. */
export type FeedPosts = {
  feed: Omit<ParsedFeed, 'entries'>;
  drafts: PostDraft[];
  /** Of the document and of what was made of it, one a code. */
  warnings: ParseWarning[];
};

/** What a home page says about its site. Texts are plain, addresses absolute http(s). */
export type HomePage = {
  title?: string;
  description?: string;
  /** The address of an icon; it is not asked for. */
  faviconUrl?: string;
  /** A language tag as the page has it (BCP 47). */
  language?: string;
  /** In the order of the page, at most 20. */
  feeds: { url: string; title?: string }[];
};

/** What the page of a post says of itself in its head. Addresses are absolute http(s). */
export type PageHead = { title?: string; canonicalUrl?: string; iconUrl?: string };

/** Parses feeds away from the main thread, with limits of time and memory. */
export type FeedParser = {
  /** Throws AppError: NOT_A_FEED, DOC_*, PARSE_TIMEOUT, PARSE_MEMORY, CANCELLED. */
  parse: (input: FeedInput, signal?: AbortSignal) => Promise<ParsedFeed>;
  /** Parses and makes posts in one go, so that only what is kept crosses between the threads. Throws as `parse`. */
  parsePosts: (input: FeedInput, to: PostsFor, signal?: AbortSignal) => Promise<FeedPosts>;
  /** What an HTML page tells about its site. Throws AppError: PARSE_TIMEOUT, PARSE_MEMORY, CANCELLED. */
  readPage: (input: FeedInput, signal?: AbortSignal) => Promise<HomePage>;
  /** What the head of a post's page says. Throws AppError: PARSE_TIMEOUT, PARSE_MEMORY, CANCELLED. */
  readHead: (input: FeedInput, signal?: AbortSignal) => Promise<PageHead>;
  /** The article of an HTML page. Throws AppError: DOC_*, PARSE_TIMEOUT, PARSE_MEMORY, CANCELLED. */
  extract: (input: FeedInput, signal?: AbortSignal) => Promise<Article>;
  /** A post's HTML as Markdown. Throws AppError: DOC_*, PARSE_TIMEOUT, PARSE_MEMORY. */
  toMarkdown: (html: string, head: MarkdownHead) => Promise<string>;
  close: () => Promise<void>;
};
