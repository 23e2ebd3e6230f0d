import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/* How a date or a number is written is decided here and nowhere else. */
const PLACES = ['renderer/ui/dates.ts', 'renderer/ui/format.ts', 'renderer/words/'];
/* A day as a machine names it, YYYY-MM-DD, which is what this locale happens to write. Nobody reads it. */
const AS_A_KEY = /'en-CA'/;

test('dates and numbers are written in one place, so that a region changes all of them', () => {
  const stray = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join('renderer', name))
    .filter((path) => !PLACES.some((place) => path.startsWith(place)))
    .flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .map((line, place) => ({ line, at: `${path}:${place + 1}` }))
        .filter(({ line }) => /Intl\.(DateTime|Number|RelativeTime)Format\(|\.toLocale(Date|Time)?String\(/.test(line))
        .filter(({ line }) => !AS_A_KEY.test(line))
        .map(({ line, at }) => `${at} ${line.trim()}`),
    );
  expect(stray).toEqual([]);
});
