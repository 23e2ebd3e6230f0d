import { useEffect, useMemo, useState } from 'react';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';
import { withJobs } from './with-jobs.ts';

const FLUSH_MS = 250;
const NONE: ReadonlyMap<string, FetchJob> = new Map();

/**
 * All sources with how they go. A cycle announces thousands of fetch jobs; they are laid over the rows that are here, four
 * times a second at most, and the list is asked again when a run begins or ends, or posts or sources change.
 */
export const useSourceRows = () => {
  const client = useClient();
  const list = useQuery('sources.list', {}, ['sources.changed', 'posts.changed', 'runs.changed', 'settings.changed']);
  const [jobs, setJobs] = useState(NONE);
  const { data } = list;

  useEffect(() => {
    setJobs(NONE);
    if (!data) return;
    const heard = new Map<string, FetchJob>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      setJobs(new Map(heard));
    };
    const stop = client.on('fetch-jobs.changed', ({ fetchJob }) => {
      heard.set(fetchJob.sourceId, fetchJob);
      timer ??= setTimeout(flush, FLUSH_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, data]);

  const rows = useMemo(() => withJobs(data ?? [], jobs), [data, jobs]);
  return { ...list, rows };
};
