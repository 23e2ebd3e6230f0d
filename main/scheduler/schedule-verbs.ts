import { AppError } from '../../preload/contract/errors.ts';
import type { NewSchedule, Schedule, SchedulePatch, Trigger } from '../../preload/contract/schedule.ts';
import { UNTIL_RESUMED } from '../../preload/contract/schedule.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { newId } from '../lib/ids.ts';
import { dueFrom, type Plan, planFor } from './due.ts';
import { validateTrigger } from './next-due.ts';
import { changeSchedule } from './schedule-changes.ts';
import { carryOutPlan, writeMissed } from './serve.ts';
import { pauseReason, type SchedulerState } from './state.ts';
import { checkOptions, toSchedule } from './to-schedule.ts';

const noSchedule = (): AppError => new AppError('NOT_FOUND', 'There is no such schedule.');

/** The stored schedule. Throws NOT_FOUND. */
export const getSchedule = (state: SchedulerState, id: string): Schedule => {
  const schedule = state.store.schedules.get(id);
  if (!schedule) throw noSchedule();
  return schedule;
};

/** The job of this kind. Throws NOT_FOUND. */
export const getJob = (state: SchedulerState, kind: string): JobDefinition => {
  const job = state.jobs.get(kind);
  if (!job) throw new AppError('NOT_FOUND', `There is no job called "${kind.slice(0, 80)}".`);
  return job;
};

const change = async (state: SchedulerState, id: string, how: (schedule: Schedule) => Schedule): Promise<Schedule> => {
  const changed = await changeSchedule(state, id, how);
  if (!changed) throw noSchedule();
  return changed;
};

const put = async (state: SchedulerState, schedules: readonly Schedule[]): Promise<void> => {
  if (schedules.length === 0) return;
  await state.store.schedules.put(schedules);
  state.events.emit('schedules.changed', { ids: schedules.map((schedule) => schedule.id) });
};

/** Stores a new schedule. Throws NOT_FOUND (job), SCHED_INVALID, SCHED_NEVER or USAGE; then nothing is stored. */
export const addSchedule = async (state: SchedulerState, wanted: NewSchedule, systemTimeZone: string): Promise<Schedule> => {
  const now = state.clock.now();
  const schedule = toSchedule(wanted, getJob(state, wanted.jobKind), { id: newId(now), now, systemTimeZone });
  await put(state, [schedule]);
  return schedule;
};

/** Only fields that were given; an absent one and an undefined one mean the same. */
const given = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;

/** Changes a schedule; the next time is reckoned anew when its rule, zone or switch changed. Throws as `addSchedule`; then the old rule stays. */
export const updateSchedule = async (state: SchedulerState, id: string, patch: SchedulePatch): Promise<Schedule> => {
  const wanted = { ...getSchedule(state, id), ...given(patch) };
  const job = getJob(state, wanted.jobKind);
  validateTrigger(wanted.trigger, wanted.timeZone, job);
  if (patch.options !== undefined) checkOptions(job, patch.options);
  const isRetimed = patch.trigger !== undefined || patch.timeZone !== undefined || patch.enabled !== undefined;
  return change(state, id, (present) => {
    const { nextDueAt, ...next } = { ...present, ...given(patch) };
    if (!next.enabled) return next;
    return { ...next, nextDueAt: isRetimed || !nextDueAt ? dueFrom(next, state.clock.now()) : nextDueAt };
  });
};

const isSame = (a: Trigger, b: Trigger): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Gives built-in schedules whose pace is a setting the new pace; one the owner has timed otherwise stays. */
export const followSettings = async (state: SchedulerState, before: Settings, after: Settings): Promise<void> => {
  for (const { id, isBuiltIn, jobKind, trigger } of state.store.schedules.all()) {
    const triggerFrom = isBuiltIn ? state.jobs.get(jobKind)?.triggerFrom : undefined;
    if (!triggerFrom || !isSame(triggerFrom(before), trigger) || isSame(triggerFrom(after), trigger)) continue;
    await updateSchedule(state, id, { trigger: triggerFrom(after) });
  }
};

/** Holds a schedule back until an instant, or until it is resumed. */
export const pauseSchedule = (state: SchedulerState, id: string, until = UNTIL_RESUMED): Promise<Schedule> =>
  change(state, id, (present) => ({ ...present, pausedUntil: until }));

/** All that was due while a schedule was paused becomes a row. Answers where the schedule then stands. */
const passOver = async (state: SchedulerState, schedule: Schedule, plan: Plan): Promise<Partial<Schedule>> => {
  const count = (plan.missed?.count ?? 0) + (plan.start ? 1 : 0);
  await writeMissed(state, schedule, { from: schedule.nextDueAt ?? plan.lastDueAt, to: plan.lastDueAt, count });
  return { lastDueAt: plan.lastDueAt, nextDueAt: plan.nextDueAt };
};

/**
 * Lets a schedule go on. What was due in the meantime becomes one run (`makeUp`) and a row for the rest, or a row only.
 * While all schedules are paused, what is to be made up stays due.
 */
export const resumeSchedule = async (state: SchedulerState, id: string, makeUp = false): Promise<Schedule> => {
  const schedule = getSchedule(state, id);
  const now = state.clock.now();
  const { pausedUntil: _, ...resumed } = schedule;
  const plan = schedule.enabled && schedule.pausedUntil ? planFor({ ...schedule, missed: 'run-once' }, now) : undefined;
  const moved: { to?: Partial<Schedule> } = {};
  if (plan) {
    state.held.set(id, pauseReason(state, schedule, now) ?? 'The schedule was paused.');
    if (!makeUp) moved.to = await passOver(state, schedule, plan);
    else if (!pauseReason(state, resumed, now)) await carryOutPlan(state, schedule, plan);
  }
  const changed = await change(state, id, ({ pausedUntil: _, ...present }) => ({ ...present, ...moved.to }));
  if (!makeUp) state.held.delete(id);
  return changed;
};

/** Removes a schedule with its run records; fetch jobs stay, because sources are read by them. Answers how many runs went. */
export const removeSchedule = async (state: SchedulerState, id: string): Promise<{ runs: number }> => {
  getSchedule(state, id);
  for (const run of state.runner.running().filter((each) => each.scheduleId === id)) {
    await state.runner.cancel(run.id);
    await state.runner.finished(run.id);
  }
  await state.store.schedules.remove(id);
  const ids = state.store.runs
    .all()
    .filter((run) => run.scheduleId === id)
    .map((run) => run.id);
  const runs = await state.store.runs.remove(ids);
  state.held.delete(id);
  state.events.emit('schedules.changed', { ids: [id] });
  state.events.emit('runs.removed', { ids });
  return { runs };
};

/** Holds back all scheduled runs until an instant, or until resumed. Runs by hand go on. */
export const pauseAll = async (state: SchedulerState, until: string | null): Promise<void> => {
  const settings = await state.store.settings.update({ pausedUntil: until });
  state.events.emit('settings.changed', { settings });
  state.events.emit('status.changed', {});
};

/** Puts back built-in schedules that were removed. The owner's own and edited ones stay as they are. Answers the ids put back. */
export const restoreDefaults = async (state: SchedulerState, defaults: readonly Schedule[]): Promise<string[]> => {
  const now = state.clock.now();
  const missing = defaults
    .filter((schedule) => !state.store.schedules.get(schedule.id))
    .map((schedule) => (schedule.enabled ? { ...schedule, nextDueAt: dueFrom(schedule, now) } : schedule));
  await put(state, missing);
  return missing.map((schedule) => schedule.id);
};
