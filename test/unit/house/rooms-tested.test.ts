import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const roomsIn = (place: string): string[] =>
  readdirSync(join(ROOT, place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${place}/${entry.name}`);

/** Folders without behaviour of their own. */
const NO_BEHAVIOUR = ['renderer/styles'];

test('A-25: every room of the application is brought to life by some test', () => {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' });
  const tests = files
    .filter((name) => /\.(?:test|spec)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(ROOT, 'test', name), 'utf8'));
  const isImported = (room: string): boolean => tests.some((text) => text.includes(`/${room}/`));
  const rooms = [...roomsIn('main'), ...roomsIn('renderer')].filter((room) => !NO_BEHAVIOUR.includes(room));
  expect(rooms.length).toBeGreaterThan(15);
  expect(rooms.filter((room) => !isImported(room))).toEqual([]);
});
