import type { ActiveWindow, Trigger, Weekday } from '../../preload/contract/schedule.ts';
import { WEEKDAYS } from './calendar.ts';
import { type CronRule, type NthWeekday, parseCron } from './cron.ts';

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

const NTH = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
const nthInWords = ({ weekday, nth }: NthWeekday): string => `${nth === 'last' ? 'last' : NTH[nth]} ${DAY_NAMES[weekday]}`;

/** *the 1st and the last day of each month* */
const datesOf = (rule: CronRule, months: string): string => {
  const dates = [...rule.daysOfMonth].sort((a, b) => a - b).map(ordinal);
  return `the ${list([...dates, ...(rule.lastDay ? ['last day'] : [])])} of ${months || 'each month'}`;
};

/** *Mondays*, *the second Tuesday of each month*; empty for every day. */
const weekOf = (rule: CronRule, months: string): string => {
  if (rule.daysOfWeek.size === 7) return '';
  const nth = rule.nthWeekdays.length > 0 ? `the ${list(rule.nthWeekdays.map(nthInWords))} of ${months || 'each month'}` : '';
  if (rule.daysOfWeek.size === 0) return nth;
  const plain = `${weekdays(rule.daysOfWeek)}${months ? ` in ${months}` : ''}`;
  return nth ? `${plain} and ${nth}` : plain;
};

/** *on a Friday*, *on the second Tuesday*: what a date must be besides. */
const besides = (rule: CronRule): string =>
  list([
    ...[...rule.daysOfWeek].sort((a, b) => a - b).map((day) => `a ${DAY_NAMES[day]}`),
    ...rule.nthWeekdays.map((nth) => `the ${nthInWords(nth)}`),
  ]);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** On which days: *Monday to Friday*, *On the 1st of each month*; empty for every day. */
const days = (rule: CronRule): string => {
  const months = monthsOf(rule);
  const week = weekOf(rule, months);
  const dates = datesOf(rule, months);
  const onWeek = week.startsWith('the ') ? `on ${week}` : week;
  if (rule.eitherDay) return `On ${dates}, and also ${onWeek},`;
  if (rule.daysOfMonth.size === 31) return capital(onWeek) || (months ? `Every day in ${months}` : '');
  return week ? `On ${dates}, where that is ${besides(rule)},` : `On ${dates}`;
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
