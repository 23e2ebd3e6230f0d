import type { Post } from '../../preload/contract/post.ts';
import { htmlToText } from '../feeds/text.ts';
import { toInstant } from '../lib/clock.ts';
import { forEachLimited } from '../lib/limit.ts';
import { hostOf } from './due-sources.ts';
import type { JobContext } from './job.ts';
import { takeTurns } from './lanes.ts';
import type { JobServices } from './services.ts';
import { mayHaveArticle, takeArticle } from './take-article.ts';

/** What a crawl may take out of pages. */
export type ArticleBounds = { maxArticles: number; maxPerHost: number; days: number };

const DAY_MS = 86_400_000;
/** A post with this much text of its own is taken for whole, in characters. */
const WHOLE_TEXT = 1200;
/** Pages asked for at once; to one host they go one at a time in any case. */
const LANES = 8;

const isShort = async ({ store }: JobServices, post: Post): Promise<boolean> => {
  if (!post.hasBody) return true;
  const html = await store.bodies.get(post);
  return htmlToText(html ?? '', WHOLE_TEXT).length < WHOLE_TEXT;
};

/** New posts that carry less than their article, newest first, within the bounds. */
const choose = async (services: JobServices, context: JobContext<unknown>, bounds: ArticleBounds): Promise<Post[]> => {
  const since = toInstant(context.now() - bounds.days * DAY_MS);
  const perHost = new Map<string, number>();
  const chosen: Post[] = [];
  const mayHave = (post: Post): boolean => !post.isExtracted && mayHaveArticle(post);
  for await (const slice of services.store.posts.slices()) {
    for (const post of slice) {
      context.signal.throwIfAborted();
      if (post.collectedAt < since || chosen.length >= bounds.maxArticles) return chosen;
      const host = hostOf(post.url);
      if (!mayHave(post) || (perHost.get(host) ?? 0) >= bounds.maxPerHost || !(await isShort(services, post))) continue;
      perHost.set(host, (perHost.get(host) ?? 0) + 1);
      chosen.push(post);
    }
  }
  return chosen;
};

/** Takes the articles of new posts that came without them. Trouble with one page is counted and logged. */
export const crawlArticles = async (
  services: JobServices,
  context: JobContext<unknown>,
  bounds: ArticleBounds,
): Promise<void> => {
  context.step('Choose articles');
  const posts = takeTurns(await choose(services, context, bounds), ({ url }) => hostOf(url));
  context.count('articles_wanted', posts.length);
  let done = 0;
  context.step('Read articles');
  context.progress(0, posts.length, 'Articles');
  await forEachLimited(posts, LANES, async (post) => {
    await takeArticle(services, context, post);
    context.progress(++done, posts.length, post.domain);
  });
  context.signal.throwIfAborted();
};
