import { toAppError } from '../../preload/contract/errors.ts';
import type { Post } from '../../preload/contract/post.ts';
import { hostOf } from './due-sources.ts';
import { extractArticleOf } from './extract-article.ts';
import type { JobContext } from './job.ts';
import type { JobServices } from './services.ts';

/** Pages of Hacker News are talk, not articles. */
const ITEM_PAGE = 'news.ycombinator.com';

/** Whether a post links to a page that may hold an article. */
export const mayHaveArticle = ({ url, hn, domain }: Post): boolean => Boolean(url) && !hn?.isDead && domain !== ITEM_PAGE;

/**
 * Takes the article of one post within a run; nothing once the run was stopped. Trouble with a page is counted and logged, and what
 * the feed gave stays; `kept` says so in the log, where the owner expects an article. Rejects with a STORE_ error.
 */
export const takeArticle = async (
  services: JobServices,
  context: Pick<JobContext<unknown>, 'signal' | 'count' | 'log'>,
  post: Post,
  kept = '',
): Promise<void> => {
  if (context.signal.aborted) return;
  try {
    await extractArticleOf(services, post, context.signal);
    context.count('articles_extracted');
    services.events.emit('posts.changed', { added: 0, sourceIds: [post.sourceId] });
  } catch (thrown) {
    if (context.signal.aborted) return;
    const error = toAppError(thrown);
    if (error.code.startsWith('STORE_')) throw error;
    context.count('articles_failed');
    context.log('warn', `${hostOf(post.url)}: ${error.message}${kept}`);
  }
};
