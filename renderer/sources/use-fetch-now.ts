import { useCallback } from 'react';
import type { Source } from '../../preload/contract/source.ts';
import { useFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { newPosts } from '../ui/format.ts';
import { failedOf, newOf } from '../ui/run-words.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { useFetchNow: say } = words.sources;

/** Fetches one source by hand; at its end a message tells what it brought. */
export const useFetchNow = (): ((source: Pick<Source, 'id' | 'title'>) => Promise<void>) => {
  const follow = useFollow();
  const toast = useToast();
  return useCallback(
    async ({ id, title }) => {
      const answer = await follow((client) => client.request('sources.fetch', { ids: [id] }));
      if (!answer.ok) return toast({ text: answer.error.message });
      const run = await answer.result.ended;
      const isFine = run.status === 'completed' && failedOf(run.counts) === 0;
      const open = { undo: () => go(['sources', id]), actionLabel: say.look };
      toast(isFine ? { text: `${title}: ${newPosts(newOf(run.counts))}` } : { text: say.couldNotBeFetched(title), ...open });
    },
    [follow, toast],
  );
};
