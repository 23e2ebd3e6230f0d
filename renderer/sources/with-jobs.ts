import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { SourceRow } from '../../preload/contract/source.ts';

const SHOWN = 20;

/** Rows with what was announced since they were read: the newest fetch job of each source, by source id. */
export const withJobs = (rows: SourceRow[], jobs: ReadonlyMap<string, FetchJob>): SourceRow[] =>
  jobs.size === 0
    ? rows
    : rows.map((row) => {
        const job = jobs.get(row.source.id);
        if (!job) return row;
        const recent = [...row.recent.filter(({ id }) => id !== job.id), job].slice(-SHOWN);
        return job.status === 'completed' ? { ...row, recent, lastGoodAt: job.endedAt } : { ...row, recent };
      });
