import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cli, jsonOf, resultOf, startCli } from '../helpers/cli-kit.ts';
import { makeFolder } from '../helpers/core-kit.ts';

const SPY = fileURLToPath(new URL('../helpers/module-spy.ts', import.meta.url));
/** Costly to load and of no use for reading what is stored. */
const HEAVY = /node_modules\/(undici|sanitize-html|rss-parser|htmlparser2|chardet|iconv-lite|node-schedule|ws)\//;

test.each([
  ['posts', '--limit', '10'],
  ['history', '--limit', '10'],
  ['source', 'list'],
])('reading what is stored loads no parser and no HTTP client: %s %s %s', async (...args) => {
  const folder = await makeFolder();
  jsonOf(await cli(['schedule', 'list', '--data', folder.dir, '--json']));
  const { code, out, err } = await resultOf(
    startCli([...args.filter(Boolean), '--data', folder.dir, '--json'], {}, ['--import', SPY]),
  );
  expect([code, JSON.parse(out)]).toMatchObject([0, expect.any(Array)]);
  const loaded = err.split('\n').filter((line) => line.startsWith('loaded '));
  expect(loaded.length).toBeGreaterThan(20);
  expect(loaded.filter((line) => HEAVY.test(line))).toEqual([]);
  await folder.remove();
});
