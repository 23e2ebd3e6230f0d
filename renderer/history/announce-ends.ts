import { useEffect } from 'react';
import { useClient } from '../client/client-context.tsx';
import { announce } from '../ui/announce.ts';
import { countsWords, RUN_STATUS_WORDS } from '../ui/run-words.ts';
import { words } from '../words/words.ts';

/** Has a screen reader told how each run ends, while the history is open. */
export const useAnnouncedEnds = (): void => {
  const client = useClient();
  useEffect(
    () =>
      client.on('runs.changed', ({ run }) => {
        if (run.status !== 'completed' && run.status !== 'failed' && run.status !== 'cancelled') return;
        const how = run.status === 'completed' ? countsWords(run.counts) : RUN_STATUS_WORDS[run.status];
        announce(words.history.ended(run.name, how));
      }),
    [client],
  );
};
