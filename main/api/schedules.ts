import type { Handlers } from '../../preload/contract/contract.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Schedule, ScheduleRow } from '../../preload/contract/schedule.ts';
import { removeDigest } from '../digest/removal.ts';
import { median } from './numbers.ts';
import { paceHint } from './pace.ts';
import { liveRun } from './runs.ts';
import type { Machine, Services } from './services.ts';
import { readStatus } from './status.ts';

type ScheduleHandlers = Pick<
  Handlers,
  | 'schedules.list'
  | 'schedules.preview'
  | 'schedules.add'
  | 'schedules.update'
  | 'schedules.remove'
  | 'schedules.pause'
  | 'schedules.resume'
  | 'schedules.pauseAll'
  | 'schedules.resumeAll'
  | 'schedules.restoreDefaults'
  | 'schedules.why'
  | 'schedules.simulate'
  | 'schedules.answerMissed'
>;

/** Runs on a schedule's row, and the rows they are picked from. */
const SHOWN_RUNS = 30;
const LOOKED_AT = 100;
const SHOWN_DUES = 5;

const isShown = (run: Run): boolean => run.status !== 'skipped' && run.status !== 'deferred' && run.status !== 'queued';

const successRate = (runs: readonly Run[]): number | undefined => {
  const ended = runs.filter(({ status }) => status === 'completed' || status === 'failed' || status === 'abandoned');
  return ended.length === 0 ? undefined : ended.filter(({ status }) => status === 'completed').length / ended.length;
};

const usualMs = (runs: readonly Run[]): number | undefined =>
  median(runs.flatMap((run) => (run.status === 'completed' ? [Date.parse(run.endedAt) - Date.parse(run.startedAt)] : [])));

/** A schedule with all that its row shows; `inWords` says its rule. */
export const toScheduleRow = (
  services: Services,
  { jobs, scheduler }: Machine,
  inWords: (schedule: Schedule) => string,
  schedule: Schedule,
): ScheduleRow => {
  const runs = services.store.runs.recentFor(schedule.id, LOOKED_AT).map((run) => liveRun(services, run));
  const recent = runs.filter(isShown).slice(-SHOWN_RUNS);
  const last = runs.at(-1);
  const rate = successRate(recent);
  const usual = usualMs(recent);
  const hint = scheduler.hint(schedule) ?? paceHint(services.store, schedule);
  return {
    schedule,
    jobTitle: jobs.get(schedule.jobKind)?.title ?? schedule.jobKind,
    words: inWords(schedule),
    next: scheduler.upcoming(schedule, SHOWN_DUES),
    why: scheduler.whyInWords(schedule),
    recent,
    ...(last ? { last } : {}),
    ...(rate === undefined ? {} : { successRate: rate }),
    ...(usual === undefined ? {} : { usualMs: usual }),
    ...(hint ? { hint } : {}),
  };
};

/** What the screen can ask about schedules; the scheduler decides, these hand over. */
export const createScheduleHandlers = (services: Services): ScheduleHandlers => {
  const scheduler = async (): Promise<Machine['scheduler']> => (await services.machine()).scheduler;
  return {
    'schedules.list': async () => {
      const [machine, { inWords }] = await Promise.all([services.machine(), import('../scheduler/words.ts')]);
      const words = ({ trigger, window }: Schedule): string => inWords(trigger, window);
      return services.store.schedules.all().map((schedule) => toScheduleRow(services, machine, words, schedule));
    },
    'schedules.preview': async (wanted) => (await scheduler()).preview(wanted),
    'schedules.add': async (wanted) => (await scheduler()).add(wanted),
    'schedules.update': async ({ id, patch }) => (await scheduler()).update(id, patch),
    'schedules.remove': async ({ id }) => {
      const gone = await (await scheduler()).remove(id);
      return { ...gone, ...(await removeDigest(services, id)) };
    },
    'schedules.pause': async ({ id, until }) => (await scheduler()).pause(id, until),
    'schedules.resume': async ({ id, makeUp }) => (await scheduler()).resume(id, makeUp === undefined ? {} : { makeUp }),
    'schedules.pauseAll': async ({ until }) => {
      await (await scheduler()).pauseAll(until);
      return readStatus(services);
    },
    'schedules.resumeAll': async ({ makeUp }) => {
      await (await scheduler()).resumeAll(makeUp === undefined ? {} : { makeUp });
      return readStatus(services);
    },
    'schedules.restoreDefaults': async () => {
      const [{ builtInSchedules }, { jobs }] = await Promise.all([import('./defaults.ts'), services.machine()]);
      const defaults = builtInSchedules(jobs, services.clock.now());
      return { restored: await (await scheduler()).restoreDefaults(defaults) };
    },
    'schedules.simulate': async (wanted) => (await scheduler()).simulate(wanted),
    'schedules.answerMissed': async ({ id, run }) => (await scheduler()).answerMissed(id, run),
    'schedules.why': async ({ id }) => (await scheduler()).why(id),
  };
};
