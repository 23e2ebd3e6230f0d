import { AppError } from '../../../preload/contract/errors.ts';
import type { FollowedAuthor, FoundBy, GapMap } from '../../../preload/contract/gap-map.ts';
import type { Post } from '../../../preload/contract/post.ts';
import { toStem } from '../../feeds/part-of-series.ts';
import { linkKeyOf } from '../../lib/link-key.ts';
import type { JobContext } from '../job.ts';
import type { JobServices } from '../services.ts';
import { createAsker } from './asker.ts';
import { lookOnAuthorPage, type Named } from './author-page.ts';
import { lookInFeed } from './feed-ways.ts';
import { authorMap } from './gap-maps.ts';
import { type Hunt, note } from './hunt.ts';

const PAGE = 500;

/** All posts of one source, newest first. */
const postsOf = async ({ store, clock }: JobServices, sourceId: string): Promise<Post[]> => {
  const context = { now: clock.now(), startOfDay: 0, isMuted: () => false, folderOf: () => [] };
  const posts: Post[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.posts.list({ sourceId, limit: PAGE, ...(cursor ? { cursor } : {}) }, context);
    posts.push(...page.rows);
    cursor = page.next;
  } while (cursor);
  return posts;
};

/** Whether an author line names this author, alone or among others. */
export const isBy = (line: string | undefined, name: string): boolean =>
  line !== undefined &&
  (toStem(line) === toStem(name) || line.split(/,|&|\band\b|\bund\b|\bet\b/).some((part) => toStem(part) === toStem(name)));

type OnSource = FollowedAuthor & { on: { kind: 'source' } };
type Context = Pick<JobContext<unknown>, 'runId' | 'signal' | 'count' | 'log'>;

/** Looks for the posts of an author that one source no longer holds. Throws when the site did not answer at all. */
export const completeOnSource = async (
  services: JobServices,
  context: Context,
  author: OnSource,
  options: { maxPages: number; before: GapMap | undefined; now: () => string; onMap: (map: GapMap) => Promise<void> },
): Promise<void> => {
  const source = services.store.sources.get(author.on.sourceId);
  if (source?.kind !== 'feed') throw new AppError('NOT_FOUND', 'The source this author writes on is gone.');
  const all = await postsOf(services, source.id);
  const links = new Set(all.map(({ url }) => linkKeyOf(url)));
  const mine = all.filter((post) => isBy(post.author, author.name));
  const finds = new Map<string, FoundBy>();
  let missing: Named[] = [];
  let isOnAuthorPage = false;
  const hunt: Hunt = {
    services,
    context,
    source,
    asker: createAsker({ services, context, source }, { maxPages: options.maxPages, posts: all }),
    // What the author's own page names and says nothing else is by the author.
    isWanted: (draft) => isBy(draft.author, author.name) || (isOnAuthorPage && !draft.author),
    isDone: () => false,
    onAdded: (added, foundBy) => {
      mine.push(...added);
      for (const post of added) {
        finds.set(post.id, foundBy);
        links.add(linkKeyOf(post.url));
      }
      context.count('parts_found', added.length);
    },
    inFeed: new Set(),
    tried: [],
  };
  try {
    if (await lookInFeed(hunt)) {
      isOnAuthorPage = true;
      const isKnown = (url: string): boolean => links.has(linkKeyOf(url)) || hunt.inFeed.has(linkKeyOf(url));
      missing = await lookOnAuthorPage(hunt, { name: author.name, ...author.on }, [...mine, ...all], isKnown);
    }
    const over = hunt.asker.whyOver();
    if (over) note(hunt, over);
    for (const error of hunt.asker.errors.slice(0, 3)) note(hunt, error.message);
  } finally {
    context.count('missing', missing.length);
    await options.onMap(
      authorMap(author, mine, missing, { now: options.now(), tried: hunt.tried, finds, before: options.before }),
    );
  }
  const failure = hunt.asker.answers() === 0 ? hunt.asker.errors[0] : undefined;
  if (failure) throw failure;
  context.log('info', `${author.name}: ${finds.size} found. ${hunt.tried.join('; ')}.`.slice(0, 500));
};
