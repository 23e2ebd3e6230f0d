import type { Run } from '../../preload/contract/run.ts';
import type { RunnerState } from './runner-state.ts';
import { changeSchedule } from './schedule-changes.ts';

/** Whether a run got as far as its job. One that was closed while it waited in the queue did not. */
export const wasBegun = (run: Run): boolean => !('endedAt' in run) || ('startedAt' in run && run.startedAt !== undefined);

/**
 * A timed run that waited in the queue when Tidings stopped has served nothing: its due instant is waited for again,
 * and made up at the next start, with the ones after it that were skipped because it still waited. Can be called more than once.
 */
export const giveBack = async (state: RunnerState, run: Run): Promise<void> => {
  const { scheduleId, scheduledFor, cause } = run;
  if (!scheduleId || !scheduledFor || (cause !== 'schedule' && cause !== 'catch-up')) return;
  await changeSchedule(state, scheduleId, (schedule) =>
    (schedule.lastDueAt ?? '') >= scheduledFor && (schedule.nextDueAt ?? '') > scheduledFor
      ? { ...schedule, nextDueAt: scheduledFor }
      : undefined,
  );
};
