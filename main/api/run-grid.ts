import type { FailedFetchJob, FetchJob } from '../../preload/contract/fetch-job.ts';
import type { GridDot, GridRow, Run, RunGrid } from '../../preload/contract/run.ts';
import type { Source } from '../../preload/contract/source.ts';
import { hostOf } from '../jobs/due-sources.ts';
import { toInstant } from '../lib/clock.ts';
import type { Services } from './services.ts';

type Store = Services['store'];

const DEFAULT_RUNS = 20;
/** Jobs whose runs ask sources, and the kind of source they ask. */
const ASKING: Readonly<Record<string, readonly Source['kind'][]>> = {
  'fetch-feeds': ['feed'],
  'collect-hacker-news': ['hacker-news'],
  'crawl-sources': ['feed', 'hacker-news'],
};

/** What a fetch job came to, in one letter. */
export const dotOf = (job: FetchJob): GridDot => {
  if (job.status === 'queued' || job.status === 'ongoing') return 'r';
  if (job.status === 'failed') {
    if (job.errorCode === 'HTTP_429') return 'w';
    // What blames nobody is no failure of the source: the head of the column tells of the run.
    return job.startedAt && !job.isBlameless ? 'x' : '.';
  }
  if (job.postsCount > 0) return 'n';
  return job.outcome === 'not-modified' ? '=' : 'o';
};

const startedAt = (run: Run): string => ('startedAt' in run && run.startedAt ? run.startedAt : run.queuedAt);
/** A round that found no source due is no column: it says nothing about any. */
const isColumn = (store: Store, run: Run): boolean => run.status === 'failed' || store.fetchJobs.countFor(run.id) > 0;

const columnsOf = (store: Store, jobKind: string, most: number): Run[] => {
  const columns: Run[] = [];
  for (const run of store.runs.matching({ jobKind })) {
    if (columns.length >= most) break;
    if (run.status !== 'missed' && run.status !== 'skipped' && isColumn(store, run)) columns.push(run);
  }
  return columns.reverse();
};

const gapsOf = (store: Store, jobKind: string, columns: readonly Run[]): RunGrid['gaps'] => {
  const [first] = columns;
  if (!first) return [];
  const missed = store.runs.matching({ jobKind, status: ['missed'], since: first.queuedAt });
  return missed.flatMap((run) => {
    if (run.status !== 'missed') return [];
    const from = run.from ?? run.queuedAt;
    const after = columns.findLastIndex((column) => startedAt(column) < from);
    if (after < 0 || after >= columns.length - 1) return [];
    return [{ after, from, to: run.to ?? from, reason: run.reason }];
  });
};

/** Fetch jobs looked back on to find when a source began to fail. */
const LOOKED_BACK = 200;
const isToBlame = (job: FetchJob | null): job is FailedFetchJob =>
  job?.status === 'failed' && !job.isBlameless && job.errorCode !== 'HTTP_429';

/** When a source that fails now began to: after it worked last, or when it was tried first. */
const failingSince = (store: Store, last: FailedFetchJob): string => {
  if (!store.fetchJobs.latestCompletedFor(last.sourceId)) return store.failures.forSource(last.sourceId)?.since ?? last.endedAt;
  const recent = store.fetchJobs.recentFor(last.sourceId, LOOKED_BACK);
  const lastGood = recent.findLastIndex(({ status }) => status === 'completed');
  return recent.slice(lastGood + 1).find(isToBlame)?.endedAt ?? last.endedAt;
};

const failingOf = (store: Store, sourceId: string): Pick<GridRow, 'failing'> => {
  const last = store.fetchJobs.latestFor(sourceId);
  if (!isToBlame(last)) return {};
  const { errorCode, httpStatus } = last;
  return { failing: { since: failingSince(store, last), errorCode, ...(httpStatus === undefined ? {} : { httpStatus }) } };
};

const hostPause = ({ fetchMemory, settings }: Store, source: Source): string | undefined =>
  fetchMemory.host(hostOf(source.kind === 'feed' ? source.feedUrl : settings.get().hackerNewsApi))?.notBefore;

const waitOf = (store: Store, source: Source, now: string): Pick<GridRow, 'waitsUntil'> => {
  const memory = store.fetchMemory.get(source.id);
  const own = memory?.notBeforeReason === 'retry-after' ? memory.notBefore : undefined;
  const latest = [own, hostPause(store, source)]
    .filter((at) => at !== undefined && at > now)
    .sort()
    .at(-1);
  return latest ? { waitsUntil: latest } : {};
};

/** Sources by the last runs of a job; `titles` are those of the jobs, by kind. */
export const toRunGrid = (
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  titles: ReadonlyMap<string, { title: string }>,
  wanted: { jobKind?: string | undefined; runs?: number | undefined },
): RunGrid => {
  const { jobKind = 'fetch-feeds', runs: most = DEFAULT_RUNS } = wanted;
  const columns = columnsOf(store, jobKind, most);
  const kinds = ASKING[jobKind] ?? [];
  const dots = new Map<string, { dots: GridDot[]; added: number[] }>();
  const lineOf = (sourceId: string): { dots: GridDot[]; added: number[] } => {
    const line = dots.get(sourceId) ?? { dots: columns.map(() => '.' as const), added: columns.map(() => 0) };
    dots.set(sourceId, line);
    return line;
  };
  const runs = columns.map((run, place) => {
    const jobs = store.fetchJobs.forRun(run.id);
    for (const job of jobs) {
      const line = lineOf(job.sourceId);
      line.dots[place] = dotOf(job);
      line.added[place] = job.postsCount;
    }
    const { id, status, cause } = run;
    return { id, at: startedAt(run), status, cause, sources: jobs.length, failed: store.fetchJobs.failedIn(id) };
  });
  const now = toInstant(clock.now());
  const sources = store.sources.all().filter(({ id, kind }) => kinds.includes(kind) || dots.has(id));
  const rows = sources.map((source): GridRow => {
    const line = lineOf(source.id);
    return {
      sourceId: source.id,
      title: source.title,
      addedAt: source.addedAt,
      isPaused: source.paused,
      dots: line.dots.join(''),
      added: line.added,
      ...waitOf(store, source, now),
      ...failingOf(store, source.id),
    };
  });
  const jobs = Object.keys(ASKING).map((kind) => ({ kind, title: titles.get(kind)?.title ?? kind }));
  return { jobKind, jobs, runs, gaps: gapsOf(store, jobKind, columns), rows };
};
