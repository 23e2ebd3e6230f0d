import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import { type HackerNewsSource, hackerNewsListSchema } from '../../preload/contract/source.ts';
import { idSchema } from '../../preload/contract/values.ts';
import type { ItemAnswer } from '../hacker-news/item.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import { hostPauseAfter } from './back-off.ts';
import { mustWait } from './due-sources.ts';
import { keepStories, keptInWords } from './hacker-news-keeping.ts';
import { afterReading, RETRIES_NOTE, type Retries, readRetries, toAsk } from './hacker-news-retries.ts';
import { takeSamples } from './hacker-news-samples.ts';
import type { Answered } from './hacker-news-sorting.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import type { JobServices } from './services.ts';

const optionsSchema = z.strictObject({
  sourceIds: z
    .array(idSchema)
    .max(100)
    .optional()
    .describe('Only these Hacker News sources; without it all that are not paused.'),
  list: hackerNewsListSchema.optional().describe('Reads this list in place of the one of the source.'),
  limit: z.int().min(1).max(500).optional().describe('How many stories of the list are looked at.'),
  minScore: z.int().min(0).max(100_000).optional().describe('Stories below this score are not kept.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = [
  'posts_fetched',
  'posts_saved',
  'posts_cached',
  'duplicates_skipped',
  'below_threshold',
  'unusable',
  'errors',
  'samples_taken',
];
/** Hacker News may take a minute in all; some of it is left for storing. */
const DEADLINE_MS = 55_000;

/** One list as it was read. */
type Reading = { source: HackerNewsSource; job: FetchJob; list: number[]; answers: Answered[] };
type Cycle = {
  services: JobServices;
  context: Context;
  attempts: Attempts;
  signal: AbortSignal;
  /** Each item is asked once a run, however many lists hold it. */
  ask: (id: number) => Promise<Answered>;
  /** What earlier runs left to be asked again; each source's part is replaced when it was read. */
  retries: Retries;
  failures: AppError[];
};

const choose = ({ store }: JobServices, { options }: Context): HackerNewsSource[] =>
  store.sources
    .all()
    .filter((source): source is HackerNewsSource => source.kind === 'hacker-news' && !source.paused)
    .filter(({ id }) => !options.sourceIds || options.sourceIds.includes(id))
    .map((source) => ({
      ...source,
      list: options.list ?? source.list,
      limit: options.limit ?? source.limit,
      minScore: options.minScore ?? source.minScore,
    }));

/** A pause the server wants is kept by every later request to it. */
const rememberPause = async ({ store, hackerNews, clock }: JobServices, error: AppError): Promise<void> => {
  const host = hackerNews.host();
  const until = hostPauseAfter(error, host, store.fetchMemory.host(host)?.notBefore, clock.now());
  if (until) await store.fetchMemory.putHost({ host, notBefore: until, reason: 'retry-after' });
};

const failSource = async (cycle: Cycle, job: FetchJob, source: HackerNewsSource, thrown: unknown): Promise<void> => {
  const { context, attempts } = cycle;
  const error = context.signal.aborted ? toAppError(context.signal.reason) : toAppError(thrown);
  cycle.failures.push(error);
  context.log('error', `${source.title}: ${error.message}`);
  const isBlameless = context.signal.aborted || error.code === 'OFFLINE';
  await Promise.all([rememberPause(cycle.services, error), attempts.fail(job.id, error, { isBlameless })]);
};

/** Asks for a list and then for all its items at once; the downloader's lanes are the bound. */
const readSource = async (cycle: Cycle, source: HackerNewsSource, job: FetchJob): Promise<Reading | undefined> => {
  const { services, attempts, signal } = cycle;
  const begun = attempts.markOngoing(job.id);
  try {
    const [list] = await Promise.all([services.hackerNews.list(source.list, signal), begun]);
    const wanted = list.slice(0, source.limit);
    const answers = await Promise.all(toAsk(wanted, cycle.retries[source.id]).map(cycle.ask));
    cycle.context.signal.throwIfAborted();
    return { source, job, list: wanted, answers };
  } catch (thrown) {
    await begun;
    await failSource(cycle, job, source, thrown);
    return undefined;
  }
};

const createAsk = (
  services: JobServices,
  context: Context,
  brake: { signal: AbortSignal; stop: (error: AppError) => void },
): Cycle['ask'] => {
  const asked = new Map<number, Promise<Answered>>();
  let done = 0;
  const askOnce = async (id: number): Promise<Answered> => {
    try {
      const answer: ItemAnswer = await services.hackerNews.item(id, brake.signal);
      return { id, answer };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'HTTP_429' || error.details.retryAfterMs) brake.stop(error);
      return { id, error };
    } finally {
      done += 1;
      context.progress(done, asked.size);
    }
  };
  return (id) => {
    const known = asked.get(id);
    if (known) return known;
    const answer = askOnce(id);
    asked.set(id, answer);
    return answer;
  };
};

/** Stores one list and ends its row. Throws when nothing of it could be read. */
const keepSource = async (cycle: Cycle, { source, job, list, answers }: Reading): Promise<void> => {
  const { services, context, attempts } = cycle;
  if (!services.store.sources.get(source.id)) throw new AppError('NOT_FOUND', 'The source was removed meanwhile.');
  const kept = await keepStories(services, source, answers, context.runId);
  const { warnings, absent, failed } = kept.sorted;
  cycle.retries[source.id] = afterReading(cycle.retries[source.id], { list, absent, failed });
  for (const [name, by] of Object.entries(kept.counts)) context.count(name, by);
  context.log('info', `${source.title}: ${keptInWords(kept)}.`);
  services.log.info('Hacker News collected', { sourceId: source.id, ...kept.counts });
  for (const warning of warnings) context.log('warn', warning);
  if (failed.length > 0) {
    const read = answers.length - failed.length;
    const partial = `${read} of ${answers.length} stories could be read. The others are asked for again next time.`;
    if (read === 0) throw new AppError('HN_PARTIAL', partial);
    context.log('warn', `HN_PARTIAL: ${partial}`);
  }
  const dropped = warnings.length + failed.length;
  await attempts.complete(job.id, {
    outcome: kept.added > 0 ? 'new-posts' : 'nothing-new',
    postsCount: kept.added,
    itemsCount: answers.length,
    ...(dropped > 0 ? { warnings: [{ code: 'W_ITEM_DROPPED' as const, count: dropped }] } : {}),
  });
};

/* One list after the other: a story on two lists is new only once. */
const keepAll = async (cycle: Cycle, readings: readonly (Reading | undefined)[]): Promise<void> => {
  for (const reading of readings) {
    if (!reading) continue;
    try {
      await keepSource(cycle, reading);
    } catch (thrown) {
      await failSource(cycle, reading.job, reading.source, thrown);
    }
  }
};

const collect = async (cycle: Cycle, sources: readonly HackerNewsSource[]): Promise<void> => {
  const { services, context, attempts } = cycle;
  const { store } = services;
  const jobs = await Promise.all(sources.map(({ id }) => attempts.queue(id)));
  const attached = sources.filter((_, index) => !jobs[index]).map(({ id }) => attempts.attach(id, context.signal));
  if (attached.length > 0) context.count('already_running', attached.length);
  const readings = await Promise.all(
    sources.map((source, index) => {
      const job = jobs[index];
      return job ? readSource(cycle, source, job) : undefined;
    }),
  );
  context.step('Keep stories');
  // A story of an older month is known only once that month is in memory.
  await store.loaded;
  const before = structuredClone(cycle.retries);
  await keepAll(cycle, readings);
  const sampled = new Set(sources.map(({ id }) => id));
  if (!cycle.signal.aborted) context.count('samples_taken', await takeSamples(services, sampled, cycle.ask));
  const isWanted = ([id, { absent, failed }]: [string, Retries[string]]): boolean =>
    store.sources.get(id) !== undefined && Object.keys(absent).length + Object.keys(failed).length > 0;
  const after = Object.fromEntries(Object.entries(cycle.retries).filter(isWanted));
  if (!isDeepStrictEqual(after, before)) await store.notes.put(RETRIES_NOTE, after);
  await Promise.all(attached);
};

const run = async (services: JobServices, context: Context): Promise<void> => {
  const { store, clock, hackerNews } = services;
  for (const name of COUNTERS) context.count(name, 0);
  const sources = choose(services, context);
  const hostPause = store.fetchMemory.host(hackerNews.host());
  if (sources.length === 0) return context.log('info', 'There is no Hacker News source to read.');
  if (mustWait(undefined, hostPause, clock.now()))
    return context.log('warn', 'Hacker News asked us to wait, so it was not asked.');

  context.step('Read the lists and their stories');
  const brake = new AbortController();
  const stop = (error: AppError): void => brake.abort(error);
  const cancelDeadline = clock.after(DEADLINE_MS, () =>
    stop(new AppError('TOTAL_TIMEOUT', 'Hacker News did not answer within a minute.')),
  );
  const signal = AbortSignal.any([context.signal, brake.signal]);
  const ask = createAsk(services, context, { signal, stop });
  const cycle: Cycle = {
    services,
    context,
    attempts: createAttempts(services, context.runId),
    signal,
    ask,
    retries: readRetries(store.notes.get(RETRIES_NOTE)),
    failures: [],
  };
  try {
    await collect(cycle, sources);
  } finally {
    cancelDeadline();
    context.count('posts_cached', store.posts.hackerNewsCount());
  }
  if (brake.signal.aborted) await rememberPause(services, toAppError(brake.signal.reason));
  context.signal.throwIfAborted();
  const [failure] = cycle.failures;
  if (failure && cycle.failures.length === sources.length) throw failure;
};

/** Reads the Hacker News lists and keeps stories above the threshold; known ones get fresh numbers. */
export const createCollectHackerNews = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'collect-hacker-news',
    title: 'Collect Hacker News',
    description: 'Reads the Hacker News lists, keeps stories above the threshold and refreshes the numbers of known ones.',
    optionsSchema,
    suggestedTrigger: { type: 'cron', expression: '0 * * * *' },
    goesOut: true,
    run: (context) => run(services, context),
  });
