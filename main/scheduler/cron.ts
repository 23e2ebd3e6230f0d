import { AppError } from '../../preload/contract/errors.ts';

/** A cron line as sets. Days of the week are 0 (Sunday) to 6; months 1 to 12. */
export type CronRule = {
  minutes: number[];
  hours: number[];
  daysOfMonth: ReadonlySet<number>;
  months: ReadonlySet<number>;
  daysOfWeek: ReadonlySet<number>;
  /** `L` among the days of the month. */
  lastDay: boolean;
  /** `MON#2` (the second Monday) and `FRIL` (the last Friday) among the days of the week. */
  nthWeekdays: readonly NthWeekday[];
  /** Both day fields are restricted (neither begins with `*`): a day matches when either does. */
  eitherDay: boolean;
  /** Minute and hour are plain numbers or lists: a wall-clock time, not a rhythm. */
  isFixedTime: boolean;
};

export type NthWeekday = { weekday: number; nth: 1 | 2 | 3 | 4 | 5 | 'last' };

type Field = { name: string; min: number; max: number; names?: readonly string[] };
const MINUTE: Field = { name: 'minute', min: 0, max: 59 };
const HOUR: Field = { name: 'hour', min: 0, max: 23 };
const DAY_OF_MONTH: Field = { name: 'day of the month', min: 1, max: 31 };
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH: Field = { name: 'month', min: 1, max: 12, names: MONTHS };
const DAY_OF_WEEK: Field = { name: 'day of the week', min: 0, max: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] };

const invalid = (why: string): AppError => new AppError('SCHED_INVALID', why, { field: 'trigger' });

const toNumber = (text: string, field: Field): number => {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + field.min;
  const value = /^[0-9]{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= field.min && value <= field.max))
    throw invalid(`"${text.slice(0, 20)}" is not ${field === HOUR ? 'an' : 'a'} ${field.name} (${field.min} to ${field.max}).`);
  return value;
};

const toStep = (text: string): number => {
  const step = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  if (step < 1) throw invalid(`"/${text.slice(0, 20)}" is not a step; a step is 1 or more.`);
  return step;
};

/** One part of a list: `*`, `5`, `1-5`, `*` or a range with a step. */
const toValues = (part: string, field: Field): number[] => {
  const [range = '', stepText, ...more] = part.split('/');
  if (more.length > 0) throw invalid(`"${part.slice(0, 20)}" has more than one step.`);
  const step = stepText === undefined ? 1 : toStep(stepText);
  const [lowText = '', highText, ...rest] = range.split('-');
  if (rest.length > 0) throw invalid(`"${range.slice(0, 20)}" is not a range.`);
  if (range !== '*' && highText === undefined && stepText !== undefined)
    throw invalid(`"${part.slice(0, 20)}" needs a range before its step, such as ${field.min}-${field.max}/${step}.`);
  const low = range === '*' ? field.min : toNumber(lowText, field);
  const high = range === '*' ? Math.min(field.max, field === DAY_OF_WEEK ? 6 : field.max) : toNumber(highText ?? lowText, field);
  if (high < low) throw invalid(`The range "${range.slice(0, 20)}" runs backwards.`);
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
};

/** `MON#2`, `5L`, `FRIL`; undefined for anything else. */
const toNthWeekday = (part: string): NthWeekday | undefined => {
  const [dayText = '', nthText, ...more] = part.split('#');
  if (nthText !== undefined) {
    if (more.length > 0 || !/^[1-5]$/.test(nthText))
      throw invalid(`"${part.slice(0, 20)}" is not the first to fifth of a weekday, such as MON#2.`);
    return { weekday: toNumber(dayText, DAY_OF_WEEK) % 7, nth: Number(nthText) as 1 };
  }
  if (!/^[0-9A-Za-z]+[Ll]$/.test(part)) return undefined;
  return { weekday: toNumber(part.slice(0, -1), DAY_OF_WEEK) % 7, nth: 'last' };
};

const toSet = (text: string, field: Field): Set<number> => new Set(text.split(',').flatMap((part) => toValues(part, field)));
const isLastDay = (part: string): boolean => part === 'L' || part === 'l';
/** The values of a list without the parts that have a meaning of their own. */
const toPlainSet = (text: string, field: Field, isOwn: (part: string) => unknown): Set<number> => {
  const parts = text.split(',').filter((part) => !isOwn(part));
  return new Set(parts.flatMap((part) => toValues(part, field)));
};

const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

const parse = (expression: string): CronRule => {
  if (expression.length > 200) throw invalid('A cron line has at most 200 characters.');
  if (!/^[0-9A-Za-z*,/#\- \t]*$/.test(expression))
    throw invalid('A cron line has only digits, names of days and months, and the signs * , - / and #.');
  const fields = expression.split(/[ \t]+/).filter((field) => field !== '');
  if (fields.length === 6)
    throw invalid('Seconds are not supported: a cron line has five fields (minute, hour, day, month, weekday); this one has 6.');
  if (fields.length !== 5)
    throw invalid(`A cron line has five fields (minute, hour, day, month, weekday); this one has ${fields.length}.`);
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = fields;
  return {
    minutes: sorted(toSet(minute, MINUTE)),
    hours: sorted(toSet(hour, HOUR)),
    daysOfMonth: toPlainSet(dayOfMonth, DAY_OF_MONTH, isLastDay),
    months: toSet(month, MONTH),
    daysOfWeek: new Set([...toPlainSet(dayOfWeek, DAY_OF_WEEK, toNthWeekday)].map((day) => day % 7)),
    lastDay: dayOfMonth.split(',').some(isLastDay),
    nthWeekdays: dayOfWeek.split(',').flatMap((part) => toNthWeekday(part) ?? []),
    eitherDay: !dayOfMonth.startsWith('*') && !dayOfWeek.startsWith('*'),
    isFixedTime: !/[*/-]/.test(minute + hour),
  };
};

const known = new Map<string, CronRule>();

/**
 * Reads a five-field cron line with Vixie's meaning (crontab(5)): names, ranges, lists, steps on `*` or a range;
 * 0 and 7 are Sunday. Two extensions: `L` is the last day of the month, `5L` or `FRIL` its last Friday; `MON#2` is the second Monday.
 * Throws SCHED_INVALID with the reason; seconds, `@reboot`, `W` and `?` are refused.
 */
export const parseCron = (expression: string): CronRule => {
  if (typeof expression !== 'string') throw invalid('A cron line is text with five fields.');
  const rule = known.get(expression) ?? parse(expression);
  if (known.size > 1000) known.clear();
  known.set(expression, rule);
  return rule;
};

/** A calendar day: `month` is 1 to 12, `weekday` 0 (Sunday) to 6. */
export type CalendarDay = { month: number; day: number; weekday: number; daysInMonth: number };

const isNth = ({ weekday, nth }: NthWeekday, { day, daysInMonth, ...on }: CalendarDay): boolean =>
  weekday === on.weekday && (nth === 'last' ? day + 7 > daysInMonth : Math.ceil(day / 7) === nth);

/** Whether the rule means this calendar day. */
export const matchesDay = (rule: CronRule, on: CalendarDay): boolean => {
  if (!rule.months.has(on.month)) return false;
  const onDay = rule.daysOfMonth.has(on.day) || (rule.lastDay && on.day === on.daysInMonth);
  const onWeekday = rule.daysOfWeek.has(on.weekday) || rule.nthWeekdays.some((nth) => isNth(nth, on));
  return rule.eitherDay ? onDay || onWeekday : onDay && onWeekday;
};
