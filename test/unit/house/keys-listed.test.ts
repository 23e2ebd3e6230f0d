import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Hears keys for `useCommands`. */
const HEARERS = ['renderer/ui/keys.ts', 'renderer/ui/use-commands.ts'];

test('every key of the window is given in the one list of commands', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `renderer/${name}`);
  const found = files.filter((path) => !HEARERS.includes(path) && /\buseKeys\(/.test(readFileSync(path, 'utf8')));
  expect(found).toEqual([]);
});
