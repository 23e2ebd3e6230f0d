import { describe, expect, test } from 'vitest';
import { comesOften, editionIdOf, editionKey, wallClock } from '../../../main/digest/edition-key.ts';
import type { Trigger } from '../../../preload/contract/schedule.ts';

const keyAt = (instant: string, trigger: Trigger, timeZone = 'America/New_York'): string =>
  editionKey({ id: 'd1', trigger, timeZone }, Date.parse(instant));
const daily: Trigger = { type: 'daily', time: '08:00' };

describe('the key of an edition', () => {
  test('is the digest and the local date of its due instant', () => {
    expect(keyAt('2026-03-07T13:00:00.000Z', daily)).toBe('d1 2026-03-07');
    expect(keyAt('2026-03-08T12:00:00.000Z', daily)).toBe('d1 2026-03-08');
    expect(keyAt('2026-11-22T03:30:00.000Z', daily)).toBe('d1 2026-11-21');
    expect(keyAt('2026-11-22T03:30:00.000Z', daily, 'Asia/Tokyo')).toBe('d1 2026-11-22');
  });

  test('has the local time too where a digest comes more than once a day', () => {
    const twice: Trigger = { type: 'cron', expression: '0 8,18 * * *' };
    expect(keyAt('2026-11-22T13:00:00.000Z', twice)).toBe('d1 2026-11-22 08:00');
    expect(keyAt('2026-11-22T23:00:00.000Z', twice)).toBe('d1 2026-11-22 18:00');
  });

  test('is the same for both times of an hour that comes twice', () => {
    const hourly: Trigger = { type: 'interval', minutes: 60 };
    expect(keyAt('2026-11-01T05:30:00.000Z', hourly)).toBe(keyAt('2026-11-01T06:30:00.000Z', hourly));
  });

  test.each<[Trigger, boolean]>([
    [daily, false],
    [{ type: 'weekly', days: ['mon', 'fri'], time: '10:00' }, false],
    [{ type: 'monthly', day: 1, time: '10:00' }, false],
    [{ type: 'interval', minutes: 1440 }, false],
    [{ type: 'interval', minutes: 720 }, true],
    [{ type: 'cron', expression: '30 7 * * mon-fri' }, false],
    [{ type: 'cron', expression: '0 */6 * * *' }, true],
    [{ type: 'cron', expression: '0,30 7 * * *' }, true],
  ])('%j comes more than once a day: %s', (trigger, often) => {
    expect(comesOften(trigger)).toBe(often);
  });

  test('midnight is written 00:00, and the id of a key is always the same', () => {
    expect(wallClock(Date.parse('2026-11-22T00:00:00.000Z'), 'UTC')).toEqual({ date: '2026-11-22', time: '00:00' });
    expect(editionIdOf('d1 2026-11-22')).toBe(editionIdOf('d1 2026-11-22'));
    expect(editionIdOf('d1 2026-11-22')).not.toBe(editionIdOf('d1 2026-11-23'));
    expect(editionIdOf('d1 2026-11-22')).toMatch(/^[\w-]{1,80}$/);
  });
});
