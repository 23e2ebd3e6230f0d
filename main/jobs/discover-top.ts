import { z } from 'zod';
import type { Post } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import type { TopList } from '../../preload/contract/top-list.ts';
import { toInstant } from '../lib/clock.ts';
import { newId } from '../lib/ids.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import type { JobServices } from './services.ts';
import { type Ranked, rankFolder, rankHackerNews, type Span, type Story, toStories } from './top-ranking.ts';

const optionsSchema = z.strictObject({
  count: z.int().min(1).max(50).default(10).describe('How many posts a list has.'),
  days: z.int().min(1).max(90).default(7).describe('Looks at the posts collected in the last days.'),
  skipFolders: z
    .array(z.string().min(1).max(200))
    .max(200)
    .default([])
    .describe('Folders without a list of their own, by name. Nested folders go with the outermost.'),
  hackerNews: z.boolean().default(true).describe('Makes a list of Hacker News too, by points.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = ['considered', 'lists', 'posts', 'folders_skipped'];
const DAY_MS = 86_400_000;
type Scope = TopList['scope'];
type Group = { scope: Scope; stories: Map<string, Story>; rank: (stories: Iterable<Story>) => Ranked[] };

const read = async ({ store }: JobServices, { signal }: Context, span: Span): Promise<Post[]> => {
  const posts: Post[] = [];
  const to = toInstant(span.toMs);
  for await (const slice of store.posts.slices()) {
    signal.throwIfAborted();
    posts.push(
      ...slice.filter(
        (post) =>
          Date.parse(post.collectedAt) > span.fromMs &&
          post.collectedAt <= to &&
          !post.isBackfilled &&
          !store.posts.isMuted(post.id),
      ),
    );
    const last = slice.at(-1);
    if (last && Date.parse(last.collectedAt) <= span.fromMs) break;
  }
  return posts;
};

/** The folders that get a list: the outermost ones, those without a folder last. Muted sources are left out. */
const folderGroups = (sources: readonly Source[], posts: readonly Post[], { options, count }: Context, span: Span): Group[] => {
  const skipped = new Set(options.skipFolders.map((name) => name.trim().toLowerCase()));
  const feeds = sources.filter((source) => source.kind === 'feed' && !source.muted);
  const names = [...new Set(feeds.map(({ folder }) => folder[0] ?? ''))].sort((a, b) =>
    a === '' ? 1 : b === '' ? -1 : a.localeCompare(b, 'en'),
  );
  return names.flatMap((name): Group[] => {
    if (name && skipped.has(name.toLowerCase())) {
      count('folders_skipped');
      return [];
    }
    const ids = new Set(feeds.filter(({ folder }) => (folder[0] ?? '') === name).map(({ id }) => id));
    const stories = toStories(posts.filter(({ sourceId }) => ids.has(sourceId)));
    return [
      {
        scope: { kind: 'folder', folder: name ? [name] : [] },
        stories,
        rank: (all) => rankFolder(all, options.count, span),
      },
    ];
  });
};

/** Stories of a folder learn from everywhere else: how many sources link them, what they have on Hacker News. */
const withTheRest = (groups: readonly Group[], everywhere: ReadonlyMap<string, Story>): void => {
  for (const { stories } of groups) {
    for (const [key, story] of stories) {
      const all = everywhere.get(key);
      if (!all) continue;
      story.sources = all.sources;
      if (all.score !== undefined) story.score = all.score;
      if (all.commentCount !== undefined) story.commentCount = all.commentCount;
    }
  }
};

const toRow = ({ story, why }: Ranked, titleOf: (sourceId: string) => string): TopList['posts'][number] => {
  const { post, score, commentCount } = story;
  return {
    postId: post.id,
    title: post.title,
    url: post.url,
    domain: post.domain,
    sourceTitle: titleOf(post.sourceId),
    ...(post.publishedAt ? { publishedAt: post.publishedAt } : {}),
    ...(score === undefined ? {} : { score }),
    ...(commentCount === undefined ? {} : { commentCount }),
    why,
  };
};

const run = async (services: JobServices, context: Context): Promise<void> => {
  const { store, events } = services;
  const { options } = context;
  for (const name of COUNTERS) context.count(name, 0);
  const now = context.now();
  const span = { fromMs: now - options.days * DAY_MS, toMs: now };
  const sources = store.sources.all();
  context.step('Read the posts');
  const posts = await read(services, context, span);
  context.count('considered', posts.length);
  context.step('Rank and keep');
  const groups = folderGroups(sources, posts, context, span);
  withTheRest(groups, toStories(posts));
  if (options.hackerNews) {
    const stories = toStories(posts.filter(({ hn }) => hn));
    groups.unshift({ scope: { kind: 'hacker-news' }, stories, rank: (all) => rankHackerNews(all, options.count) });
  }
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  const lists = groups
    .filter(({ stories }) => stories.size > 0)
    .map(
      ({ scope, stories, rank }): TopList => ({
        id: newId(now),
        madeAt: toInstant(now),
        runId: context.runId,
        from: toInstant(span.fromMs),
        to: toInstant(span.toMs),
        scope,
        posts: rank(stories.values()).map((ranked) => toRow(ranked, (id) => titles.get(id) ?? '')),
        considered: stories.size,
      }),
    );
  context.signal.throwIfAborted();
  if (lists.length === 0) return context.log('info', `No posts were collected in the last ${options.days} days.`);
  // One write: a run that is killed leaves all of its lists or none.
  await store.topLists.put(lists);
  context.count('lists', lists.length);
  context.count(
    'posts',
    lists.reduce((sum, list) => sum + list.posts.length, 0),
  );
  context.log('info', `${lists.length} lists were made of ${posts.length} posts.`);
  events.emit('top.changed', { id: context.runId });
};

/** Chooses the best posts of each folder and of Hacker News, and keeps the lists. */
export const createDiscoverTop = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'discover-top',
    title: 'Top posts',
    description: 'Chooses the best posts of each folder and of Hacker News over the last week, and keeps them as a page.',
    optionsSchema,
    suggestedTrigger: { type: 'weekly', days: ['sun'], time: '03:00' },
    goesOut: false,
    run: (context) => run(services, context),
  });
