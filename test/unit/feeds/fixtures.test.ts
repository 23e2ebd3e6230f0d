import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FEED_URL, read } from './feed-kit.ts';

const FOLDER = 'test/fixtures/feeds';
const expected: Record<string, unknown> = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8'));
const files = readdirSync(FOLDER).filter((name) => name !== 'expected.json');

test('every fixture has its expectation', () => {
  expect(files.length).toBeGreaterThanOrEqual(25);
  expect(Object.keys(expected).sort()).toEqual(files.sort());
});

test.each(files)('%s is read as expected', async (file) => {
  expect(await read(readFileSync(`${FOLDER}/${file}`), { url: FEED_URL })).toEqual(expected[file]);
});
