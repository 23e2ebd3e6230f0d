import { useCallback, useEffect, useState } from 'react';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { Run, RunQuery } from '../../preload/contract/run.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';
import { mergeRuns } from './merge-runs.ts';

type Older = { key: string; rows: Run[]; next: string | undefined; isPending: boolean };

/** Runs that match, newest first: the first page follows events, further pages are asked for and then kept up to date. */
export const useRuns = (query: RunQuery) => {
  const client = useClient();
  const first = useQuery('runs.list', query, ['runs.changed', 'runs.removed']);
  const { since: _, ...lasting } = query;
  const key = JSON.stringify(lasting);
  const [older, setOlder] = useState<Older>({ key: '', rows: [], next: undefined, isPending: false });
  const [moreError, setMoreError] = useState<ErrorData>();
  const isOlder = older.key === key;

  useEffect(() => {
    const stopChanged = client.on('runs.changed', ({ run }) =>
      setOlder((before) =>
        before.rows.some((row) => row.id === run.id)
          ? { ...before, rows: before.rows.map((row) => (row.id === run.id ? run : row)) }
          : before,
      ),
    );
    const stopRemoved = client.on('runs.removed', ({ ids }) =>
      setOlder((before) => ({ ...before, rows: before.rows.filter((row) => !ids.includes(row.id)) })),
    );
    return () => {
      stopChanged();
      stopRemoved();
    };
  }, [client]);

  const firstRows = first.data?.rows ?? [];
  const next = isOlder ? older.next : first.data?.next;
  const more = useCallback(async () => {
    if (!next) return;
    setOlder((before) => ({ ...before, isPending: true }));
    const answer = await client.request('runs.list', { ...query, cursor: next });
    setMoreError(answer.ok ? undefined : answer.error);
    setOlder((before) => {
      if (!answer.ok) return { ...before, isPending: false };
      const known = before.key === key ? before.rows : firstRows;
      return { key, rows: mergeRuns(known, answer.result.rows), next: answer.result.next, isPending: false };
    });
  }, [client, next, key, query, firstRows]);

  return {
    rows: isOlder ? mergeRuns(older.rows, firstRows) : firstRows,
    total: first.data?.total ?? 0,
    isLoading: first.isLoading,
    isPrevious: first.isPrevious,
    error: first.error ?? moreError,
    reload: first.reload,
    more: next ? more : undefined,
    isPending: older.isPending,
  };
};
