import { z } from 'zod';
import { type AppError, toAppError } from '../../preload/contract/errors.ts';
import { createCollectHackerNews } from './collect-hacker-news.ts';
import { crawlArticles } from './crawl-articles.ts';
import { createFetchFeeds } from './fetch-feeds.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import type { JobServices } from './services.ts';

const optionsSchema = z.strictObject({
  extract: z.boolean().default(true).describe('Takes the whole article from the page where a feed gives only its beginning.'),
  maxArticles: z.int().min(0).max(1000).default(100).describe('At most this many articles in one run.'),
  maxPerHost: z.int().min(1).max(100).default(10).describe('At most this many pages of one site in one run.'),
  days: z.int().min(1).max(30).default(2).describe('Only for posts that were collected in the last days.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = ['articles_wanted', 'articles_extracted', 'articles_failed'];

/** What the parts count, by the name it has here: their sums go together. */
const NAMES: Readonly<Record<string, string>> = {
  posts_saved: 'new_posts',
  posts_fetched: 'stories',
  duplicates_skipped: 'stories_known',
  below_threshold: 'stories_below_threshold',
  unusable: 'stories_unusable',
  errors: 'failed',
};

/** The whole work cannot go on: stopped, no network, no disk. */
const isForAll = (error: AppError, { signal }: Context): boolean =>
  signal.aborted || error.code === 'OFFLINE' || error.code === 'CAPTIVE_PORTAL' || error.code.startsWith('STORE_');

/** Runs one of the jobs this one is made of; its trouble is remembered, and the others go on. */
const part = async (context: Context, job: JobDefinition, options: object): Promise<AppError | undefined> => {
  try {
    const count = (name: string, by?: number): void => {
      if (name !== 'posts_cached') context.count(NAMES[name] ?? name, by);
    };
    await job.run({ ...context, count, options: job.optionsSchema.parse(options) });
    return undefined;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isForAll(error, context)) throw error;
    context.log('error', `${job.title}: ${error.message}`);
    return error;
  }
};

type Parts = { feeds: JobDefinition; news: JobDefinition };

const run = async (services: JobServices, parts: Parts, context: Context): Promise<void> => {
  const { extract, ...bounds } = context.options;
  for (const name of COUNTERS) context.count(name, 0);
  const feeds = await part(context, parts.feeds, { force: true });
  const news = await part(context, parts.news, {});
  if (extract && bounds.maxArticles > 0) await crawlArticles(services, context, bounds);
  if (feeds && news) throw feeds;
};

/** Reads everything there is, whatever its interval, and then the articles behind it. */
export const createCrawlSources = (services: JobServices): JobDefinition => {
  const parts = { feeds: createFetchFeeds(services), news: createCollectHackerNews(services) };
  return defineJob<Options>({
    kind: 'crawl-sources',
    title: 'Full crawl',
    description:
      'Asks all feeds and Hacker News lists that are not paused, and takes whole articles from the pages of new posts.',
    optionsSchema,
    suggestedTrigger: { type: 'daily', time: '02:00' },
    goesOut: true,
    isHeavy: true,
    run: (context) => run(services, parts, context),
  });
};
