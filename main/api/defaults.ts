import type { Schedule } from '../../preload/contract/schedule.ts';
import type { Source } from '../../preload/contract/source.ts';
import { defaultSchedules, defaultSources } from '../jobs/defaults.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { toSchedule } from '../scheduler/to-schedule.ts';
import { systemTimeZone } from './local-time.ts';
import { toSource } from './new-source.ts';

/** The built-in schedules as they are stored. */
export const builtInSchedules = (jobs: ReadonlyMap<string, JobDefinition>, now: number): Schedule[] =>
  defaultSchedules.flatMap(({ id, ...wanted }) => {
    const job = jobs.get(wanted.jobKind);
    return job ? [toSchedule(wanted, job, { id, now, systemTimeZone: systemTimeZone(), isBuiltIn: true })] : [];
  });

/** The sources of a first start as they are stored. */
export const builtInSources = (now: number): Source[] =>
  defaultSources.map(({ kind, title, list = 'top', minScore = 50, limit = 100 }) =>
    toSource({ kind, title, list, minScore, limit }, now),
  );
