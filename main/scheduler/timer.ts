import type { Announcement } from '../../preload/contract/contract.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { isPlausible, toInstant } from '../lib/clock.ts';
import { deferralOf, latestStart } from './defer.ts';
import { startTime } from './due.ts';
import { type Gap, writeReceipt } from './receipt.ts';
import { followSettings, pauseAll } from './schedule-verbs.ts';
import { look } from './serve.ts';
import { inTurn, pauseReason, type SchedulerDeps, type SchedulerState, type SetAlarm } from './state.ts';
import { spanInWords } from './why.ts';

/** How often the clock is looked at, whatever the alarm does: it may ring late, or never after the clock was set. */
export const HEARTBEAT_MS = 30_000;
/** Wall and monotonic clocks that part by more than this have been set, or the computer slept. */
const JUMP_MS = 60_000;
/** The alarm is never set further ahead; the heartbeat sets it again. */
const LONGEST_ALARM_MS = 12 * 3_600_000;
const MAX_NOTICES = 20;

/** What looks at the clock: by alarm, by heartbeat, after a wake and after changes. */
export type Timer = SchedulerState & {
  setAlarm: SetAlarm;
  cancelAlarm: () => void;
  cancelBeat: () => void;
  forgetEvents: () => void;
  /** The look under way, and whether another is wanted after it. */
  looking: Promise<void> | undefined;
  lookAgain: boolean;
  wall: number;
  monotonic: number;
  wokeAt: number;
  /** When it was last written down that Tidings runs. */
  seenAt: number;
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
  if (passed > JUMP_MS) {
    timer.gap ??= 'The computer was asleep, or its clock was set ahead.';
    if (isPlausible(timer.wall) && isPlausible(now)) timer.slept ??= { from: timer.wall, to: now, kind: 'asleep' };
  }
  timer.wall = now;
  timer.monotonic = monotonic;
};

/** A pause of all that is over is taken away. */
const endPause = async (timer: Timer): Promise<void> => {
  const { pausedUntil } = timer.store.settings.get();
  if (pausedUntil && Date.parse(pausedUntil) <= timer.clock.now()) await pauseAll(timer, null);
};

const SEEN = 'scheduler.seen';
/** How exactly it is known, after a crash, since when Tidings was off. */
const SEEN_MS = 10 * 60_000;

/** Writes down that Tidings is running now, so that the next start knows how long it was not. */
const noteSeen = async (timer: Timer): Promise<void> => {
  timer.seenAt = timer.clock.now();
  await timer.store.notes
    .put(SEEN, timer.seenAt)
    .catch((error: unknown) => timer.log.warn('The time could not be written down', { error }));
};

/** The span since Tidings last ran on this folder, if it ever did. */
const timeOff = (timer: Timer): Gap | undefined => {
  const seen = timer.store.notes.get(SEEN);
  const now = timer.clock.now();
  return typeof seen === 'number' && isPlausible(seen) && isPlausible(now) && now - seen > JUMP_MS
    ? { from: seen, to: now, kind: 'off' }
    : undefined;
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
  await writeReceipt(timer, timer.lines, timer.slept);
  timer.lines = [];
  timer.slept = undefined;
  timer.gap = undefined;
  if (timer.wall - timer.seenAt >= SEEN_MS) await noteSeen(timer);
};

/** Never rejects: whatever goes wrong in one look, the next one comes. */
const lookWhileAsked = async (timer: Timer): Promise<void> => {
  try {
    while (timer.lookAgain && timer.isRunning) {
      timer.lookAgain = false;
      await inTurn(timer, () => lookAtAll(timer));
    }
  } catch (error) {
    timer.log.error('Looking at the clock failed', { error });
  }
  timer.looking = undefined;
  arm(timer);
};

/** Looks at the clock; a second call while looking makes it look once more. */
export const lookNow = (timer: Timer): Promise<void> => {
  timer.lookAgain = true;
  timer.looking ??= lookWhileAsked(timer);
  return timer.looking;
};

const retryMoments = (timer: Timer, { retry }: Schedule): number[] =>
  retry ? [Date.parse(retry.at), latestStart(timer, retry.at, timer.clock.now())] : [];
/** When a run that waits for a better moment starts in any case. */
const waitMoments = (timer: Timer, schedule: Schedule): number[] => {
  const deferral = deferralOf(schedule);
  return deferral ? [latestStart(timer, deferral.since, timer.clock.now())] : [];
};

/** The next moment at which anything changes by itself, if it is known. */
const nextMoment = (timer: Timer): number => {
  const now = timer.clock.now();
  const moments = timer.store.schedules
    .all()
    .filter((schedule) => schedule.enabled && !pauseReason(timer, schedule, now))
    .flatMap((schedule) => [startTime(schedule), ...retryMoments(timer, schedule), ...waitMoments(timer, schedule)]);
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
    timer.cancelAlarm = timer.setAlarm(nextMoment(timer), () => void lookNow(timer));
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

/** Looks at once, and from then on. */
export const startTimer = async (timer: Timer): Promise<void> => {
  if (timer.isRunning) return;
  timer.isRunning = true;
  timer.wall = timer.clock.now();
  timer.monotonic = timer.clock.monotonic();
  timer.gap = 'Tidings was not running.';
  timer.slept = timeOff(timer);
  beat(timer);
  await lookNow(timer);
  timer.events.emit('status.changed', {});
};

/** The computer woke up, or the network came back. */
export const wakeTimer = (timer: Timer): void => {
  timer.wokeAt = timer.clock.now();
  if (timer.isRunning) void lookNow(timer);
};

/** Looks no more; a look under way is waited for. */
export const stopTimer = async (timer: Timer): Promise<void> => {
  timer.forgetEvents();
  if (!timer.isRunning) return;
  timer.isRunning = false;
  timer.cancelAlarm();
  timer.cancelBeat();
  await timer.looking;
  await noteSeen(timer);
  timer.events.emit('status.changed', {});
};

/** A timer that stands still until it is started; it follows changed settings from now on. */
export const createTimer = (deps: SchedulerDeps & { setAlarm: SetAlarm }): Timer => {
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
    wokeAt: Number.NEGATIVE_INFINITY,
    seenAt: Number.NEGATIVE_INFINITY,
    lines: [],
    slept: undefined,
    settings: deps.store.settings.get(),
  };
  timer.forgetEvents = deps.events.onEvent((announcement) => hear(timer, announcement));
  return timer;
};
