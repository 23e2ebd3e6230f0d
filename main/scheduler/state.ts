import type { Schedule } from '../../preload/contract/schedule.ts';
import type { SleepReceipt } from '../../preload/contract/status.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import type { Log } from '../lib/log.ts';
import type { Store } from '../store/repositories.ts';
import type { Runner } from './runner.ts';

/** Rings once, at an instant in milliseconds; returns how to cancel. Throws when it cannot. */
export type SetAlarm = (at: number, ring: () => void) => () => void;

export type SchedulerDeps = {
  store: Pick<Store, 'schedules' | 'settings' | 'runs' | 'notes'>;
  jobs: ReadonlyMap<string, JobDefinition>;
  runner: Runner;
  events: EventBus;
  clock: Clock;
  log: Log;
  /** False while there is no connection: jobs that go out wait for it. Without it they never wait. */
  isOnline?: () => boolean;
  /** Why heavy work would better wait, in words such as *on battery*; `goesOut` tells whether the network matters. */
  whyWait?: (goesOut: boolean) => string | undefined;
  /** The computer said that it is about to sleep. */
  isFallingAsleep?: () => boolean;
  setAlarm?: SetAlarm;
  /** The IANA zone of this computer, for new schedules that name none. */
  systemTimeZone?: () => string;
};

/** A warning worth a line on the screen. */
export type Notice = { at: string; code: 'W_CLOCK_JUMP'; text: string };

export type SchedulerState = SchedulerDeps & {
  isRunning: boolean;
  /** Why a schedule whose time has come was held back, by id; said on the `missed` row. */
  held: Map<string, string>;
  notices: Notice[];
  /** Why times may have passed unseen, for the look at the clock that comes next. */
  gap: string | undefined;
  /** What this look at the clock adds to the sleep receipt; undefined when nobody slept. */
  lines: SleepReceipt['lines'];
  slept: { from: number; to: number; kind: SleepReceipt['kind'] } | undefined;
  /** The end of the line of verbs and looks. */
  line: Promise<unknown>;
};

/** Lets verbs and looks at the clock take turns, so that none sees the half-done work of another. */
export const inTurn = <Value>(state: SchedulerState, work: () => Promise<Value>): Promise<Value> => {
  const turn = state.line.then(work);
  state.line = turn.catch(() => {});
  return turn;
};

/** The owner paused this one, or all of them, or switched the timer off; or undefined. */
export const pauseReason = (state: SchedulerDeps, schedule: Schedule, now: number): string | undefined => {
  const settings = state.store.settings.get();
  if (!settings.schedulerEnabled) return 'The scheduler was switched off.';
  if (settings.pausedUntil && Date.parse(settings.pausedUntil) > now) return 'All schedules were paused.';
  if (schedule.pausedUntil && Date.parse(schedule.pausedUntil) > now) return 'The schedule was paused.';
  return undefined;
};

/** It goes out and there is no connection. */
export const waitsForNetwork = (state: SchedulerDeps, { jobKind }: Schedule): boolean =>
  state.jobs.get(jobKind)?.goesOut === true && state.isOnline?.() === false;

/** Any reason not to start this schedule's run now. */
export const holdReason = (state: SchedulerDeps, schedule: Schedule, now: number): string | undefined => {
  const paused = pauseReason(state, schedule, now);
  if (paused) return paused;
  if (state.isFallingAsleep?.()) return 'The computer was going to sleep.';
  return waitsForNetwork(state, schedule) ? 'There was no connection.' : undefined;
};
