import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MethodName, Params, Result } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { dispatch } from '../api/dispatch.ts';
import { type Core, type CoreDeps, createCore } from '../core.ts';
import { dataDir } from '../lib/data-dir.ts';
import { createLog, type Log } from '../lib/log.ts';
import type { Io } from './io.ts';

const HERE = dirname(fileURLToPath(import.meta.url));

/** The version of this package. */
export const readVersion = (): string => {
  const text = readFileSync(join(HERE, '..', '..', 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
};

/** Asks the core through its only door. Throws what it answers as an error. */
export const ask = async <Name extends MethodName>(
  core: Core,
  method: Name,
  params: Params<Name>,
): Promise<Awaited<Result<Name>>> => {
  const reply = await dispatch(core.handlers, method, params);
  if (reply.ok) return reply.result as Awaited<Result<Name>>;
  const { code, message, field } = reply.error;
  throw new AppError(code, message, field ? { field } : {});
};

/** A log for short commands: only what needs attention. */
export const quietLog = (io: Io): Log => ({ ...createLog(io.log, io.now), info: () => {} });

/** The data folder of a command. */
export const placeOf = (io: Io, data: string | undefined): string => dataDir(data, { env: io.env, cwd: io.cwd });

/** Opens the core of the data folder. Throws STORE_LOCKED when another process writes there. */
export const openCore = (io: Io, data: string | undefined, own: Partial<CoreDeps> = {}): Promise<Core> =>
  createCore({
    dataDir: placeOf(io, data),
    host: 'headless',
    version: readVersion(),
    log: quietLog(io),
    env: io.env,
    ...(io.env.TIDINGS_HN_API ? { hackerNewsApi: io.env.TIDINGS_HN_API } : {}),
    ...(io.env.TIDINGS_RELEASES ? { releasesUrl: io.env.TIDINGS_RELEASES } : {}),
    ...own,
  });

/** Works with the core of the data folder and closes it, whatever happens. */
export const withCore = async <Value>(
  io: Io,
  data: string | undefined,
  mode: 'read' | 'write',
  work: (core: Core) => Promise<Value>,
): Promise<Value> => {
  const core = await openCore(io, data, { mode, withSchedule: false });
  try {
    if (mode === 'write') await core.start();
    return await work(core);
  } finally {
    await core.stop();
  }
};
