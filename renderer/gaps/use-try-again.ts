import { useCallback, useState } from 'react';
import { useFollow } from '../client/use-run-now.ts';
import { go } from '../client/use-view.ts';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { gaps: say } = words;

type JobKind = 'complete-series' | 'complete-authors';
/** Looks again, for one map or for all of a kind; at its end a message tells what was found. */
export const useTryAgain = (jobKind: JobKind, options: { seriesId?: string; authorId?: string } = {}) => {
  const follow = useFollow();
  const toast = useToast();
  const [isGoing, setIsGoing] = useState(false);
  const { seriesId, authorId } = options;
  const tryAgain = useCallback(async () => {
    setIsGoing(true);
    const which = { ...(seriesId ? { seriesId } : {}), ...(authorId ? { authorId } : {}) };
    const answer = await follow((client) => client.request('runs.start', { jobKind, options: which }));
    if (!answer.ok) {
      setIsGoing(false);
      return toast({ text: answer.error.message });
    }
    if (answer.result.alreadyRunning) toast({ text: say.alreadyGoing(answer.result.run.name) });
    const run = await answer.result.ended;
    setIsGoing(false);
    const open = { undo: () => go(['history', 'run', run.id]), actionLabel: say.openRun };
    const found = 'counts' in run ? (run.counts.posts_added ?? 0) : 0;
    if (run.status !== 'completed') return toast({ text: say.notFinished(run.name), ...open });
    toast({ text: found > 0 ? say.found(found) : say.nothingMore, ...open });
  }, [follow, toast, jobKind, seriesId, authorId]);
  return { tryAgain, isGoing };
};
