import { z } from 'zod';
import { ERROR_CODES, WARNING_CODES } from './errors.ts';
import { idSchema, instantSchema } from './values.ts';

const common = {
  id: idSchema,
  runId: idSchema,
  sourceId: idSchema,
  queuedAt: instantSchema,
  /** It was removed and brought back by an undo. */
  isRestored: z.boolean().optional(),
};
const started = { startedAt: instantSchema };
/** How the request went, as far as it says more than the rest of the row. */
const requestSchema = z.strictObject({
  /** What was sent to ask only for what is new. */
  asked: z.enum(['etag', 'last-modified', 'both']).optional(),
  /** Redirects that were followed, and where they ended. */
  redirects: z.int().positive().optional(),
  finalUrl: z.string().max(2048).optional(),
  contentType: z.string().max(100).optional(),
  /** How long the server says its answer is good for, seconds. */
  freshForSeconds: z.int().nonnegative().optional(),
  /** Milliseconds of the request itself, without the line it stood in. */
  ms: z.int().nonnegative().optional(),
});
export type FetchRequest = z.infer<typeof requestSchema>;
const warnings = z
  .array(z.strictObject({ code: z.enum(WARNING_CODES), count: z.int() }))
  .max(20)
  .optional();

/**
 * One source's attempt inside a run: queued -> ongoing -> completed | failed.
 * It is also the guard: a source with a queued or ongoing job gets no second.
 */
export const fetchJobSchema = z.discriminatedUnion('status', [
  z.strictObject({ ...common, status: z.literal('queued'), postsCount: z.literal(0) }),
  z.strictObject({ ...common, ...started, status: z.literal('ongoing'), postsCount: z.literal(0) }),
  z.strictObject({
    ...common,
    ...started,
    status: z.literal('completed'),
    endedAt: instantSchema,
    outcome: z.enum(['new-posts', 'nothing-new', 'not-modified']),
    /** New posts. */
    postsCount: z.int().nonnegative(),
    /** Items the document held. */
    itemsCount: z.int().nonnegative().optional(),
    /** Bytes on the wire. */
    bytes: z.int().nonnegative().optional(),
    httpStatus: z.int().optional(),
    request: requestSchema.optional(),
    warnings,
  }),
  z.strictObject({
    ...common,
    startedAt: instantSchema.optional(),
    status: z.literal('failed'),
    endedAt: instantSchema,
    errorCode: z.enum(ERROR_CODES),
    errorMessage: z.string().max(300),
    httpStatus: z.int().optional(),
    /** The end of the pause the server asked for with this answer (Retry-After), bounded. */
    waitUntil: instantSchema.optional(),
    request: requestSchema.optional(),
    postsCount: z.literal(0),
    /** Blames nobody: offline, cancelled, captive portal, the application stopped. Not counted as a failure of the source. */
    isBlameless: z.boolean().optional(),
  }),
]);
export type FetchJob = z.infer<typeof fetchJobSchema>;
export type FetchJobStatus = FetchJob['status'];
export type CompletedFetchJob = Extract<FetchJob, { status: 'completed' }>;
export type FailedFetchJob = Extract<FetchJob, { status: 'failed' }>;
