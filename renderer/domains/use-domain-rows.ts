import { useEffect, useState } from 'react';
import type { Domain, DomainQuery } from '../../preload/contract/domain.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';
import { withMoves } from './domain-words.ts';

const NONE: ReadonlyMap<string, Domain> = new Map();

/** One page of domains. A move that is announced shows at once; the page is asked again soon after. */
export const useDomainRows = (query: DomainQuery) => {
  const client = useClient();
  const page = useQuery('domains.list', query, ['domains.changed', 'domains.listed', 'posts.changed', 'status.changed']);
  const [moved, setMoved] = useState(NONE);
  useEffect(
    () => client.on('domains.changed', ({ domain }) => setMoved((before) => new Map(before).set(domain.id, domain))),
    [client],
  );
  // What was just read holds all that was announced before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer is what this waits for
  useEffect(() => setMoved(NONE), [page.data]);
  return { ...page, rows: withMoves(page.data?.rows ?? [], moved), total: page.data?.total ?? 0, next: page.data?.next };
};
