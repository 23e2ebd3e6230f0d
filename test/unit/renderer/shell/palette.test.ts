import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../renderer/shell/palette/entry.ts';
import { findEntries } from '../../../../renderer/shell/palette/find.ts';

const entry = (kind: Entry['kind'], words: string, more: Partial<Entry> = {}): Entry => ({
  id: `${kind} ${words}`,
  kind,
  words,
  run: () => undefined,
  ...more,
});
const ENTRIES = [
  entry('command', 'Fetch feeds now'),
  entry('command', 'Back up now'),
  entry('place', 'History'),
  entry('place', 'Settings'),
  entry('schedule', 'Run Fetch feeds now'),
  entry('source', 'Vessel Point Gazette', { more: 'Weather and water', isDeep: true }),
  entry('source', 'Ärger im Hafen', { isDeep: true }),
  entry('source', '川の石', { isDeep: true }),
  entry('post', 'A history of settings in fetching and feeds, now', { isDeep: true }),
];
const found = (text: string, used: string[] = []) =>
  findEntries(ENTRIES, text, used).flatMap((group) => group.found.map((each) => each.entry.words));

describe('what the palette finds', () => {
  it('finds by a few letters, by words in any order, and by what stands beside the name', () => {
    expect(found('hist')[0]).toBe('History');
    expect(found('feeds fetch')).toEqual(expect.arrayContaining(['Fetch feeds now', 'Run Fetch feeds now']));
    expect(found('vpg')).toContain('Vessel Point Gazette');
    expect(found('weather')).toContain('Vessel Point Gazette');
    expect(found('zzzz')).toEqual([]);
  });
  it('finds names with accents without them, and names of other scripts', () => {
    expect(found('arger')).toContain('Ärger im Hafen');
    expect(found('川の')).toEqual(['川の石']);
  });
  it('shows what one does before a post in whose title the letters occur as well', () => {
    expect(found('fetch').at(-1)).toBe('A history of settings in fetching and feeds, now');
  });
  it('shows what was used last first, before anything is typed', () => {
    const groups = findEntries(ENTRIES, '', ['place Settings', 'gone']);
    expect(groups[0]).toMatchObject({ kind: 'used', found: [{ entry: { words: 'Settings' } }] });
    expect(groups.flatMap((group) => group.found).filter((each) => each.entry.words === 'Settings')).toHaveLength(1);
    expect(groups.some((group) => group.kind === 'source')).toBe(false);
  });
  it('puts what was used lately before its like', () => {
    expect(found('now', ['command Back up now'])[0]).toBe('Back up now');
  });
  it('tells which letters matched', () => {
    const [group] = findEntries(ENTRIES, 'hist', []);
    expect([...(group?.found[0]?.marks ?? [])]).toEqual([0, 1, 2, 3]);
  });
});
