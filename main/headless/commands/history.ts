import { AppError } from '../../../preload/contract/errors.ts';
import { RUN_STATUSES, type Run, type RunDetail, type RunQuery, type RunStatus } from '../../../preload/contract/run.ts';
import type { Core } from '../../core.ts';
import { readArgs, wholeNumber } from '../args.ts';
import { clean, columns, cut, duration, localTime } from '../format.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { ask, withCore } from '../with-core.ts';
import { findSchedule } from './find.ts';

const PAGE = 500;

const toStatuses = (text: string): RunStatus[] =>
  text.split(',').map((word) => {
    const status = RUN_STATUSES.find((known) => known === word.trim());
    if (status) return status;
    throw new AppError('USAGE', `--status must be one of ${RUN_STATUSES.join(', ')}.`);
  });

const collect = async (core: Core, query: RunQuery, limit: number): Promise<Run[]> => {
  const rows: Run[] = [];
  let cursor: string | undefined;
  do {
    const wanted = Math.min(PAGE, limit - rows.length);
    const page = await ask(core, 'runs.list', { ...query, limit: wanted, ...(cursor ? { cursor } : {}) });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor && rows.length < limit);
  return rows;
};

const describe = (run: Run): string[] => {
  const took =
    'startedAt' in run && run.startedAt && 'endedAt' in run ? duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : '';
  const note = run.status === 'failed' ? run.errorMessage : 'reason' in run ? run.reason : '';
  return [localTime(run.queuedAt), run.id, run.status, run.cause, cut(clean(run.name), 32), took, clean(note)];
};

const printOne = async (io: Io, { run, fetchJobs }: RunDetail): Promise<void> => {
  await io.out(columns([describe(run)]));
  if ('counts' in run) await io.out(columns(Object.entries(run.counts).map(([name, count]) => [`  ${name}`, String(count)])));
  await io.out(
    columns(
      fetchJobs.map((job) => [
        `  ${job.status}`,
        cut(clean(job.sourceTitle), 40),
        job.status === 'failed' ? clean(job.errorMessage) : `${job.postsCount} new`,
      ]),
    ),
  );
  if ('log' in run) await io.out(run.log.map(({ at, level, message }) => `  ${at} ${level} ${clean(message)}\n`).join(''));
};

const show: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, {}, { min: 1, max: 1 });
  const detail = await withCore(io, values.data, 'read', (core) => ask(core, 'runs.get', { id: positionals[0] ?? '' }));
  await (values.json ? printJson(io, { ...detail.run, fetchJobs: detail.fetchJobs }) : printOne(io, detail));
  return 0;
};

/** `tidings history`: runs, newest first, or one run. */
export const historyCommand: Command = async (args, io) => {
  if (args[0] === 'show') return show(args.slice(1), io);
  const { values } = readArgs(args, { status: { type: 'string' }, schedule: { type: 'string' }, limit: { type: 'string' } });
  const limit = wholeNumber(values.limit, 'limit', { min: 1, max: Number.MAX_SAFE_INTEGER }) ?? 50;
  const runs = await withCore(io, values.data, 'read', async (core) => {
    const schedule = values.schedule === undefined ? undefined : await findSchedule(core, values.schedule);
    const query: RunQuery = {
      ...(values.status ? { status: toStatuses(values.status) } : {}),
      ...(schedule ? { scheduleId: schedule.id } : {}),
    };
    return collect(core, query, limit);
  });
  if (values.json) await printJson(io, runs);
  else if (runs.length === 0) io.tell('No runs.');
  else await io.out(columns(runs.map(describe)));
  return 0;
};
