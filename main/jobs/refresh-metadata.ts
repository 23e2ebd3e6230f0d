import { z } from 'zod';
import type { Post } from '../../preload/contract/post.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import { chooseToRefresh } from './refresh-choice.ts';
import { refreshPages } from './refresh-pages.ts';
import { refreshStories } from './refresh-stories.ts';
import type { Refreshing } from './refreshing.ts';
import type { JobServices } from './services.ts';

const optionsSchema = z.strictObject({
  scope: z
    .enum(['recent', 'full'])
    .default('recent')
    .describe('Recent: posts collected in the last 30 days. Full: all that are kept, those looked at longest ago first.'),
  maxRequests: z
    .int()
    .min(1)
    .max(5000)
    .default(500)
    .describe('At most this many requests in one run; the next goes on from there.'),
  maxPerHost: z.int().min(1).max(500).default(20).describe('At most this many pages of one site in one run.'),
  dryRun: z.boolean().optional().describe('Only shows what would change, and changes nothing.'),
});
type Options = z.infer<typeof optionsSchema>;
type Context = JobContext<Options>;

const COUNTERS = ['processed', 'succeeded', 'failed', 'changed', 'not_modified'];

const run = async (services: JobServices, context: Context): Promise<void> => {
  for (const name of COUNTERS) context.count(name, 0);
  context.step('Choose posts');
  const { stories, pages, postponed } = await chooseToRefresh(services, context.options, context.signal);
  if (postponed > 0) context.count('postponed', postponed);
  const total = stories.length + pages.length;
  if (total === 0) return context.log('info', 'There is no post to look at.');
  let done = 0;
  context.progress(0, total);
  const tick = (post: Post): void => context.progress(++done, total, post.title.slice(0, 200));
  const refreshing: Refreshing = { services, context, tick };
  context.step('Ask Hacker News');
  await refreshStories(refreshing, stories);
  context.step('Ask pages');
  await refreshPages(refreshing, pages);
};

/** Asks again for score, comments and title of stories, and for title, address and icon of pages. */
export const createRefreshMetadata = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'refresh-metadata',
    title: 'Refresh posts',
    description: 'Asks again for scores, comments and dead stories of Hacker News, and for titles, addresses and icons of pages.',
    optionsSchema,
    suggestedTrigger: { type: 'weekly', days: ['sun'], time: '04:30' },
    goesOut: true,
    isHeavy: true,
    run: (context) => run(services, context),
  });
