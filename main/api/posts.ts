import type { Handlers } from '../../preload/contract/contract.ts';
import type { Post, PostQuery } from '../../preload/contract/post.ts';
import type { ListContext } from '../store/repositories.ts';
import { toDetail } from './post-detail.ts';
import type { Services } from './services.ts';
import { found, listContext, toStoryRow, twinsOf } from './views.ts';

const PAGE = 500;

type PostHandlers = Pick<
  Handlers,
  'posts.list' | 'posts.get' | 'posts.extract' | 'posts.markdown' | 'posts.counts' | 'posts.mark' | 'posts.markAllRead'
>;

/** The context of a list, with the ids that match the search words where there are any. */
const contextFor = async (services: Services, query: PostQuery): Promise<ListContext> => {
  const context = listContext(services.store, services.clock.now());
  const words = query.search?.trim();
  return words ? { ...context, matching: await services.search(words) } : context;
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
      const page = await store.posts.list(query, await contextFor(services, query));
      return { ...page, rows: page.rows.map((post) => toStoryRow(store, post)) };
    },
    'posts.get': async ({ id }) => {
      const post = found(await store.posts.get(id), 'post');
      return toDetail(services, post);
    },
    'posts.extract': async ({ id, back = false }) => {
      const post = found(await store.posts.get(id), 'post');
      const { articles } = await services.machine();
      const after = back ? await store.posts.dropArticle(id) : await articles.extract(post);
      services.events.emit('posts.changed', { added: 0, sourceIds: [post.sourceId] });
      return toDetail(services, found(after, 'post'));
    },
    'posts.markdown': async ({ id }) => {
      const post = found(await store.posts.get(id), 'post');
      const { articles } = await services.machine();
      const [body, { escapeText }] = await Promise.all([store.bodies.get(post), import('../feeds/text.ts')]);
      return { text: await articles.toMarkdown(body ?? escapeText(post.summary), headOf(post)) };
    },
    'posts.counts': () => store.posts.counts(listContext(store, services.clock.now())),
    'posts.mark': async ({ ids, isRead, isStarred, only = false }) => {
      const starred = isStarred === undefined ? [] : await mark(services, ids, { isStarred });
      if (isRead === undefined) return { changed: starred };
      const read = await mark(services, only ? ids : withTwins(services, ids), { isRead });
      return { changed: [...new Set([...starred, ...read])] };
    },
    'posts.markAllRead': async ({ query, before }) => {
      const { cursor: _cursor, keep: _keep, ...rest } = query;
      const posts = await allMatching(services, { ...rest, unreadOnly: true });
      const ids = posts.filter((post) => before === undefined || post.collectedAt < before).map((post) => post.id);
      return { changed: await mark(services, withTwins(services, ids), { isRead: true }) };
    },
  };
};
