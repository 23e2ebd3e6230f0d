import { useCallback } from 'react';
import { useFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { top: say } = words;

/** Chooses the top posts now, and opens the edition once it is there. */
export const useMakeTop = (): (() => Promise<void>) => {
  const follow = useFollow();
  const toast = useToast();
  return useCallback(async () => {
    // The schedule's own options: folders without a list, how many posts.
    const byKind = { jobKind: 'discover-top' };
    const started = await follow(async (client) => {
      const schedules = await client.request('schedules.list', {});
      const schedule = schedules.ok
        ? schedules.result.find((row) => row.schedule.jobKind === 'discover-top')?.schedule
        : undefined;
      return client.request('runs.start', schedule ? { scheduleId: schedule.id } : byKind);
    });
    if (!started.ok) return toast({ text: started.error.message });
    const run = await started.result.ended;
    const lists = 'counts' in run ? (run.counts.lists ?? 0) : 0;
    if (run.status === 'completed' && lists > 0) return go(['top', run.id]);
    toast({
      text: 'errorMessage' in run ? run.errorMessage : say.nothingToChoose,
    });
  }, [follow, toast]);
};
