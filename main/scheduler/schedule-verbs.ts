import { AppError } from '../../preload/contract/errors.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { NewSchedule, Schedule, SchedulePatch, Trigger } from '../../preload/contract/schedule.ts';
import { UNTIL_RESUMED } from '../../preload/contract/schedule.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { newId } from '../lib/ids.ts';
import { dropDeferral } from './defer.ts';
import { dueFrom, type Plan, planFor } from './due.ts';
import { wasBegun } from './give-back.ts';
import { validateTrigger } from './next-due.ts';
import { answerOnReceipt } from './receipt.ts';
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

/** The schedule with the fields that were given; an absent one and an undefined one mean the same, `null` takes it away. */
const patched = (schedule: Schedule, patch: SchedulePatch): Schedule =>
  Object.fromEntries(
    Object.entries({
      ...schedule,
      ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
    }).filter(([key, value]) => value !== null || key === 'options'),
  ) as Schedule;

/** What decides when a schedule is due. Saved as it was, it leaves the next time alone. */
const RETIMES = ['trigger', 'timeZone', 'enabled', 'window'] as const;

/** Changes a schedule; the next time is reckoned anew when its rule, zone or switch changed. Throws as `addSchedule`; then the old rule stays. */
export const updateSchedule = async (state: SchedulerState, id: string, patch: SchedulePatch): Promise<Schedule> => {
  const before = getSchedule(state, id);
  const wanted = patched(before, patch);
  const job = getJob(state, wanted.jobKind);
  validateTrigger(wanted.trigger, wanted.timeZone, { goesOut: job.goesOut, window: wanted.window });
  if (patch.options !== undefined) checkOptions(job, patch.options);
  const isRetimed = RETIMES.some((field) => JSON.stringify(wanted[field]) !== JSON.stringify(before[field]));
  const served = isRetimed ? await passOverAtChange(state, before) : {};
  return change(state, id, (present) => {
    // What waits to be tried again belongs to the schedule as it was.
    const { nextDueAt, retry: _, ...next } = { ...patched(present, patch), ...served };
    if (!next.enabled) return next;
    return { ...next, nextDueAt: isRetimed || !nextDueAt ? dueFrom(next, state.clock.now()) : nextDueAt };
  });
};

/** What had come due and was still waiting becomes a row: the rule that follows does not know it. */
const passOverAtChange = async (state: SchedulerState, schedule: Schedule): Promise<Pick<Schedule, 'lastDueAt'>> => {
  const plan = schedule.enabled ? planFor({ ...anyhow(schedule), jitterSeconds: 0 }, state.clock.now()) : undefined;
  if (!plan) return {};
  state.held.set(schedule.id, state.held.get(schedule.id) ?? 'The schedule was changed.');
  const { lastDueAt } = await passOver(state, schedule, plan);
  state.held.delete(schedule.id);
  return lastDueAt ? { lastDueAt } : {};
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
  change(state, id, ({ retry: _, ...present }) => ({ ...present, pausedUntil: until }));

/** All that was due while a schedule was paused becomes a row. Answers where the schedule then stands. */
const passOver = async (
  state: SchedulerState,
  schedule: Schedule,
  plan: Plan,
): Promise<Pick<Schedule, 'lastDueAt' | 'nextDueAt'>> => {
  const count = (plan.missed?.count ?? 0) + (plan.start ? 1 : 0);
  await writeMissed(state, schedule, { from: schedule.nextDueAt ?? plan.lastDueAt, to: plan.lastDueAt, count });
  return { lastDueAt: plan.lastDueAt, nextDueAt: plan.nextDueAt };
};

/** As if it made up whatever was missed: on resume the owner decides, not the schedule. */
const anyhow = ({ graceMinutes: _, ...schedule }: Schedule): Schedule => ({ ...schedule, missed: 'run-once' });

/**
 * Lets a schedule go on. What was due in the meantime becomes one run (`makeUp`) and a row for the rest, or a row only.
 * While all schedules are paused, what is to be made up stays due.
 */
export const resumeSchedule = async (state: SchedulerState, id: string, makeUp = false): Promise<Schedule> => {
  const schedule = getSchedule(state, id);
  const now = state.clock.now();
  const { pausedUntil: _, ...resumed } = schedule;
  const plan = schedule.enabled && schedule.pausedUntil ? planFor(anyhow(schedule), now) : undefined;
  const moved: { to?: Pick<Schedule, 'lastDueAt' | 'nextDueAt'> } = {};
  if (plan) {
    state.held.set(id, pauseReason(state, schedule, now) ?? 'The schedule was paused.');
    if (!makeUp) moved.to = await passOver(state, schedule, plan);
    else if (!pauseReason(state, resumed, now)) await carryOutPlan(state, schedule, plan);
  }
  const changed = await change(state, id, ({ pausedUntil: _, ...present }) => ({ ...present, ...moved.to }));
  if (!makeUp) state.held.delete(id);
  return changed;
};

/** Removes a schedule; what it did stays on record. Answers how many run records there are of it. */
export const removeSchedule = async (state: SchedulerState, id: string): Promise<{ runs: number }> => {
  await dropDeferral(state, getSchedule(state, id), true);
  for (const run of state.runner.running().filter((each) => each.scheduleId === id)) {
    await state.runner.cancel(run.id);
    await state.runner.finished(run.id);
  }
  await state.store.schedules.remove(id);
  state.held.delete(id);
  state.events.emit('schedules.changed', { ids: [id] });
  return { runs: state.store.runs.all().filter((run) => run.scheduleId === id).length };
};

/** Holds back all scheduled runs until an instant, or until resumed. Runs by hand go on. */
export const pauseAll = async (state: SchedulerState, until: string | null): Promise<void> => {
  const settings = await state.store.settings.update({ pausedUntil: until });
  state.events.emit('settings.changed', { settings });
  state.events.emit('status.changed', {});
};

/** Ends the pause of all. Without `makeUp`, what was due meanwhile becomes a row each and no run. */
export const resumeAll = async (state: SchedulerState, makeUp = true): Promise<void> => {
  const now = state.clock.now();
  const { pausedUntil } = state.store.settings.get();
  if (!makeUp && pausedUntil && Date.parse(pausedUntil) > now)
    for (const schedule of state.store.schedules.all()) await letPass(state, schedule, now);
  await pauseAll(state, null);
};
const letPass = async (state: SchedulerState, schedule: Schedule, now: number): Promise<void> => {
  const isHeldStill = schedule.pausedUntil !== undefined && Date.parse(schedule.pausedUntil) > now;
  const plan = schedule.enabled && !isHeldStill ? planFor(anyhow(schedule), now) : undefined;
  if (!plan) return;
  state.held.set(schedule.id, 'All schedules were paused.');
  const moved = await passOver(state, schedule, plan);
  state.held.delete(schedule.id);
  await change(state, schedule.id, (present) => ({ ...present, ...moved }));
};

/** The owner's answer about times that passed: one run for all of them, or none. Throws NOT_FOUND, or CONFLICT when nothing was asked. */
export const answerMissed = async (
  state: SchedulerState,
  id: string,
  run: boolean,
): Promise<{ schedule: Schedule; run?: Run }> => {
  const schedule = getSchedule(state, id);
  const { asked } = schedule;
  if (!asked) throw new AppError('CONFLICT', 'Nothing was missed that you would have to decide about.');
  const { jobKind } = schedule;
  // The application may have stopped between starting that run and writing down that the answer was given.
  const before = state.store.runs
    .recentFor(id, 5)
    .find((each) => each.cause === 'catch-up' && each.scheduledFor === asked.to && each.status !== 'skipped' && wasBegun(each));
  if (before) return { schedule: await change(state, id, ({ asked: _, ...present }) => present), run: before };
  const started = run
    ? await state.runner.start({ jobKind, schedule, cause: 'catch-up', scheduledFor: asked.to, attach: true })
    : undefined;
  const changed = await change(state, id, ({ asked: _, ...present }) => present);
  await answerOnReceipt(state, changed, started?.run.id);
  return { schedule: changed, ...(started ? { run: started.run } : {}) };
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
