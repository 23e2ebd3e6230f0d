import type { Handlers } from '../../preload/contract/contract.ts';
import { intervalMsOf } from '../jobs/due-sources.ts';
import { toInstant } from '../lib/clock.ts';
import { createSlices } from './in-slices.ts';
import type { Services } from './services.ts';
import { titleOf } from './views.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Rows looked at before the thread is given back. */
const SLICE = 500;

/** The rows that `keep` accepts, looked for in slices that leave the thread free between them. */
const keptRows = async <Row>(rows: readonly Row[], keep: (row: Row) => boolean): Promise<Row[]> => {
  const kept: Row[] = [];
  for await (const slice of createSlices(rows)) for (const row of slice) if (keep(row)) kept.push(row);
  return kept;
};

/** The lowest score a Hacker News source keeps. */
const thresholdOf = ({ sources }: Services['store']): { scoreThreshold?: number } => {
  const scores = sources.all().flatMap((source) => (source.kind === 'hacker-news' ? [source.minScore] : []));
  return scores.length === 0 ? {} : { scoreThreshold: Math.min(...scores) };
};

/** Minutes between two looks at each feed that is not paused, as things are now. */
const intervalsOf = ({ sources, settings, fetchMemory }: Services['store'], now: number): number[] => {
  const { fetchIntervalMinutes, adaptiveIntervals } = settings.get();
  return sources.all().flatMap((source) => {
    if (source.kind !== 'feed' || source.paused) return [];
    const known = { memory: fetchMemory.get(source.id), fetchIntervalMinutes, adaptiveIntervals };
    return [intervalMsOf(source, known, now) / MINUTE_MS];
  });
};

type StatsMethods = 'stats.get' | 'stats.storage' | 'stats.disk' | 'stats.sources';

const getStats =
  ({ store, clock }: Services): Handlers['stats.get'] =>
  async ({ days, timeZone }) => {
    const [{ createLocalTime, systemTimeZone }, { createPostTally }, { runStats, fetchStats, hourlyRequests, loadStats }] =
      await Promise.all([import('./local-time.ts'), import('./stats-posts.ts'), import('./stats-runs.ts')]);
    const zone = timeZone ?? systemTimeZone();
    const local = createLocalTime(zone);
    const now = clock.now();
    const today = local.day(now);
    const from = toInstant(local.startOfDay(today - days + 1));
    const tally = createPostTally(local, today - days + 1, today);
    await store.loaded;
    for await (const slice of store.posts.slices(SLICE)) {
      for (const post of slice) tally.add(post);
      // Newest first: a slice that is wholly older ends the search.
      if (slice.every((post) => post.collectedAt < from)) break;
    }
    const dayAgo = toInstant(now - DAY_MS);
    const runs = await keptRows(store.runs.all(), (run) => run.queuedAt >= from);
    const fetchJobs = await keptRows(store.fetchJobs.all(), (job) => job.queuedAt >= from);
    const lastDay = fetchJobs.filter((job) => job.queuedAt >= dayAgo && 'startedAt' in job && job.startedAt);
    const rounds = runs.filter((run) => run.jobKind === 'fetch-feeds' && run.queuedAt >= dayAgo);
    return {
      days,
      timeZone: zone,
      from,
      to: toInstant(now),
      ...tally.result((sourceId) => titleOf(store, sourceId)),
      ...thresholdOf(store),
      runs: runStats(runs, local),
      fetches: fetchStats(fetchJobs),
      load: { ...loadStats(intervalsOf(store, now), lastDay.length, rounds), perHour: hourlyRequests(lastDay, now) },
    };
  };

/** What the screen can ask about numbers: all computed from stored rows, when asked. */
export const createStatsHandlers = (services: Services): Pick<Handlers, StatsMethods> => ({
  'stats.get': getStats(services),
  'stats.storage': () => services.store.storage(),
  'stats.disk': async () => (await import('./disk-stats.ts')).diskStats(services),
  'stats.sources': async ({ days }) => (await import('./stats-sources.ts')).sourceValues(services, days),
});
