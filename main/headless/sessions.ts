import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';

/** How long a launch link is good for, milliseconds. */
export const LINK_LIFE_MS = 60_000;
const MAX_LINKS = 16;
const MAX_SESSIONS = 64;

/** Launch links and sessions of one start of the host. Only hashes are kept, and they are compared in constant time. */
export type Sessions = {
  /** A new one-time key, good for 60 seconds. */
  newKey: () => string;
  /** A session token for a key that was not used yet; undefined otherwise. */
  redeem: (key: unknown) => string | undefined;
  isValid: (token: unknown) => boolean;
};

/** 256 bits of chance, as text. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Looks at every entry, whether or not one fits, so that the time tells nothing. */
const find = <Entry extends { hash: Buffer }>(entries: readonly Entry[], secret: unknown): Entry | undefined => {
  const hash = hashOf(typeof secret === 'string' ? secret : '');
  let found: Entry | undefined;
  for (const entry of entries) if (timingSafeEqual(entry.hash, hash)) found = entry;
  return found;
};

/** Sessions that live as long as the process. */
export const createSessions = (clock: Clock): Sessions => {
  let keys: { hash: Buffer; until: number }[] = [];
  const tokens: { hash: Buffer }[] = [];
  const dropOld = (): void => {
    keys = keys.filter((key) => key.until > clock.monotonic()).slice(-MAX_LINKS);
  };
  return {
    newKey: () => {
      const key = newSecret();
      keys.push({ hash: hashOf(key), until: clock.monotonic() + LINK_LIFE_MS });
      dropOld();
      return key;
    },
    redeem: (key) => {
      dropOld();
      const found = find(keys, key);
      if (!found) return undefined;
      keys = keys.filter((other) => other !== found);
      const token = newSecret();
      tokens.push({ hash: hashOf(token) });
      tokens.splice(0, tokens.length - MAX_SESSIONS);
      return token;
    },
    isValid: (token) => find(tokens, token) !== undefined,
  };
};
