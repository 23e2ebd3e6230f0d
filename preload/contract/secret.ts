import { z } from 'zod';

/** What is kept as a secret: never in the store, in a backup, in a log, or sent to the screen. */
export const secretNameSchema = z.enum(['smtp-password', 'telegram-token', 'notify-webhook-token', 'digest-webhook-token']);
export type SecretName = z.infer<typeof secretNameSchema>;

/** All the screen learns of a secret. */
export type SecretState = {
  name: SecretName;
  isSet: boolean;
  /** The system's key store, our own file that only this user can read, or a file or credential the owner gave. */
  keptIn: 'keyring' | 'own-file' | 'given';
  /** It was set, and the key store can no longer open it: it has to be typed again. */
  isLost: boolean;
  /** Why what the owner gave is not used, in words. */
  problem?: string;
};
