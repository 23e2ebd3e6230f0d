import type { ActiveWindow, Trigger, Weekday } from '../../preload/contract/schedule.ts';
import { WEEKDAYS } from './calendar.ts';
import { type CronRule, parseCron } from './cron.ts';

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
const two = (value: number): string => String(value).padStart(2, '0');
const clock = (hour: number, minute: number): string => `${two(hour)}:${two(minute)}`;

const ordinal = (value: number): string => {
  const isTeen = value % 100 >= 11 && value % 100 <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
};

const every = (count: number, unit: string): string => (count === 1 ? `Every ${unit}` : `Every ${count} ${unit}s`);

const interval = (minutes: number): string => {
  if (minutes % 1440 === 0) return every(minutes / 1440, 'day');
  return minutes % 60 === 0 ? every(minutes / 60, 'hour') : every(minutes, 'minute');
};

/** Weekdays (0 is Sunday) in the order of the week that begins on Monday. */
const weekdays = (days: Iterable<number>): string => {
  const inOrder = [...new Set(days)].map((day) => (day + 6) % 7).sort((a, b) => a - b);
  const name = (day: number): string => DAY_NAMES[(day + 1) % 7] as string;
  const [first = 0, last = 0] = [inOrder[0], inOrder.at(-1)];
  if (inOrder.length === 7) return 'Every day';
  if (inOrder.length > 2 && last - first === inOrder.length - 1) return `${name(first)} to ${name(last)}`;
  return list(inOrder.map((day) => `${name(day)}s`));
};

/** `0, 10, 20 ... 50`: the step that makes them, when they go all the way round. */
const wholeStep = (values: readonly number[], size: number): number | undefined => {
  const step = size / values.length;
  return values.every((value, index) => value === index * step) ? step : undefined;
};
const isUnbroken = (values: readonly number[]): boolean => (values.at(-1) ?? 0) - (values[0] ?? 0) === values.length - 1;
const pastTheHour = (minutes: readonly number[]): string => list(minutes.map((minute) => `:${two(minute)}`));

/** How often within a day: *Every 15 minutes from 09:00 to 17:45*. */
const rhythm = ({ hours, minutes }: CronRule): string => {
  const minuteStep = wholeStep(minutes, 60);
  const hourStep = wholeStep(hours, 24);
  const often =
    minuteStep !== undefined && minutes.length > 1
      ? every(minuteStep, 'minute')
      : `${hourStep !== undefined && hours.length > 1 ? every(hourStep, 'hour') : 'Every hour'} at ${pastTheHour(minutes)}`;
  if (hours.length === 24 || (hourStep !== undefined && !(minuteStep !== undefined && minutes.length > 1))) return often;
  const [firstHour = 0, lastHour = 0] = [hours[0], hours.at(-1)];
  if (isUnbroken(hours)) return `${often} from ${clock(firstHour, minutes[0] ?? 0)} to ${clock(lastHour, minutes.at(-1) ?? 0)}`;
  return `${often} in the hours ${list(hours.map((hour) => clock(hour, 0)))}`;
};

const monthsOf = (rule: CronRule): string => {
  const months = [...rule.months].sort((a, b) => a - b);
  return months.length === 12 ? '' : list(months.map((month) => MONTH_NAMES[month - 1] as string));
};

/** On which days: *Monday to Friday*, *On the 1st of each month*; empty for every day. */
const days = (rule: CronRule): string => {
  const months = monthsOf(rule);
  const isAnyDate = rule.daysOfMonth.size === 31;
  const dates = list([...rule.daysOfMonth].sort((a, b) => a - b).map(ordinal));
  const onDates = `On the ${dates} of ${months || 'each month'}`;
  const week = rule.daysOfWeek.size === 7 ? '' : weekdays(rule.daysOfWeek);
  if (rule.eitherDay) return `${onDates}, and also ${weekdays(rule.daysOfWeek)}${months ? ` in ${months}` : ''},`;
  if (isAnyDate && !week) return months ? `Every day in ${months}` : '';
  if (isAnyDate) return `${week}${months ? ` in ${months}` : ''}`;
  return week ? `${onDates}, where that is ${list([...rule.daysOfWeek].map((day) => `a ${DAY_NAMES[day]}`))},` : onDates;
};

/** More times than this a day are said as a rhythm. */
const MAX_TIMES = 6;

const cron = (expression: string): string => {
  const rule = parseCron(expression);
  const times = rule.hours.flatMap((hour) => rule.minutes.map((minute) => clock(hour, minute)));
  const on = days(rule);
  if (times.length <= MAX_TIMES) return `${on || 'Every day'} at ${list(times)}`;
  return on ? `${rhythm(rule)}, ${on.charAt(0).toLowerCase() === 'o' ? `o${on.slice(1)}` : on}`.replace(/,$/, '') : rhythm(rule);
};

const windowInWords = ({ days: on, from, to }: ActiveWindow): string => {
  const names = weekdays(on.map((day) => WEEKDAYS.indexOf(day)));
  const hours = from === to && from === '00:00' ? '' : `${from} to ${to}`;
  return [names === 'Every day' && hours ? '' : names, hours].filter((part) => part !== '').join(' ');
};

/**
 * A trigger in words, without its zone: *Every 30 minutes*, *Sundays at 03:00*,
 * with its window *Every 15 minutes, Monday to Friday 09:00 to 17:00*. Throws SCHED_INVALID for a bad cron line.
 */
export const inWords = (trigger: Trigger, window?: ActiveWindow): string =>
  window ? `${ruleInWords(trigger)}, ${windowInWords(window)}` : ruleInWords(trigger);

const ruleInWords = (trigger: Trigger): string => {
  switch (trigger.type) {
    case 'interval':
      return interval(trigger.minutes);
    case 'daily':
      return `Every day at ${trigger.time}`;
    case 'weekly':
      return `${weekdays(trigger.days.map((day: Weekday) => WEEKDAYS.indexOf(day)))} at ${trigger.time}`;
    case 'monthly':
      return trigger.day > 28
        ? `On the ${ordinal(trigger.day)} of each month, or its last day, at ${trigger.time}`
        : `On the ${ordinal(trigger.day)} of each month at ${trigger.time}`;
    case 'cron':
      return cron(trigger.expression);
  }
};
