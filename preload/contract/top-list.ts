import { z } from 'zod';
import { folderSchema, idSchema, instantSchema } from './values.ts';

/** The ten best of a folder, or of Hacker News, over a span. Kept as it was, so that it can be opened later. */
export const topListSchema = z.strictObject({
  id: idSchema,
  madeAt: instantSchema,
  runId: idSchema,
  from: instantSchema,
  to: instantSchema,
  /** What was ranked. */
  scope: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('folder'), folder: folderSchema }),
    z.strictObject({ kind: z.literal('hacker-news') }),
  ]),
  /** Best first. The words are copied, so that a post may go. */
  posts: z
    .array(
      z.strictObject({
        postId: idSchema,
        title: z.string().max(500),
        url: z.string().max(2048),
        domain: z.string().max(255),
        sourceTitle: z.string().max(500),
        publishedAt: instantSchema.optional(),
        /** Points on Hacker News; absent elsewhere. */
        score: z.int().optional(),
        commentCount: z.int().optional(),
        /** Why it stands here: *312 points, in 3 sources*. */
        why: z.string().max(200),
      }),
    )
    .max(50),
  /** How many posts were looked at. */
  considered: z.int().nonnegative(),
});
export type TopList = z.infer<typeof topListSchema>;

/** All lists one run made: an edition, named by its run. */
export type TopEdition = {
  id: string;
  madeAt: string;
  from: string;
  to: string;
  lists: number;
  posts: number;
  /** The first post of the first list. */
  lead?: { title: string; url: string };
};
/** An edition opened. Posts that are no longer kept are missing in `kept`. */
export type TopPage = { edition: TopEdition; lists: TopList[]; kept: string[] };
