import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/* Below these versions a library is known to be unsafe. A library that is not there cannot be. */
const FLOORS: Readonly<Record<string, string>> = {
  xml2js: '0.5.0',
  'fast-xml-parser': '5.5.6',
  undici: '7.24.0',
  ws: '8.20.1',
  nodemailer: '9.1.1',
  dompurify: '3.4.14',
  electron: '45.4.1',
  'rss-parser': '3.13.0',
};

type Lockfile = { packages: Record<string, { version?: string; dev?: boolean }> };
const lockfile = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8')) as Lockfile;
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const toParts = (version: string): number[] => version.split(/[.-]/).slice(0, 3).map(Number);
const isAtLeast = (version: string, floor: string): boolean => {
  const [have, want] = [toParts(version), toParts(floor)];
  const at = have.findIndex((part, index) => part !== want[index]);
  return at < 0 || (have[at] ?? 0) > (want[at] ?? 0);
};

test('versions are compared as numbers', () => {
  expect([isAtLeast('0.5.0', '0.5.0'), isAtLeast('0.10.0', '0.5.0'), isAtLeast('1.0.0', '0.5.0')]).toEqual([true, true, true]);
  expect([isAtLeast('0.4.23', '0.5.0'), isAtLeast('8.9.9', '8.20.1')]).toEqual([false, false]);
});

test('no library in the lockfile is older than the version that mended its known holes', () => {
  const entries = Object.entries(lockfile.packages).filter(([path]) => path.includes('node_modules/'));
  expect(entries.length).toBeGreaterThan(100);
  for (const needed of ['xml2js', 'undici', 'ws', 'rss-parser', 'electron']) {
    expect(
      entries.some(([path]) => nameOf(path) === needed),
      `${needed} is in the lockfile`,
    ).toBe(true);
  }
  const tooOld = entries
    .filter(([path, { version = '0.0.0' }]) => !isAtLeast(version, FLOORS[nameOf(path)] ?? '0.0.0'))
    // Tools that only build and test are not shipped.
    .filter(([, { dev }]) => !dev)
    .map(([path, { version }]) => `${path} ${version}`);
  expect(tooOld).toEqual([]);
});
