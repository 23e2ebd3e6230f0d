import { useCallback, useEffect, useState } from 'react';
import type { EditionRow } from '../../preload/contract/digest.ts';
import type { ErrorData } from '../../preload/contract/errors.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';

const PAGE = 50;

/** The editions of a digest, newest first, fifty and then more. What is new or different on the first page is followed. */
export const useEditions = (scheduleId: string) => {
  const client = useClient();
  const first = useQuery('digests.editions', { scheduleId, limit: PAGE }, ['digests.changed']);
  const [older, setOlder] = useState<EditionRow[]>([]);
  const [next, setNext] = useState<string>();
  const [isLoading, setIsLoading] = useState(false);
  const [error, setError] = useState<ErrorData>();
  const firstNext = first.data?.next;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another first page is another list
  useEffect(() => {
    setOlder([]);
    setNext(firstNext);
  }, [scheduleId, firstNext]);
  const more = useCallback(async () => {
    if (!next) return;
    setIsLoading(true);
    const answer = await client.request('digests.editions', { scheduleId, cursor: next, limit: PAGE });
    setIsLoading(false);
    setError(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    setOlder((before) => [...before, ...answer.result.rows]);
    setNext(answer.result.next);
  }, [client, next, scheduleId]);
  const seen = new Set(first.data?.rows.map(({ id }) => id));
  return {
    rows: first.data && [...first.data.rows, ...older.filter(({ id }) => !seen.has(id))],
    total: first.data?.total ?? 0,
    error: error ?? first.error,
    reload: first.reload,
    more: next ? () => void more() : undefined,
    isLoadingMore: isLoading,
  };
};
