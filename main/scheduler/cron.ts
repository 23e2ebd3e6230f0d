import { AppError } from '../../preload/contract/errors.ts';

/** A cron line as sets. Days of the week are 0 (Sunday) to 6; months 1 to 12. */
export type CronRule = {
  minutes: number[];
  hours: number[];
  daysOfMonth: ReadonlySet<number>;
  months: ReadonlySet<number>;
  daysOfWeek: ReadonlySet<number>;
  /** Both day fields are restricted (neither begins with `*`): a day matches when either does. */
  eitherDay: boolean;
  /** Minute and hour are plain numbers or lists: a wall-clock time, not a rhythm. */
  isFixedTime: boolean;
};

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

const toSet = (text: string, field: Field): Set<number> => new Set(text.split(',').flatMap((part) => toValues(part, field)));
const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

const parse = (expression: string): CronRule => {
  if (expression.length > 200) throw invalid('A cron line has at most 200 characters.');
  if (!/^[0-9A-Za-z*,/\- \t]*$/.test(expression))
    throw invalid('A cron line has only digits, names of days and months, and the signs * , - and /.');
  const fields = expression.split(/[ \t]+/).filter((field) => field !== '');
  if (fields.length !== 5)
    throw invalid(`A cron line has five fields (minute, hour, day, month, weekday); this one has ${fields.length}.`);
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = fields;
  return {
    minutes: sorted(toSet(minute, MINUTE)),
    hours: sorted(toSet(hour, HOUR)),
    daysOfMonth: toSet(dayOfMonth, DAY_OF_MONTH),
    months: toSet(month, MONTH),
    daysOfWeek: new Set([...toSet(dayOfWeek, DAY_OF_WEEK)].map((day) => day % 7)),
    eitherDay: !dayOfMonth.startsWith('*') && !dayOfWeek.startsWith('*'),
    isFixedTime: !/[*/-]/.test(minute + hour),
  };
};

const known = new Map<string, CronRule>();

/**
 * Reads a five-field cron line with Vixie's meaning (crontab(5)): names, ranges, lists, steps on `*` or a range;
 * 0 and 7 are Sunday. Throws SCHED_INVALID with the reason; seconds, `@reboot` and other extensions are refused.
 */
export const parseCron = (expression: string): CronRule => {
  if (typeof expression !== 'string') throw invalid('A cron line is text with five fields.');
  const rule = known.get(expression) ?? parse(expression);
  if (known.size > 1000) known.clear();
  known.set(expression, rule);
  return rule;
};

/** Whether the rule means this calendar day. `month` is 1 to 12, `weekday` 0 (Sunday) to 6. */
export const matchesDay = (rule: CronRule, month: number, day: number, weekday: number): boolean => {
  if (!rule.months.has(month)) return false;
  const [onDay, onWeekday] = [rule.daysOfMonth.has(day), rule.daysOfWeek.has(weekday)];
  return rule.eitherDay ? onDay || onWeekday : onDay && onWeekday;
};
