import { useCallback } from 'react';
import { useClient } from '../client/client-context.tsx';
import { useFollow } from '../client/use-run-now.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { domains: say } = words;

/** The most domains one run takes. */
const MOST = 500;

/** Starts runs of domains by hand and tells how they ended. */
export const useProcess = () => {
  const client = useClient();
  const follow = useFollow();
  const toast = useToast();
  const start = useCallback(
    async (options: { batchSize?: number; only?: string[] }) => {
      const answer = await follow((asked) => asked.request('runs.start', { jobKind: 'process-domains', options }));
      if (!answer.ok) return toast({ text: answer.error.message });
      const run = await answer.result.ended;
      if (run.status === 'failed') toast({ text: run.errorMessage });
      else if (run.status === 'completed') toast({ text: endWords(run.counts) });
    },
    [follow, toast],
  );
  return {
    /** All that wait, as many as one run takes. */
    pending: (waiting: number) => start({ batchSize: Math.min(MOST, Math.max(1, waiting)) }),
    /** Makes these pending again and processes them. */
    again: async (ids: string[]) => {
      const answer = await client.request('domains.retry', { ids });
      if (!answer.ok) return toast({ text: answer.error.message });
      const only = answer.result.changed.slice(0, MOST);
      if (only.length > 0) await start({ only, batchSize: only.length });
    },
    pin: async (id: string, pinned: boolean) => {
      const answer = await client.request('domains.pin', { id, pinned });
      if (!answer.ok) toast({ text: answer.error.message });
    },
  };
};

const endWords = ({ completed = 0, error = 0, domains = 0 }: Record<string, number>): string => {
  if (domains === 0) return say.nothingNow;
  return error === 0 ? say.completed(completed) : say.ended(completed, error);
};
