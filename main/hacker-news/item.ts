import { z } from 'zod';

const wholeNumber = z.int().nullish();
const text = z.string().nullish();

/**
 * One item as https://github.com/HackerNews/API describes it. Missing fields are fine, wrong types are not;
 * fields the API may add are let through unread.
 */
export const hackerNewsItemSchema = z.object({
  id: z.int().positive(),
  type: text,
  by: text,
  /** Seconds since 1970. */
  time: wholeNumber,
  title: text,
  url: text,
  /** HTML. */
  text,
  score: wholeNumber,
  /** All comments below it. */
  descendants: wholeNumber,
  kids: z.array(z.unknown()).nullish(),
  deleted: z.boolean().nullish(),
  dead: z.boolean().nullish(),
});
export type HackerNewsItem = z.infer<typeof hackerNewsItemSchema>;

/** What came for one number: an item, nothing (the API says `null` for what is not ready or gone), or something that is no such item. */
export type ItemAnswer = { kind: 'item'; item: HackerNewsItem } | { kind: 'absent' } | { kind: 'malformed'; reason: string };

/** Checks one answer of the API, field by field. */
export const readItem = (askedId: number, answer: unknown): ItemAnswer => {
  if (answer === null) return { kind: 'absent' };
  const parsed = hackerNewsItemSchema.safeParse(answer);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'the whole of it';
    return { kind: 'malformed', reason: `not an item (${field})` };
  }
  if (parsed.data.id !== askedId) return { kind: 'malformed', reason: `it calls itself ${parsed.data.id}` };
  return { kind: 'item', item: parsed.data };
};
