import { useCallback } from 'react';
import type { Run } from '../../preload/contract/run.ts';
import type { Client } from '../client/client.ts';
import { useClient } from '../client/client-context.tsx';
import { startAndFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { type Toast, useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { rules: say } = words;

const endWords = (run: Run, name: string, client: Client, toast: (toast: Toast) => void): Toast => {
  const open = { undo: () => go(['history', 'run', run.id]), actionLabel: say.openRun };
  if (run.status === 'failed') return { text: say.applyEnded(name, run.errorMessage), ...open };
  if (run.status !== 'completed') return { text: say.applyEnded(name, say.cancelled), ...open };
  const changed = run.counts.changed ?? 0;
  if (changed === 0) return { text: say.applied(name, 0) };
  const takeBack = async () => {
    const answer = await client.request('undo.apply', { id: run.id });
    if (!answer.ok) toast({ text: answer.error.message });
  };
  return { text: say.applied(name, changed), undo: () => void takeBack() };
};

/** Lets a rule judge the posts that are here, in the background; says how it ended, with a way back. */
export const useApply = (): ((id: string, name: string) => Promise<void>) => {
  const client = useClient();
  const toast = useToast();
  return useCallback(
    async (id, name) => {
      const options = { ruleIds: [id] };
      const answer = await startAndFollow(client, () => client.request('runs.start', { jobKind: 'apply-rules', options }));
      if (!answer.ok) return toast({ text: answer.error.message });
      toast(endWords(await answer.result.ended, name, client, toast));
    },
    [client, toast],
  );
};
