import { useCallback } from 'react';
import type { Source } from '../../preload/contract/source.ts';
import { words } from '../words/words.ts';
import { useClient } from './client-context.tsx';

const { client: say } = words;

/**
 * Looks at sources now, feeds and Hacker News lists alike; paused ones are left alone. Answers what to say about it:
 * *Fetching 12 sources*. `pick` narrows; `what` is what they are called together.
 */
export const useFetch = (): ((pick?: (source: Source) => boolean, what?: string) => Promise<string>) => {
  const client = useClient();
  return useCallback(
    async (pick = () => true, what = say.allSources) => {
      const list = await client.request('sources.list', {});
      if (!list.ok) return list.error.message;
      const ids = list.result.map((row) => row.source).filter((source) => !source.paused && pick(source));
      if (ids.length === 0) return say.allPaused;
      const answer = await client.request('sources.fetch', { ids: ids.map((source) => source.id) });
      if (!answer.ok) return answer.error.message;
      return answer.result.alreadyRunning ? say.already : say.fetching(what);
    },
    [client],
  );
};
