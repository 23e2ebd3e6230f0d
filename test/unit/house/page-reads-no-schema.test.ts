import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const CONTRACT = 'preload/contract/';
const usesZod = (file: string): boolean => /from 'zod'/.test(readFileSync(`${CONTRACT}${file}`, 'utf8'));

/** Imports of values, not types, that a file of the window makes from the contract. */
const valuesFrom = (path: string): { path: string; file: string }[] =>
  [...readFileSync(path, 'utf8').matchAll(/^import (?!type\b)[^;]*?from '(?:\.\.\/)+preload\/contract\/([\w-]+\.ts)';/gm)].map(
    ([, file]) => ({ path, file: file ?? '' }),
  );

test('the window reads no schema: zod would weigh on its start and try what the policy of the page forbids', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join('renderer', name));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap(valuesFrom).filter(({ file }) => usesZod(file))).toEqual([]);
});
