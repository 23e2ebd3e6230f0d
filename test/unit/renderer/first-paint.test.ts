import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What the page takes over before it is drawn, from what was kept. */
const lookAfter = (kept: string | null): Record<string, string> => {
  const dataset: Record<string, string> = {};
  const run = new Function(
    'localStorage',
    'document',
    readFileSync(new URL('../../../renderer/public/first-paint.js', import.meta.url), 'utf8'),
  );
  run({ getItem: (name: string) => (name === 'tidings.look' ? kept : null) }, { documentElement: { dataset } });
  return dataset;
};

test('the page begins with the look of last time, and with the system’s where nothing or nonsense is kept', () => {
  expect(lookAfter('{"theme":"dark","density":"compact"}')).toEqual({ theme: 'dark', density: 'compact' });
  expect(lookAfter(null)).toEqual({});
  expect(lookAfter('{"theme":')).toEqual({});
});
