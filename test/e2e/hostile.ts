import { HOSTILE_CODES } from '../helpers/hostile-codes.ts';
import { expect, test } from './hosts.ts';

/**
 * Says that the running test provoked a row of the table of hostile inputs and what came out. Call it last, once everything the row
 * asks for is asserted: it holds the observed codes against the shared table, and only then does the row count.
 */
export const provedHostile = (row: number, ...observed: string[]): void => {
  const right = HOSTILE_CODES[row];
  if (!right) throw new Error(`There is no hostile case ${row}`);
  expect(observed.length, 'nothing was observed').toBeGreaterThan(0);
  for (const code of observed) expect(right, `row ${row} answered ${code}`).toContain(code);
  test.info().annotations.push({ type: 'hostile-case', description: String(row) });
};
