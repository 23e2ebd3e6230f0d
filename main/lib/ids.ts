import { randomBytes } from 'node:crypto';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const toBase36 = (value: number, width: number): string => value.toString(36).padStart(width, '0').slice(-width);

/* Chance is fetched for many ids at once: asking for eight bytes costs as much as asking for thousands. */
const POOL_BYTES = 4096;
const ID_BYTES = 8;
let pool = Buffer.alloc(0);
let used = 0;
const chance = (): string => {
  if (used + ID_BYTES > pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  let digits = '';
  for (const end = used + ID_BYTES; used < end; used++) digits += DIGITS[(pool[used] as number) % 36];
  return digits;
};

let lastMs = 0;
let sequence = 0;

/**
 * A new id: time, a sequence number and chance, 20 characters, so that ids sort in the order they were made
 * (within one process, also inside one millisecond).
 */
export const newId = (nowMs: number): string => {
  sequence = nowMs === lastMs ? sequence + 1 : 0;
  lastMs = nowMs;
  return `${toBase36(Math.max(0, nowMs), 9)}${toBase36(sequence, 3)}${chance()}`;
};
