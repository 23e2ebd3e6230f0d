import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';
import { weekdaySchema } from './schedule.ts';
import { idSchema, instantSchema } from './values.ts';

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** Hours in which nothing is told, by this computer's clock. A span over midnight belongs to the day it begins on. */
export const quietHoursSchema = z.strictObject({
  from: clockTime,
  to: clockTime,
  /** Days on which it begins. */
  days: z.array(weekdaySchema).min(1).max(7),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** Gets each message as JSON by POST. Its token is a secret. */
export const messageWebhookSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2048),
  allowLocalNetwork: z.boolean(),
});
export type MessageWebhook = z.infer<typeof messageWebhookSchema>;

/** A chat a bot writes each message to. The bot's token is a secret. */
export const messageTelegramSchema = z.strictObject({
  /** A number, or `@name` of a channel. */
  chatId: z.string().regex(/^(?:-?\d{1,20}|@[A-Za-z]\w{3,63})$/),
  /** The server of the Bot API; another one than Telegram's where the owner runs it. */
  api: z.url({ protocol: /^https?$/ }).max(500),
  allowLocalNetwork: z.boolean(),
});
export type MessageTelegram = z.infer<typeof messageTelegramSchema>;

/** What is told, when, and where. */
export const notificationsSchema = z.strictObject({
  /** As messages of this computer's desktop. */
  desktop: z.boolean(),
  /** New posts: none, those of sources that were chosen, or of all. One message a run. */
  posts: z.enum(['off', 'chosen', 'all']),
  /** What rules that tell have noticed. */
  rules: z.boolean(),
  /** A source or a job begins to fail; once for each cause. */
  problems: z.boolean(),
  /** An edition was sent, failed, or is in doubt. */
  digests: z.boolean(),
  quiet: quietHoursSchema.nullable(),
  webhook: messageWebhookSchema.nullable(),
  telegram: messageTelegramSchema.nullable(),
});
export type Notifications = z.infer<typeof notificationsSchema>;

const text = (most: number) => z.string().max(most);

/** What a message is about. Words of posts are copied, so that a message that waits stays what it was. */
export const messagePartsSchema = z.strictObject({
  sources: z
    .array(
      z.strictObject({
        id: idSchema,
        title: text(200),
        total: z.int().positive(),
        /** The newest of them, at most 5. */
        posts: z.array(z.strictObject({ title: text(200), url: text(2048) })).max(5),
      }),
    )
    .max(200),
  /** Posts of sources for which there was no room above. */
  more: z.int().nonnegative(),
  rules: z.array(z.strictObject({ id: idSchema, name: text(200), total: z.int().positive() })).max(100),
  problems: z.array(z.strictObject({ id: text(200), view: text(300), text: text(300) })).max(50),
  digests: z.array(z.strictObject({ scheduleId: idSchema, text: text(300) })).max(50),
  /** Sent by the owner to see that it works. */
  isTest: z.boolean().optional(),
});
export type MessageParts = z.infer<typeof messagePartsSchema>;

/** Where messages go besides the desktop. */
export const messageSinkSchema = z.enum(['webhook', 'telegram']);
export type MessageSink = z.infer<typeof messageSinkSchema>;

/**
 * planned -> sending -> sent | deferred | refused | in-doubt; deferred -> sending | refused.
 * `sending` is on the disk before a connection is opened; found at a start it is `in-doubt`, which is not sent again.
 */
export const messageDeliverySchema = z.strictObject({
  state: z.enum(['planned', 'sending', 'sent', 'deferred', 'refused', 'in-doubt']),
  attempts: z.int().nonnegative(),
  changedAt: instantSchema,
  /** Not tried again before; only while deferred. */
  nextAt: instantSchema.optional(),
  errorCode: z.enum(ERROR_CODES).optional(),
  /** A sentence for people, without secrets. */
  errorMessage: text(300).optional(),
});
export type MessageDelivery = z.infer<typeof messageDeliverySchema>;

/** One summary of what is new, and where it stands. */
export const messageSchema = z.strictObject({
  /** Made of what it is about, so that nothing is told twice. */
  id: text(120),
  at: instantSchema,
  parts: messagePartsSchema,
  /** Held back by quiet hours; when they end, all that was held back becomes one message. */
  isHeld: z.boolean(),
  deliveries: z.strictObject({ webhook: messageDeliverySchema.optional(), telegram: messageDeliverySchema.optional() }),
});
export type Message = z.infer<typeof messageSchema>;

/** A message in words. */
export type ToldMessage = {
  id: string;
  title: string;
  body: string;
  /** The place in the window it leads to: `#/posts/unread`. */
  view: string;
  /** Asked for by the owner to see that it works: shown also to somebody who looks at the window. */
  isTest?: boolean;
};

/** How messages stand. */
export type MessagesState = {
  /** Quiet hours are on now. */
  isQuiet: boolean;
  /** What they hold back, in words; newest last. */
  held: { id: string; at: string; title: string; body: string }[];
  sinks: {
    sink: MessageSink;
    /** Not handed over yet. */
    waiting: number;
    /** The newest that came to an end or was tried. */
    last?: { at: string; state: MessageDelivery['state']; title: string; errorMessage?: string };
  }[];
};

/** What a test came to, as a sentence. */
export type MessageTest = { ok: boolean; text: string };
