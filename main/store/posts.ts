import { isDeepStrictEqual } from 'node:util';
import type { Post, PostQuery } from '../../preload/contract/post.ts';
import type { Page } from '../../preload/contract/values.ts';
import { toInstant } from '../lib/clock.ts';
import { type Bodies, isBody } from './bodies.ts';
import type { PostMonths } from './post-months.ts';
import { LIVE, type PostTable } from './post-table.ts';
import { countPosts, eachNewest, earliest, LAST_HOUR_POSTS, postTest } from './posts-query.ts';
import type { BodiesRepository, ListContext, PostsRepository, SavedPosts } from './repositories.ts';
import { planSave } from './save-posts.ts';
import { monthOfInstant, type StoredPost, toPost } from './stored-post.ts';
import type { Tombstones } from './tombstones.ts';

type Parts = {
  months: PostMonths;
  bodies: Bodies;
  tombstones: Tombstones;
  now: () => number;
  /** Hears of posts that were kept; never rejects. */
  onKept?: (posts: readonly StoredPost[], now: string) => Promise<void>;
};

const cursorOf = (post: StoredPost): string => `${Date.parse(post.collectedAt).toString(36)}.${post.id}`;

/** Where a page begins: after the cursor's post, or where it stood if it is gone. */
const afterCursor = (table: PostTable, slots: readonly number[], cursor: string): number => {
  const [time = '', id = ''] = cursor.split('.');
  const slot = table.slotOf(id);
  const at = slot >= 0 ? slots.indexOf(slot) : -1;
  if (at >= 0) return at + 1;
  const older = slots.findIndex((other) => table.collectedMs(other) < Number.parseInt(time, 36));
  return older < 0 ? slots.length : older;
};

/** Answers from the newest posts while the rest is being read, where they are all it takes; else waits. */
const listWhatIsThere = async (months: PostMonths, query: PostQuery, context: ListContext): Promise<Page<Post>> => {
  const tail = months.tail();
  if (tail) {
    const page = listPosts(tail.table, query, context, tail.covers);
    const isFilled = query.view !== 'last-hour' && page.rows.length === (query.limit ?? 100);
    if (isFilled || earliest(query, context) >= tail.fromMs) return page;
  }
  await months.loaded();
  return listPosts(months.table(), query, context);
};

const listPosts = (table: PostTable, query: PostQuery, context: ListContext, covers?: (slot: number) => boolean): Page<Post> => {
  const test = postTest(table, query, context);
  const slots: number[] = [];
  eachNewest(table, (slot) => {
    if (test(slot) && (!covers || covers(slot))) slots.push(slot);
  });
  const limit = query.limit ?? 100;
  if (query.view === 'last-hour') {
    slots.sort((a, b) => table.score(b) - table.score(a));
    const top = slots.slice(0, Math.min(limit, LAST_HOUR_POSTS));
    return { rows: top.map((slot) => toPost(table.row(slot))), total: top.length };
  }
  const start = query.cursor ? afterCursor(table, slots, query.cursor) : 0;
  const rows = slots.slice(start, start + limit).map(table.row);
  const last = rows.at(-1);
  const hasMore = last !== undefined && (start + limit < slots.length || covers !== undefined);
  return { rows: rows.map(toPost), total: slots.length, ...(hasMore ? { next: cursorOf(last) } : {}) };
};

/**
 * Saves drafts, of each source one document at a time, so that what is known is decided on what was decided before.
 * Documents of different sources do not know each other: they are written at the same time and share their syncs.
 */
const createSave = ({ months, bodies, tombstones, onKept }: Parts): PostsRepository['save'] => {
  const turns = new Map<string, Promise<unknown>>();
  const save: PostsRepository['save'] = async (sourceId, drafts, options) => {
    await months.loaded();
    const plan = planSave(months.table(), sourceId, drafts, options, (draft) => tombstones.isBuried(sourceId, draft));
    const withBody = (post: StoredPost, html: string | undefined) => ({ post, body: html ? { id: post.id, html } : undefined });
    const news = plan.added.map(({ post, html }) => withBody(post, html));
    const refreshed = plan.updated.map(({ before, post, html }) => {
      const { body } = withBody(post, html);
      return { before, ...withBody(post, body && !isBody(before.body, body) ? html : undefined) };
    });
    const changed = refreshed.filter(({ before, post, body }) => body !== undefined || !isDeepStrictEqual(before, post));
    await addBodies(bodies, [...news, ...changed], options.now);
    // What stands first in a document is its newest: it comes in last, so that lists show it first.
    await months.change({ put: [...changed, ...news.toReversed()].map(({ post }) => post) });
    await onKept?.(
      news.map(({ post }) => post),
      options.now,
    );
    return {
      added: news.map(({ post }) => toPost(post)),
      updated: changed.map(({ post }) => toPost(post)),
      known: plan.known,
      rekeyed: plan.rekeyed,
      buried: plan.buried,
    } satisfies SavedPosts;
  };
  return (sourceId, ...rest) => {
    const before = turns.get(sourceId) ?? Promise.resolve();
    const mine = before.then(() => save(sourceId, ...rest));
    const turn = mine
      .catch(() => {})
      .finally(() => {
        if (turns.get(sourceId) === turn) turns.delete(sourceId);
      });
    turns.set(sourceId, turn);
    return mine;
  };
};

type WithBody = { post: StoredPost; body: { id: string; html: string } | undefined; before?: StoredPost };

/** Writes the bodies and puts the references into the rows. A body stands in the month of its post. */
const addBodies = async (bodies: Bodies, items: readonly WithBody[], now: string): Promise<void> => {
  const byMonth = Map.groupBy(
    items.filter(({ body }) => body),
    ({ post }) => monthOfInstant(post.collectedAt),
  );
  for (const [month, group] of byMonth) {
    const refs = await bodies.append(
      month,
      group.flatMap(({ body }) => body ?? []),
    );
    for (const [at, item] of group.entries()) {
      const ref = refs[at];
      if (ref) item.post = { ...item.post, body: ref, ...(item.before?.body ? { updatedAt: now } : {}) };
    }
  }
};

/** The posts: what is kept, listed and marked. */
export const createPosts = (parts: Parts): PostsRepository => {
  const { months, tombstones } = parts;
  const { table } = months;
  const rowsOf = (ids: readonly string[]): StoredPost[] =>
    [...new Set(ids)].flatMap((id) => {
      const slot = table().slotOf(id);
      return slot >= 0 ? table().row(slot) : [];
    });
  return {
    save: createSave(parts),
    get: async (id) => {
      if (table().slotOf(id) < 0) await months.loaded();
      const [post] = rowsOf([id]);
      return post && toPost(post);
    },
    list: (query, context) => listWhatIsThere(months, query, context),
    counts: (context) => countPosts(table(), context),
    unreadBySource: (sourceId) => table().countOf(sourceId).unread,
    countBySource: (sourceId) => table().countOf(sourceId).posts,
    mark: async (ids, { isRead, isStarred }) => {
      await months.loaded();
      const changed = rowsOf(ids).filter(
        (post) => (isRead !== undefined && post.isRead !== isRead) || (isStarred !== undefined && post.isStarred !== isStarred),
      );
      await months.change({
        put: changed.map((post) => ({ ...post, isRead: isRead ?? post.isRead, isStarred: isStarred ?? post.isStarred })),
      });
      return changed.map((post) => post.id);
    },
    byHackerNewsId: (hnId) => {
      const slot = table().byHackerNewsId(hnId);
      return slot < 0 ? undefined : toPost(table().row(slot));
    },
    refreshHackerNews: async (changes) => {
      await months.loaded();
      const put = changes.flatMap(({ id, score, commentCount, isDead, title }): StoredPost[] => {
        const [post] = rowsOf([id]);
        if (!post?.hn) return [];
        const after = { ...post, hn: { ...post.hn, score, commentCount, isDead }, ...(title ? { title } : {}) };
        return isDeepStrictEqual(post, after) ? [] : [after];
      });
      await months.change({ put });
      return put.map(toPost);
    },
    wasRemoved: (sourceId, url) => tombstones.isLinkBuried(sourceId, url),
    remove: async (ids) => {
      await months.loaded();
      const posts = rowsOf(ids);
      // The tombstones first: a crash in between leaves a post too many, not one that comes back as new.
      await tombstones.bury(posts, toInstant(parts.now()));
      await months.change({ remove: posts.map((post) => post.id) });
      return posts.length;
    },
    slices: (size = 500) => slices(months, size),
    count: () => table().size(),
    hackerNewsCount: () => table().hackerNewsCount(),
    domainCounts: () => table().domainCounts(),
  };
};

async function* slices(months: PostMonths, size: number): AsyncGenerator<readonly Post[]> {
  await months.loaded();
  const table = months.table();
  let batch: Post[] = [];
  const slots: number[] = [];
  eachNewest(table, (slot) => slots.push(slot));
  for (const slot of slots) {
    if (table.flags(slot) & LIVE) batch.push(toPost(table.row(slot)));
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  if (batch.length > 0) yield batch;
}

/** The bodies of posts, looked up through the post's row. */
export const createBodiesRepository = (months: PostMonths, bodies: Bodies): BodiesRepository => ({
  get: async ({ id }) => {
    if (months.table().slotOf(id) < 0) await months.loaded();
    const table = months.table();
    const slot = table.slotOf(id);
    const post = slot >= 0 ? table.row(slot) : undefined;
    return post?.body && bodies.read(monthOfInstant(post.collectedAt), post.body, id);
  },
});
