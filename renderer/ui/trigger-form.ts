import type { Trigger, Weekday } from '../../preload/contract/schedule.ts';
import { words } from '../words/words.ts';

const { triggerForm: say } = words.schedules;

/** What the editor holds for *when*, as typed. Each kind keeps its own fields, so that changing the tab loses nothing. */
export type TriggerForm = {
  type: Trigger['type'];
  every: string;
  unit: 'minutes' | 'hours' | 'days';
  time: string;
  days: Weekday[];
  day: string;
  expression: string;
};
/** A trigger, or what is wrong with which field. */
export type TriggerResult = { trigger: Trigger } | { field: keyof TriggerForm; message: string };

/** Weekdays in the order of a week that begins on Monday. */
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MINUTES = { minutes: 1, hours: 60, days: 1440 } as const;
const LONGEST_MINUTES = 525_600;

/** What a new schedule begins with. */
export const EMPTY_TRIGGER: TriggerForm = {
  type: 'daily',
  every: '1',
  unit: 'hours',
  time: '06:30',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  day: '1',
  expression: '0 * * * *',
};

const toUnit = (minutes: number): Pick<TriggerForm, 'every' | 'unit'> => {
  if (minutes % 1440 === 0) return { every: String(minutes / 1440), unit: 'days' };
  if (minutes % 60 === 0) return { every: String(minutes / 60), unit: 'hours' };
  return { every: String(minutes), unit: 'minutes' };
};

/** A stored trigger as the editor shows it. */
export const fromTrigger = (trigger: Trigger): TriggerForm => {
  const form = { ...EMPTY_TRIGGER, type: trigger.type };
  if (trigger.type === 'interval') return { ...form, ...toUnit(trigger.minutes) };
  if (trigger.type === 'daily') return { ...form, time: trigger.time };
  if (trigger.type === 'weekly') return { ...form, time: trigger.time, days: trigger.days };
  if (trigger.type === 'monthly') return { ...form, time: trigger.time, day: String(trigger.day) };
  return { ...form, expression: trigger.expression };
};

const wholeNumber = (text: string): number | undefined => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : undefined);
const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
const NO_TIME = { field: 'time', message: say.giveATime } as const;

const toInterval = (form: TriggerForm): TriggerResult => {
  const every = wholeNumber(form.every);
  if (!every) return { field: 'every', message: say.giveAWholeNumber };
  const minutes = every * MINUTES[form.unit];
  if (minutes > LONGEST_MINUTES) return { field: 'every', message: say.longestInterval };
  return { trigger: { type: 'interval', minutes } };
};

const toMonthly = (form: TriggerForm): TriggerResult => {
  const day = wholeNumber(form.day);
  if (!day || day > 31) return { field: 'day', message: say.giveADay };
  return isTime(form.time) ? { trigger: { type: 'monthly', day, time: form.time } } : NO_TIME;
};

const toWeekly = (form: TriggerForm): TriggerResult => {
  const days = WEEKDAYS.filter((day) => form.days.includes(day));
  if (days.length === 0) return { field: 'days', message: say.chooseAtLeastOneDay };
  return isTime(form.time) ? { trigger: { type: 'weekly', days, time: form.time } } : NO_TIME;
};

/** The trigger the editor says, checked as far as it can be without the core. */
export const toTrigger = (form: TriggerForm): TriggerResult => {
  if (form.type === 'interval') return toInterval(form);
  if (form.type === 'daily') return isTime(form.time) ? { trigger: { type: 'daily', time: form.time } } : NO_TIME;
  if (form.type === 'weekly') return toWeekly(form);
  if (form.type === 'monthly') return toMonthly(form);
  const expression = form.expression.trim();
  if (!expression) return { field: 'expression', message: say.giveFiveFields };
  return { trigger: { type: 'cron', expression } };
};

/** Which field an error of the core belongs to. */
export const fieldOfError = (type: Trigger['type'], field: string | undefined): keyof TriggerForm | 'timeZone' => {
  if (field && /zone/i.test(field)) return 'timeZone';
  if (type === 'cron') return 'expression';
  if (type === 'interval') return 'every';
  if (type === 'weekly') return field?.endsWith('days') ? 'days' : 'time';
  if (type === 'monthly') return field?.endsWith('time') ? 'time' : 'day';
  return 'time';
};
