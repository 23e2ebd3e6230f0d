import type { JobInfo } from '../../preload/contract/job.ts';
import type { ActiveWindow, NewSchedule, Schedule, SchedulePatch, Trigger, Weekday } from '../../preload/contract/schedule.ts';
import { EMPTY_TRIGGER, fromTrigger, type TriggerForm, toTrigger, WEEKDAYS } from '../ui/trigger-form.ts';
import type { WindowForm } from '../ui/window-fields.tsx';
import { words } from '../words/words.ts';
import { type OptionValues, toFields, toOptions, toValues } from './options-form.ts';

const { editorDraft: say } = words.schedules;

/** Everything the editor holds, as typed. */
export type Draft = {
  name: string;
  jobKind: string;
  trigger: TriggerForm;
  timeZone: string;
  window: WindowForm;
  missed: Schedule['missed'];
  /** Minutes; empty means what the rule for missed runs means. */
  graceMinutes: string;
  timeoutMinutes: string;
  jitterSeconds: string;
  /** Absent on a new schedule until they are typed: the job decides. */
  retries: string;
  retryMinutes: string;
  options: OptionValues;
};
/** A draft that can be saved, or the first thing that is wrong with it. */
export type DraftResult = { patch: SchedulePatch & Pick<NewSchedule, 'name' | 'trigger'> } | { field: string; message: string };

const WORK_WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const NO_WINDOW: WindowForm = { isOn: false, days: WORK_WEEK, from: '09:00', to: '17:00' };

/** A stored schedule as the editor begins with it. */
export const draftOf = (schedule: Schedule, jobs: readonly JobInfo[]): Draft => ({
  name: schedule.name,
  jobKind: schedule.jobKind,
  trigger: fromTrigger(schedule.trigger),
  timeZone: schedule.timeZone,
  window: schedule.window ? { ...schedule.window, isOn: true } : NO_WINDOW,
  missed: schedule.missed,
  graceMinutes: schedule.graceMinutes === undefined ? '' : String(schedule.graceMinutes),
  timeoutMinutes: String(schedule.timeoutMinutes),
  jitterSeconds: String(schedule.jitterSeconds),
  retries: String(schedule.retries),
  retryMinutes: String(schedule.retryMinutes),
  options: toValues(fieldsOf(jobs, schedule.jobKind), schedule.options),
});

/** The same draft for another job: its name, its usual trigger and its own options. */
export const withJob = (draft: Draft, jobs: readonly JobInfo[], jobKind: string): Draft => {
  const job = jobs.find((one) => one.kind === jobKind);
  const before = jobs.find((one) => one.kind === draft.jobKind);
  if (!job) return draft;
  return {
    ...draft,
    jobKind,
    name: draft.name === '' || draft.name === before?.title ? job.title : draft.name,
    trigger: fromTrigger(job.suggestedTrigger),
    retries: job.goesOut ? '2' : '0',
    options: toValues(toFields(job.optionsSchema), {}),
  };
};

/** What a new schedule begins with: the first job at its usual time. */
export const newDraft = (jobs: readonly JobInfo[], timeZone: string): Draft => {
  const empty: Draft = {
    name: '',
    jobKind: '',
    trigger: EMPTY_TRIGGER,
    timeZone,
    window: NO_WINDOW,
    missed: 'run-once',
    graceMinutes: '',
    timeoutMinutes: '10',
    jitterSeconds: '0',
    retries: '0',
    retryMinutes: '1',
    options: {},
  };
  return withJob(empty, jobs, jobs[0]?.kind ?? '');
};

/** The fields of a job's options. */
export const fieldsOf = (jobs: readonly JobInfo[], jobKind: string) =>
  toFields(jobs.find((one) => one.kind === jobKind)?.optionsSchema);

const whole = (text: string, low: number, high: number): number | undefined => {
  const value = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : undefined;
};
const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

type Wrong = { field: string; message: string };
const NUMBERS = {
  graceMinutes: [2, 525_600, say.graceMinutes],
  retries: [0, 10, say.giveAWholeNumber],
  retryMinutes: [1, 1440, say.giveWholeMinutes],
  timeoutMinutes: [1, 1440, say.giveWholeMinutes],
  jitterSeconds: [0, 3600, say.giveWholeSeconds],
} as const;
type NumberField = keyof typeof NUMBERS;

const readNumbers = (
  draft: Draft,
): Wrong | { values: Record<Exclude<NumberField, 'graceMinutes'>, number> & { graceMinutes: number | null } } => {
  const values: Record<string, number | null> = {};
  for (const [field, [low, high, message]] of Object.entries(NUMBERS) as [NumberField, readonly [number, number, string]][]) {
    const isLeftOpen = field === 'graceMinutes' && draft.graceMinutes.trim() === '';
    const value = isLeftOpen ? null : whole(draft[field], low, high);
    if (value === undefined) return { field, message };
    values[field] = value;
  }
  return { values: values as Record<Exclude<NumberField, 'graceMinutes'>, number> & { graceMinutes: number | null } };
};

/** The active window the editor says, null for none; or what is wrong with it. */
const readWindow = ({ isOn, days, from, to }: WindowForm): Wrong | { window: ActiveWindow | null } => {
  if (!isOn) return { window: null };
  if (!isTime(from) || !isTime(to)) return { field: 'window', message: say.giveTwoTimes };
  if (days.length === 0) return { field: 'window', message: say.chooseAtLeastOneDay };
  return { window: { days: WEEKDAYS.filter((day) => days.includes(day)), from, to } };
};

/** What decides when the draft is due and what becomes of what is missed. */
export type DraftRule = {
  trigger: Trigger;
  timeZone: string;
  window?: ActiveWindow;
  missed: Schedule['missed'];
  graceMinutes?: number;
};

/** The rule of the draft for a preview; null while it cannot be read. */
export const ruleOf = (draft: Draft): DraftRule | null => {
  const read = toTrigger(draft.trigger);
  const window = readWindow(draft.window);
  const numbers = readNumbers(draft);
  if ('field' in read || 'field' in window) return null;
  const grace = 'values' in numbers ? numbers.values.graceMinutes : null;
  return {
    trigger: read.trigger,
    timeZone: draft.timeZone,
    ...(window.window ? { window: window.window } : {}),
    missed: draft.missed,
    ...(grace === null ? {} : { graceMinutes: grace }),
  };
};

/** Reads the draft; fields are named `name`, `window`, by their own names, `trigger.X` and `options.X`. */
export const readDraft = (draft: Draft, jobs: readonly JobInfo[]): DraftResult => {
  const name = draft.name.trim();
  if (name === '') return { field: 'name', message: say.giveItAName };
  const trigger = toTrigger(draft.trigger);
  if ('field' in trigger) return { field: `trigger.${trigger.field}`, message: trigger.message };
  const window = readWindow(draft.window);
  if ('field' in window) return window;
  const numbers = readNumbers(draft);
  if ('field' in numbers) return numbers;
  const read = toOptions(fieldsOf(jobs, draft.jobKind), draft.options);
  if ('field' in read) return { field: `options.${read.field}`, message: read.message };
  return {
    patch: {
      name: name.slice(0, 200),
      trigger: trigger.trigger,
      timeZone: draft.timeZone,
      window: window.window,
      missed: draft.missed,
      ...numbers.values,
      options: read.options,
    },
  };
};
