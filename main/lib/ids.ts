import { randomBytes } from 'node:crypto';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const toBase36 = (value: number, width: number): string => value.toString(36).padStart(width, '0').slice(-width);

let lastMs = 0;
let sequence = 0;

/**
 * A new id: time, a sequence number and chance, 20 characters, so that ids sort in the order they were made
 * (within one process, also inside one millisecond).
 */
export const newId = (nowMs: number): string => {
  sequence = nowMs === lastMs ? sequence + 1 : 0;
  lastMs = nowMs;
  const chance = Array.from(randomBytes(8), (byte) => DIGITS[byte % 36]).join('');
  return `${toBase36(Math.max(0, nowMs), 9)}${toBase36(sequence, 3)}${chance}`;
};
