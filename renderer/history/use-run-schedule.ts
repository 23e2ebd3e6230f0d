import { useCallback } from 'react';
import { useFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { endedToast } from '../ui/run-toast.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

/** Starts a schedule by hand, and says at the end what it brought. */
export const useRunSchedule = (): ((scheduleId: string) => Promise<void>) => {
  const follow = useFollow();
  const toast = useToast();
  return useCallback(
    async (scheduleId) => {
      const answer = await follow((client) => client.request('runs.start', { scheduleId }));
      if (!answer.ok) return toast({ text: answer.error.message });
      if (answer.result.alreadyRunning) toast({ text: words.history.alreadyGoing(answer.result.run.name) });
      const ended = await answer.result.ended;
      toast(endedToast(ended, () => go(['history', 'run', ended.id])));
    },
    [follow, toast],
  );
};
