import { expect, test } from 'vitest';
import { createSlices } from '../../../main/api/in-slices.ts';

test('rows are looked through in slices, and between two of them others get the thread', async () => {
  const rows = Array.from({ length: 5001 }, (_, index) => index);
  let turns = 0;
  let isOver = false;
  const other = (): void => {
    turns += 1;
    if (!isOver) setImmediate(other);
  };
  setImmediate(other);
  const seen: number[] = [];
  const sizes: number[] = [];
  for await (const slice of createSlices(rows, 1000)) {
    sizes.push(slice.length);
    seen.push(...slice);
  }
  isOver = true;
  expect(seen).toEqual(rows);
  expect(sizes).toEqual([1000, 1000, 1000, 1000, 1000, 1]);
  expect(turns).toBeGreaterThanOrEqual(5);
});
