import type { Post } from '../../preload/contract/post.ts';
import type { Source } from '../../preload/contract/source.ts';
import { forEachLimited } from '../lib/limit.ts';
import { hostOf } from './due-sources.ts';
import type { JobContext } from './job.ts';
import { takeTurns } from './lanes.ts';
import type { JobServices } from './services.ts';
import { mayHaveArticle, takeArticle } from './take-article.ts';

/** Articles of one source, and of all, that one run takes; the rest are taken when their posts are opened. */
const MOST_OF_A_SOURCE = 10;
const MOST_OF_A_RUN = 60;
/** Pages asked for at once; to one host they go one at a time in any case. */
const LANES = 6;
/** No further page is asked for after this long, so that slow sites do not make the run late. Milliseconds. */
const MOST_MS = 120_000;

type Context = Pick<JobContext<unknown>, 'signal' | 'count' | 'log' | 'progress' | 'step'>;

/** Gathers the new posts of sources whose articles are wanted, and takes those articles. */
export type ArticleFill = {
  add: (source: Pick<Source, 'id' | 'fullArticle'>, added: readonly Post[]) => void;
  /** Trouble with a page is counted and logged; it never is the source's fault. Rejects with a STORE_ error, or the signal's reason. */
  take: () => Promise<void>;
};

/** Sources that want whole articles get them for their new posts, once the run has read the feeds. */
export const createArticleFill = (services: JobServices, context: Context): ArticleFill => {
  const wanted: Post[] = [];
  return {
    add: ({ fullArticle }, added) => {
      if (!fullArticle) return;
      const some = added.filter(mayHaveArticle);
      wanted.push(...some.slice(0, MOST_OF_A_SOURCE));
    },
    take: async () => {
      if (wanted.length === 0) return;
      const posts = takeTurns(wanted, ({ url }) => hostOf(url)).slice(0, MOST_OF_A_RUN);
      context.step('Take whole articles');
      context.count('articles_extracted', 0);
      let done = 0;
      const begun = services.clock.monotonic();
      context.progress(0, posts.length, 'Articles');
      await forEachLimited(posts, LANES, async (post) => {
        if (services.clock.monotonic() - begun < MOST_MS)
          await takeArticle(services, context, post, " The feed's own text is shown.");
        context.progress(++done, posts.length, 'Articles');
      });
      context.signal.throwIfAborted();
    },
  };
};
