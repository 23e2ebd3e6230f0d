import { AppError } from '../../../preload/contract/errors.ts';
import {
  type ActiveWindow,
  type MissedPolicy,
  type Schedule,
  type ScheduleRow,
  type Trigger,
  UNTIL_RESUMED,
} from '../../../preload/contract/schedule.ts';
import { instant, keyValues, readArgs, wholeNumber } from '../args.ts';
import { clean, columns, counted, cut, localTime } from '../format.ts';
import { type Command, printJson } from '../io.ts';
import { ask, withCore } from '../with-core.ts';
import { findSchedule } from './find.ts';
import { waitFor } from './run.ts';

/** A trigger as it is typed. What it may be is checked by the scheduler. */
export const readTrigger = (text: string): Trigger => {
  try {
    return JSON.parse(text) as Trigger;
  } catch {
    throw new AppError('USAGE', 'The trigger must be JSON such as {"type":"daily","time":"06:30"}.');
  }
};

/** An active window as it is typed; what it may be is checked by the scheduler. */
export const readWindow = (text: string | undefined): ActiveWindow | undefined => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as ActiveWindow;
  } catch {
    throw new AppError('USAGE', 'The window must be JSON such as {"days":["mon"],"from":"09:00","to":"17:00"}.');
  }
};

const stateOf = ({ enabled, pausedUntil, asked, retry }: Schedule): string => {
  if (!enabled) return 'off';
  if (asked) return `asks about ${asked.count} missed`;
  if (!pausedUntil && retry) return `retry ${retry.number - 1} of ${retry.of - 1} at ${localTime(retry.at)}`;
  if (!pausedUntil) return '';
  return pausedUntil === UNTIL_RESUMED ? 'paused' : `paused until ${localTime(pausedUntil)}`;
};

const describe = ({ schedule, words, next, last }: ScheduleRow): string[] => [
  schedule.id,
  cut(clean(schedule.name), 32),
  words.endsWith(schedule.timeZone) ? words : `${words} ${schedule.timeZone}`,
  next[0] ? localTime(next[0]) : '-',
  stateOf(schedule) || (last ? `last ${last.status}` : 'never ran'),
];

const list: Command = async (args, io) => {
  const { values } = readArgs(args, {});
  const rows = await withCore(io, values.data, 'read', (core) => ask(core, 'schedules.list', {}));
  if (values.json) {
    const flat = rows.map(({ schedule, words, next, why, last }) => ({ ...schedule, words, next, why, lastRun: last ?? null }));
    await printJson(io, flat);
  } else await io.out(columns(rows.map(describe)));
  return 0;
};

const add: Command = async (args, io) => {
  const { values } = readArgs(args, {
    name: { type: 'string' },
    job: { type: 'string' },
    trigger: { type: 'string' },
    zone: { type: 'string' },
    option: { type: 'string', multiple: true },
    window: { type: 'string' },
    missed: { type: 'string' },
    grace: { type: 'string' },
    retries: { type: 'string' },
    off: { type: 'boolean' },
  });
  const { name, job, trigger, zone, missed } = values;
  const window = readWindow(values.window);
  const graceMinutes = wholeNumber(values.grace, 'grace', { min: 2, max: 525_600 });
  const retries = wholeNumber(values.retries, 'retries', { min: 0, max: 10 });
  if (!name || !job || !trigger) throw new AppError('USAGE', 'A schedule needs --name, --job and --trigger.');
  const schedule = await withCore(io, values.data, 'write', (core) =>
    ask(core, 'schedules.add', {
      name,
      jobKind: job,
      trigger: readTrigger(trigger),
      options: keyValues(values.option),
      enabled: !values.off,
      ...(zone ? { timeZone: zone } : {}),
      ...(window ? { window } : {}),
      ...(missed ? { missed: missed as MissedPolicy } : {}),
      ...(graceMinutes === undefined ? {} : { graceMinutes }),
      ...(retries === undefined ? {} : { retries }),
    }),
  );
  await (values.json ? printJson(io, schedule) : io.out(`Added: ${clean(schedule.name)} (${schedule.id})\n`));
  return 0;
};

const pause: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { until: { type: 'string' }, minutes: { type: 'string' } }, { min: 1, max: 1 });
  const minutes = wholeNumber(values.minutes, 'minutes', { min: 1, max: 525_600 });
  const until = minutes === undefined ? instant(values.until, 'until') : new Date(io.now() + minutes * 60_000).toISOString();
  const schedule = await withCore(io, values.data, 'write', async (core) => {
    const { id } = await findSchedule(core, positionals[0] ?? '');
    return ask(core, 'schedules.pause', { id, ...(until ? { until } : {}) });
  });
  const end = until ? ` until ${localTime(until)}` : '';
  await (values.json ? printJson(io, schedule) : io.out(`Paused${end}: ${clean(schedule.name)}\n`));
  return 0;
};

const resume: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { 'make-up': { type: 'boolean' } }, { min: 1, max: 1 });
  const schedule = await withCore(io, values.data, 'write', async (core) => {
    const { id } = await findSchedule(core, positionals[0] ?? '');
    return ask(core, 'schedules.resume', { id, makeUp: values['make-up'] === true });
  });
  await (values.json ? printJson(io, schedule) : io.out(`Resumed: ${clean(schedule.name)}\n`));
  return 0;
};

const answer: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, { run: { type: 'boolean' }, skip: { type: 'boolean' } }, { min: 1, max: 1 });
  if (values.run === values.skip) throw new AppError('USAGE', 'Say --run to make up what was missed, or --skip to let it go.');
  const ended = await withCore(io, values.data, 'write', async (core) => {
    const { id } = await findSchedule(core, positionals[0] ?? '');
    const { run } = await ask(core, 'schedules.answerMissed', { id, run: values.run === true });
    return run ? await waitFor(core, run.id, io.signal) : null;
  });
  await (values.json ? printJson(io, ended) : io.out(ended ? `Made up: ${ended.status}.\n` : 'Let go.\n'));
  return 0;
};

const remove: Command = async (args, io) => {
  const { values, positionals } = readArgs(args, {}, { min: 1, max: 1 });
  const removed = await withCore(io, values.data, 'write', async (core) => {
    const { id } = await findSchedule(core, positionals[0] ?? '');
    return { id, ...(await ask(core, 'schedules.remove', { id })) };
  });
  await (values.json ? printJson(io, removed) : io.out(`Removed. Its history stays (${counted(removed.runs, 'run')}).\n`));
  return 0;
};

const VERBS: Readonly<Record<string, Command>> = {
  list,
  add,
  pause,
  resume,
  answer,
  remove,
};

/** `tidings schedule ...`. */
export const scheduleCommand: Command = (args, io) => {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!command) throw new AppError('USAGE', 'Say what to do with schedules: list, add, pause, resume, answer or remove.');
  return command(rest, io);
};
