import type { FailureRecord } from '../../preload/contract/failure.ts';
import type { FailedFetchJob, FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Run } from '../../preload/contract/run.ts';
import type { Collection } from './collection.ts';
import type { FailuresRepository } from './repositories.ts';
import type { Shape } from './rows.ts';

/** Errors that are told with the count, at most. */
export const KEPT_ERRORS = 20;

export type FailureRow = FailureRecord & { key: string };
export const failuresShape: Shape<FailureRow> = { name: 'failures', keyOf: (row) => row.key, migrations: [(row) => row] };

type One = FailureRecord['last'][number];
const sourceKey = (sourceId: string): string => `source ${sourceId}`;
const jobKey = (jobKind: string): string => `job ${jobKind}`;

const add = (row: FailureRow | undefined, key: string, ones: readonly One[]): FailureRow | undefined => {
  const first = ones[0];
  if (!first) return row;
  return {
    key,
    count: (row?.count ?? 0) + ones.length,
    since: row?.since ?? first.at,
    last: [...(row?.last ?? []), ...ones].slice(-KEPT_ERRORS),
  };
};
const isFailure = (job: FetchJob): job is FailedFetchJob => job.status === 'failed' && !job.isBlameless;
const ofJob = ({ endedAt, errorCode, errorMessage, runId }: FailedFetchJob): One => ({
  at: endedAt,
  errorCode,
  errorMessage,
  runId,
});
const toRecord = (row: FailureRow | undefined): FailureRecord | undefined =>
  row && { count: row.count, since: row.since, last: row.last };

/** The ledger over its collection; `earlier` are the rows that tell what failed before there was a ledger. */
export const createFailures = (
  rows: Collection<FailureRow>,
  earlier: { fetchJobs: Pick<Collection<FetchJob>, 'all'>; runs: Pick<Collection<Run>, 'all'> },
): FailuresRepository => {
  /** What the rows still tell of a key that has no record yet. */
  const fromRows = (): Map<string, One[]> => {
    const found = new Map<string, One[]>();
    const note = (key: string, one: One): void => {
      if (!rows.get(key)) found.set(key, [...(found.get(key) ?? []), one]);
    };
    for (const job of earlier.fetchJobs.all()) if (isFailure(job)) note(sourceKey(job.sourceId), ofJob(job));
    for (const run of earlier.runs.all())
      if (run.status === 'failed')
        note(jobKey(run.jobKind), {
          at: run.endedAt,
          errorCode: run.errorCode,
          errorMessage: run.errorMessage,
          runId: run.id,
        });
    return found;
  };
  let isSettled = false;
  const settleEarlier = async (): Promise<void> => {
    if (isSettled) return;
    isSettled = true;
    try {
      await rows.put([...fromRows()].flatMap(([key, ones]) => add(undefined, key, ones) ?? []));
    } catch (error) {
      isSettled = false;
      throw error;
    }
  };
  const note = async (key: string, one: One): Promise<void> => {
    await settleEarlier();
    const row = add(rows.get(key), key, [one]);
    if (row) await rows.put([row]);
  };
  return {
    forSource: (sourceId) => toRecord(rows.get(sourceKey(sourceId))),
    forJob: (jobKind) => toRecord(rows.get(jobKey(jobKind))),
    noteFetchJob: async (job) => {
      if (isFailure(job)) await note(sourceKey(job.sourceId), ofJob(job));
    },
    noteRun: ({ jobKind, endedAt, errorCode, errorMessage, id }) =>
      note(jobKey(jobKind), { at: endedAt, errorCode, errorMessage, runId: id }),
    settleEarlier,
    forgetSource: async (sourceId) => {
      await rows.remove([sourceKey(sourceId)]);
    },
  };
};
