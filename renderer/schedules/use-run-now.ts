import { useCallback } from 'react';
import { useFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { endedToast } from '../ui/run-toast.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { useRunNow: say } = words.schedules;

/** Starts a schedule by hand; at its end a message tells what it brought. */
export const useRunNow = (): ((scheduleId: string) => Promise<void>) => {
  const follow = useFollow();
  const toast = useToast();
  return useCallback(
    async (scheduleId) => {
      const answer = await follow((client) => client.request('runs.start', { scheduleId }));
      if (!answer.ok) return toast({ text: answer.error.message });
      const { run, alreadyRunning, ended } = answer.result;
      if (alreadyRunning) toast({ text: say.isAlreadyGoing(run.name) });
      const over = await ended;
      toast(endedToast(over, () => go(['history', 'run', over.id])));
    },
    [follow, toast],
  );
};
