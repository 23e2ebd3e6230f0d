import type { DigestOptions, DigestSection } from '../../preload/contract/digest.ts';
import { type AppError, toAppError } from '../../preload/contract/errors.ts';
import type { Source } from '../../preload/contract/source.ts';
import { createCollectHackerNews } from './collect-hacker-news.ts';
import { createFetchFeeds } from './fetch-feeds.ts';
import type { JobContext, JobDefinition } from './job.ts';
import type { JobServices } from './services.ts';

/** What getting new posts came to. */
export type Scraped = { items: number; sources: number; failed: number; error?: AppError };

/** A list that was read so short a time ago is not read again. */
const FRESH_MS = 10 * 60_000;
const MOST_FEEDS = 5000;
const MOST_LISTS = 100;

const inFolder = ({ folder }: Source, start: readonly string[]): boolean =>
  start.length === 0 ? folder.length === 0 : start.every((name, at) => folder[at]?.toLowerCase() === name.toLowerCase());

const asks = ({ from }: DigestSection, source: Source): boolean => {
  switch (from.kind) {
    case 'all':
      return true;
    case 'hacker-news':
      return source.kind === 'hacker-news';
    case 'folder':
      return inFolder(source, from.folder);
    case 'sources':
      return from.ids.includes(source.id);
    case 'starred':
      return false;
  }
};

/** The sources a digest is made of, without those that rest. */
export const sourcesOf = ({ sections }: Pick<DigestOptions, 'sections'>, sources: readonly Source[]): Source[] =>
  sources.filter((source) => !source.paused && sections.some((section) => asks(section, source)));

/** Another job as a part of this run: its fetch jobs and log lines are the run's, its counters are handed over. */
const asPart = async (
  job: JobDefinition,
  context: JobContext<unknown>,
  options: object,
): Promise<{ counts: Record<string, number>; error?: AppError }> => {
  const counts: Record<string, number> = {};
  const count = (name: string, by = 1): void => {
    counts[name] = (counts[name] ?? 0) + by;
  };
  // By the clock: a feed that is not due yet is left alone, also when the owner starts a digest by hand.
  const part = { ...context, cause: 'schedule' as const, count, step: () => undefined, result: () => undefined };
  try {
    await job.run({ ...part, options: job.optionsSchema.parse(options) });
    return { counts };
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    return { counts, error: toAppError(thrown) };
  }
};

const isFresh = ({ store, clock }: JobServices, { id }: Source): boolean => {
  const last = store.fetchJobs.latestFor(id);
  return last?.status === 'completed' && clock.now() - Date.parse(last.endedAt) < FRESH_MS;
};

/** Asks the feeds that are due, and the Hacker News lists, that a digest is made of. Throws only when the run was stopped. */
export const scrapeFor = async (
  services: JobServices,
  context: JobContext<unknown>,
  options: Pick<DigestOptions, 'sections'>,
): Promise<Scraped> => {
  const wanted = sourcesOf(options, services.store.sources.all());
  const feeds = wanted.filter(({ kind }) => kind === 'feed').slice(0, MOST_FEEDS);
  const lists = wanted.filter((source) => source.kind === 'hacker-news' && !isFresh(services, source)).slice(0, MOST_LISTS);
  const idsOf = (sources: readonly Source[]): object => ({ sourceIds: sources.map(({ id }) => id) });
  const none = { counts: {} as Record<string, number>, error: undefined };
  const [fed, listed] = await Promise.all([
    feeds.length > 0 ? asPart(createFetchFeeds(services), context, idsOf(feeds)) : none,
    lists.length > 0 ? asPart(createCollectHackerNews(services), context, idsOf(lists)) : none,
  ]);
  const error = fed.error ?? listed.error;
  return {
    items: (fed.counts.new_posts ?? 0) + (listed.counts.posts_saved ?? 0),
    sources: (fed.counts.sources ?? 0) + lists.length,
    failed: (fed.counts.failed ?? 0) + (listed.error ? lists.length : 0),
    ...(error ? { error } : {}),
  };
};
