import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';
import { idSchema, instantSchema } from './values.ts';

/** A host as in `Post.domain`: lower case, without `www.`. */
export const domainNameSchema = z.string().min(1).max(255);

const common = {
  /** The host itself. */
  id: domainNameSchema,
  /** Its home page: the beginning of a kept post's address, so that scheme, `www.` and port are those in use. */
  url: z.string().max(2048).optional(),
  /** Processed first. */
  pinned: z.boolean(),
  addedAt: instantSchema,
  /** How often it was tried since it last worked. */
  attempts: z.int().nonnegative(),
  title: z.string().max(500).optional(),
  /** Plain text. */
  description: z.string().max(1000).optional(),
  faviconUrl: z.string().max(2048).optional(),
  /** As the page says: a BCP 47 tag such as `en` or `pt-BR`. */
  language: z.string().max(35).optional(),
  /** Feeds the home page names. */
  feeds: z.array(z.strictObject({ url: z.string().max(2048), title: z.string().max(500).optional() })).max(20),
  /** When it last answered well. */
  checkedAt: instantSchema.optional(),
};
const trouble = { errorCode: z.enum(ERROR_CODES), errorMessage: z.string().max(300) };

/**
 * A site that kept posts link to.
 * pending -> processing -> completed | error; error -> pending by *Retry* or when `notBefore` is over; completed -> pending when the owner asks again; processing -> pending when a run stops in the middle or the network is to blame.
 */
export const domainSchema = z.discriminatedUnion('status', [
  /** `notBefore`: its host asked for a pause, and is left alone until then. */
  z.strictObject({
    ...common,
    status: z.literal('pending'),
    notBefore: instantSchema.optional(),
    /** The error it had before. */
    errorCode: trouble.errorCode.optional(),
    errorMessage: trouble.errorMessage.optional(),
  }),
  z.strictObject({
    ...common,
    status: z.literal('processing'),
    startedAt: instantSchema,
    runId: idSchema,
    step: z.enum(['resolving', 'fetching', 'parsing', 'saving']),
  }),
  z.strictObject({ ...common, status: z.literal('completed'), endedAt: instantSchema, ms: z.int().nonnegative() }),
  /** `notBefore`: a passing trouble; it becomes pending again by itself then. Without it only *Retry* does that. */
  z.strictObject({
    ...common,
    status: z.literal('error'),
    endedAt: instantSchema,
    ms: z.int().nonnegative(),
    ...trouble,
    notBefore: instantSchema.optional(),
  }),
]);
export type Domain = z.infer<typeof domainSchema>;
export type DomainStatus = Domain['status'];
/** A domain with what its row shows beside. */
export type DomainRow = { domain: Domain; posts: number };

export const domainQuerySchema = z.strictObject({
  status: z.enum(['pending', 'processing', 'completed', 'error']).optional(),
  /** A part of the host or the title. */
  search: z.string().max(200).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.int().min(1).max(500).default(100),
});
export type DomainQuery = z.input<typeof domainQuerySchema>;
/** Numbers above the list. Milliseconds are of the last 200 that ended; the error rate (0 to 1) is of the last 24 hours. */
export type DomainStats = { counts: Record<DomainStatus, number>; p50Ms?: number; p95Ms?: number; errorRate24h?: number };
