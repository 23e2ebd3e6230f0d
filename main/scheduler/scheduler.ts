import nodeSchedule from 'node-schedule';
import type { Announcement } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { StartedRun } from '../../preload/contract/run.ts';
import {
  type NewSchedule,
  type Schedule,
  type SchedulePatch,
  type SchedulePreview,
  type Trigger,
  UNTIL_RESUMED,
} from '../../preload/contract/schedule.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { toInstant } from '../lib/clock.ts';
import { startTime } from './due.ts';
import { nextDues, validateTrigger } from './next-due.ts';
import {
  addSchedule,
  followSettings,
  getSchedule,
  pauseAll,
  pauseSchedule,
  removeSchedule,
  restoreDefaults,
  resumeSchedule,
  updateSchedule,
} from './schedule-verbs.ts';
import { look } from './serve.ts';
import { holdReason, inTurn, type Notice, pauseReason, type SchedulerDeps, type SchedulerState, type SetAlarm } from './state.ts';
import { spanInWords, whyChecks, whyInWords } from './why.ts';
import { inWords } from './words.ts';

/** How often the clock is looked at, whatever the alarm does: it may ring late, or never after the clock was set. */
export const HEARTBEAT_MS = 30_000;
/** Wall and monotonic clocks that part by more than this have been set, or the computer slept. */
const JUMP_MS = 60_000;
/** The alarm is never set further ahead; the heartbeat sets it again. */
const LONGEST_ALARM_MS = 12 * 3_600_000;
const LAST_LOOK = 'scheduler.lastLook';
/** How often the time of the last look is written down, so that a gap can be told after a crash. */
const NOTE_EVERY_MS = 10 * 60_000;
const MAX_NOTICES = 20;

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
  resumeAll: () => Promise<void>;
  restoreDefaults: (defaults: readonly Schedule[]) => Promise<string[]>;
  /** Starts a run by hand, paused or not. */
  runNow: (id: string, options?: Record<string, unknown>) => Promise<StartedRun>;
  /** What a rule would do; throws SCHED_INVALID or SCHED_NEVER. */
  preview: (wanted: { trigger: Trigger; timeZone: string; jobKind?: string; count?: number }) => SchedulePreview;
  /** The next due instants of a stored schedule; none while it is off. */
  upcoming: (schedule: Schedule, count: number) => string[];
  /** The four checks behind *why isn't this running?* */
  why: (id: string) => { checks: { ok: boolean; text: string }[] };
  /** One sentence of the same. */
  whyInWords: (schedule: Schedule) => string;
  status: () => SchedulerStatus;
};

type Timer = SchedulerState & {
  cancelAlarm: () => void;
  cancelBeat: () => void;
  forgetEvents: () => void;
  /** The look under way, and whether another is wanted after it. */
  looking: Promise<void> | undefined;
  lookAgain: boolean;
  wall: number;
  monotonic: number;
  notedAt: number;
  wokeAt: number;
  /** As they were before the next change. */
  settings: Settings;
};

const notice = (timer: Timer, text: string): void => {
  timer.notices.push({ at: toInstant(timer.clock.now()), code: 'W_CLOCK_JUMP', text });
  timer.notices.splice(0, timer.notices.length - MAX_NOTICES);
  timer.log.warn('The clock jumped', { code: 'W_CLOCK_JUMP' });
  timer.events.emit('status.changed', {});
};

/** Compares the two clocks since the last look. */
const watchClock = (timer: Timer): void => {
  const [now, monotonic] = [timer.clock.now(), timer.clock.monotonic()];
  const passed = now - timer.wall;
  const drift = passed - (monotonic - timer.monotonic);
  if (drift < -JUMP_MS) notice(timer, `The clock was set back by ${spanInWords(-drift)}; next times were reckoned anew.`);
  else if (drift > JUMP_MS && now - timer.wokeAt > JUMP_MS)
    notice(timer, `The clock went ahead by ${spanInWords(drift)}: this computer slept, or it was set.`);
  if (passed > JUMP_MS) timer.gap ??= 'The computer was asleep, or its clock was set ahead.';
  timer.wall = now;
  timer.monotonic = monotonic;
};

/** A pause of all that is over is taken away. */
const endPause = async (timer: Timer): Promise<void> => {
  const { pausedUntil } = timer.store.settings.get();
  if (pausedUntil && Date.parse(pausedUntil) <= timer.clock.now()) await pauseAll(timer, null);
};

const noteLook = async (timer: Timer): Promise<void> => {
  const now = timer.clock.now();
  if (Math.abs(now - timer.notedAt) < NOTE_EVERY_MS) return;
  timer.notedAt = now;
  await timer.store.notes.put(LAST_LOOK, toInstant(now));
};

const lookAtAll = async (timer: Timer): Promise<void> => {
  watchClock(timer);
  await endPause(timer).catch((error) => timer.log.error('A pause could not be ended', { error }));
  for (const { id } of timer.store.schedules.all()) {
    const schedule = timer.store.schedules.get(id);
    if (!schedule || !timer.isRunning) continue;
    try {
      await look(timer, schedule);
    } catch (error) {
      timer.log.error('A schedule could not be served', { scheduleId: id, error });
    }
  }
  timer.gap = undefined;
  await noteLook(timer).catch((error) => timer.log.error('The time could not be noted', { error }));
};

/** Looks at the clock; a second call while looking makes it look once more. */
const lookNow = (timer: Timer): Promise<void> => {
  timer.lookAgain = true;
  timer.looking ??= (async () => {
    while (timer.lookAgain && timer.isRunning) {
      timer.lookAgain = false;
      await inTurn(timer, () => lookAtAll(timer));
    }
    timer.looking = undefined;
    arm(timer);
  })();
  return timer.looking;
};

/** The next moment at which anything changes by itself, if it is known. */
const nextMoment = (timer: Timer): number => {
  const now = timer.clock.now();
  const moments = timer.store.schedules
    .all()
    .filter((schedule) => schedule.enabled && !pauseReason(timer, schedule, now))
    .map(startTime);
  const { pausedUntil } = timer.store.settings.get();
  const ends = [pausedUntil, ...timer.store.schedules.all().map((schedule) => schedule.pausedUntil)];
  for (const end of ends) if (end) moments.push(Date.parse(end));
  return Math.min(...moments.filter((moment) => moment > now), now + LONGEST_ALARM_MS);
};

const arm = (timer: Timer): void => {
  timer.cancelAlarm();
  timer.cancelAlarm = () => {};
  if (!timer.isRunning) return;
  try {
    timer.cancelAlarm = (timer.setAlarm ?? ringOnce)(nextMoment(timer), () => void lookNow(timer));
  } catch (error) {
    timer.log.warn('The alarm could not be set; the heartbeat looks soon', { error });
  }
};

const beat = (timer: Timer): void => {
  timer.cancelBeat = timer.clock.after(HEARTBEAT_MS, () => {
    void lookNow(timer);
    beat(timer);
  });
};

/** A changed setting may change the pace of a schedule, pause or unpause all; a changed schedule, when to ring. */
const hear = (timer: Timer, { name, data }: Announcement): void => {
  if (name === 'settings.changed') {
    const before = timer.settings;
    timer.settings = data.settings;
    inTurn(timer, () => followSettings(timer, before, data.settings))
      .catch((error) => timer.log.error('A schedule could not follow the settings', { error }))
      .then(() => (timer.isRunning ? lookNow(timer) : undefined));
  }
  if (name === 'schedules.changed' && timer.isRunning && !timer.looking) void lookNow(timer);
};

const start = async (timer: Timer): Promise<void> => {
  if (timer.isRunning) return;
  timer.isRunning = true;
  timer.wall = timer.clock.now();
  timer.monotonic = timer.clock.monotonic();
  timer.gap = 'Tidings was not running.';
  beat(timer);
  await lookNow(timer);
  timer.events.emit('status.changed', {});
};

/** Carries a verb out in its turn; it may have made something due. */
const thenLook = async <Value>(timer: Timer, verb: () => Promise<Value>): Promise<Value> => {
  const value = await inTurn(timer, verb);
  if (timer.isRunning) void lookNow(timer);
  return value;
};

const stop = async (timer: Timer): Promise<void> => {
  timer.forgetEvents();
  if (!timer.isRunning) return;
  timer.isRunning = false;
  timer.cancelAlarm();
  timer.cancelBeat();
  await timer.looking;
  timer.events.emit('status.changed', {});
};

const status = (timer: Timer): SchedulerStatus => {
  const now = timer.clock.now();
  const { pausedUntil } = timer.store.settings.get();
  const [next] = timer.store.schedules
    .all()
    .filter((schedule) => schedule.enabled && schedule.nextDueAt && !holdReason(timer, schedule, now))
    .sort((a, b) => startTime(a) - startTime(b));
  return {
    isRunning: timer.isRunning,
    ...(pausedUntil && Date.parse(pausedUntil) > now ? { pausedUntil } : {}),
    ...(next?.nextDueAt ? { next: { scheduleId: next.id, name: next.name, dueAt: next.nextDueAt } } : {}),
    notices: [...timer.notices],
  };
};

const upcoming = (schedule: Schedule, count: number, now: number): string[] => {
  const { enabled, nextDueAt, trigger, timeZone } = schedule;
  if (!enabled || !nextDueAt || count < 1) return [];
  if (Date.parse(nextDueAt) > now) return [nextDueAt, ...nextDues(trigger, timeZone, nextDueAt, count - 1)];
  return nextDues(trigger, timeZone, toInstant(now), count);
};

const preview = (
  timer: Timer,
  { trigger, timeZone, jobKind, count = 5 }: { trigger: Trigger; timeZone: string; jobKind?: string; count?: number },
): SchedulePreview => {
  validateTrigger(trigger, timeZone, { goesOut: timer.jobs.get(jobKind ?? '')?.goesOut ?? false });
  return { words: inWords(trigger), next: nextDues(trigger, timeZone, toInstant(timer.clock.now()), count) };
};

const systemTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A scheduler over the store and the runner; it does nothing by itself before `start`. */
export const createScheduler = (deps: SchedulerDeps): Scheduler => {
  const timer: Timer = {
    ...deps,
    isRunning: false,
    held: new Map(),
    notices: [],
    gap: undefined,
    line: Promise.resolve(),
    cancelAlarm: () => {},
    cancelBeat: () => {},
    forgetEvents: () => {},
    looking: undefined,
    lookAgain: false,
    wall: 0,
    monotonic: 0,
    notedAt: 0,
    wokeAt: Number.NEGATIVE_INFINITY,
    settings: deps.store.settings.get(),
  };
  timer.forgetEvents = deps.events.onEvent((announcement) => hear(timer, announcement));
  return {
    start: () => start(timer),
    stop: () => stop(timer),
    wake: () => {
      timer.wokeAt = timer.clock.now();
      if (timer.isRunning) void lookNow(timer);
    },
    isRunning: () => timer.isRunning,
    add: (wanted) => thenLook(timer, () => addSchedule(timer, wanted, (deps.systemTimeZone ?? systemTimeZone)())),
    update: (id, patch) => thenLook(timer, () => updateSchedule(timer, id, patch)),
    pause: (id, until) => thenLook(timer, () => pauseSchedule(timer, id, until)),
    resume: (id, options) => thenLook(timer, () => resumeSchedule(timer, id, options?.makeUp)),
    remove: (id) => thenLook(timer, () => removeSchedule(timer, id)),
    pauseAll: (until = UNTIL_RESUMED) => thenLook(timer, () => pauseAll(timer, until)),
    resumeAll: () => thenLook(timer, () => pauseAll(timer, null)),
    restoreDefaults: (defaults) => thenLook(timer, () => restoreDefaults(timer, defaults)),
    runNow: async (id, options) => {
      const schedule = getSchedule(timer, id);
      return deps.runner.start({ jobKind: schedule.jobKind, schedule, cause: 'manual', ...(options ? { options } : {}) });
    },
    preview: (wanted) => preview(timer, wanted),
    upcoming: (schedule, count) => upcoming(schedule, count, deps.clock.now()),
    why: (id) => ({ checks: whyChecks(timer, getSchedule(timer, id)) }),
    whyInWords: (schedule) => whyInWords(timer, schedule),
    status: () => status(timer),
  };
};
