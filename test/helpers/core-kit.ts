import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dispatch } from '../../main/api/dispatch.ts';
import { type Core, type CoreDeps, createCore } from '../../main/core.ts';
import { silentLog } from '../../main/lib/log.ts';
import type { EventName, Events, MethodName, Params, Result, Transport } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { Run } from '../../preload/contract/run.ts';
import { testPolicy, testResolve } from './test-network.ts';

/** A folder of its own under the system's temporary one; `remove` takes it away. */
export const makeFolder = async (): Promise<{ dir: string; remove: () => Promise<void> }> => {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-test-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
};

/** A core of the test internet; nothing starts by itself unless asked for. */
export const openTestCore = (dataDir: string, own: Partial<CoreDeps> = {}): Promise<Core> =>
  createCore({
    dataDir,
    host: 'headless',
    version: '0.1.0',
    log: silentLog,
    withSchedule: false,
    addressPolicy: testPolicy,
    resolve: testResolve,
    netLimits: { hostPauseMs: 0 },
    ...own,
  });

/** Questions without a wire. */
export const directTransport = (core: Core): Transport => ({
  request: (method, params) => dispatch(core.handlers, method, params),
  onEvent: core.onEvent,
});

/** Asks and answers the result. Throws what is answered as an error. */
export const askOver = async <Name extends MethodName>(
  transport: Pick<Transport, 'request'>,
  method: Name,
  params: Params<Name>,
): Promise<Awaited<Result<Name>>> => {
  const reply = await transport.request(method, params);
  if (reply.ok) return reply.result as Awaited<Result<Name>>;
  throw new AppError(reply.error.code, reply.error.message, reply.error.field ? { field: reply.error.field } : {});
};

/** The first announcement of this name, from now on, for which `fits` is true. */
export const announced = <Name extends EventName>(
  transport: Pick<Transport, 'onEvent'>,
  name: Name,
  fits: (data: Events[Name]) => boolean = () => true,
): Promise<Events[Name]> =>
  new Promise((resolve) => {
    const stop = transport.onEvent((announcement) => {
      const data = announcement.data as Events[Name];
      if (announcement.name !== name || !fits(data)) return;
      stop();
      resolve(data);
    });
  });

const isOver = (run: Run): boolean => run.status !== 'queued' && run.status !== 'running';

/** Starts a run through `method` and settles with its last row. */
export const runThrough = async <Name extends 'runs.start' | 'sources.fetch' | 'runs.retryFailed'>(
  transport: Transport,
  method: Name,
  params: Params<Name>,
): Promise<Run> => {
  const seen = new Map<string, Run>();
  let hear: (run: Run) => void = () => {};
  const stop = transport.onEvent(({ name, data }) => {
    if (name !== 'runs.changed' || !isOver(data.run)) return;
    seen.set(data.run.id, data.run);
    hear(data.run);
  });
  try {
    const { run } = await askOver(transport, method, params);
    return await new Promise((resolve) => {
      hear = (ended) => ended.id === run.id && resolve(ended);
      const already = seen.get(run.id);
      if (already) resolve(already);
    });
  } finally {
    stop();
  }
};
