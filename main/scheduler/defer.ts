import type { Run } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { isPlausible, toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { missedBetween } from './catch-up.ts';
import { type Plan, planFor } from './due.ts';
import { changeSchedule } from './schedule-changes.ts';
import type { SchedulerDeps, SchedulerState } from './state.ts';

/*
 * Heavy work waits for a better moment, and never longer than was promised. What waits is noted on its schedule, so that neither
 * a restart nor a clock that was set lengthens the wait; a row of the run history says how long it was.
 */

/** A run that waits for a better moment. */
export type Deferral = NonNullable<Schedule['deferred']>;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** *2 h 10*, *40 min*; whole minutes. */
export const waitInWords = (ms: number): string => {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
};

/** Why a heavy run of this schedule would better wait now; undefined when it need not, or the owner wants no waiting. */
const whyWait = (state: SchedulerDeps, schedule: Schedule): string | undefined => {
  const job = state.jobs.get(schedule.jobKind);
  if (!job?.isHeavy || !state.store.settings.get().deferHeavy) return undefined;
  return state.whyWait?.(job.goesOut);
};

/** The deferral of the time the schedule waits for; one of another time is over. */
export const deferralOf = ({ deferred, nextDueAt, enabled }: Schedule): Deferral | undefined =>
  enabled && deferred && deferred.scheduledFor === nextDueAt ? deferred : undefined;

/** When it starts whatever the power, milliseconds. A clock that was set back does not make the wait longer than the promise. */
export const latestStart = (state: Pick<SchedulerDeps, 'store'>, since: string, now: number): number =>
  Math.min(Date.parse(since), now) + state.store.settings.get().deferHeavyHours * HOUR_MS;

/** A retry of heavy work waits for a better moment too, as long after its time at most. */
export const retryWaits = (state: SchedulerDeps, schedule: Schedule, at: string, now: number): string | undefined =>
  now < latestStart(state, at, now) ? whyWait(state, schedule) : undefined;

const writeRow = async (
  state: SchedulerState,
  schedule: Schedule,
  { runId, since, scheduledFor }: Deferral,
  told: { reason: string; to?: string; count?: number },
): Promise<void> => {
  const now = state.clock.now();
  if (!isPlausible(now) || !isPlausible(Date.parse(since))) return;
  const run: Run = {
    id: runId,
    scheduleId: schedule.id,
    jobKind: schedule.jobKind,
    name: schedule.name,
    cause: 'schedule',
    scheduledFor,
    queuedAt: since,
    status: 'deferred',
    endedAt: toInstant(now),
    reason: told.reason,
    from: scheduledFor,
    to: told.to ?? scheduledFor,
    missedCount: told.count ?? 1,
  };
  await state.store.runs.put(run);
  state.events.emit('runs.changed', { run });
};

const noteOn = (state: SchedulerState, id: string, dueAt: string, deferred: Deferral): Promise<unknown> =>
  changeSchedule(state, id, (present) =>
    present.nextDueAt === dueAt ? { ...present, nextDueAt: deferred.scheduledFor, deferred } : undefined,
  );

/** The row of an earlier try to write it down, which a full disk or a kill cut off before the schedule knew of it. */
const rowOf = (state: SchedulerState, schedule: Schedule, scheduledFor: string): Run | undefined =>
  state.store.runs.recentFor(schedule.id, 5).find((run) => run.status === 'deferred' && run.scheduledFor === scheduledFor);

const begin = async (state: SchedulerState, schedule: Schedule, scheduledFor: string, reason: string): Promise<void> => {
  const now = state.clock.now();
  const before = rowOf(state, schedule, scheduledFor);
  const since = before?.queuedAt ?? toInstant(now);
  const deferral = { scheduledFor, since, runId: before?.id ?? newId(now), reason };
  await writeRow(state, schedule, deferral, { reason: `Waits for a better moment (${reason}).` });
  await noteOn(state, schedule.id, schedule.nextDueAt ?? '', deferral);
  state.events.emit('status.changed', {});
};

const end = (
  state: SchedulerState,
  schedule: Schedule,
  deferral: Deferral,
  told: { to?: string; count?: number },
): Promise<void> => {
  const waited = waitInWords(state.clock.now() - Date.parse(deferral.since));
  return writeRow(state, schedule, deferral, { reason: `Deferred ${waited} (${deferral.reason}).`, ...told });
};

/** Says in the row of a wait, if there is one, that it is over: one run is about to stand for all that came due meanwhile. */
export const closeDeferral = async (state: SchedulerState, schedule: Schedule, { lastDueAt: to }: Plan): Promise<void> => {
  const deferral = deferralOf(schedule);
  if (deferral)
    await end(state, schedule, deferral, { to, count: missedBetween(schedule, deferral.scheduledFor, to)?.count ?? 1 });
};

/** Closes the row of a wait that nothing waits for any more: the schedule was changed, switched off or resumed. */
export const dropDeferral = async (state: SchedulerState, schedule: Schedule, isOver = false): Promise<Schedule> => {
  if (!schedule.deferred || (deferralOf(schedule) && !isOver)) return schedule;
  await end(state, schedule, schedule.deferred, {});
  const { runId } = schedule.deferred;
  const changed = await changeSchedule(state, schedule.id, ({ deferred, ...rest }) =>
    deferred?.runId === runId ? rest : undefined,
  );
  return changed ?? schedule;
};

/** All that came due while it waited, as one run; however late, because the wait was ours. */
const afterWait = (schedule: Schedule, now: number): Plan | undefined => {
  const { graceMinutes: _, ...lenient } = schedule;
  const plan = planFor({ ...lenient, missed: 'run-once', jitterSeconds: 0 }, now);
  if (!plan) return undefined;
  return { lastDueAt: plan.lastDueAt, nextDueAt: plan.nextDueAt, start: { cause: 'schedule', scheduledFor: plan.lastDueAt } };
};

/** What is to be carried out now of a plan whose time has come; undefined while it waits. `missed` writes what no run stands for. */
export const orWait = async (
  state: SchedulerState,
  schedule: Schedule,
  plan: Plan,
  noteMissed: (plan: Plan) => Promise<void>,
): Promise<Plan | undefined> => {
  const now = state.clock.now();
  const deferral = deferralOf(schedule);
  const reason = whyWait(state, schedule);
  if (deferral) {
    if (!reason || now >= latestStart(state, deferral.since, now)) return afterWait(schedule, now);
    if (reason !== deferral.reason) await noteOn(state, schedule.id, deferral.scheduledFor, { ...deferral, reason });
    return undefined;
  }
  if (!reason || !plan.start) return plan;
  await noteMissed(plan);
  await begin(state, schedule, plan.start.scheduledFor, reason);
  return undefined;
};
