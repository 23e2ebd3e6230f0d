import { z } from 'zod';
import type { FailureRecord } from './failure.ts';
import type { FetchJob } from './fetch-job.ts';
import { folderSchema, idSchema, instantSchema } from './values.ts';

const common = {
  id: idSchema,
  title: z.string().max(500),
  folder: folderSchema,
  /** Not fetched until resumed. */
  paused: z.boolean(),
  /** Fetched, but left out of Today, unread totals and the tray. */
  muted: z.boolean(),
  /** When a mute ends by itself; absent while it is not muted, or for good. */
  mutedUntil: instantSchema.optional(),
  /** Fetched first when there are more sources than lanes. */
  starred: z.boolean(),
  addedAt: instantSchema,
  /** Days its read posts are kept, 0 for ever; absent means as in the settings. */
  keepDays: z.int().min(0).max(36_500).optional(),
  /** Images of its posts are loaded, through our own guard, without being asked for. */
  images: z.boolean().optional(),
  /** Its new posts get the whole article from their pages. */
  fullArticle: z.boolean().optional(),
  /** A post whose text changed becomes unread again. */
  unreadOnUpdate: z.boolean().optional(),
  /** Its new posts are told, where the settings tell those of chosen sources. */
  notify: z.boolean().optional(),
};

export const feedSourceSchema = z.strictObject({
  ...common,
  kind: z.literal('feed'),
  feedUrl: z.string().max(2048),
  siteUrl: z.string().max(2048).optional(),
  /** The owner's own interval in minutes; absent means the global one. */
  everyMinutes: z.int().min(5).max(525_600).optional(),
  /** The owner's own limit for one whole request, in seconds; absent means the global one. */
  timeoutSeconds: z.int().min(1).max(300).optional(),
  /** The owner allowed addresses of the local network for this source. */
  allowLocalNetwork: z.boolean().optional(),
  /** The address before a permanent move was followed, so that it can be undone. */
  movedFrom: z.string().max(2048).optional(),
});

export const hackerNewsListSchema = z.enum(['top', 'best', 'new', 'ask', 'show', 'job']);
export const hackerNewsSourceSchema = z.strictObject({
  ...common,
  kind: z.literal('hacker-news'),
  list: hackerNewsListSchema,
  /** Stories below this score are not kept. */
  minScore: z.int().min(0).max(100_000),
  /** How many stories of the list are looked at; the API gives up to 500. */
  limit: z.int().min(1).max(500),
});

/** A place we read: a feed or a Hacker News list. What happened to it is read from its fetch jobs, never stored on it. */
export const sourceSchema = z.discriminatedUnion('kind', [feedSourceSchema, hackerNewsSourceSchema]);
export type Source = z.infer<typeof sourceSchema>;
export type FeedSource = z.infer<typeof feedSourceSchema>;
export type HackerNewsSource = z.infer<typeof hackerNewsSourceSchema>;
export type HackerNewsList = z.infer<typeof hackerNewsListSchema>;

/** What the owner gives to add a source. */
export const newSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('feed'),
    feedUrl: z.string().min(1).max(2048),
    title: z.string().max(500).optional(),
    siteUrl: z.string().max(2048).optional(),
    folder: folderSchema.optional(),
    everyMinutes: z.int().min(5).max(525_600).optional(),
    timeoutSeconds: z.int().min(1).max(300).optional(),
    allowLocalNetwork: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('hacker-news'),
    list: hackerNewsListSchema.default('top'),
    minScore: z.int().min(0).max(100_000).default(50),
    limit: z.int().min(1).max(500).default(100),
    title: z.string().max(500).optional(),
    folder: folderSchema.optional(),
  }),
]);
export type NewSource = z.input<typeof newSourceSchema>;

/** What the owner may change on a source; `null` takes an own value away again. */
export const sourcePatchSchema = z.strictObject({
  title: z.string().trim().min(1).max(500).optional(),
  folder: folderSchema.optional(),
  paused: z.boolean().optional(),
  muted: z.boolean().optional(),
  mutedUntil: instantSchema.nullable().optional(),
  starred: z.boolean().optional(),
  feedUrl: z.string().min(1).max(2048).optional(),
  everyMinutes: z.int().min(5).max(525_600).nullable().optional(),
  timeoutSeconds: z.int().min(1).max(300).nullable().optional(),
  keepDays: z.int().min(0).max(36_500).nullable().optional(),
  images: z.boolean().optional(),
  fullArticle: z.boolean().optional(),
  unreadOnUpdate: z.boolean().optional(),
  notify: z.boolean().optional(),
  allowLocalNetwork: z.boolean().optional(),
  list: hackerNewsListSchema.optional(),
  minScore: z.int().min(0).max(100_000).optional(),
  limit: z.int().min(1).max(500).optional(),
});
export type SourcePatch = z.infer<typeof sourcePatchSchema>;

/** One link of the chain that explains a time: *base 30 min*, *max-age 3 h*, *host asked for a pause until 14:20*. */
export type Reason = {
  kind:
    | 'interval'
    | 'own-interval'
    | 'learned'
    | 'busy-hours'
    | 'ttl'
    | 'max-age'
    | 'failures'
    | 'retry-after'
    | 'host'
    | 'paused'
    | 'schedule'
    | 'offline';
  /** A sentence for people. */
  text: string;
  /** The time this reason alone would give. */
  until?: string;
};

/** A source with all that its row shows. */
export type SourceRow = {
  source: Source;
  unread: number;
  posts: number;
  /** Newest last, at most 20. */
  recent: FetchJob[];
  /** End of the newest completed fetch job. */
  lastGoodAt?: string;
  /** Failed fetch jobs in a row, newest backwards. */
  failures: number;
  /** How often it failed in all; absent when it never did. */
  failureRecord?: FailureRecord;
  /** When it is asked next; absent when paused. */
  nextTryAt?: string;
  /** Why then and not earlier, winner first. */
  why: Reason[];
};

/** One feed found behind an address. Nothing of it is stored. */
export type FeedPreview = {
  feedUrl: string;
  siteUrl?: string;
  title: string;
  description?: string;
  format: 'rss' | 'atom' | 'rdf' | 'json';
  /** Newest first, at most 5. */
  posts: { title: string; publishedAt?: string }[];
  postCount: number;
  /** Posts a week over the span of the document; absent when it has no dates. */
  perWeek?: number;
  hasFullText: boolean;
  bytes: number;
  /** Which validators the server offers. */
  validators: ('etag' | 'last-modified')[];
  /** The source that already reads this feed. */
  alreadySourceId?: string;
};

export type Discovery = {
  /** The address as it was understood. */
  url: string;
  feeds: FeedPreview[];
  /** Milliseconds the search took. */
  ms: number;
};

/** What an OPML file brought. Import is atomic per outline and can be repeated without doubles. */
export type OpmlImport = {
  title?: string;
  /** Outlines with a feed address. */
  found: number;
  added: number;
  /** Already there, or twice in the file. */
  known: number;
  folders: number;
  refused: { url: string; title?: string; reason: string }[];
};
