import { z } from 'zod';
import { AppError } from '../../preload/contract/errors.ts';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { FeedSource } from '../../preload/contract/source.ts';
import { idSchema } from '../../preload/contract/values.ts';
import type { Download } from '../net/download-types.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import { type Candidate, dueSources, hostOf, mustWait, soonest } from './due-sources.ts';
import { createEndings, type Endings, type Work } from './fetch-endings.ts';
import { askFor, memoryFor, takeIn } from './fetch-source.ts';
import { type ArticleFill, createArticleFill } from './fill-articles.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import { takeTurns, workInLanes } from './lanes.ts';
import type { JobServices } from './services.ts';
import { inWords } from './span-words.ts';
import { pause, spread } from './spread.ts';

const optionsSchema = z.strictObject({
  sourceIds: z.array(idSchema).max(5000).optional().describe('Only these sources; without it all that are not paused.'),
  force: z.boolean().optional().describe('Asks before the interval is over. A pause that a server wanted is kept all the same.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = ['sources', 'new_posts', 'updated_posts', 'not_modified', 'nothing_new', 'failed', 'bytes'];
/** Fetch jobs looked at to find the last one that counts. */
const RECENT = 20;

const candidates = ({ store }: JobServices, { sourceIds }: Options): Candidate[] => {
  const { fetchIntervalMinutes, adaptiveIntervals } = store.settings.get();
  const wanted = sourceIds && new Set(sourceIds);
  return store.sources
    .all()
    .filter((source): source is FeedSource => source.kind === 'feed' && (!wanted || wanted.has(source.id)))
    .map((source) => ({
      source,
      memory: store.fetchMemory.get(source.id),
      hostPause: store.fetchMemory.host(hostOf(source.feedUrl)),
      recent: store.fetchJobs.recentFor(source.id, RECENT),
      fetchIntervalMinutes,
      adaptiveIntervals,
    }));
};

/** The sources of this cycle in their order. Only a run by hand, or a second try for named sources, looks past the interval. */
const choose = (services: JobServices, { options, cause }: Context, all: readonly Candidate[]): FeedSource[] => {
  const byHand = options.force === true || cause === 'manual' || (cause === 'retry' && options.sourceIds !== undefined);
  const due = dueSources(all, { byHand, now: services.clock.now() });
  return takeTurns(
    due.map(({ source }) => source),
    ({ feedUrl }) => hostOf(feedUrl),
  );
};

/** Sources whose rows are made in one stretch of work. */
const QUEUED_AT_ONCE = 100;

/** Takes each source into this run's hands; those another run has are waited for instead. */
const takeHold = async (
  services: JobServices,
  context: Context,
  attempts: Attempts,
  sources: FeedSource[],
): Promise<{ works: Work[]; attached: Promise<void>[] }> => {
  const queued: Promise<FetchJob | null>[] = [];
  for (const [index, { id }] of sources.entries()) {
    const job = attempts.queue(id);
    job.catch(() => {});
    queued.push(job);
    // Others get the thread in between: a thousand at once would hold it for long.
    if (index % QUEUED_AT_ONCE === QUEUED_AT_ONCE - 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  const jobs = await Promise.all(queued);
  const works: Work[] = [];
  const attached: Promise<void>[] = [];
  for (const [index, source] of sources.entries()) {
    const job = jobs[index];
    if (job) works.push({ source, job, memory: memoryFor(source, services.store.fetchMemory.get(source.id)) });
    else attached.push(attempts.attach(source.id, context.signal));
  }
  if (attached.length > 0) {
    context.count('already_running', attached.length);
    context.log('info', `${attached.length} already being fetched: waiting for that.`);
  }
  return { works, attached };
};

const waitingForHost = (services: JobServices, { source }: Work): AppError | undefined => {
  const hostPause = services.store.fetchMemory.host(hostOf(source.feedUrl));
  return mustWait(undefined, hostPause, services.clock.now())
    ? new AppError('HTTP_429', 'Its host asked us to wait, so this source was not asked.')
    : undefined;
};

/** One source from address to stored posts: download, decode and parse, to posts, store. Its trouble ends in its row. */
const fetchOne = async (
  services: JobServices,
  context: Context,
  cycle: { attempts: Attempts; endings: Endings; articles: ArticleFill; signal: AbortSignal },
  work: Work,
): Promise<void> => {
  const { attempts, endings, articles, signal } = cycle;
  const notNow = endings.stopped() ?? waitingForHost(services, work);
  if (notNow) return endings.endBlameless(work, notNow);

  let begun: Promise<unknown> | undefined;
  const begin = (): Promise<unknown> => {
    begun ??= attempts.markOngoing(work.job.id);
    // Looked at below; until then a rejection must not count as unhandled.
    begun.catch(() => {});
    return begun;
  };
  const input = { source: work.source, memory: work.memory, runId: context.runId, signal, onStart: begin };
  let answer: Download | undefined;
  try {
    answer = await askFor(services, input);
    const fetched = await takeIn(services, input, answer);
    await begin();
    await endings.succeed(work, fetched);
    articles.add(work.source, fetched.saved?.added ?? []);
  } catch (thrown) {
    await begin();
    await endings.fail(work, thrown, answer);
  }
};

/** Why a round had nothing to do: a schedule may look more often than any source is to be asked. */
const nothingDue = ({ clock }: JobServices, all: readonly Candidate[]): string => {
  const now = clock.now();
  const next = soonest(all, now);
  if (!next) return 'No source is due.';
  const name = (next.source.title || hostOf(next.source.feedUrl)).slice(0, 80);
  return `No source is due. Next is ${name} in ${inWords(Date.parse(next.nextTryAt) - now)}. ${next.why[0]?.text ?? ''}`.trim();
};

/** A round by the clock begins its sources one after another; what a person waits for begins at once. */
const turnsOf = (services: JobServices, { cause, signal }: Context, works: readonly Work[]): ((work: Work) => Promise<void>) => {
  const offsets = cause === 'manual' ? [] : spread(works.map(({ source }) => source.id));
  const offsetOf = new Map(works.map((work, index) => [work, offsets[index] ?? 0]));
  const begun = services.clock.monotonic();
  return async (work) => {
    const leftMs = (offsetOf.get(work) ?? 0) - (services.clock.monotonic() - begun);
    if (leftMs > 0) await pause(services.clock, leftMs, signal);
  };
};

const run = async (services: JobServices, context: Context): Promise<void> => {
  for (const name of COUNTERS) context.count(name, 0);
  context.step('Choose due sources');
  const all = candidates(services, context.options);
  const sources = choose(services, context, all);
  context.count('sources', sources.length);
  if (sources.length === 0) return context.log('info', nothingDue(services, all));

  const attempts = createAttempts(services, context.runId);
  const { works, attached } = await takeHold(services, context, attempts, sources);
  const brake = new AbortController();
  const signal = AbortSignal.any([context.signal, brake.signal]);
  let done = 0;
  context.step('Fetch and keep');
  context.progress(0, works.length);
  const endings = createEndings({
    services,
    context,
    attempts,
    stop: (error) => brake.abort(error),
    onEnd: ({ source }) => context.progress(++done, works.length, source.title.slice(0, 200)),
  });

  const articles = createArticleFill(services, context);
  const awaitTurn = turnsOf(services, { ...context, signal }, works);
  const { lanes } = services.store.settings.get();
  const bounds = { all: lanes * 2, suspects: Math.max(2, Math.floor(lanes / 2)) };
  await Promise.all([
    workInLanes(
      works,
      bounds,
      ({ memory }) => memory.failures > 0,
      async (work) => {
        await awaitTurn(work);
        await fetchOne(services, context, { attempts, endings, articles, signal }, work);
      },
    ).finally(() => endings.settle()),
    ...attached,
  ]);
  const stopped = endings.stopped();
  if (stopped) throw stopped;
  await articles.take();
  if (endings.wasOffline()) throw new AppError('OFFLINE', 'This computer has no network connection.');
};

/** Reads every feed that is due and keeps its new posts. One bad source never stops the cycle. */
export const createFetchFeeds = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'fetch-feeds',
    title: 'Fetch feeds',
    description: 'Asks every feed that is due for new posts and keeps them.',
    optionsSchema,
    suggestedTrigger: { type: 'interval', minutes: 30 },
    triggerFrom: (settings) => ({ type: 'interval', minutes: settings.fetchIntervalMinutes }),
    goesOut: true,
    run: (context) => run(services, context),
  });
