import { expect, test } from 'vitest';
import { logScaleFor, percent, scaleFor, toBars } from '../../../../renderer/stats/chart-math.ts';
import {
  openedFinding,
  perDayFinding,
  perHourFinding,
  runsFinding,
  scoresFinding,
  stepWords,
} from '../../../../renderer/stats/findings.ts';

test.each([
  [0, 0],
  [1, 1],
  [2, 2],
  [7, 3],
  [61, 3],
  [132, 3],
  [812, 3],
  [100_000, 3],
])('a scale for %d begins at zero, holds it and has few round lines', (max, most) => {
  const scale = scaleFor(max);
  expect(scale.max).toBeGreaterThanOrEqual(max);
  expect(scale.ticks.length).toBeLessThanOrEqual(Math.max(most, 3));
  expect(scale.ticks.every((tick) => Number.isInteger(tick))).toBe(true);
  if (max > 0) expect(scale.ticks.length).toBeGreaterThan(0);
});

test('bars begin at zero and never leave the chart', () => {
  const bars = toBars([0, 5, 10], 10);
  expect(bars.map((bar) => bar.height)).toEqual([0, 0.5, 1]);
  expect(bars.every((bar) => bar.x >= 0 && bar.x + bar.width <= 1)).toBe(true);
});

test('durations stand on a log scale: ten times longer is as far each time', () => {
  const scale = logScaleFor([1000, 100_000]);
  expect(scale.at(10_000) - scale.at(1000)).toBeCloseTo(scale.at(100_000) - scale.at(10_000), 6);
  expect(scale.ticks.length).toBeLessThanOrEqual(3);
  expect(logScaleFor([]).at(500)).toBeGreaterThanOrEqual(0);
});

test('a share is never rounded to none or all when it is neither', () => {
  expect([percent(1, 812), percent(811, 812), percent(0, 5), percent(5, 5), percent(1, 0)]).toEqual([
    '1 %',
    '99 %',
    '0 %',
    '100 %',
    '',
  ]);
});

test('each chart says its finding in a sentence', () => {
  const perDay = [
    { date: '2026-10-12', posts: 100, read: 1 },
    { date: '2026-10-13', posts: 132, read: 1 },
    { date: '2026-10-14', posts: 61, read: 1 },
  ];
  expect(perDayFinding(perDay)).toBe('About 116 a day, most on 13 October (132); 61 so far today.');
  expect(perDayFinding([])).toBe('No posts yet.');
  const hours = Array.from({ length: 24 }, (_, index) => (index === 23 ? 30 : 10));
  expect(perHourFinding(hours)).toBe('Most arrive from 23:00 to 00:00: 12 % of all.');
  expect(perHourFinding(hours.map(() => 0))).toBe('No posts yet.');
  const stats = { posts: 2811, opened: 318, bySource: [{ sourceId: 'a', title: 'Hacker News, top', posts: 812, read: 30 }] };
  expect(openedFinding(stats)).toBe('Hacker News, top brought most, 29 % of all. You opened 318 of 2,811 posts.');
  expect(
    scoresFinding([
      { from: 0, to: 9, posts: 1 },
      { from: 100, to: 199, posts: 2 },
    ]),
  ).toBe('2 of 3 stories have 100 points or more.');
  expect([stepWords({ from: 20, to: 49 }), stepWords({ from: 500 })]).toEqual(['20 to 49', '500 and more']);
  expect(runsFinding({ total: 1388, completed: 1384, failed: 4, missed: 28, bySchedule: [] })).toBe(
    '1,388 runs, 4 failed, 28 missed.',
  );
});
