import { AppError } from '../../../preload/contract/errors.ts';
import type { Run, RunDetail } from '../../../preload/contract/run.ts';
import type { Core } from '../../core.ts';
import { keyValues, readArgs } from '../args.ts';
import { clean, columns, cut, duration } from '../format.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { ask, withCore } from '../with-core.ts';
import { findSchedule } from './find.ts';

/** What is printed of a run. */
const toJson = ({ run, fetchJobs }: RunDetail) => ({
  id: run.id,
  jobKind: run.jobKind,
  status: run.status,
  cause: run.cause,
  ...('startedAt' in run ? { startedAt: run.startedAt } : {}),
  ...('endedAt' in run ? { endedAt: run.endedAt } : {}),
  counts: 'counts' in run ? run.counts : {},
  ...(run.status === 'failed' ? { errorCode: run.errorCode, errorMessage: run.errorMessage } : {}),
  fetchJobs: fetchJobs.map((job) => ({
    sourceId: job.sourceId,
    status: job.status,
    ...(job.status === 'completed' ? { outcome: job.outcome } : {}),
    ...(job.status === 'failed' ? { errorCode: job.errorCode, errorMessage: job.errorMessage } : {}),
    postsCount: job.postsCount,
  })),
});

const isOver = (run: Run): boolean => run.status !== 'queued' && run.status !== 'running';

/** The last row of a run; cancels it when the process is told to stop. */
export const waitFor = (core: Core, runId: string, signal: AbortSignal): Promise<Run> =>
  new Promise((resolve, reject) => {
    const cancel = (): void => void ask(core, 'runs.cancel', { id: runId }).catch(reject);
    const done = (run: Run): void => {
      stopListening();
      signal.removeEventListener('abort', cancel);
      resolve(run);
    };
    const stopListening = core.onEvent(({ name, data }) => {
      if (name === 'runs.changed' && data.run.id === runId && isOver(data.run)) done(data.run);
    });
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    // It may have ended before we listened.
    ask(core, 'runs.get', { id: runId }).then(({ run }) => {
      if (isOver(run)) done(run);
    }, reject);
  });

/** What is to run: a schedule by id, a kind of job, or a schedule by name. */
const target = async (core: Core, name: string): Promise<{ scheduleId: string } | { jobKind: string }> => {
  const [schedules, jobs] = await Promise.all([ask(core, 'schedules.list', {}), ask(core, 'jobs.list', {})]);
  if (schedules.some(({ schedule }) => schedule.id === name)) return { scheduleId: name };
  if (jobs.some(({ kind }) => kind === name)) return { jobKind: name };
  const kinds = jobs.map(({ kind }) => kind).join(', ');
  const byName = await findSchedule(core, name).catch(() => {
    throw new AppError('USAGE', `There is no job or schedule "${name.slice(0, 80)}". Jobs: ${kinds}.`);
  });
  return { scheduleId: byName.id };
};

const print = async (io: Io, { run, fetchJobs }: RunDetail): Promise<void> => {
  const took = 'startedAt' in run && run.startedAt && 'endedAt' in run ? Date.parse(run.endedAt) - Date.parse(run.startedAt) : 0;
  const counts = 'counts' in run ? Object.entries(run.counts).map(([name, count]) => `${name} ${count}`) : [];
  const error = run.status === 'failed' ? `\n${clean(run.errorMessage)}` : '';
  await io.out(`${clean(run.name)}: ${run.status} in ${duration(took)} (${run.id})${error}\n${counts.join(', ')}\n`);
  const rows = fetchJobs.map((job) => [
    job.status,
    cut(clean(job.sourceTitle), 40),
    job.status === 'failed' ? `${job.errorCode}: ${clean(job.errorMessage)}` : `${job.postsCount} new`,
  ]);
  if (rows.length > 0) await io.out(columns(rows));
};

/** `tidings run JOB-OR-SCHEDULE`: runs once now and prints the run. Exit code 1 when the run did not complete. */
export const runCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { option: { type: 'string', multiple: true } }, { min: 1, max: 1 });
  const options = keyValues(values.option);
  const detail = await withCore(io, values.data, 'write', async (core) => {
    const what = await target(core, positionals[0] ?? '');
    const started = await ask(core, 'runs.start', { ...what, ...(values.option ? { options } : {}) });
    await waitFor(core, started.run.id, io.signal);
    return ask(core, 'runs.get', { id: started.run.id });
  });
  await (values.json ? printJson(io, toJson(detail)) : print(io, detail));
  return detail.run.status === 'completed' ? 0 : 1;
};
