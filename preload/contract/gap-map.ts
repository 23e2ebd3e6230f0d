import { z } from 'zod';
import { idSchema, instantSchema } from './values.ts';

/** How a missing part was found. */
export const foundBySchema = z.enum(['feed', 'archive', 'paging', 'sitemap', 'author-page', 'links', 'hacker-news']);
export type FoundBy = z.infer<typeof foundBySchema>;

/** One part of a series, or one post of an author: here, found later, or still missing. */
export const gapPartSchema = z.strictObject({
  /** 1, 2, 3 ... of a series; absent for posts of an author. */
  number: z.int().positive().optional(),
  state: z.enum(['kept', 'backfilled', 'missing']),
  title: z.string().max(500).optional(),
  url: z.string().max(2048).optional(),
  postId: idSchema.optional(),
  foundBy: foundBySchema.optional(),
  publishedAt: instantSchema.optional(),
});
export type GapPart = z.infer<typeof gapPartSchema>;

/** A series (*Part 2 of 4*) or a followed author, with what is kept and what is missing. */
export const gapMapSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['series', 'author']),
  sourceId: idSchema.optional(),
  title: z.string().max(500),
  /** In order; at most 500. */
  parts: z.array(gapPartSchema).max(500),
  /** How many parts there should be, when a title says so. */
  total: z.int().positive().optional(),
  checkedAt: instantSchema,
  /** What the last look tried, in words: *feed archive: 3 pages, sitemap: none*. */
  tried: z.array(z.string().max(200)).max(20),
});
export type GapMap = z.infer<typeof gapMapSchema>;

/** An author the owner follows: on a source, or a user of Hacker News. */
export const followedAuthorSchema = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(200),
  addedAt: instantSchema,
  on: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('source'), sourceId: idSchema, authorUrl: z.string().max(2048).optional() }),
    z.strictObject({ kind: z.literal('hacker-news') }),
  ]),
});
export type FollowedAuthor = z.infer<typeof followedAuthorSchema>;
