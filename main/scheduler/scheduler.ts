import nodeSchedule from 'node-schedule';
import { AppError } from '../../preload/contract/errors.ts';
import type { Run, StartedRun } from '../../preload/contract/run.ts';
import {
  type NewSchedule,
  type Schedule,
  type SchedulePatch,
  type SchedulePreview,
  type Simulation,
  UNTIL_RESUMED,
  type WantedPreview,
  type WantedSimulation,
} from '../../preload/contract/schedule.ts';
import type { AppStatus } from '../../preload/contract/status.ts';
import { toInstant } from '../lib/clock.ts';
import { deferralOf, latestStart } from './defer.ts';
import { dueFrom, firstDue, startTime } from './due.ts';
import { hintFor } from './hint.ts';
import { nextDues, validateTrigger } from './next-due.ts';
import {
  addSchedule,
  answerMissed,
  getSchedule,
  pauseAll,
  pauseSchedule,
  removeSchedule,
  restoreDefaults,
  resumeAll,
  resumeSchedule,
  updateSchedule,
} from './schedule-verbs.ts';
import { simulate } from './simulate.ts';
import { holdReason, inTurn, type Notice, pauseReason, type SchedulerDeps, type SetAlarm, waitsForNetwork } from './state.ts';
import { createTimer, lookNow, startTimer, stopTimer, type Timer, wakeTimer } from './timer.ts';
import { whyChecks, whyInWords } from './why.ts';
import { inWords } from './words.ts';

/** node-schedule, used for one date at a time. It answers null for a date it cannot use; that is an error here. */
export const ringOnce: SetAlarm = (at, ring) => {
  const alarm = nodeSchedule.scheduleJob(new Date(at), ring);
  if (!alarm) throw new AppError('INTERNAL', 'The alarm could not be set.');
  return () => void alarm.cancel();
};

/** What the health strip and the tray say. */
export type SchedulerStatus = {
  isRunning: boolean;
  /** Absent when nothing is paused; far ahead when until resumed. */
  pausedUntil?: string;
  next?: { scheduleId: string; name: string; dueAt: string };
  /** Runs whose time has come and which wait, in the order they were due. */
  waiting: NonNullable<AppStatus['waiting']>;
  notices: Notice[];
};

/** Notices what is due and starts it; keeps the schedules. Verbs answer when their change is stored. */
export type Scheduler = {
  start: () => Promise<void>;
  /** Looks no more. What runs is the runner's affair. */
  stop: () => Promise<void>;
  /** The computer woke up, or the network came back: look at the clock now. */
  wake: () => void;
  isRunning: () => boolean;
  add: (wanted: NewSchedule) => Promise<Schedule>;
  update: (id: string, patch: SchedulePatch) => Promise<Schedule>;
  pause: (id: string, until?: string) => Promise<Schedule>;
  resume: (id: string, options?: { makeUp?: boolean }) => Promise<Schedule>;
  remove: (id: string) => Promise<{ runs: number }>;
  pauseAll: (until?: string) => Promise<void>;
  /** Without `makeUp: false`, what was due meanwhile is made up by one run each. */
  resumeAll: (options?: { makeUp?: boolean }) => Promise<void>;
  /** Throws CONFLICT when nothing was asked. */
  answerMissed: (id: string, run: boolean) => Promise<{ schedule: Schedule; run?: Run }>;
  restoreDefaults: (defaults: readonly Schedule[]) => Promise<string[]>;
  /** Starts a run by hand, paused or not. */
  runNow: (id: string, options?: Record<string, unknown>) => Promise<StartedRun>;
  /** What a rule would do; throws SCHED_INVALID or SCHED_NEVER. */
  preview: (wanted: WantedPreview) => SchedulePreview;
  /** What the next days of a rule would look like; throws SCHED_INVALID or SCHED_NEVER. */
  simulate: (wanted: WantedSimulation) => Simulation;
  /** Something to know about the times of a stored schedule. */
  hint: (schedule: Schedule) => string | undefined;
  /** The next due instants of a stored schedule; none while it is off. */
  upcoming: (schedule: Schedule, count: number) => string[];
  /** The four checks behind *why isn't this running?* */
  why: (id: string) => { checks: { ok: boolean; text: string }[] };
  /** One sentence of the same. */
  whyInWords: (schedule: Schedule) => string;
  status: () => SchedulerStatus;
};

/** Carries a verb out in its turn; it may have made something due. */
const thenLook = async <Value>(timer: Timer, verb: () => Promise<Value>): Promise<Value> => {
  const value = await inTurn(timer, verb);
  if (timer.isRunning) void lookNow(timer);
  return value;
};

/** Runs that wait for the network or a better moment; what the owner paused does not wait. */
const waitingNow = (timer: Timer, now: number): SchedulerStatus['waiting'] =>
  timer.store.schedules
    .all()
    .filter((schedule) => schedule.enabled && startTime(schedule) <= now && !pauseReason(timer, schedule, now))
    .flatMap((schedule): SchedulerStatus['waiting'] => {
      const { id: scheduleId, name, nextDueAt: dueAt = '' } = schedule;
      if (waitsForNetwork(timer, schedule)) return [{ scheduleId, name, dueAt, why: 'offline' }];
      const deferral = deferralOf(schedule);
      if (!deferral) return [];
      const latest = { latestAt: toInstant(latestStart(timer, deferral.since, now)), reason: deferral.reason };
      return [{ scheduleId, name, dueAt, why: 'power', since: deferral.since, ...latest }];
    })
    .sort((left, right) => left.dueAt.localeCompare(right.dueAt));

const status = (timer: Timer): SchedulerStatus => {
  const now = timer.clock.now();
  const { pausedUntil } = timer.store.settings.get();
  const [next] = timer.store.schedules
    .all()
    .filter((schedule) => schedule.enabled && schedule.nextDueAt && !deferralOf(schedule) && !holdReason(timer, schedule, now))
    .sort((a, b) => startTime(a) - startTime(b));
  return {
    isRunning: timer.isRunning,
    ...(pausedUntil && Date.parse(pausedUntil) > now ? { pausedUntil } : {}),
    ...(next?.nextDueAt ? { next: { scheduleId: next.id, name: next.name, dueAt: next.nextDueAt } } : {}),
    waiting: waitingNow(timer, now),
    notices: [...timer.notices],
  };
};

const upcoming = (schedule: Schedule, count: number, now: number): string[] => {
  const { enabled, nextDueAt, trigger, timeZone, window } = schedule;
  if (!enabled || !nextDueAt || count < 1) return [];
  if (Date.parse(nextDueAt) > now) return [nextDueAt, ...nextDues(trigger, timeZone, nextDueAt, count - 1, window)];
  return nextDues(trigger, timeZone, toInstant(now), count, window);
};

/** When a rule would be due first, as saving it would have it: that of a stored schedule goes on from what was served. */
const previewedDue = (timer: Timer, { id, ...rule }: Pick<WantedPreview, 'trigger' | 'timeZone' | 'window' | 'id'>): string => {
  const now = timer.clock.now();
  const stored = id === undefined ? undefined : timer.store.schedules.get(id);
  if (!stored) return firstDue(rule, now);
  const { window: _, ...rest } = stored;
  const { trigger, timeZone, window } = stored;
  const isUnchanged = JSON.stringify({ trigger, timeZone, window }) === JSON.stringify({ ...rule, window: rule.window });
  const [next] = isUnchanged ? upcoming(stored, 1, now) : [];
  return next ?? dueFrom({ ...rest, ...rule }, now);
};

const preview = (timer: Timer, wanted: WantedPreview): SchedulePreview => {
  const { trigger, timeZone, window, jobKind = '', id, count = 5 } = wanted;
  validateTrigger(trigger, timeZone, { goesOut: timer.jobs.get(jobKind)?.goesOut ?? false, window });
  const first = previewedDue(timer, { trigger, timeZone, window, id });
  const next = [first, ...nextDues(trigger, timeZone, first, count - 1, window)];
  const hint = hintFor({ id, jobKind, trigger, timeZone, window, next }, timer);
  return { words: inWords(trigger, window), next, ...(hint ? { hint } : {}) };
};

const systemTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A scheduler over the store and the runner; it does nothing by itself before `start`. */
export const createScheduler = (deps: SchedulerDeps): Scheduler => {
  const timer = createTimer({ ...deps, setAlarm: deps.setAlarm ?? ringOnce });
  return {
    start: () => startTimer(timer),
    stop: () => stopTimer(timer),
    wake: () => wakeTimer(timer),
    isRunning: () => timer.isRunning,
    add: (wanted) => thenLook(timer, () => addSchedule(timer, wanted, (deps.systemTimeZone ?? systemTimeZone)())),
    update: async (id, patch) => {
      // What is due by the old rule starts before the new one takes its place.
      if (timer.isRunning) await lookNow(timer);
      return thenLook(timer, () => updateSchedule(timer, id, patch));
    },
    pause: (id, until) => thenLook(timer, () => pauseSchedule(timer, id, until)),
    resume: (id, options) => thenLook(timer, () => resumeSchedule(timer, id, options?.makeUp)),
    remove: (id) => thenLook(timer, () => removeSchedule(timer, id)),
    pauseAll: (until = UNTIL_RESUMED) => thenLook(timer, () => pauseAll(timer, until)),
    resumeAll: (options) => thenLook(timer, () => resumeAll(timer, options?.makeUp)),
    answerMissed: (id, run) => thenLook(timer, () => answerMissed(timer, id, run)),
    restoreDefaults: (defaults) => thenLook(timer, () => restoreDefaults(timer, defaults)),
    runNow: async (id, options) => {
      const schedule = getSchedule(timer, id);
      return deps.runner.start({ jobKind: schedule.jobKind, schedule, cause: 'manual', ...(options ? { options } : {}) });
    },
    preview: (wanted) => preview(timer, wanted),
    simulate: (wanted) => simulate(wanted, { now: deps.clock.now(), systemTimeZone: (deps.systemTimeZone ?? systemTimeZone)() }),
    hint: (schedule) =>
      schedule.enabled ? hintFor({ ...schedule, next: upcoming(schedule, 5, deps.clock.now()) }, timer) : undefined,
    upcoming: (schedule, count) => upcoming(schedule, count, deps.clock.now()),
    why: (id) => ({ checks: whyChecks(timer, getSchedule(timer, id)) }),
    whyInWords: (schedule) => whyInWords(timer, schedule),
    status: () => status(timer),
  };
};
