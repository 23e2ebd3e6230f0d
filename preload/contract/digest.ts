import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';
import type { NewSchedule, ScheduleRow } from './schedule.ts';
import { folderSchema, idSchema, instantSchema, timeZoneSchema } from './values.ts';

/** The kind of the job that makes and sends editions. A digest is a schedule of this kind; its options are the digest. */
export const DIGEST_JOB = 'send-digest';

/** The parts of the work, in their only order: get new posts, make the edition, hand it over. */
export const DIGEST_ACTIONS = ['scrape', 'generate', 'send'] as const;
export const digestActionSchema = z.enum(DIGEST_ACTIONS);
export type DigestAction = z.infer<typeof digestActionSchema>;

/** How an edition looks and how much it says of each post. */
export const digestToneSchema = z.enum(['brief', 'professional', 'magazine']);
export type DigestTone = z.infer<typeof digestToneSchema>;

/** Where the posts of a section come from. */
export const sectionFromSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('hacker-news') }),
  z.strictObject({ kind: z.literal('folder'), folder: folderSchema }),
  z.strictObject({ kind: z.literal('sources'), ids: z.array(idSchema).min(1).max(500) }),
  z.strictObject({ kind: z.literal('starred') }),
]);
export type SectionFrom = z.infer<typeof sectionFromSchema>;

/** One part of an edition. A post stands once, in the first section that takes it. */
export const digestSectionSchema = z.strictObject({
  /** Without one it is named by where its posts come from. */
  title: z.string().trim().min(1).max(120).optional(),
  from: sectionFromSchema,
  /** Hacker News points; posts without points pass. */
  minScore: z.int().min(0).max(100_000).optional(),
  maxItems: z.int().min(1).max(100).optional(),
});
export type DigestSection = z.infer<typeof digestSectionSchema>;

/** Where an edition goes besides, or instead of, mail. Files are written below the data folder. */
export const digestSinksSchema = z.strictObject({
  mail: z.boolean().default(true),
  /** One `.eml` file for each edition, as it would be mailed. */
  eml: z.boolean().default(false),
  html: z.boolean().default(false),
  /** An Atom feed of the last editions (RFC 4287). */
  feed: z.boolean().default(false),
  /** Gets the edition as JSON by POST. */
  webhook: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
});
export type DigestSinks = z.infer<typeof digestSinksSchema>;

/** What a digest is: the options of its schedule. */
export const digestOptionsSchema = z.strictObject({
  actions: z
    .array(digestActionSchema)
    .min(1)
    .overwrite((wanted) => DIGEST_ACTIONS.filter((action) => wanted.includes(action)))
    .refine((actions) => !actions.includes('send') || actions.includes('generate'), 'What is sent has to be made first.')
    .default([...DIGEST_ACTIONS])
    .describe('The parts of the work: get new posts, make the edition, send it.'),
  sections: z
    .array(digestSectionSchema)
    .min(1)
    .max(20)
    .default([{ from: { kind: 'all' } }])
    .describe('What goes in, in this order; a post stands in the first section that takes it.'),
  maxItems: z.int().min(1).max(200).default(20).describe('The most posts of one edition; the rest is counted: and 12 more.'),
  daysBack: z
    .int()
    .min(1)
    .max(90)
    .default(1)
    .describe('Posts of the last days by their own date; what came, or got its points, since the last edition counts too.'),
  maxPerDomain: z
    .int()
    .min(1)
    .max(100)
    .nullable()
    .default(3)
    .describe('The most posts of one site; null for as many as there are.'),
  allowRepeats: z.boolean().default(false).describe('Also posts that an earlier edition of this digest had.'),
  tone: digestToneSchema.default('professional').describe('How an edition looks and how much it says of each post.'),
  sendEmpty: z.boolean().default(false).describe('Sends an edition also when there is nothing new.'),
  testMode: z
    .boolean()
    .default(false)
    .describe('Marks the edition TEST and sends it to one address alone or to nobody; nothing counts as sent.'),
  testTo: z.string().max(254).optional().describe('The one address a test goes to; without it, to nobody.'),
  sinks: digestSinksSchema
    .default({ mail: true, eml: false, html: false, feed: false })
    .describe('Where an edition goes: mail, files below the data folder, a feed, a web hook.'),
});
export type DigestOptions = z.infer<typeof digestOptionsSchema>;
export type DigestOptionsInput = z.input<typeof digestOptionsSchema>;

/** A post as an edition keeps it: the words are copied, so that an old edition stays what it was. */
export const editionItemSchema = z.strictObject({
  postId: idSchema,
  sourceId: idSchema,
  section: z.int().nonnegative(),
  title: z.string().max(500),
  /** http(s) only. */
  url: z.string().max(2048),
  domain: z.string().max(255),
  sourceTitle: z.string().max(500),
  author: z.string().max(500).optional(),
  /** The beginning of its text, plain. */
  summary: z.string().max(1200),
  publishedAt: instantSchema.optional(),
  score: z.int().optional(),
  commentCount: z.int().optional(),
  commentsUrl: z.string().max(2048).optional(),
  /** Why it is in: *412 points, in 3 sources*. */
  why: z.string().max(200),
});
export type EditionItem = z.infer<typeof editionItemSchema>;

/** All that an edition says, before it is laid out. Rendering the same content gives the same bytes. */
export const editionContentSchema = z.strictObject({
  name: z.string().max(200),
  number: z.int().positive(),
  /** What the edition is of; dates in it are written in `timeZone`. */
  at: instantSchema,
  timeZone: timeZoneSchema,
  tone: digestToneSchema,
  isTest: z.boolean(),
  sections: z.array(z.strictObject({ title: z.string().max(200), more: z.int().nonnegative() })).max(20),
  items: z.array(editionItemSchema).max(200),
  /** Posts that fitted and had no room. */
  more: z.int().nonnegative(),
});
export type EditionContent = z.infer<typeof editionContentSchema>;

/** One issue of a digest. */
export const editionSchema = z.strictObject({
  id: idSchema,
  /** The digest. */
  scheduleId: idSchema,
  /** Schedule and local date (and time, where it comes more than once a day): there is one edition of each. */
  key: z.string().max(120),
  runId: idSchema,
  madeAt: instantSchema,
  /** Posts between these were looked at. */
  from: instantSchema,
  to: instantSchema,
  considered: z.int().nonnegative(),
  content: editionContentSchema,
  subject: z.string().max(300),
  /** What was starred when it was made, newest first; the next one takes what was starred since. Only where a section wants it. */
  starred: z.array(idSchema).max(2000).optional(),
  /** What had too few points for a section then; it may get into the next one. */
  below: z.array(idSchema).max(2000).optional(),
  /** It was made to be sent: until somebody has it, its posts are still new. */
  isForSending: z.boolean().optional(),
  /** Its `send` was begun; from then on it never changes. */
  sendBegunAt: instantSchema.optional(),
  /** Every delivery came to an end. */
  endedAt: instantSchema.optional(),
});
export type Edition = z.infer<typeof editionSchema>;

/** Where a delivery goes. */
export const sinkKindSchema = z.enum(['mail', 'eml', 'html', 'feed', 'webhook']);
export type SinkKind = z.infer<typeof sinkKindSchema>;

/**
 * planned -> sending -> sent | rejected | deferred | in-doubt; deferred -> sending; planned -> withdrawn.
 * `sending` is on the disk before a connection is opened; found at a start it is `in-doubt`, which is never sent by itself.
 */
export const deliveryStateSchema = z.enum(['planned', 'sending', 'sent', 'rejected', 'deferred', 'in-doubt', 'withdrawn']);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

/** One edition on its way to one receiver. Its id is made of both, so that there is one. */
export const deliverySchema = z.strictObject({
  id: idSchema,
  editionId: idSchema,
  sink: sinkKindSchema,
  /** Only for mail. */
  recipientId: idSchema.optional(),
  /** The address of the mail, or where else it went, for people. */
  to: z.string().max(2048),
  state: deliveryStateSchema,
  attempts: z.int().nonnegative(),
  changedAt: instantSchema,
  /** Not tried again before; only while deferred. */
  nextAt: instantSchema.optional(),
  errorCode: z.enum(ERROR_CODES).optional(),
  /** A sentence for people; what the server said is in it, without secrets. */
  errorMessage: z.string().max(300).optional(),
  /** The owner decided about what was in doubt. */
  decidedAt: instantSchema.optional(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** Deliveries by how they stand. */
export type DeliveryCounts = Partial<Record<DeliveryState, number>>;

/** An edition in a list, without its posts. */
export type EditionRow = {
  id: string;
  scheduleId: string;
  number: number;
  madeAt: string;
  at: string;
  subject: string;
  items: number;
  runId: string;
  deliveries: DeliveryCounts;
  /** Made to be looked at; it counts nowhere. */
  isTest?: boolean;
};

/** A digest in the list. */
export type DigestRow = {
  row: ScheduleRow;
  options: DigestOptions;
  /** Active, paused, switched off, or its last run failed (and it goes on). */
  badge: 'active' | 'paused' | 'disabled' | 'failed';
  recipients: { active: number; suspended: number; unsubscribed: number };
  lastEdition?: EditionRow;
  /** The number the next edition will have. */
  nextNumber: number;
  /** All runs since it is there. `successRate` 0 to 1; `averageMs` of the completed runs on record. Absent when it never ran. */
  stats: { runs: number; completed: number; failed: number; successRate?: number; averageMs?: number };
};

/** A digest to begin with; nothing of it is switched on before it is saved. */
export type DigestTemplate = {
  id: string;
  title: string;
  about: string;
  schedule: NewSchedule & { options: DigestOptionsInput };
};

/** An edition laid out. */
export type RenderedEdition = {
  subject: string;
  /** A whole document: no script, no remote image, http(s) links only. */
  html: string;
  /** The same as plain text, lines of at most 78 characters where words allow. */
  text: string;
};

/** What an edition would be, stored nowhere. */
export type DigestPreview = RenderedEdition & { content: EditionContent; considered: number; bytes: number };

/** An edition opened. */
export type EditionPage = { edition: EditionRow; content: EditionContent; rendered: RenderedEdition; deliveries: Delivery[] };

/** A digest as it is being edited. `scheduleId` where it is saved already: its earlier editions count. */
export const wantedDigestPreviewSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  timeZone: timeZoneSchema.optional(),
  options: digestOptionsSchema,
  scheduleId: idSchema.optional(),
  /** Made as it would have been then. */
  asOf: instantSchema.optional(),
});
export type WantedDigestPreview = z.input<typeof wantedDigestPreviewSchema>;
