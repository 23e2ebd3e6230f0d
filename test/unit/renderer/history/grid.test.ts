import { expect, test } from 'vitest';
import type { GridRow, RunGrid } from '../../../../preload/contract/run.ts';
import { cellWords, gridSentence, moveFrom, toJudgedRows, verdictOf } from '../../../../renderer/history/grid-model.ts';

const NOW = Date.parse('2026-10-14T10:48:00.000Z');
const row = (title: string, dots: string, more: Partial<GridRow> = {}): GridRow => ({
  sourceId: title,
  title,
  addedAt: '2026-01-01T00:00:00.000Z',
  isPaused: false,
  dots,
  added: [...dots].map((dot) => (dot === 'n' ? 2 : 0)),
  ...more,
});
const runs = (length: number): RunGrid['runs'] =>
  Array.from({ length }, (_, place) => ({
    id: `r${place}`,
    at: new Date(NOW - (length - place) * 1_800_000).toISOString(),
    status: 'completed',
    cause: 'schedule',
    sources: 3,
    failed: 0,
  }));
const judge = (one: GridRow) => verdictOf(one, runs(one.dots.length), NOW);

test('flaky, dead, shaky and mended are told apart at a glance, each with a sentence', () => {
  const failing = { since: '2026-10-02T08:00:00.000Z', errorCode: 'HTTP_4XX', httpStatus: 410 };
  expect(judge(row('dead', 'xxxxxxxxxx', { failing }))).toEqual({ kind: 'dead', words: 'Gone since 2 Oct (410)' });
  expect(judge(row('dead', '==xxx', { failing: { ...failing, httpStatus: 503 } }))).toMatchObject({
    kind: 'dead',
    words: 'Failing since 2 Oct (503)',
  });
  expect(judge(row('flaky', '==x==n==x==x=====x==')).words).toBe('Flaky: 4 of 20 failed');
  expect(judge(row('mended', '====x===============')).words).toBe('1 failed, since mended');
  expect(judge(row('shaky', '===================x')).words).toBe('Failed the last time');
  expect(judge(row('well', '=n=o=')).kind).toBe('well');
});

test('a source that waits, is paused, is new or was in no run is said to', () => {
  expect(judge(row('w', '==www', { waitsUntil: '2026-10-14T12:20:00.000Z' })).kind).toBe('waiting');
  expect(judge(row('dead', 'xxxxx', { waitsUntil: '2026-10-14T12:20:00.000Z' })).kind).toBe('dead');
  expect(judge(row('p', 'xxxxx', { isPaused: true })).kind).toBe('paused');
  expect(judge(row('a', '.....')).kind).toBe('absent');
  expect(judge(row('f', '...n=', { addedAt: new Date(NOW - 4_000_000).toISOString() })).kind).toBe('fresh');
});

test('rows are sorted by problem, by flakiness or by name, and found by a part of their name', () => {
  const rows = [row('Alder', '====='), row('Birch', 'x=x=='), row('Cedar', 'xxxxx'), row('Dogwood', '====x')];
  const grid: RunGrid = { jobKind: 'fetch-feeds', jobs: [], runs: runs(5), gaps: [], rows };
  const order = (sort: 'problems' | 'flaky' | 'name', text = '') =>
    toJudgedRows(grid, sort, text, NOW).map(({ row: { title } }) => title);
  expect(order('problems')).toEqual(['Cedar', 'Birch', 'Dogwood', 'Alder']);
  expect(order('flaky')).toEqual(['Birch', 'Dogwood', 'Cedar', 'Alder']);
  expect(order('name')).toEqual(['Alder', 'Birch', 'Cedar', 'Dogwood']);
  expect(order('name', ' CED ')).toEqual(['Cedar']);
  expect(gridSentence(toJudgedRows(grid, 'name', '', NOW))).toBe('4 sources: 1 fails every time, 1 is flaky.');
  expect(gridSentence(toJudgedRows({ ...grid, rows: [row('Alder', '=')] }, 'name', '', NOW))).toBe('1 source: all of them work.');
});

test('a cell says what came, in words', () => {
  const one = row('Vessel Point', 'no=xwr.');
  expect([0, 1, 2, 3, 4, 5, 6].map((column) => cellWords(one, column))).toEqual([
    '2 new',
    'nothing new',
    'not modified',
    'failed',
    'waiting',
    'under way',
    'not in this run',
  ]);
});

test('the focus moves by arrows, pages, Home and End, and never leaves the grid', () => {
  const size = { rows: 3, columns: 21, page: 10 };
  const from = { row: 1, column: 20 };
  expect(moveFrom(from, 'ArrowLeft', size)).toEqual({ row: 1, column: 19 });
  expect(moveFrom(from, 'ArrowRight', size)).toEqual({ row: 1, column: 20 });
  expect(moveFrom(from, 'ArrowDown', size)).toEqual({ row: 2, column: 20 });
  expect(moveFrom(from, 'PageUp', size)).toEqual({ row: 0, column: 20 });
  expect(moveFrom(from, 'Home', size)).toEqual({ row: 1, column: 0 });
  expect(moveFrom({ row: 1, column: 0 }, 'End', size)).toEqual({ row: 1, column: 20 });
  expect(moveFrom(from, 'a', size)).toBeUndefined();
});
