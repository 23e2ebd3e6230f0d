import { expect, test } from 'vitest';
import type { Lateness } from '../../../../preload/contract/stats.ts';
import { byWeek, durationSpan, heatOf, percentOf, placeOfScore } from '../../../../renderer/stats/chart-math.ts';
import { growthWords } from '../../../../renderer/stats/disk.tsx';
import {
  openedFinding,
  perDayFinding,
  perHourFinding,
  runsFinding,
  scoresFinding,
  stepWords,
} from '../../../../renderer/stats/findings.ts';
import { schedulesFinding } from '../../../../renderer/stats/schedule-numbers.tsx';

test('a scale of durations holds all of them, with at most three lines on it', () => {
  const span = durationSpan([1000, 100_000]);
  expect(span.low).toBeLessThan(1000);
  expect(span.high).toBeGreaterThan(100_000);
  expect(span.ticks).toEqual([1000, 10_000, 60_000]);
  expect(durationSpan([]).high).toBeGreaterThan(durationSpan([]).low);
});

test('a cell of the week is drawn as strong as its number, and never as nothing when it is something', () => {
  expect([0, 1, 10, 50, 100].map((posts) => heatOf(posts, 100))).toEqual([0, 1, 1, 3, 5]);
  expect(heatOf(0, 0)).toBe(0);
});

test('the threshold stands where its score is among the steps', () => {
  const steps = [{ from: 0, to: 9 }, { from: 10, to: 19 }, { from: 20, to: 49 }, { from: 50 }];
  expect([0, 10, 35, 50, 900].map((score) => placeOfScore(score, steps))).toEqual([0, 1, 2.5, 3, 3]);
});

test('a share is never rounded to none or all when it is neither', () => {
  expect([percentOf(1, 812), percentOf(811, 812), percentOf(0, 5), percentOf(5, 5), percentOf(1, 0)]).toEqual([
    '1 %',
    '99 %',
    '0 %',
    '100 %',
    '',
  ]);
});

test('a year is drawn by the week, and the last week ends today', () => {
  const days = Array.from({ length: 16 }, (_, index) => ({
    date: `2026-10-${String(index + 1).padStart(2, '0')}`,
    posts: 1,
    read: 1,
  }));
  expect(byWeek(days)).toEqual([
    { date: '2026-10-01', posts: 2, read: 2, days: 2 },
    { date: '2026-10-03', posts: 7, read: 7, days: 7 },
    { date: '2026-10-10', posts: 7, read: 7, days: 7 },
  ]);
  expect(byWeek([])).toEqual([]);
});

test('each chart says its finding in a sentence', () => {
  const perDay = [
    { date: '2026-10-12', posts: 100, read: 1 },
    { date: '2026-10-13', posts: 132, read: 1 },
    { date: '2026-10-14', posts: 61, read: 1 },
  ];
  expect(perDayFinding(perDay)).toBe('About 116 a day, most on 13 October (132); 61 so far today.');
  const before = [{ date: '2026-10-11', posts: 0, read: 0 }, ...perDay];
  expect(perDayFinding(before)).toBe(perDayFinding(perDay));
  expect(perDayFinding([])).toBe('No posts yet.');
  const hours = Array.from({ length: 24 }, (_, index) => (index === 23 ? 30 : 10));
  expect(perHourFinding(hours)).toBe('Most arrive from 23:00 to 00:00: 12 % of all.');
  expect(perHourFinding(hours.map(() => 0))).toBe('No posts yet.');
  const stats = {
    posts: 2811,
    opened: 318,
    bySource: [{ sourceId: 'a', title: 'Hacker News, top', posts: 812, read: 30, starred: 0 }],
  };
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

test('the growth is told with when a gigabyte more is there', () => {
  expect(growthWords({ postsPerDay: 93.7, bytesPerDay: 1_250_000 })).toBe(
    'About 1.3 MB a day, from 94 posts. At this rate 1 GB more in 2 years.',
  );
  expect(growthWords({ postsPerDay: 900, bytesPerDay: 12_500_000 })).toMatch(/1 GB more in 3 months\.$/);
  expect(growthWords({ postsPerDay: 9000, bytesPerDay: 125_000_000 })).toMatch(/1 GB more in less than a month\.$/);
  expect(growthWords({ postsPerDay: 0, bytesPerDay: 0 })).toBe('Nothing was added in the last 30 days.');
});

test('what failed and came late is told with the reason most of it had', () => {
  const lateness = (asleep: number, off: number): Lateness => ({
    p50Ms: 0,
    p95Ms: 0,
    worstMs: 0,
    worstAt: '',
    late: asleep + off,
    reasons: [
      { reason: 'asleep', runs: asleep },
      { reason: 'off', runs: off },
    ],
  });
  const schedule = { name: 'A', runs: 50, failed: 1, perDay: [] };
  const runs = { total: 100, completed: 98, failed: 2, missed: 0, bySchedule: [schedule, schedule] };
  expect(schedulesFinding(runs)).toBe('2 % of 100 runs failed. All came in time.');
  const late = [
    { ...schedule, lateness: lateness(1, 4) },
    { ...schedule, lateness: lateness(2, 3) },
  ];
  expect(schedulesFinding({ ...runs, bySchedule: late })).toBe(
    '2 % of 100 runs failed. 10 runs came late, most because: Tidings was off.',
  );
});
