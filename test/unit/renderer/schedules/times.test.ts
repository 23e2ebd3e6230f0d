import { expect, test } from 'vitest';
import { pauseChoices } from '../../../../renderer/schedules/pause-times.ts';
import { dueLabel, nextLine, zoneChoices } from '../../../../renderer/schedules/zones.ts';

const now = Date.parse('2026-10-14T08:48:00.000Z');

test('close due times are shown as times, far ones as days with the month said once', () => {
  const near = ['2026-10-14T09:00:00.000Z', '2026-10-14T09:30:00.000Z'];
  expect(nextLine(near, 'Europe/Vienna')).toEqual(['11:00', '11:30']);
  const far = ['2026-10-18T01:00:00.000Z', '2026-10-25T02:00:00.000Z', '2026-11-01T02:00:00.000Z'];
  expect(nextLine(far, 'Europe/Vienna')).toEqual(['18 Oct', '25', '1 Nov']);
});

test('a due time is labelled in the zone of its schedule', () => {
  expect(dueLabel('2026-10-14T09:00:00.000Z', 'Europe/Vienna', now)).toMatchObject({ time: '11:00', isToday: true });
  expect(dueLabel('2026-10-14T20:30:00.000Z', 'Asia/Tokyo', now)).toMatchObject({
    time: '05:30',
    day: 'Thu 15 Oct',
    isToday: false,
  });
});

test('UTC and the own zone come first and once', () => {
  const zones = zoneChoices('Europe/Vienna', 'UTC');
  expect(zones.slice(0, 2)).toEqual(['UTC', 'Europe/Vienna']);
  expect(new Set(zones).size).toBe(zones.length);
  expect(zones.length).toBeGreaterThan(300);
});

test('the four ways to pause count from now, and tomorrow is at eight', () => {
  const [half, hour, tomorrow, open] = pauseChoices(now);
  expect(half?.until).toBe('2026-10-14T09:18:00.000Z');
  expect(hour?.until).toBe('2026-10-14T09:48:00.000Z');
  expect(new Date(tomorrow?.until ?? '').getHours()).toBe(8);
  expect(Date.parse(tomorrow?.until ?? '')).toBeGreaterThan(now);
  expect(open).toEqual({ label: 'Until I resume' });
});
