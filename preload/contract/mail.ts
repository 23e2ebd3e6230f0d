import { z } from 'zod';

/** How mail leaves. The password is no setting: it is a secret. */
export const mailAccountSchema = z.strictObject({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** `starttls` asks for TLS after the greeting and goes no further without; `tls` begins with it. There is no third way. */
  security: z.enum(['starttls', 'tls']),
  user: z.string().max(254),
  /** The address editions come from. */
  from: z.string().min(3).max(254),
  fromName: z.string().max(120),
  /** Where people write to leave the list; without it, `from`. */
  unsubscribe: z.string().max(254).optional(),
});
export type MailAccount = z.infer<typeof mailAccountSchema>;

/** One finding about whether mail will arrive, as a sentence; `hint` says what to do. */
export type MailCheck = { id: string; state: 'ok' | 'warn' | 'fail' | 'skipped'; text: string; hint?: string };
