import { z } from 'zod';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { FollowedAuthor, GapMap } from '../../preload/contract/gap-map.ts';
import { idSchema } from '../../preload/contract/values.ts';
import { toInstant } from '../lib/clock.ts';
import { completeOnHackerNews } from './backfill/author-on-hacker-news.ts';
import { completeOnSource } from './backfill/author-on-source.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import { workInLanes } from './lanes.ts';
import type { JobServices } from './services.ts';

const optionsSchema = z.strictObject({
  sourceIds: z.array(idSchema).max(5000).optional().describe('Only authors followed on these sources.'),
  authorId: idSchema.optional().describe('Only this author; *Try again* on the gap map.'),
  maxPages: z.int().min(1).max(200).default(30).describe('The most requests for one author in one run.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = ['processed', 'succeeded', 'failed', 'parts_found', 'posts_added', 'missing', 'requests'];
/** Authors worked on at once; the downloader still asks each host for one thing at a time. */
const LANES = { all: 4, suspects: 4 };

const choose = ({ store }: JobServices, { options }: Context): FollowedAuthor[] => {
  const { authorId, sourceIds } = options;
  if (authorId && !store.authors.get(authorId)) throw new AppError('NOT_FOUND', 'Nobody with this id is followed.');
  return store.authors
    .all()
    .filter(({ id }) => !authorId || id === authorId)
    .filter(({ on }) => !sourceIds || (on.kind === 'source' && sourceIds.includes(on.sourceId)));
};

/** Authors whose source is gone, and maps whose author is. */
const forgetOrphans = async ({ store }: JobServices): Promise<void> => {
  for (const { id, on } of store.authors.all())
    if (on.kind === 'source' && !store.sources.get(on.sourceId)) await store.authors.remove(id);
  const orphans = store.gapMaps.all().filter(({ kind, id }) => kind === 'author' && !store.authors.get(id));
  await store.gapMaps.remove(orphans.map(({ id }) => id));
};

const completeAuthor = (services: JobServices, context: Context, author: FollowedAuthor): Promise<void> => {
  const { store, clock, events } = services;
  const options = {
    maxPages: context.options.maxPages,
    before: store.gapMaps.get(author.id),
    now: () => toInstant(clock.now()),
    onMap: async (map: GapMap) => {
      // Unfollowed meanwhile: no map of somebody nobody follows.
      if (!store.authors.get(author.id)) return;
      await store.gapMaps.put([map]);
      events.emit('gaps.changed', { ids: [map.id] });
    },
  };
  const { on } = author;
  return on.kind === 'source'
    ? completeOnSource(services, context, { ...author, on }, options)
    : completeOnHackerNews(services, context, author, options);
};

const run = async (services: JobServices, context: Context): Promise<void> => {
  for (const name of COUNTERS) context.count(name, 0);
  await forgetOrphans(services);
  await services.store.loaded;
  const authors = choose(services, context);
  if (authors.length === 0) return context.log('info', 'Nobody is followed yet. Follow an author from the menu of a post.');
  context.step('Look for earlier posts');
  let done = 0;
  context.progress(0, authors.length);
  const completeOne = async (author: FollowedAuthor): Promise<void> => {
    context.signal.throwIfAborted();
    try {
      await completeAuthor(services, context, author);
      context.count('succeeded');
    } catch (thrown) {
      context.signal.throwIfAborted();
      const error = toAppError(thrown);
      if (error.code === 'OFFLINE' || error.code.startsWith('STORE_')) throw error;
      context.count('failed');
      context.log('warn', `${author.name}: ${error.message}`);
    }
    context.count('processed');
    context.progress(++done, authors.length, author.name);
  };
  await workInLanes(authors, LANES, () => false, completeOne);
};

/** Finds posts of followed authors that came before they were followed, or that the feed dropped. */
export const createCompleteAuthors = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'complete-authors',
    title: 'Complete authors',
    description: 'Looks for earlier posts of the authors you follow, on their sites and on Hacker News, and keeps them as read.',
    optionsSchema,
    suggestedTrigger: { type: 'monthly', day: 3, time: '03:00' },
    goesOut: true,
    isHeavy: true,
    run: (context) => run(services, context),
  });
