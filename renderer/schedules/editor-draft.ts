import type { JobInfo } from '../../preload/contract/job.ts';
import type { NewSchedule, Schedule, SchedulePatch } from '../../preload/contract/schedule.ts';
import { type OptionValues, toFields, toOptions, toValues } from './options-form.ts';
import { EMPTY_TRIGGER, fromTrigger, type TriggerForm, toTrigger } from './trigger-form.ts';

/** Everything the editor holds, as typed. */
export type Draft = {
  name: string;
  jobKind: string;
  trigger: TriggerForm;
  timeZone: string;
  missed: Schedule['missed'];
  timeoutMinutes: string;
  options: OptionValues;
};
/** A draft that can be saved, or the first thing that is wrong with it. */
export type DraftResult = { patch: SchedulePatch & Pick<NewSchedule, 'name' | 'trigger'> } | { field: string; message: string };

/** A stored schedule as the editor begins with it. */
export const draftOf = (schedule: Schedule, jobs: readonly JobInfo[]): Draft => ({
  name: schedule.name,
  jobKind: schedule.jobKind,
  trigger: fromTrigger(schedule.trigger),
  timeZone: schedule.timeZone,
  missed: schedule.missed,
  timeoutMinutes: String(schedule.timeoutMinutes),
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
    missed: 'run-once',
    timeoutMinutes: '10',
    options: {},
  };
  return withJob(empty, jobs, jobs[0]?.kind ?? '');
};

/** The fields of a job's options. */
export const fieldsOf = (jobs: readonly JobInfo[], jobKind: string) =>
  toFields(jobs.find((one) => one.kind === jobKind)?.optionsSchema);

const whole = (text: string, low: number, high: number): number | undefined => {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : undefined;
};

/** Reads the draft; fields are named `name`, `timeoutMinutes`, `trigger.X` and `options.X`. */
export const readDraft = (draft: Draft, jobs: readonly JobInfo[]): DraftResult => {
  const name = draft.name.trim();
  if (name === '') return { field: 'name', message: 'Give it a name.' };
  const trigger = toTrigger(draft.trigger);
  if ('field' in trigger) return { field: `trigger.${trigger.field}`, message: trigger.message };
  const timeoutMinutes = whole(draft.timeoutMinutes, 1, 1440);
  if (timeoutMinutes === undefined) return { field: 'timeoutMinutes', message: 'Give whole minutes, 1 to 1440.' };
  const read = toOptions(fieldsOf(jobs, draft.jobKind), draft.options);
  if ('field' in read) return { field: `options.${read.field}`, message: read.message };
  return {
    patch: {
      name: name.slice(0, 200),
      trigger: trigger.trigger,
      timeZone: draft.timeZone,
      missed: draft.missed,
      timeoutMinutes,
      options: read.options,
    },
  };
};
