import { expect, test } from 'vitest';
import { isQuiet } from '../../../main/notify/quiet.ts';
import type { QuietHours } from '../../../preload/contract/message.ts';

const EVERY: QuietHours['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const night: QuietHours = { from: '22:00', to: '07:00', days: EVERY };
const at = (instant: string, quiet: QuietHours | null = night, zone = 'Europe/Berlin'): boolean =>
  isQuiet(quiet, Date.parse(instant), zone);

test('without quiet hours it is never quiet', () => {
  expect(at('2026-11-22T02:00:00Z', null)).toBe(false);
});

test('a night over midnight is quiet from its first minute to the one before its last', () => {
  const seen = ['20:59', '21:00', '22:59', '23:00', '05:59', '06:00', '12:00'].map((time) => [
    time,
    at(`2026-11-22T${time}:00Z`),
  ]);
  // Berlin is one hour ahead of UTC in November.
  expect(seen).toEqual([
    ['20:59', false],
    ['21:00', true],
    ['22:59', true],
    ['23:00', true],
    ['05:59', true],
    ['06:00', false],
    ['12:00', false],
  ]);
});

test('a night belongs to the day it begins on', () => {
  const weekdays: QuietHours = { from: '22:00', to: '07:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] };
  // 2026-11-20 is a Friday.
  expect(at('2026-11-20T23:30:00Z', weekdays)).toBe(true);
  expect(at('2026-11-21T05:30:00Z', weekdays)).toBe(true);
  expect(at('2026-11-21T22:00:00Z', weekdays)).toBe(false);
  expect(at('2026-11-22T05:30:00Z', weekdays)).toBe(false);
  expect(at('2026-11-23T05:30:00Z', weekdays)).toBe(false);
});

test('a span within a day is quiet on its days alone', () => {
  const office: QuietHours = { from: '09:00', to: '17:00', days: ['mon'] };
  expect(at('2026-11-23T09:00:00Z', office)).toBe(true);
  expect(at('2026-11-23T16:00:00Z', office)).toBe(false);
  expect(at('2026-11-24T09:00:00Z', office)).toBe(false);
});

test('the same time twice is the whole day, up to that time on the next', () => {
  const sunday: QuietHours = { from: '00:00', to: '00:00', days: ['sun'] };
  expect([at('2026-11-21T22:59:00Z', sunday), at('2026-11-21T23:00:00Z', sunday)]).toEqual([false, true]);
  expect([at('2026-11-22T22:59:00Z', sunday), at('2026-11-22T23:00:00Z', sunday)]).toEqual([true, false]);
});

test('nights that are an hour longer or shorter begin and end by the clock on the wall', () => {
  // 2026-10-25: 03:00 becomes 02:00 in Berlin. 2026-03-29: 02:00 becomes 03:00.
  const early: QuietHours = { from: '02:30', to: '04:00', days: EVERY };
  const seen = ['00:15', '00:45', '01:15', '01:45', '02:45', '03:15'].map((time) => at(`2026-10-25T${time}:00Z`, early));
  expect(seen).toEqual([false, true, false, true, true, false]);
  expect(at('2026-03-29T01:15:00Z', early)).toBe(true);
  expect(at('2026-03-29T02:15:00Z', early)).toBe(false);
  expect(at('2026-03-29T04:59:00Z')).toBe(true);
  expect(at('2026-03-29T05:00:00Z')).toBe(false);
});

test('another zone of the computer is another night', () => {
  expect(at('2026-11-22T12:00:00Z', night, 'Pacific/Auckland')).toBe(true);
  expect(at('2026-11-22T12:00:00Z', night, 'America/New_York')).toBe(false);
});
