import { toInstant } from '../lib/clock.ts';
import type { JobServices } from './services.ts';

const ALERT = 'domains-failing';
const DAY_MS = 86_400_000;
/** Fewer than these tell nothing about a share. */
const FEWEST = 10;

/** Tells the owner once when too many domains of the last 24 hours failed, and takes it back when it is better. `percent` is the share. */
export const watchErrorRate = (
  { store, clock, alerts }: Pick<JobServices, 'store' | 'clock' | 'alerts'>,
  percent: number,
): void => {
  const { completed, error } = store.domains.endedSince(toInstant(clock.now() - DAY_MS));
  const all = completed + error;
  if (all < FEWEST || (error / all) * 100 <= percent) alerts?.clear(ALERT);
  else {
    alerts?.raise({
      id: ALERT,
      kind: 'domains-failing',
      subjectId: 'process-domains',
      text: `${error} of ${all} sites could not be read in the last 24 hours.`,
    });
  }
};
