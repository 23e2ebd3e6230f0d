import { z } from 'zod';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { FoundBy } from '../../preload/contract/gap-map.ts';
import type { Post } from '../../preload/contract/post.ts';
import type { FeedSource } from '../../preload/contract/source.ts';
import { idSchema } from '../../preload/contract/values.ts';
import { findSeries, missingOf, partNumbers, partOf, type Series, seriesId } from '../feeds/series.ts';
import { toInstant } from '../lib/clock.ts';
import { createAsker } from './backfill/asker.ts';
import { lookInFeed } from './backfill/feed-ways.ts';
import { seriesMap } from './backfill/gap-maps.ts';
import { type Hunt, note } from './backfill/hunt.ts';
import { lookAtLinks } from './backfill/link-way.ts';
import { lookInSitemap } from './backfill/sitemap-way.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import { workInLanes } from './lanes.ts';
import type { JobServices } from './services.ts';

const optionsSchema = z.strictObject({
  sourceIds: z.array(idSchema).max(5000).optional().describe('Only these sources; without it all that are not paused.'),
  seriesId: idSchema.optional().describe('Only this series; *Try again* on its gap map.'),
  maxPages: z.int().min(1).max(200).default(20).describe('The most requests one source gets in one run.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = ['processed', 'succeeded', 'failed', 'series', 'parts_found', 'posts_added', 'missing', 'requests'];
/** Sources worked on at once; the downloader still asks each host for one thing at a time. */
const LANES = { all: 4, suspects: 4 };

/** Titles read in one stretch of work. */
const SLICE = 200;

type Work = { source: FeedSource; posts: Post[] };

/** The sources of this run, each with the posts that are parts of something. */
const gather = async ({ store }: JobServices, { options, signal }: Context): Promise<Work[]> => {
  const named = new Set([...(options.sourceIds ?? []), store.gapMaps.get(options.seriesId ?? '')?.sourceId].filter(Boolean));
  const works = new Map<string, Work>();
  for (const source of store.sources.all()) {
    const isChosen = named.size > 0 ? named.has(source.id) : !source.paused;
    if (source.kind === 'feed' && isChosen) works.set(source.id, { source, posts: [] });
  }
  for await (const posts of store.posts.slices(SLICE)) {
    signal.throwIfAborted();
    for (const post of posts) if (partOf(post)) works.get(post.sourceId)?.posts.push(post);
  }
  return [...works.values()];
};

/** What this run looks for in one source: its series with gaps, as they are known by now. */
type Search = {
  stems: ReadonlySet<string>;
  posts: readonly Post[];
  finds: ReadonlyMap<string, FoundBy>;
  series: () => readonly Series<Post>[];
  add: (posts: readonly Post[], foundBy: FoundBy) => void;
};

const createSearch = (work: Work, isChosen: (series: Series<Post>) => boolean): Search => {
  const posts = [...work.posts];
  const finds = new Map<string, FoundBy>();
  const stems = new Set(
    findSeries(posts)
      .filter(isChosen)
      .map(({ stem }) => stem),
  );
  const look = (): Series<Post>[] => findSeries(posts).filter(({ stem }) => stems.has(stem));
  // Asked for each item of each document: reckoned anew only when a part was found.
  let series = look();
  return {
    stems,
    posts,
    finds,
    series: () => series,
    add: (added, foundBy) => {
      posts.push(...added);
      for (const { id } of added) finds.set(id, foundBy);
      series = look();
    },
  };
};

const createHunt = (services: JobServices, context: Context, { source, posts }: Work, search: Search): Hunt => ({
  services,
  context,
  source,
  asker: createAsker({ services, context, source }, { maxPages: context.options.maxPages, posts }),
  isWanted: (draft) => {
    const mark = partOf(draft);
    return mark !== undefined && search.series().some(({ stem, parts }) => stem === mark.stem && !parts.has(mark.number));
  },
  isDone: () => search.series().every((series) => missingOf(series).length === 0),
  onAdded: (added, foundBy) => {
    search.add(added, foundBy);
    context.count('parts_found', added.length);
  },
  inFeed: new Set(),
  tried: [],
});

/** Every way there is, cheapest first; each ends as soon as nothing is missing. */
const tryAllWays = async (hunt: Hunt, search: Search): Promise<void> => {
  if (await lookInFeed(hunt)) await lookOnSite(hunt, search);
  const over = hunt.isDone() ? undefined : hunt.asker.whyOver();
  if (over) note(hunt, over);
  for (const error of hunt.asker.errors.slice(0, 3)) note(hunt, error.message);
};

const lookOnSite = async (hunt: Hunt, search: Search): Promise<void> => {
  const isLikely = (): ((url: string) => boolean) => {
    const open = search.series().map((series) => ({ missing: new Set(missingOf(series)), numberOf: partNumbers(series) }));
    return (url) => open.some(({ missing, numberOf }) => missing.has(numberOf(url) ?? 0));
  };
  if (!hunt.isDone() && !hunt.asker.isOver()) await lookInSitemap(hunt, isLikely());
  const known = search.series().flatMap(({ parts }) => [...parts.values()]);
  if (!hunt.isDone() && !hunt.asker.isOver()) await lookAtLinks(hunt, known, isLikely());
};

/** Writes the maps of a source as they are now; those of series that are no longer there go. */
const writeMaps = async (
  { store, events, clock }: JobServices,
  work: Work,
  search: Search,
  hunt: Hunt | undefined,
): Promise<number> => {
  const now = toInstant(clock.now());
  const maps = findSeries(search.posts).map((series) => {
    const before = store.gapMaps.get(seriesId(work.source.id, series.stem));
    const tried = hunt && search.stems.has(series.stem) ? hunt.tried : [];
    return seriesMap(work.source.id, series, { now, tried, finds: search.finds, before });
  });
  const ids = new Set(maps.map(({ id }) => id));
  const old = store.gapMaps
    .all()
    .filter(({ id, kind, sourceId }) => kind === 'series' && sourceId === work.source.id && !ids.has(id));
  await store.gapMaps.put(maps);
  await store.gapMaps.remove(old.map(({ id }) => id));
  if (maps.length + old.length > 0) events.emit('gaps.changed', { ids: [...ids, ...old.map(({ id }) => id)] });
  return maps.reduce((sum, map) => sum + map.parts.filter(({ state }) => state === 'missing').length, 0);
};

const completeSource = async (services: JobServices, context: Context, work: Work): Promise<void> => {
  const { options } = context;
  const isChosen = (series: Series<Post>): boolean =>
    missingOf(series).length > 0 && (!options.seriesId || seriesId(work.source.id, series.stem) === options.seriesId);
  const search = createSearch(work, isChosen);
  const hunt = search.stems.size > 0 ? createHunt(services, context, work, search) : undefined;
  context.count('series', findSeries(work.posts).length);
  try {
    if (hunt) await tryAllWays(hunt, search);
  } finally {
    // Also after a cancel: what was found is on the map.
    context.count('missing', await writeMaps(services, work, search, hunt));
  }
  const failure = hunt && hunt.asker.answers() === 0 ? hunt.asker.errors[0] : undefined;
  if (failure) throw failure;
  if (hunt) context.log('info', `${work.source.title}: ${search.finds.size} found. ${hunt.tried.join('; ')}.`.slice(0, 500));
};

/** Maps whose source is gone. */
const forgetOrphans = async ({ store }: JobServices): Promise<void> => {
  const orphans = store.gapMaps
    .all()
    .filter(({ kind, sourceId }) => kind === 'series' && sourceId && !store.sources.get(sourceId));
  await store.gapMaps.remove(orphans.map(({ id }) => id));
};

const run = async (services: JobServices, context: Context): Promise<void> => {
  for (const name of COUNTERS) context.count(name, 0);
  await forgetOrphans(services);
  const { seriesId: wanted } = context.options;
  if (wanted && !services.store.gapMaps.get(wanted)) throw new AppError('NOT_FOUND', 'There is no such series any more.');
  context.step('Find the gaps');
  const works = await gather(services, context);
  context.step('Look for missing parts');
  let done = 0;
  context.progress(0, works.length);
  await workInLanes(
    works,
    LANES,
    () => false,
    async (work) => {
      context.signal.throwIfAborted();
      try {
        await completeSource(services, context, work);
        context.count('succeeded');
      } catch (thrown) {
        const error = toAppError(thrown);
        context.signal.throwIfAborted();
        if (error.code === 'OFFLINE' || error.code.startsWith('STORE_')) throw error;
        context.count('failed');
        context.log('warn', `${work.source.title}: ${error.message}`);
      }
      context.count('processed');
      context.progress(++done, works.length, work.source.title.slice(0, 200));
    },
  );
};

/** Finds the missing parts of series whose later parts are kept. */
export const createCompleteSeries = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'complete-series',
    title: 'Complete series',
    description: 'Looks for the missing parts of series (Part 2 of 4) in archives, sitemaps and links, and keeps them as read.',
    optionsSchema,
    suggestedTrigger: { type: 'monthly', day: 2, time: '03:00' },
    goesOut: true,
    isHeavy: true,
    run: (context) => run(services, context),
  });
