import { z } from 'zod';

/** Items are asked again at most this often. */
export const MAX_TRIES = 5;
/** Where the store keeps what is to be asked again. */
export const RETRIES_NOTE = 'hacker-news.retries';

const tries = z.record(z.string().regex(/^\d+$/), z.int().positive());
const sourceRetriesSchema = z.object({ absent: tries, failed: tries });
const retriesSchema = z.record(z.string(), sourceRetriesSchema);

/** How often an item came as nothing (`absent`) or not at all (`failed`), by its number. */
export type SourceRetries = z.infer<typeof sourceRetriesSchema>;
/** By source. */
export type Retries = z.infer<typeof retriesSchema>;

const NONE: SourceRetries = { absent: {}, failed: {} };

/** What the note says; nothing when it is unreadable. */
export const readRetries = (note: unknown): Retries => {
  const parsed = retriesSchema.safeParse(note);
  return parsed.success ? parsed.data : {};
};

const isGivenUp = (retries: SourceRetries, id: number): boolean => (retries.absent[id] ?? 0) >= MAX_TRIES;

/** What to ask: items that failed or were not ready first, then the list, without those that were nothing five times. */
export const toAsk = (list: readonly number[], retries: SourceRetries = NONE): number[] => {
  const again = [...Object.keys(retries.failed), ...Object.keys(retries.absent)].map(Number);
  return [...new Set([...again, ...list])].filter((id) => !isGivenUp(retries, id));
};

/** What is to be asked again after a reading. */
export const afterReading = (
  before: SourceRetries = NONE,
  reading: { list: readonly number[]; absent: readonly number[]; failed: readonly number[] },
): SourceRetries => {
  const after: SourceRetries = { absent: {}, failed: {} };
  const isListed = new Set(reading.list);
  for (const id of reading.failed) {
    const count = (before.failed[id] ?? 0) + 1;
    if (count < MAX_TRIES) after.failed[id] = count;
  }
  for (const id of reading.absent) {
    const count = (before.absent[id] ?? 0) + 1;
    // A listed one is kept in mind, so that it stays given up.
    if (count < MAX_TRIES || isListed.has(id)) after.absent[id] = count;
  }
  for (const id of reading.list) {
    if (isGivenUp(before, id)) after.absent[id] = MAX_TRIES;
  }
  return after;
};
