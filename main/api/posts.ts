import type { Handlers } from '../../preload/contract/contract.ts';
import type { Post, PostQuery } from '../../preload/contract/post.ts';
import { bothMatch, type Match } from '../search/match.ts';
import type { ListContext } from '../store/repositories.ts';
import { toDetail } from './post-detail.ts';
import { noticedBy } from './rule-watch.ts';
import type { Services } from './services.ts';
import { snippetsFor } from './snippets.ts';
import { found, listContext, toStoryRow, twinsOf } from './views.ts';

const PAGE = 500;

type PostHandlers = Pick<
  Handlers,
  'posts.list' | 'posts.get' | 'posts.extract' | 'posts.markdown' | 'posts.counts' | 'posts.mark' | 'posts.markAllRead'
>;

type SearchContext = ListContext & { matching?: Match };

/** The context of a list, with what the search words and the saved search find where there are any. */
const contextFor = async ({ store, search, clock }: Services, query: PostQuery): Promise<SearchContext> => {
  const { matching: _none, ...plain } = listContext(store, clock.now());
  const isNoticed = query.rule !== undefined && query.view !== 'muted';
  const context = isNoticed ? { ...plain, only: noticedBy(store.notes, query.rule ?? '') } : plain;
  const saved = query.searchId ? found(store.searches.get(query.searchId), 'saved search').search : '';
  const texts = [saved, query.search?.trim() ?? ''].filter((text) => text !== '');
  const [first, second] = await Promise.all(texts.map((text) => search.find(text)));
  const matching = first && second ? bothMatch(first, second) : (first ?? second);
  return matching ? { ...context, matching } : context;
};

/** Every post a query means, page after page. */
const allMatching = async (services: Services, query: PostQuery): Promise<Post[]> => {
  const context = await contextFor(services, query);
  const posts: Post[] = [];
  let cursor: string | undefined;
  do {
    const page = await services.store.posts.list({ ...query, limit: PAGE, ...(cursor ? { cursor } : {}) }, context);
    posts.push(...page.rows);
    cursor = page.next;
  } while (cursor);
  return posts;
};

const headOf = ({ title, url, author, publishedAt }: Post) => ({
  title,
  ...(url ? { url } : {}),
  ...(author ? { byline: author } : {}),
  ...(publishedAt ? { published: publishedAt.slice(0, 10) } : {}),
});

const idOf = ({ id }: Post): string => id;
/** The rows above one post, or below one; none where that post is not in the list. */
const between = (posts: readonly Post[], above: string | undefined, below: string | undefined): readonly Post[] => {
  const ids = posts.map(idOf);
  if ([above, below].some((id) => id !== undefined && !ids.includes(id))) return [];
  return posts.slice(below === undefined ? 0 : ids.indexOf(below) + 1, above === undefined ? undefined : ids.indexOf(above));
};

/** The posts, and those of other sources that are the same stories. */
const withTwins = ({ store }: Services, ids: readonly string[]): string[] => [
  ...new Set(ids.flatMap((id) => [id, ...twinsOf(store, id).map((twin) => twin.id)])),
];

const mark = async (
  services: Services,
  ids: readonly string[],
  marks: { isRead?: boolean; isStarred?: boolean },
): Promise<string[]> => {
  const changed = await services.store.posts.mark(ids, marks);
  if (changed.length > 0) services.events.emit('posts.changed', { added: 0 });
  return changed;
};

/** What the screen can ask about posts. */
export const createPostHandlers = (services: Services): PostHandlers => {
  const { store } = services;
  return {
    'posts.list': async (query) => {
      const context = await contextFor(services, query);
      const page = await store.posts.list(query, context);
      const snippets = await snippetsFor(services, page.rows, query, context.matching);
      return { ...page, rows: page.rows.map((post) => ({ ...toStoryRow(store, post), ...snippets.get(post.id) })) };
    },
    'posts.get': async ({ id }) => {
      const post = found(await store.posts.get(id), 'post');
      return toDetail(services, post);
    },
    'posts.extract': async ({ id, back = false }) => {
      const post = found(await store.posts.get(id), 'post');
      const { articles } = await services.machine();
      // A run took it after the window was told of the post: its page is not asked for again.
      const taken = post.isExtracted ? post : undefined;
      const after = back ? await store.posts.dropArticle(id) : (taken ?? (await articles.extract(post)));
      services.events.emit('posts.changed', { added: 0, sourceIds: [post.sourceId] });
      return toDetail(services, found(after, 'post'));
    },
    'posts.markdown': async ({ id }) => {
      const post = found(await store.posts.get(id), 'post');
      const { articles } = await services.machine();
      const [body, { escapeText }] = await Promise.all([store.bodies.get(post), import('../feeds/text.ts')]);
      return { text: await articles.toMarkdown(body ?? escapeText(post.summary), headOf(post)) };
    },
    'posts.counts': async () => {
      const counts = store.posts.counts(listContext(store, services.clock.now()));
      return { ...counts, bySearch: await services.searchCounts.get(counts) };
    },
    'posts.mark': async ({ ids, isRead, isStarred, only = false }) => {
      const starred = isStarred === undefined ? [] : await mark(services, ids, { isStarred });
      if (isRead === undefined) return { changed: starred };
      const read = await mark(services, only ? ids : withTwins(services, ids), { isRead });
      return { changed: [...new Set([...starred, ...read])] };
    },
    'posts.markAllRead': async ({ query, before, below, above }) => {
      const { cursor: _cursor, keep: _keep, ...rest } = query;
      // The post that the rows are counted from is read itself, mostly.
      const keep = [below, above].filter((id) => id !== undefined);
      const posts = await allMatching(services, { ...rest, unreadOnly: true, keep });
      const meant = between(posts, above, below).filter((post) => before === undefined || post.collectedAt < before);
      return { changed: await mark(services, withTwins(services, meant.map(idOf)), { isRead: true }) };
    },
  };
};
