import { expect, test } from 'vitest';
import { wordsForHeadless } from '../../../main/headless/words.ts';

const packaged = (line: string): string[] | undefined =>
  wordsForHeadless(['/usr/lib/tidings/tidings', ...line.split(' ')], false);

test('the words after --headless are a command line', () => {
  expect(packaged('--headless posts --limit 10 --json')).toEqual(['posts', '--limit', '10', '--json']);
  expect(packaged('--headless')).toEqual([]);
  expect(packaged('--headless --version')).toEqual(['--version']);
});

test('switches for Chromium around it are not words of a command', () => {
  expect(packaged('--no-sandbox --headless serve')).toEqual(['serve']);
  expect(packaged('--headless --no-sandbox --disable-gpu serve --port 8080')).toEqual(['serve', '--port', '8080']);
});

test('without it in front of the command the application is meant', () => {
  for (const line of ['', '--hidden', '--data /srv/news', 'posts --search --headless']) expect(packaged(line)).toBeUndefined();
});

test("a command's own words stay as they are", () => {
  expect(packaged('--headless posts --search --no-sandbox')).toEqual(['posts', '--search', '--no-sandbox']);
});

test('run from its folder, the folder comes first', () => {
  expect(wordsForHeadless(['electron', '.', '--headless', 'stats'], true)).toEqual(['stats']);
  expect(wordsForHeadless(['electron', '.'], true)).toBeUndefined();
});
