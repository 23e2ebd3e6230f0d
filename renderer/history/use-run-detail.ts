import { useEffect, useMemo, useRef, useState } from 'react';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run, RunDetail } from '../../preload/contract/run.ts';
import { useClient } from '../client/client-context.tsx';
import { type Query, useQuery } from '../client/use-query.ts';

/** How long changes of fetch jobs are gathered before they are shown, milliseconds. */
const GATHER_MS = 120;

const concerns = (run: Run, shown: RunDetail | undefined): boolean =>
  shown !== undefined &&
  (run.id === shown.run.id ||
    (run.retryOf !== undefined && shown.attempts.some(({ id }) => id === run.retryOf)) ||
    (run.scheduleId !== undefined && run.scheduleId === shown.run.scheduleId));

/** The detail with rows as they are by now. */
const patched = (detail: RunDetail | undefined, changed: ReadonlyMap<string, FetchJob>): RunDetail | undefined =>
  detail && changed.size > 0
    ? { ...detail, fetchJobs: detail.fetchJobs.map((job) => ({ ...(changed.get(job.id) ?? job), sourceTitle: job.sourceTitle })) }
    : detail;

/**
 * A run with its rows, followed while it goes: a row that changes is put in its place, so that a run of thousands of sources
 * is not read again with each of them.
 */
export const useRunDetail = (id: string): Query<RunDetail> => {
  const client = useClient();
  const query = useQuery('runs.get', { id }, ['runs.removed']);
  const [changed, setChanged] = useState<ReadonlyMap<string, FetchJob>>(new Map());
  const shown = useRef(query.data);
  shown.current = query.data;
  const { reload } = query;

  useEffect(() => {
    let waiting: FetchJob[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      const news = waiting;
      waiting = [];
      timer = undefined;
      const known = new Set(shown.current?.fetchJobs.map((job) => job.id));
      if (news.some((job) => !known.has(job.id))) reload();
      setChanged((before) => new Map([...before, ...news.map((job) => [job.id, job] as const)]));
    };
    const stopJobs = client.on('fetch-jobs.changed', ({ fetchJob }) => {
      if (fetchJob.runId !== id) return;
      waiting.push(fetchJob);
      timer ??= setTimeout(flush, GATHER_MS);
    });
    const stopRuns = client.on('runs.changed', ({ run }) => {
      if (run.id === id || concerns(run, shown.current)) reload();
    });
    return () => {
      clearTimeout(timer);
      stopJobs();
      stopRuns();
    };
  }, [client, id, reload]);

  // What was asked for anew holds all that was announced before.
  useEffect(() => setChanged((before) => (before.size > 0 && isOver(query.data) ? new Map() : before)), [query.data]);
  const data = useMemo(() => patched(query.data, changed), [query.data, changed]);
  return { ...query, data };
};

const isOver = (detail: RunDetail | undefined): boolean => detail !== undefined && 'endedAt' in detail.run;
