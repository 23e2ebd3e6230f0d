import type { Handlers } from '../../preload/contract/contract.ts';
import { intervalMsOf } from '../jobs/due-sources.ts';
import { toInstant } from '../lib/clock.ts';
import type { Services } from './services.ts';
import { titleOf } from './views.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Rows looked at before the thread is given back. */
const SLICE = 500;

/** The rows one after another in slices that leave the thread free between them. */
const inSlices = async <Row>(rows: readonly Row[], keep: (row: Row) => boolean): Promise<Row[]> => {
  const kept: Row[] = [];
  for (let start = 0; start < rows.length; start += SLICE * 4) {
    for (const row of rows.slice(start, start + SLICE * 4)) if (keep(row)) kept.push(row);
    await new Promise(setImmediate);
  }
  return kept;
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

/** What the screen can ask about numbers: all computed from stored rows, when asked. */
export const createStatsHandlers = ({ store, clock }: Services): Pick<Handlers, 'stats.get' | 'stats.storage'> => ({
  'stats.get': async ({ days, timeZone }) => {
    const [{ createLocalTime, systemTimeZone }, { createPostTally }, { runStats, fetchStats, loadStats }] = await Promise.all([
      import('./local-time.ts'),
      import('./stats-posts.ts'),
      import('./stats-runs.ts'),
    ]);
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
    const runs = await inSlices(store.runs.all(), (run) => run.queuedAt >= from);
    const fetchJobs = await inSlices(store.fetchJobs.all(), (job) => job.queuedAt >= from);
    const lastDay = fetchJobs.filter((job) => job.queuedAt >= dayAgo && 'startedAt' in job && job.startedAt);
    const rounds = runs.filter((run) => run.jobKind === 'fetch-feeds' && run.queuedAt >= dayAgo);
    return {
      days,
      timeZone: zone,
      from,
      to: toInstant(now),
      ...tally.result((sourceId) => titleOf(store, sourceId)),
      runs: runStats(runs, local),
      fetches: fetchStats(fetchJobs),
      load: loadStats(intervalsOf(store, now), lastDay.length, rounds),
    };
  },
  'stats.storage': () => store.storage(),
});
