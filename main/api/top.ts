import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { TopEdition, TopList } from '../../preload/contract/top-list.ts';
import type { Services } from './services.ts';

type TopHandlers = Pick<Handlers, 'top.list' | 'top.get'>;

const toEdition = (lists: readonly TopList[]): TopEdition | undefined => {
  const [first] = lists;
  if (!first) return undefined;
  const lead = first.posts[0];
  return {
    id: first.runId,
    madeAt: first.madeAt,
    from: first.from,
    to: first.to,
    lists: lists.length,
    posts: lists.reduce((sum, { posts }) => sum + posts.length, 0),
    ...(lead ? { lead: { title: lead.title, url: lead.url } } : {}),
  };
};

/** What the screen can ask about top posts. */
export const createTopHandlers = ({ store }: Pick<Services, 'store'>): TopHandlers => ({
  'top.list': ({ limit = 100 }) =>
    [...Map.groupBy(store.topLists.all(), ({ runId }) => runId).values()]
      .flatMap((lists) => toEdition(lists) ?? [])
      .sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
      .slice(0, limit),
  'top.get': async ({ id }) => {
    const lists = store.topLists.forRun(id);
    const edition = toEdition(lists);
    if (!edition) throw new AppError('NOT_FOUND', 'There is no such edition.');
    const ids = [...new Set(lists.flatMap(({ posts }) => posts.map(({ postId }) => postId)))];
    const posts = await Promise.all(ids.map((postId) => store.posts.get(postId)));
    return { edition, lists, kept: posts.flatMap((post) => post?.id ?? []) };
  },
});
