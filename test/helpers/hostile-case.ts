import { expect, test } from 'vitest';
import { HOSTILE_CODES } from './hostile-codes.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The hostile input this test asserted, and what was observed. */
    hostileCase?: { row: number; observed: string[] };
  }
}

/**
 * One test for one row of the table of hostile inputs. `observe` provokes the input, asserts what the row adds,
 * and returns the code (or codes) that came out: an error code, a warning code, or `OK`.
 * The row counts as covered only when every observed code is a right answer for it.
 */
export const hostileCase = (row: number, title: string, observe: () => Promise<string | string[]> | string | string[]): void => {
  test(`case ${String(row).padStart(3, '0')}: ${title}`, async ({ task }) => {
    const right = HOSTILE_CODES[row];
    if (!right) throw new Error(`There is no hostile case ${row}`);
    const observed = [await observe()].flat();
    expect(observed.length, 'nothing was observed').toBeGreaterThan(0);
    for (const code of observed) expect(right, `row ${row} answered ${code}`).toContain(code);
    task.meta.hostileCase = { row, observed };
  });
};
