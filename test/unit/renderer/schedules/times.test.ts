import { expect, test } from 'vitest';
import { asideOf } from '../../../../renderer/history/gap-words.ts';
import { askedWords, retryWords } from '../../../../renderer/schedules/asked.tsx';
import { pauseChoices, readUntil, tomorrowMorning } from '../../../../renderer/schedules/pause-times.ts';
import { alertHref, receiptTitle } from '../../../../renderer/shell/receipt-words.ts';
import { dueLabel, nextLine, zoneChoices } from '../../../../renderer/ui/zones.ts';

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

test('what waits beside a schedule is said: a question with how late it is, and the next attempt', () => {
  const at = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  expect(askedWords({ from: at(14.4), to: at(14.4), count: 1 }, now)).toBe('Missed by 14 h. Run it?');
  expect(askedWords({ from: at(9), to: at(0.25), count: 9 }, now)).toBe('Missed 9 times, the last by 15 min. Run it?');
  const retry = { scheduledFor: at(1), number: 2, of: 3, at: new Date(now + 4 * 60_000).toISOString() };
  expect(retryWords(retry, now)).toBe('Attempt 2 of 3 in 4 min');
});

test('a pause until a time takes a time to come and nothing else', () => {
  const morning = tomorrowMorning(now);
  expect(morning).toMatch(/^2026-10-15T08:00$/);
  expect(readUntil(morning, now)).toEqual({ until: new Date(morning).toISOString() });
  expect(readUntil('2026-10-14T01:00', now)).toHaveProperty('message');
  expect(readUntil('', now)).toHaveProperty('message');
});

test('a receipt is titled by its night, or by its days where it was longer; an alert leads to what it is about', () => {
  const receipt = { id: 'r', kind: 'asleep' as const, lines: [] };
  const night = { ...receipt, from: new Date(now - 9 * 3_600_000).toISOString(), to: new Date(now).toISOString() };
  expect(receiptTitle(night, now)).toMatch(/^Asleep \d\d:\d\d–\d\d:\d\d$/);
  const days = { ...night, kind: 'off' as const, from: new Date(now - 80 * 3_600_000).toISOString() };
  expect(receiptTitle(days, now)).toMatch(/^Off \w+ \d+ Oct, \d\d:\d\d to \w+ 14 Oct, \d\d:\d\d$/);
  const alert = { id: 'a', at: night.to, subjectId: 'a b', text: '' };
  expect(alertHref({ ...alert, kind: 'source-failing' })).toBe('#/sources/a%20b');
  expect(alertHref({ ...alert, kind: 'job-stalled' })).toBe('#/history?schedule=a%20b');
  expect(alertHref({ ...alert, kind: 'domains-failing' })).toBe('#/domains');
});

test('a retry says in the history which attempt it was', () => {
  const at = new Date(now).toISOString();
  const run = { id: 'r', jobKind: 'x', name: 'X', cause: 'retry' as const, queuedAt: at, attempt: { number: 2, of: 3 } };
  const worked = { startedAt: at, endedAt: at, counts: {}, log: [] };
  expect(asideOf({ ...run, ...worked, status: 'completed' })).toBe('attempt 2 of 3');
  const error = { errorCode: 'TOTAL_TIMEOUT' as const, errorMessage: 'It took too long.' };
  expect(asideOf({ ...run, ...worked, ...error, status: 'failed' })).toBe('attempt 2 of 3: It took too long');
});
