import { readFile } from 'node:fs/promises';
import { AppError, toErrorData } from '../../../preload/contract/errors.ts';
import type { ActiveWindow, Trigger } from '../../../preload/contract/schedule.ts';
import { nextInstants } from '../../core.ts';
import { readArgs, toPath, wholeNumber } from '../args.ts';
import { type Command, type Io, printJson } from '../io.ts';
import { readTrigger, readWindow } from './schedule.ts';

const MAX_COUNT = 10_000;

type Case = { trigger: Trigger; zone: string; from: string; count: number; window?: ActiveWindow };

/** One line in, one line out: the due instants, or what is wrong. */
const answer = async (text: string): Promise<string[] | { error: string; code: string }> => {
  try {
    const { trigger, zone, from, count, window } = JSON.parse(text) as Case;
    if (!Number.isSafeInteger(count) || count < 0 || count > MAX_COUNT)
      throw new AppError('USAGE', `count must be a whole number up to ${MAX_COUNT.toLocaleString('en')}.`);
    return await nextInstants(trigger, zone, from, count, window);
  } catch (error) {
    if (error instanceof SyntaxError) return { error: 'The line is not JSON.', code: 'USAGE' };
    const { message, code } = toErrorData(error);
    return { error: message, code };
  }
};

const runCases = async (io: Io, path: string): Promise<number> => {
  const text = await readFile(toPath(io, path), 'utf8').catch(() => {
    throw new AppError('USAGE', `The file "${path.slice(0, 200)}" cannot be read.`);
  });
  for (const line of text.split('\n')) if (line.trim() !== '') await printJson(io, await answer(line));
  return 0;
};

/** `tidings next`: the next due instants of a trigger, in UTC. Needs no data folder. */
export const nextCommand: Command = async (args, io) => {
  const { values, positionals } = readArgs(
    args,
    {
      zone: { type: 'string' },
      from: { type: 'string' },
      count: { type: 'string' },
      cases: { type: 'string' },
      window: { type: 'string' },
    },
    { max: 1 },
  );
  if (values.cases !== undefined) return runCases(io, values.cases);
  if (positionals[0] === undefined) throw new AppError('USAGE', 'Give a trigger as JSON, or --cases FILE.');
  const count = wholeNumber(values.count, 'count', { min: 1, max: MAX_COUNT }) ?? 5;
  const zone = values.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const from = values.from ?? new Date(io.now()).toISOString();
  const dues = await nextInstants(readTrigger(positionals[0]), zone, from, count, readWindow(values.window));
  await (values.json ? printJson(io, dues) : io.out(dues.map((due) => `${due}\n`).join('')));
  return 0;
};
