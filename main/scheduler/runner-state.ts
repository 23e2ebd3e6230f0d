import { toAppError } from '../../preload/contract/errors.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventBus } from '../lib/events.ts';
import type { Log } from '../lib/log.ts';
import type { Store } from '../store/repositories.ts';
import type { LiveRun } from './live-run.ts';

/** How long until a row that could not be stored is tried again. */
const STORE_RETRY_MS = 30_000;

export type RunnerDeps = {
  store: Pick<Store, 'runs' | 'fetchJobs' | 'schedules'>;
  jobs: ReadonlyMap<string, JobDefinition>;
  events: EventBus;
  clock: Clock;
  log: Log;
  /** Runs at once, of all kinds; more wait in a queue. */
  maxRuns?: number;
};

/** The runs of this process. */
export type RunnerState = RunnerDeps & {
  lanes: number;
  live: Map<string, LiveRun>;
  queue: LiveRun[];
  busy: number;
  isStopping: boolean;
};

/** Stores the row of a run and announces it. */
export const storeRun = async (state: RunnerState, run: Run): Promise<void> => {
  await state.store.runs.put(run);
  state.events.emit('runs.changed', { run });
};

/** Writes what must not be lost to a full disk: tries again until it is there. */
export const writeFirmly = async (state: RunnerState, runId: string, write: () => Promise<unknown>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    const { code } = toAppError(error);
    state.log.error('A run could not be written down', { runId, code, error });
    if (code.startsWith('STORE_')) state.clock.after(STORE_RETRY_MS, () => void writeFirmly(state, runId, write));
  }
};
