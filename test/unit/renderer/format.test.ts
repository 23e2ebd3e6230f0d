import { describe, expect, it } from 'vitest';
import {
  bytes,
  clockSeconds,
  dateTime,
  due,
  dueInline,
  duration,
  late,
  lateness,
  longDay,
  newPosts,
  past,
  percent,
  timeTooltip,
  unreadOf,
} from '../../../renderer/ui/format.ts';
import { count } from '../../../renderer/words/counting.ts';

const VIENNA = 'Europe/Vienna';
/* Wednesday 14 October 2026, 10:48 in Vienna. */
const NOW = Date.parse('2026-10-14T08:48:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('how times are written', () => {
  it.each([
    [20_000, 'Just now'],
    [18 * MINUTE, '18 min ago'],
    [3 * HOUR + 59 * MINUTE, '3 h ago'],
    [38 * HOUR, 'Mon 20:48'],
    [12 * DAY, '2 Oct'],
    [-5 * MINUTE, 'Just now'],
  ])('a time %i ms ago reads %s', (age, words) => {
    expect(past(NOW - age, NOW, VIENNA)).toBe(words);
  });
  it('a past day of another year has its year', () => {
    expect(past('2024-10-02T08:00:00.000Z', NOW, VIENNA)).toBe('2 Oct 2024');
  });
  it.each([
    ['2026-10-14T08:48:00.400Z', 'Due now'],
    ['2026-10-14T08:47:00.000Z', 'Due now'],
    ['2026-10-14T08:48:30.000Z', 'Due in 1 min'],
    ['2026-10-14T09:00:00.000Z', 'Due in 12 min'],
    ['2026-10-14T12:00:00.000Z', 'Due in 3 h'],
    ['2026-10-15T04:30:00.000Z', 'Tomorrow 06:30'],
    ['2026-10-18T01:00:00.000Z', 'Sunday 03:00, in 4 days'],
    ['2026-11-01T03:00:00.000Z', '1 Nov 04:00, in 18 days'],
  ])('%s is due as: %s', (at, words) => {
    expect(due(at, NOW, VIENNA)).toBe(words);
  });
  it('tomorrow is a matter of the local day, not of 24 hours', () => {
    const lateEvening = Date.parse('2026-10-14T21:30:00.000Z');
    expect(due('2026-10-14T23:00:00.000Z', lateEvening, VIENNA)).toBe('Tomorrow 01:00');
  });
  it('inside a sentence a due time begins small', () => {
    expect(dueInline(NOW + 12 * MINUTE, NOW, VIENNA)).toBe('in 12 min');
    expect(dueInline('2026-10-15T04:30:00.000Z', NOW, VIENNA)).toBe('tomorrow 06:30');
  });
  it('every tooltip says local time with zone, then UTC', () => {
    expect(timeTooltip('2026-10-14T08:22:05.000Z', VIENNA)).toBe(
      'Wed 14 Oct 2026, 10:22:05 Europe/Vienna\n2026-10-14 08:22:05 UTC',
    );
  });
  it('September is Sep, and midnight is 00', () => {
    expect(dateTime('2026-09-01T22:00:00.000Z', NOW, VIENNA)).toBe('Wed 2 Sep, 00:00');
    expect(longDay(NOW, VIENNA)).toBe('Wednesday 14 October');
    expect(clockSeconds('2026-10-14T05:06:02.000Z', VIENNA)).toBe('07:06:02');
  });
  it('both hours of an overlap keep their own instant', () => {
    const first = timeTooltip('2026-10-25T00:30:00.000Z', VIENNA);
    const second = timeTooltip('2026-10-25T01:30:00.000Z', VIENNA);
    expect(first).toContain('02:30:00');
    expect(second).toContain('02:30:00');
    expect(first).not.toBe(second);
  });
});

describe('how spans and counts are written', () => {
  it.each([
    [48, '48 ms'],
    [3400, '3.4 s'],
    [9960, '10 s'],
    [34_000, '34 s'],
    [59_700, '1 min'],
    [598_000, '9 min 58'],
    [545_000, '9 min 05'],
    [2 * HOUR + 10 * MINUTE, '2 h 10'],
    [2 * HOUR, '2 h'],
    [76 * HOUR, '3 days 4 h'],
    [-5, '0 ms'],
  ])('%i ms last %s', (span, words) => {
    expect(duration(span)).toBe(words);
  });
  it('lateness under a minute is not said', () => {
    expect(lateness(59_000)).toBe('');
    expect(lateness(36 * MINUTE + 20_000)).toBe('+36 min');
    expect(late(36 * MINUTE, 'asleep')).toBe('36 min late (asleep)');
  });
  it('zero is left out or said', () => {
    expect(unreadOf(34, 61)).toBe('34 unread of 61');
    expect(unreadOf(0, 61)).toBe('61 posts, all read');
    expect(unreadOf(0, 0)).toBe('No posts');
    expect(newPosts(0)).toBe('Nothing new');
    expect(newPosts(1)).toBe('1 new');
  });
  it('thousands have commas and one is singular', () => {
    expect(count(18_402, 'post')).toBe('18,402 posts');
    expect(count(1, 'post')).toBe('1 post');
    expect(count(2, 'source needs', 'sources need')).toBe('2 sources need');
  });
  it.each([
    [812, '812 B'],
    [41_200, '41 KB'],
    [999_600, '1.0 MB'],
    [2_440_000, '2.4 MB'],
    [212_400_000, '212 MB'],
    [1_200_000_000, '1.2 GB'],
  ])('%i bytes read %s', (size, words) => {
    expect(bytes(size)).toBe(words);
  });
  it('a share has a space before its sign', () => {
    expect(percent(0.456)).toBe('46 %');
  });
});
