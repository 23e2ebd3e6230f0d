import type { Handlers } from '../../preload/contract/contract.ts';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Stats } from '../../preload/contract/stats.ts';
import { intervalMsOf } from '../jobs/due-sources.ts';
import { toInstant } from '../lib/clock.ts';
import { createSlices } from './in-slices.ts';
import type { LocalTime } from './local-time.ts';
import type { Services } from './services.ts';
import type { PostStats } from './stats-posts.ts';
import type { RunFacts } from './stats-runs.ts';
import { titleOf } from './views.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Rows looked at before the thread is given back. */
const SLICE = 250;

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

type Span = { local: LocalTime; firstDay: number; today: number; from: string };

const tallyPosts = async ({ store }: Services, { local, firstDay, today, from }: Span): Promise<PostStats> => {
  const { createPostTally } = await import('./stats-posts.ts');
  const tally = createPostTally(local, firstDay, today);
  for await (const slice of store.posts.slices(SLICE)) {
    for (const post of slice) tally.add(post);
    // Newest first: a slice that is wholly older ends the search.
    if (slice.every((post) => post.collectedAt < from)) break;
  }
  return tally.result((sourceId) => titleOf(store, sourceId));
};

const factsOfRuns = async ({ store }: Services, { local, from }: Span): Promise<RunFacts[]> => {
  const { toFacts } = await import('./stats-runs.ts');
  const facts: RunFacts[] = [];
  for await (const slice of createSlices(store.runs.all(), SLICE)) {
    for (const run of slice) if (run.queuedAt >= from) facts.push(toFacts(run, local));
  }
  return facts;
};

/** The fetch jobs of the span in sums, and those that began since `dayAgo` as they are. */
const tallyFetches = async ({ store }: Services, { from }: Span, dayAgo: string) => {
  const { createFetchTally } = await import('./stats-runs.ts');
  const tally = createFetchTally();
  const lastDay: FetchJob[] = [];
  const began = (job: FetchJob): boolean => job.queuedAt >= dayAgo && 'startedAt' in job && job.startedAt !== undefined;
  for await (const slice of createSlices(store.fetchJobs.all())) {
    const those = slice.filter((job) => job.queuedAt >= from);
    for (const job of those) tally.add(job);
    lastDay.push(...those.filter(began));
  }
  return { fetches: tally.result(), lastDay };
};

const getStats = async (
  services: Services,
  { days, timeZone }: { days: number; timeZone?: string | undefined },
): Promise<Stats> => {
  const { store, clock } = services;
  const [{ createLocalTime, systemTimeZone }, { runStats, hourlyRequests, loadStats }] = await Promise.all([
    import('./local-time.ts'),
    import('./stats-runs.ts'),
  ]);
  const zone = timeZone ?? systemTimeZone();
  const local = createLocalTime(zone);
  const now = clock.now();
  const today = local.day(now);
  const span: Span = { local, firstDay: today - days + 1, today, from: toInstant(local.startOfDay(today - days + 1)) };
  const dayAgo = toInstant(now - DAY_MS);
  await store.loaded;
  const posts = await tallyPosts(services, span);
  const runs = await factsOfRuns(services, span);
  const { fetches, lastDay } = await tallyFetches(services, span, dayAgo);
  const rounds = runs.map(({ run }) => run).filter((run) => run.jobKind === 'fetch-feeds' && run.queuedAt >= dayAgo);
  return {
    days,
    timeZone: zone,
    from: span.from,
    to: toInstant(now),
    ...posts,
    ...thresholdOf(store),
    runs: runStats(runs),
    fetches,
    load: { ...loadStats(intervalsOf(store, now), lastDay.length, rounds), perHour: hourlyRequests(lastDay, now) },
  };
};

/** What the screen can ask about numbers: all computed from stored rows, when asked. */
export const createStatsHandlers = (services: Services): Pick<Handlers, StatsMethods> => ({
  'stats.get': (params) => getStats(services, params),
  'stats.storage': () => services.store.storage(),
  'stats.disk': async () => (await import('./disk-stats.ts')).diskStats(services),
  'stats.sources': async ({ days }) => (await import('./stats-sources.ts')).sourceValues(services, days),
});
