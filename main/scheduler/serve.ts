import { toAppError } from '../../preload/contract/errors.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { isPlausible, toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { closeDeferral, dropDeferral, orWait, retryWaits } from './defer.ts';
import { type Plan, planFor, putRight, startTime } from './due.ts';
import { wasBegun } from './give-back.ts';
import { isWaitingOnReceipt, toLine } from './receipt.ts';
import { isOvertaken, type Retry } from './retry.ts';
import { changeSchedule } from './schedule-changes.ts';
import { holdReason, pauseReason, type SchedulerState } from './state.ts';

const UNKNOWN_GAP = 'The computer was asleep or busy.';

/**
 * The row for a span in which nothing was started. A row that begins at the same instant was written before a failure: it is
 * written again. Times of a clock that is plainly wrong are not written down.
 */
export const writeMissed = async (
  state: SchedulerState,
  schedule: Schedule,
  missed: NonNullable<Plan['missed']>,
  reason?: string,
): Promise<void> => {
  const now = state.clock.now();
  if (!isPlausible(Date.parse(missed.from)) || !isPlausible(now)) return;
  const before = state.store.runs.recentFor(schedule.id, 5).find((each) => each.status === 'missed' && each.from === missed.from);
  const at = toInstant(now);
  const run: Run = {
    id: before?.id ?? newId(now),
    scheduleId: schedule.id,
    jobKind: schedule.jobKind,
    name: schedule.name,
    cause: 'schedule',
    scheduledFor: missed.from,
    queuedAt: before?.queuedAt ?? at,
    status: 'missed',
    endedAt: at,
    reason: reason ?? state.held.get(schedule.id) ?? state.gap ?? UNKNOWN_GAP,
    code: 'SCHED_MISSED',
    from: missed.from,
    to: missed.to,
    missedCount: missed.count,
  };
  await state.store.runs.put(run);
  state.events.emit('runs.changed', { run });
};

/** The slot has its row already: the application stopped between starting the run and writing that down. A run that never began does not count. */
const wasStarted = (state: SchedulerState, schedule: Schedule, slot: string): boolean => {
  const last = state.store.runs.latestFor(schedule.id);
  if (last?.scheduledFor !== slot || last.status === 'missed' || last.cause === 'manual') return false;
  return last.status === 'skipped' || (last.status !== 'deferred' && wasBegun(last));
};

const askedWith = (before: Schedule['asked'], asks: NonNullable<Plan['asks']>): NonNullable<Schedule['asked']> =>
  before && before.to < asks.from ? { from: before.from, to: asks.to, count: before.count + asks.count } : asks;

/** Where a schedule stands after a plan was carried out; a retry of another due time is overtaken by it. */
const movedOn = (present: Schedule, plan: Plan): Schedule => {
  const { retry, deferred: _, ...rest } = present;
  const isOwn = retry !== undefined && retry.scheduledFor === plan.start?.scheduledFor;
  return {
    ...rest,
    ...(isOwn ? { retry } : {}),
    ...(plan.asks ? { asked: askedWith(present.asked, plan.asks) } : {}),
    lastDueAt: plan.lastDueAt,
    nextDueAt: plan.nextDueAt,
  };
};

const noteMissed = async (state: SchedulerState, schedule: Schedule, plan: Plan): Promise<void> => {
  if (!plan.missed) return;
  const gap = state.held.get(schedule.id) ?? state.gap ?? UNKNOWN_GAP;
  await writeMissed(state, schedule, plan.missed, plan.asks ? `${gap} You are asked whether to make it up.` : undefined);
};

/** Starts what a plan says and moves the schedule on. Order: rows first, so that a crash in between loses nothing and repeats nothing. */
export const carryOutPlan = async (state: SchedulerState, schedule: Schedule, plan: Plan): Promise<void> => {
  await noteMissed(state, schedule, plan);
  await closeDeferral(state, schedule, plan);
  let runId: string | undefined;
  if (plan.start && !wasStarted(state, schedule, plan.start.scheduledFor)) {
    try {
      runId = (await state.runner.start({ jobKind: schedule.jobKind, schedule, ...plan.start })).run.id;
    } catch (error) {
      if (toAppError(error).code !== 'NOT_FOUND') throw error;
      state.log.warn('A schedule names a job that does not exist', { scheduleId: schedule.id, job: schedule.jobKind });
    }
  }
  state.held.delete(schedule.id);
  if (state.slept || isWaitingOnReceipt(state, schedule.id))
    state.lines.push(...[toLine(schedule, plan, state.clock.now(), { runId }) ?? []].flat());
  await changeSchedule(state, schedule.id, (present) =>
    present.nextDueAt === schedule.nextDueAt ? movedOn(present, plan) : undefined,
  );
};

/** The newest row is of a run that an earlier process left open and that could not be closed yet: the disk was full. What it served is not known. */
const isLeftOpen = (state: SchedulerState, schedule: Schedule): boolean => {
  const last = state.store.runs.latestFor(schedule.id);
  return (last?.status === 'queued' || last?.status === 'running') && !state.runner.running().some(({ id }) => id === last.id);
};

const moveDue = (state: SchedulerState, schedule: Schedule, nextDueAt: string): Promise<unknown> =>
  changeSchedule(state, schedule.id, (present) =>
    present.nextDueAt === schedule.nextDueAt ? { ...present, nextDueAt } : undefined,
  );

const dropRetry = (state: SchedulerState, id: string, retry: Retry): Promise<unknown> =>
  changeSchedule(state, id, ({ retry: present, ...rest }) => (present?.at === retry.at ? rest : undefined));

/** Starts a retry whose time has come. The row is written first: after a crash in between it is found, and none is started twice. */
const lookAtRetry = async (state: SchedulerState, id: string, now: number): Promise<void> => {
  const schedule = state.store.schedules.get(id);
  const retry = schedule?.retry;
  if (!schedule || !retry) return;
  if (isOvertaken(schedule, retry) || pauseReason(state, schedule, now)) return void (await dropRetry(state, id, retry));
  if (Date.parse(retry.at) > now || holdReason(state, schedule, now) || retryWaits(state, schedule, retry.at, now)) return;
  const { jobKind } = schedule;
  const { scheduledFor, number, of } = retry;
  const wasTried = state.store.runs
    .recentFor(id, 5)
    .some((run) => run.cause === 'retry' && run.scheduledFor === scheduledFor && run.queuedAt >= retry.at);
  if (!wasTried) await state.runner.start({ jobKind, schedule, cause: 'retry', scheduledFor, attempt: { number, of } });
  await dropRetry(state, id, retry);
};

/** Looks at one schedule: puts its due instant right, starts what is due, or notes why not. */
export const look = async (state: SchedulerState, stored: Schedule): Promise<void> => {
  const schedule = await dropDeferral(state, stored);
  if (!schedule.enabled) return;
  await lookAtDue(state, schedule);
  await lookAtRetry(state, schedule.id, state.clock.now());
};

/** Why a due run does not start. After a sleep the receipt tells of one that waits for the network; a pause is the owner's own doing. */
const noteHeld = (state: SchedulerState, schedule: Schedule, hold: string, now: number): void => {
  state.held.set(schedule.id, hold);
  const plan = state.slept && !pauseReason(state, schedule, now) ? planFor(schedule, now) : undefined;
  const line = plan && toLine(schedule, plan, now, { isWaiting: true });
  if (line) state.lines.push(line);
};

const lookAtDue = async (state: SchedulerState, schedule: Schedule): Promise<void> => {
  const now = state.clock.now();
  const right = putRight(schedule, now);
  if (right !== schedule.nextDueAt) return void (await moveDue(state, schedule, right));
  const hold = holdReason(state, schedule, now);
  if (hold) {
    if (startTime(schedule) <= now) noteHeld(state, schedule, hold, now);
    return;
  }
  const due = isLeftOpen(state, schedule) ? undefined : planFor(schedule, now);
  const plan = due && (await orWait(state, schedule, due, (missed) => noteMissed(state, schedule, missed)));
  if (plan) await carryOutPlan(state, schedule, plan);
  if (schedule.pausedUntil)
    await changeSchedule(state, schedule.id, ({ pausedUntil, ...present }) =>
      pausedUntil && Date.parse(pausedUntil) <= state.clock.now() ? present : undefined,
    );
};
