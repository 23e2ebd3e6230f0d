import type { Announcement } from '../../preload/contract/contract.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import type { Alerts } from '../lib/alerts.ts';
import { toInstant } from '../lib/clock.ts';
import type { Services } from './services.ts';
import { FAILING, failuresInARow, titleOf } from './views.ts';

/** How often standstill is looked for, and how long a run may go on without a sign of progress. */
const LOOK_MS = 5 * 60_000;
const SILENT_MS = 20 * 60_000;
/** Looks further apart than this mean that the computer slept: what happened meanwhile is nobody's fault. */
const SLEPT_MS = 3 * LOOK_MS;
/** Due times that may go by without a completed run. */
const STALLED_PAUSES = 3;
const LOOKED_AT = 60;

/** The ids alerts have, by what they are about. */
export const alertId = {
  source: (sourceId: string): string => `source-failing-${sourceId}`,
  job: (scheduleId: string): string => `job-failing-${scheduleId}`,
  stalled: (scheduleId: string): string => `job-stalled-${scheduleId}`,
};

type Watch = Services & {
  alerts: Alerts;
  /** When each run last gave a sign of life, and since when each schedule could have run. Milliseconds. */
  signs: Map<string, number>;
  since: Map<string, number>;
  lookedAt: number;
};

/** Failures in a row of the scheduled times, newest backwards. A retry belongs to the time it retries; being offline blames nobody. */
const failedTimes = (runs: readonly Run[]): Extract<Run, { status: 'failed' }>[] => {
  const failed = new Map<string, Extract<Run, { status: 'failed' }>>();
  for (const run of runs.toReversed()) {
    if (run.status === 'completed') break;
    if (run.status !== 'failed' || run.errorCode === 'OFFLINE') continue;
    const time = run.scheduledFor ?? run.id;
    if (!failed.has(time)) failed.set(time, run);
  }
  return [...failed.values()];
};

const hearRun = ({ store, alerts, signs, clock }: Watch, run: Run): void => {
  if (run.status === 'queued' || run.status === 'running') return void signs.set(run.id, clock.now());
  signs.delete(run.id);
  if (!run.scheduleId) return;
  if (run.status === 'completed') {
    alerts.clear(alertId.job(run.scheduleId));
    alerts.clear(alertId.stalled(run.scheduleId));
  }
  if (run.status !== 'failed') return;
  const failed = failedTimes(store.runs.recentFor(run.scheduleId, LOOKED_AT));
  if (failed.length < FAILING) return;
  alerts.raise({
    id: alertId.job(run.scheduleId),
    kind: 'job-failing',
    subjectId: run.scheduleId,
    text: `${run.name} failed ${failed.length} times in a row. ${run.errorMessage}`,
  });
};

const lookAtSource = ({ store, alerts }: Watch, sourceId: string): void => {
  const source = store.sources.get(sourceId);
  const isFailing = source && !source.paused && failuresInARow(store, sourceId) >= FAILING;
  if (!isFailing) {
    alerts.clear(alertId.source(sourceId));
    return;
  }
  const last = store.fetchJobs.recentFor(sourceId, LOOKED_AT).findLast((job) => job.status === 'failed' && !job.isBlameless);
  const why = last?.status === 'failed' ? ` ${last.errorMessage}` : '';
  const text = `${titleOf(store, sourceId)} failed ${FAILING} times in a row.${why}`;
  alerts.raise({ id: alertId.source(sourceId), kind: 'source-failing', subjectId: sourceId, text });
};

/** Takes back what is said about schedules that are gone or off. */
const lookAtSchedule = ({ store, alerts }: Watch, id: string): void => {
  if (store.schedules.get(id)?.enabled) return;
  alerts.clear(alertId.job(id));
  alerts.clear(alertId.stalled(id));
};

const lastCompleted = ({ store }: Watch, scheduleId: string): number => {
  const run = store.runs.recentFor(scheduleId, LOOKED_AT).findLast(({ status }) => status === 'completed');
  return run?.status === 'completed' ? Date.parse(run.endedAt) : Number.NEGATIVE_INFINITY;
};

const mayRun = ({ store, offlineSince }: Watch, schedule: Schedule, now: number): boolean => {
  const { schedulerEnabled, pausedUntil } = store.settings.get();
  const isHeld = [pausedUntil, schedule.pausedUntil].some((until) => until && Date.parse(until) > now);
  const last = store.runs.latestFor(schedule.id);
  const isOffline = offlineSince() !== undefined || (last?.status === 'failed' && last.errorCode === 'OFFLINE');
  // What waits for a better moment does not stand still.
  return schedulerEnabled && schedule.enabled && !isHeld && !isOffline && schedule.deferred === undefined;
};

/** What stands still, in words: a run without a sign of life, or due times that went by; undefined when all is well. */
const standstill = (
  watch: Watch,
  schedule: Schedule,
  now: number,
  nextDues: typeof import('../scheduler/next-due.ts').nextDues,
): string | undefined => {
  const running = watch
    .running()
    ?.runner.running()
    .find((run) => run.scheduleId === schedule.id);
  const since = Math.max(watch.since.get(schedule.id) ?? now, lastCompleted(watch, schedule.id));
  if (running) {
    const silent = now - Math.max(watch.signs.get(running.id) ?? now, watch.since.get(schedule.id) ?? now);
    return silent >= SILENT_MS ? `${schedule.name} has shown no progress for ${Math.round(silent / 60_000)} minutes.` : undefined;
  }
  const dues = nextDues(schedule.trigger, schedule.timeZone, toInstant(since), STALLED_PAUSES, schedule.window);
  const latest = Date.parse(dues.at(-1) ?? '') + schedule.timeoutMinutes * 60_000;
  return now > latest ? `${schedule.name} has not completed a run for ${STALLED_PAUSES} of its times.` : undefined;
};

const lookForStandstill = async (watch: Watch): Promise<void> => {
  const now = watch.clock.now();
  const slept = now - watch.lookedAt > SLEPT_MS || now < watch.lookedAt;
  watch.lookedAt = now;
  const { nextDues } = await import('../scheduler/next-due.ts');
  for (const schedule of watch.store.schedules.all()) {
    if (slept || !mayRun(watch, schedule, now)) watch.since.set(schedule.id, now);
    if (!watch.since.has(schedule.id)) watch.since.set(schedule.id, now);
    const text = standstill(watch, schedule, now, nextDues);
    const [id, subjectId] = [alertId.stalled(schedule.id), schedule.id];
    if (text && !watch.alerts.ids().includes(alertId.job(subjectId)))
      watch.alerts.raise({ id, kind: 'job-stalled', subjectId, text });
  }
};

const hear = (watch: Watch, { name, data }: Announcement): void => {
  if (name === 'runs.changed') hearRun(watch, data.run);
  if (name === 'runs.progress') watch.signs.set(data.runId, watch.clock.now());
  if (name === 'fetch-jobs.changed' && (data.fetchJob.status === 'failed' || data.fetchJob.status === 'completed'))
    lookAtSource(watch, data.fetchJob.sourceId);
  if (name === 'sources.changed') for (const id of data.ids) if (!isWell(watch, id)) lookAtSource(watch, id);
  if (name === 'schedules.changed') for (const id of data.ids) lookAtSchedule(watch, id);
};
/** Nothing is said about this source, so that a change of its title needs no look at its fetch jobs. */
const isWell = ({ alerts }: Watch, sourceId: string): boolean => !alerts.ids().includes(alertId.source(sourceId));

/**
 * Raises an alert once when a schedule's job or a source fails three times in a row, or a job stands still; takes it back when it works
 * again. `start` looks at all sources and begins to look for standstill; the answer of `watchAlerts` stops it.
 */
export const watchAlerts = (services: Services): { start: () => void; stop: () => void } => {
  const watch: Watch = { ...services, signs: new Map(), since: new Map(), lookedAt: services.clock.now() };
  let isStopped = false;
  let cancel = (): void => {};
  const stopListening = services.events.onEvent((announcement) => hear(watch, announcement));
  const beat = (): void => {
    cancel = services.clock.after(LOOK_MS, () => {
      if (isStopped) return;
      lookForStandstill(watch).catch((error: unknown) => services.log.error('Looking for standstill failed', { error }));
      beat();
    });
  };
  return {
    start: () => {
      watch.lookedAt = services.clock.now();
      for (const { id } of services.store.sources.all()) lookAtSource(watch, id);
      beat();
    },
    stop: () => {
      isStopped = true;
      cancel();
      stopListening();
    },
  };
};
