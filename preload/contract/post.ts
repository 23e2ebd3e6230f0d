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
  mutedBy: z.array(idSchema).max(20).optional(),
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
export const postViewSchema = z.enum(['today', 'all', 'unread', 'starred', 'hacker-news', 'last-hour']);
export type PostView = z.infer<typeof postViewSchema>;

/** How a list is sorted: by time of collection, or by points, where posts without any stand last. */
export const postSortSchema = z.enum(['newest', 'oldest', 'score']);
export type PostSort = z.infer<typeof postSortSchema>;

/** Which posts. Fields narrow each other. Order is as `sort` says, newest first without it, except `last-hour`: highest score first, at most 20. */
export const postQuerySchema = z.strictObject({
  view: postViewSchema.default('all'),
  sourceId: idSchema.optional(),
  folder: folderSchema.optional(),
  unreadOnly: z.boolean().optional(),
  /** Words that must all occur in title, summary, author, domain or source title; the last may be a beginning. */
  search: z.string().max(500).optional(),
  /** Collected at or after. */
  since: instantSchema.optional(),
  /** Posts that stay in the list although they no longer match (read while the list was open). */
  keep: z.array(idSchema).max(500).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(500).default(100),
});
/** What a caller writes; defaults are filled in at the door. */
export type PostQuery = z.input<typeof postQuerySchema>;

  sort: postSortSchema.optional(),
/** A post with what its row needs from elsewhere. */
export type PostRow = Post & {
  sourceTitle: string;
  /** The same story from other sources, newest first; the row stands for all of them. */
  alsoIn?: { id: string; sourceId: string; sourceTitle: string; isRead: boolean }[];
};

/** A post opened for reading. */
export type PostDetail = PostRow & {
  /** Sanitised HTML, links absolute, images taken out; empty when the feed had none. */
  html: string;
  /** How many images were left out. */
  blockedImages: number;
};

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
};
