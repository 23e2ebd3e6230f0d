import { silentLog } from '../../main/lib/log.ts';
import { openStore } from '../../main/store/store.ts';

const HOUR_MS = 3_600_000;

/**
 * Leaves the demo's folder as a computer does that was off for nine hours: feeds, a clean-up that is to be asked about, a back-up
 * that is skipped; all of them hourly, so that there are as many at any time of day, or by their own rules. The next start tells of it.
 */
export const leaveForNineHours = async (dir: string, rules: 'hourly' | 'their own' = 'hourly'): Promise<void> => {
  const now = Date.now();
  const at = (hoursAgo: number) => new Date(Math.floor((now - hoursAgo * HOUR_MS) / 60_000) * 60_000).toISOString();
  const store = await openStore({ dir, log: silentLog });
  const schedule = (kind: string) => {
    const found = store.schedules.all().find(({ jobKind }) => jobKind === kind);
    if (!found) throw new Error(`The demo has no schedule of ${kind}.`);
    return found;
  };
  const rule = rules === 'hourly' ? { trigger: { type: 'interval', minutes: 60 } as const } : {};
  await store.schedules.put([
    { ...schedule('fetch-feeds'), ...rule, lastDueAt: at(9.5), nextDueAt: at(8.5) },
    { ...schedule('clean-up'), ...rule, lastDueAt: at(9.25), nextDueAt: at(8.25), missed: 'ask', graceMinutes: 2 },
    { ...schedule('back-up'), ...rule, lastDueAt: at(9.25), nextDueAt: at(8.25), missed: 'skip' },
  ]);
  await store.notes.put('scheduler.seen', now - 9 * HOUR_MS);
  await store.close();
};
