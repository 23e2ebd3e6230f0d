import { z } from 'zod';
import { folderSchema, idSchema, instantSchema } from './values.ts';

export const hackerNewsTypeSchema = z.enum(['story', 'ask', 'show', 'job', 'poll']);

/** A tag of the owner's: a word or a few, compared without case. */
export const labelSchema = z.string().trim().min(1).max(40);

export const enclosureSchema = z.strictObject({
  url: z.string().max(2048),
  type: z.string().max(100).optional(),
  /** Bytes, as the feed claims. */
  length: z.number().nonnegative().optional(),
  /** How long it plays, whole seconds, as the feed claims. */
  seconds: z.int().nonnegative().max(1_000_000).optional(),
});
export type Enclosure = z.infer<typeof enclosureSchema>;

/** An item we keep. Everything in it is text; only the body, stored apart, is HTML and is sanitised when shown. */
export const postSchema = z.strictObject({
  id: idSchema,
  sourceId: idSchema,
  /** What makes two sightings the same post: the feed's own id, else the link, else the title. */
  fingerprint: z.string().min(1).max(2100),
  /** Link and title together: finds the post again where a feed changes its ids at each fetch. */
  secondKey: z.string().max(100).optional(),
  title: z.string().max(500),
  /** Absolute http(s), or empty when the feed gave none that is safe. */
  url: z.string().max(2048),
  /** Host of `url`, without `www.`; empty when there is no url. */
  domain: z.string().max(255),
  author: z.string().max(500).optional(),
  /** Plain text, at most 500 characters. */
  summary: z.string().max(500),
  hasBody: z.boolean(),
  categories: z.array(z.string().max(200)).max(20).optional(),
  enclosures: z.array(enclosureSchema).max(20).optional(),
  commentsUrl: z.string().max(2048).optional(),
  /** What the feed says; shown, never trusted for decisions. */
  publishedAt: instantSchema.optional(),
  /** When we first saw it; ours, always set. */
  collectedAt: instantSchema,
  /** When its text last changed after that. */
  updatedAt: instantSchema.optional(),
  /** Found later, beyond what the feed still held: kept, but neither unread nor announced as new. */
  isBackfilled: z.boolean().optional(),
  /** The body is the article itself, taken from its page, not what the feed gave. */
  isExtracted: z.boolean().optional(),
  /** The address its page calls its own, where that is another than `url`. */
  canonicalUrl: z.string().max(2048).optional(),
  /** The picture its page wants to stand in lists and tabs; only its address is kept. */
  iconUrl: z.string().max(2048).optional(),
  /** The run that brought it. */
  runId: idSchema.optional(),
  isRead: z.boolean(),
  isStarred: z.boolean(),
  /** The owner's own tags, and those rules gave. */
  labels: z.array(labelSchema).max(20).optional(),
  /** Rules that hide it as long as they are there and in force. Absent or empty: shown. */
  mutedBy: z.array(idSchema).max(500).optional(),
  /** A rule wants it to stand out. */
  isHighlighted: z.boolean().optional(),
  hn: z
    .strictObject({
      id: z.int().positive(),
      score: z.int(),
      commentCount: z.int().nonnegative(),
      type: hackerNewsTypeSchema,
      /** Flagged, killed or deleted after we kept it: hidden, never removed. */
      isDead: z.boolean(),
      samples: z
        .array(z.strictObject({ at: instantSchema, score: z.int(), commentCount: z.int() }))
        .max(20)
        .optional(),
    })
    .optional(),
});
export type Post = z.infer<typeof postSchema>;
export type HackerNewsType = z.infer<typeof hackerNewsTypeSchema>;

/** A smart view of the sidebar. */
export const postViewSchema = z.enum(['today', 'all', 'unread', 'starred', 'hacker-news', 'last-hour', 'muted']);
export type PostView = z.infer<typeof postViewSchema>;

/** How a list is sorted: by time of collection, or by points, where posts without any stand last. */
export const postSortSchema = z.enum(['newest', 'oldest', 'score']);
export type PostSort = z.infer<typeof postSortSchema>;

/** Which posts. Fields narrow each other. Order is as `sort` says, newest first without it, except `last-hour`: highest score first, at most 20. */
export const postQuerySchema = z.strictObject({
  view: postViewSchema.default('all'),
  sourceId: idSchema.optional(),
  folder: folderSchema.optional(),
  /** Posts with this label. */
  label: labelSchema.optional(),
  /** With the view `muted`: those this rule hides; else those it last told of. */
  rule: idSchema.optional(),
  unreadOnly: z.boolean().optional(),
  /**
   * Words that must all occur in title, summary, author, domain, source title or full text; the last may be a beginning.
   * Operators narrow further: `docs/searching.md`.
   */
  search: z.string().max(500).optional(),
  /** A saved search; with `search`, both are asked for. */
  searchId: idSchema.optional(),
  /** Collected at or after. */
  since: instantSchema.optional(),
  /** Posts that stay in the list although they no longer match (read while the list was open). */
  keep: z.array(idSchema).max(500).optional(),
  sort: postSortSchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(500).default(100),
});
/** What a caller writes; defaults are filled in at the door. */
export type PostQuery = z.input<typeof postQuerySchema>;

/** A post with what its row needs from elsewhere. */
export type PostRow = Post & {
  sourceTitle: string;
  /** Where a search found it in its full text only: a piece of that around the words. */
  snippet?: string;
  /** The same story from other sources, newest first; the row stands for all of them. */
  alsoIn?: { id: string; sourceId: string; sourceTitle: string; isRead: boolean }[];
};

/** An image of a post that is loaded only when it is asked for. Sizes in CSS pixels, where the page says them. */
export type PostImage = {
  /** Names it within the post; `data-image` in its HTML. */
  key: string;
  /** The site it is on; empty for one that the post itself carries. */
  host: string;
  alt: string;
  width?: number;
  height?: number;
};

/** A part of an image's bytes; `next` is where the following part begins, absent on the last. */
export type ImagePart = {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif';
  /** Pixels, where its bytes say so. */
  width?: number;
  height?: number;
  base64: string;
  /** Bytes of the whole image. */
  size: number;
  next?: number;
};

/** A post opened for reading. */
export type PostDetail = PostRow & {
  /** Sanitised HTML, links absolute; where an image was stands an `<img data-image>` without an address. Empty when the feed had none. */
  html: string;
  /** How many images were left out, trackers not counted. */
  blockedImages: number;
  /** Those that can be loaded, each once, in the order of the text. */
  images?: PostImage[];
  /** How many images only counted readers; they are never asked for. */
  trackers?: number;
  /** There is an earlier version of its text: `posts.changes` tells what is different. */
  hasChanges?: boolean;
  /** What the owner set for its source. */
  wants?: { images: boolean; fullArticle: boolean };
};

/** What became of a post's text: runs of words that stayed, came or went, long unchanged ones cut short. */
export type PostChanges = {
  /** When the present version was seen. */
  at: string;
  title: TextChange[];
  text: TextChange[];
  /** The two are too different, or too long, to be held against each other word by word. */
  isWhole: boolean;
};
export type TextChange = { kind: 'same' | 'added' | 'removed' | 'cut'; text: string };

/** Unread numbers for the sidebar. Muted sources count only in `bySource`. */
export type PostCounts = {
  /** Unread posts collected since local midnight, and all of them. */
  today: number;
  todayTotal: number;
  all: number;
  unread: number;
  starred: number;
  hackerNews: number;
  lastHour: number;
  bySource: Record<string, number>;
  /** Unread posts of each saved search, by its id. */
  bySearch?: Record<string, number>;
  /** Labels in use, by name: how many posts have one, and how many of them are unread. */
  labels?: { name: string; unread: number; total: number }[];
  /** Posts that rules hide now. They are in no other number. */
  muted?: number;
};
