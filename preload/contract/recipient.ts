import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';
import { idSchema, instantSchema } from './values.ts';

/** Somebody who gets one digest. The same person in two digests is two rows: leaving one leaves the other. */
export const recipientSchema = z.strictObject({
  id: idSchema,
  scheduleId: idSchema,
  /** Checked and written in one way: no display name, no comment, no list; the domain in lower case. */
  address: z.string().min(3).max(254),
  addedAt: instantSchema,
  /** `suspended` after three editions that were refused for good. */
  state: z.enum(['active', 'suspended', 'unsubscribed']),
  changedAt: instantSchema,
  /** Editions refused for good in a row. */
  refusals: z.int().nonnegative(),
  errorCode: z.enum(ERROR_CODES).optional(),
  errorMessage: z.string().max(300).optional(),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** What became of a pasted or imported list, one address a line. */
export type RecipientImport = { added: number; known: number; refused: { line: number; text: string; message: string }[] };
