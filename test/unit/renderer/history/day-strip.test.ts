import { expect, test } from 'vitest';
import type { Run } from '../../../../preload/contract/run.ts';
import type { ScheduleRow } from '../../../../preload/contract/schedule.ts';
import { gapWord, missedInstants, stripWords, toDayStrip } from '../../../../renderer/history/day-strip-model.ts';
import { completed, failed, missed } from './runs.ts';

const now = Date.parse('2026-10-14T10:48:00.000Z');
const row = (id: string, name: string, next: string[]) =>
  ({ schedule: { id, name, jobKind: 'fetch-feeds' }, next }) as unknown as ScheduleRow;

test('a run, a failure, a catch-up, a gap and what is due stand where their time is', () => {
  const strip = toDayStrip(
    [
      completed('2026-10-14T10:30:00.000Z'),
      failed('2026-10-14T09:30:00.000Z'),
      completed('2026-10-14T05:05:00.000Z', 64, 1000, { cause: 'catch-up' }),
      missed('2026-10-13T20:00:00.000Z', '2026-10-14T05:00:00.000Z', 10),
      completed('2026-10-12T10:30:00.000Z'),
    ],
    [row('s1', 'Fetch feeds', ['2026-10-14T11:00:00.000Z', '2026-10-15T11:00:00.000Z'])],
    now,
  );
  const kinds = strip.lanes[0]?.marks.map((mark) => mark.kind);
  expect(kinds?.filter((kind) => kind === 'missed')).toHaveLength(10);
  expect(kinds?.filter((kind) => kind !== 'missed')).toEqual(['ran', 'failed', 'catch-up', 'due']);
  expect(strip.nowAt).toBeCloseTo(23 / 26, 3);
  expect(strip.bands).toEqual([{ from: expect.closeTo(0.316, 2), to: expect.closeTo(0.662, 2), label: 'asleep' }]);
  expect(stripWords(strip)).toBe('The last 23 hours and the next 3: 1 ran, 1 caught up, 1 failed, 10 missed, 1 due.');
});

test('gaps of several schedules that overlap are one band', () => {
  const gap = missed('2026-10-14T00:00:00.000Z', '2026-10-14T03:00:00.000Z', 3);
  const other = { ...missed('2026-10-14T02:00:00.000Z', '2026-10-14T05:00:00.000Z', 3), scheduleId: 's2' };
  expect(toDayStrip([gap, other], [], now).bands).toHaveLength(1);
});

test('a run by hand stands in the lane of the schedule that does the same work', () => {
  const byHand = { ...completed('2026-10-14T10:30:00.000Z', 1, 1, { cause: 'manual' }), scheduleId: undefined } as unknown as Run;
  const lanes = toDayStrip([byHand], [row('s1', 'Fetch feeds', [])], now).lanes;
  expect(lanes.map((lane) => [lane.name, lane.marks.length])).toEqual([['Fetch feeds', 1]]);
});

test('many schedules share the last lane', () => {
  const runs = Array.from({ length: 9 }, (_, index) => completed('2026-10-14T09:00:00.000Z', 0, 1, { scheduleId: `s${index}` }));
  const lanes = toDayStrip(runs, [], now).lanes;
  expect(lanes).toHaveLength(6);
  expect(lanes.at(-1)).toMatchObject({ name: '4 others', marks: { length: 4 } });
});

test('a gap of thousands of runs is drawn with a bounded number of rings', () => {
  expect(missedInstants(missed('2026-10-01T00:00:00.000Z', '2026-10-14T00:00:00.000Z', 9000))).toHaveLength(200);
});

test('the word of a gap is taken from its reason', () => {
  expect(gapWord('This computer was asleep.')).toBe('asleep');
  expect(gapWord('Tidings was off.')).toBe('off');
  expect(gapWord('There was no connection (offline).')).toBe('offline');
  expect(gapWord('Something else.')).toBe('missed');
});
