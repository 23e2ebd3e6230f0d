import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Fs } from './fs.ts';
import type { Health } from './health.ts';
import type { Mutes } from './mutes.ts';

/** What every part of the store works with. */
export type StoreContext = {
  dir: string;
  fs: Fs;
  log: Log;
  clock: Clock;
  health: Health;
  mode: 'write' | 'read';
  acceptEmpty: boolean;
  /** A journal of this size is folded into a snapshot, once it is also a quarter of it. */
  compactBytes: number;
  /** How long nothing must have changed before that is done, in milliseconds; absent: it is done at once. */
  compactQuietMs?: number;
  /** Which rules hide posts. */
  mutes?: Mutes;
  notices: string[];
  /** Adds a sentence for people about a repair. */
  notice: (text: string) => void;
};
