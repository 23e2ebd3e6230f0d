import { expect, test } from 'vitest';
import { inWords } from '../../../main/scheduler/words.ts';
import type { ActiveWindow, Trigger, Weekday } from '../../../preload/contract/schedule.ts';

const weekly = (days: string): Trigger => ({ type: 'weekly', days: days.split(' ') as Weekday[], time: '06:30' });
const ALL: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WORK: ActiveWindow = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' };
const cron = (expression: string): Trigger => ({ type: 'cron', expression });

test.each<[Trigger, string]>([
  [{ type: 'interval', minutes: 30 }, 'Every 30 minutes'],
  [{ type: 'interval', minutes: 60 }, 'Every hour'],
  [{ type: 'interval', minutes: 90 }, 'Every 90 minutes'],
  [{ type: 'interval', minutes: 120 }, 'Every 2 hours'],
  [{ type: 'interval', minutes: 1440 }, 'Every day'],
  [{ type: 'interval', minutes: 1 }, 'Every minute'],
  [{ type: 'daily', time: '06:30' }, 'Every day at 06:30'],
  [weekly('mon tue wed thu fri'), 'Monday to Friday at 06:30'],
  [weekly('sun'), 'Sundays at 06:30'],
  [weekly('sun sat'), 'Saturdays and Sundays at 06:30'],
  [weekly('fri mon wed'), 'Mondays, Wednesdays and Fridays at 06:30'],
  [weekly('sun mon tue wed thu fri sat'), 'Every day at 06:30'],
  [{ type: 'monthly', day: 1, time: '04:00' }, 'On the 1st of each month at 04:00'],
  [{ type: 'monthly', day: 22, time: '04:00' }, 'On the 22nd of each month at 04:00'],
  [{ type: 'monthly', day: 31, time: '04:00' }, 'On the 31st of each month, or its last day, at 04:00'],
  [cron('0 * * * *'), 'Every hour at :00'],
  [cron('5,35 * * * *'), 'Every hour at :05 and :35'],
  [cron('* * * * *'), 'Every minute'],
  [cron('*/10 * * * *'), 'Every 10 minutes'],
  [cron('0 */2 * * *'), 'Every 2 hours at :00'],
  [cron('*/15 9-17 * * 1-5'), 'Every 15 minutes from 09:00 to 17:45, Monday to Friday'],
  [cron('0 3 * * 6'), 'Saturdays at 03:00'],
  [cron('0 3 * * 0'), 'Sundays at 03:00'],
  [cron('0 3 * * 7'), 'Sundays at 03:00'],
  [cron('0 3 * * SUN'), 'Sundays at 03:00'],
  [cron('0 8,12,18 * * 1-5'), 'Monday to Friday at 08:00, 12:00 and 18:00'],
  [cron('0 4 1 * *'), 'On the 1st of each month at 04:00'],
  [cron('0 0 29 2 *'), 'On the 29th of February at 00:00'],
  [cron('30 4 13 * fri'), 'On the 13th of each month, and also Fridays, at 04:30'],
  [cron('0 9 */15 * 1'), 'On the 1st, 16th and 31st of each month, where that is a Monday, at 09:00'],
  [cron('0 9 * jun,jul *'), 'Every day in June and July at 09:00'],
  [cron('*/5 * 11-13 * *'), 'Every 5 minutes, on the 11th, 12th and 13th of each month'],
  [cron('*/20 0,6,12,18 * * *'), 'Every 20 minutes in the hours 00:00, 06:00, 12:00 and 18:00'],
  [cron('0 4 L * *'), 'On the last day of each month at 04:00'],
  [cron('0 4 1,15,L * *'), 'On the 1st, 15th and last day of each month at 04:00'],
  [cron('0 4 L 2 *'), 'On the last day of February at 04:00'],
  [cron('0 4 * * 5L'), 'On the last Friday of each month at 04:00'],
  [cron('0 4 * * FRIL'), 'On the last Friday of each month at 04:00'],
  [cron('0 4 * 6 MON#2'), 'On the second Monday of June at 04:00'],
  [cron('0 4 * * MON#1,MON#3'), 'On the first Monday and third Monday of each month at 04:00'],
  [cron('0 4 * * SUN,MON#2'), 'Sundays and the second Monday of each month at 04:00'],
  [cron('0 4 L * SUN'), 'On the last day of each month, and also Sundays, at 04:00'],
  [cron('0 4 L * FRIL'), 'On the last day of each month, and also on the last Friday of each month, at 04:00'],
  [cron('*/5 * * * FRIL'), 'Every 5 minutes, on the last Friday of each month'],
])('%j reads "%s"', (trigger, words) => {
  expect(inWords(trigger)).toBe(words);
});

test('E-11: the weekday of a cron line is said in words: 6 is Saturday, and SUN is Sunday', () => {
  expect(inWords(cron('0 3 * * 6'))).toBe('Saturdays at 03:00');
  expect(inWords(cron('0 3 * * SUN'))).toBe('Sundays at 03:00');
});

test.each<[Trigger, ActiveWindow, string]>([
  [{ type: 'interval', minutes: 15 }, WORK, 'Every 15 minutes, Monday to Friday 09:00 to 17:00'],
  [cron('0 * * * *'), { ...WORK, days: ['sat'] }, 'Every hour at :00, Saturdays 09:00 to 17:00'],
  [cron('0 * * * *'), { ...WORK, days: ALL }, 'Every hour at :00, 09:00 to 17:00'],
  [{ type: 'interval', minutes: 60 }, { days: ['sun'], from: '00:00', to: '00:00' }, 'Every hour, Sundays'],
  [{ type: 'interval', minutes: 60 }, { days: ['fri'], from: '22:00', to: '06:00' }, 'Every hour, Fridays 22:00 to 06:00'],
])('%j inside %j reads "%s"', (trigger, window, words) => {
  expect(inWords(trigger, window)).toBe(words);
});
