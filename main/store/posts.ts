import { isDeepStrictEqual } from 'node:util';
import type { Post, PostQuery } from '../../preload/contract/post.ts';
import type { Page } from '../../preload/contract/values.ts';
import { toInstant } from '../lib/clock.ts';
import { articleOf, joinArticle } from './article-text.ts';
import { createArticles, ownText } from './articles.ts';
import { type Bodies, isBody } from './bodies.ts';
import { foldStories } from './fold-stories.ts';
import type { PostMonths } from './post-months.ts';
import { LIVE, type PostTable } from './post-table.ts';
import { countPosts, eachNewest, earliest, hackerNewsSince, LAST_HOUR_POSTS, postTest, sortSlots } from './posts-query.ts';
import { withPage, withSample } from './refresh-posts.ts';
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

const cursorOf = (post: StoredPost, sort: PostQuery['sort']): string => {
  const place = sort === 'score' ? (post.hn?.score ?? 0) : Date.parse(post.collectedAt);
  return `${place.toString(36)}.${post.id}`;
};

/** Where a page begins: after the cursor's post, or where it stood if it is gone. */
const afterCursor = (table: PostTable, slots: readonly number[], cursor: string, sort: PostQuery['sort']): number => {
  const [text = '', id = ''] = cursor.split('.');
  const slot = table.slotOf(id);
  const at = slot >= 0 ? slots.indexOf(slot) : -1;
  if (at >= 0) return at + 1;
  const place = Number.parseInt(text, 36);
  const isAfter = (other: number): boolean => {
    if (sort === 'score') return table.score(other) < place;
    return sort === 'oldest' ? table.collectedMs(other) > place : table.collectedMs(other) < place;
  };
  const next = slots.findIndex(isAfter);
  return next < 0 ? slots.length : next;
};

/** Answers from the newest posts while the rest is being read, where they are all it takes; else waits. */
const listWhatIsThere = async (months: PostMonths, query: PostQuery, context: ListContext): Promise<Page<Post>> => {
  const tail = months.tail();
  if (tail) {
    const page = listPosts(tail.table, query, context, tail.covers);
    const isNewestFirst = query.view !== 'last-hour' && (query.sort ?? 'newest') === 'newest';
    const isFilled = isNewestFirst && page.rows.length === (query.limit ?? 100);
    if (isFilled || earliest(query, context) >= tail.fromMs) return page;
  }
  await months.loaded();
  return listPosts(months.table(), query, context);
};

const listPosts = (table: PostTable, query: PostQuery, context: ListContext, covers?: (slot: number) => boolean): Page<Post> => {
  const test = postTest(table, query, context);
  const matching: number[] = [];
  eachNewest(table, (slot) => {
    if (test(slot) && (!covers || covers(slot))) matching.push(slot);
  });
  const limit = query.limit ?? 100;
  sortSlots(table, matching, query);
  const slots = context.groupsStories ? foldStories(table, matching, query) : matching;
  if (query.view === 'last-hour') {
    const top = slots.slice(0, Math.min(limit, LAST_HOUR_POSTS));
    return { rows: top.map((slot) => toPost(table.row(slot))), total: top.length };
  }
  const start = query.cursor ? afterCursor(table, slots, query.cursor, query.sort) : 0;
  const rows = slots.slice(start, start + limit).map(table.row);
  const last = rows.at(-1);
  const hasMore = last !== undefined && (start + limit < slots.length || covers !== undefined);
  return { rows: rows.map(toPost), total: slots.length, ...(hasMore ? { next: cursorOf(last, query.sort) } : {}) };
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
    const refreshed = await Promise.all(
      plan.updated.map(async ({ before, post, html }) => {
        const { body } = withBody(post, await besideArticle(bodies, before, html));
        return { before, ...withBody(post, body && !isBody(before.body, body) ? body.html : undefined) };
      }),
    );
    const changed = refreshed.filter(({ before, post, body }) => body !== undefined || !isDeepStrictEqual(before, post));
    await addBodies(bodies, [...news, ...changed], options.now);
    // What stands first in a document is its newest: it comes in last, so that lists show it first.
    await months.change(() => ({
      put: [
        ...changed.map(({ before, post }) => withMeanwhile(months.table(), before, post)),
        ...news.toReversed().map(({ post }) => post),
      ],
    }));
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

/** What the feed gives for a post that shows its article stands behind the article; undefined when it is what it was. */
const besideArticle = async (bodies: Bodies, before: StoredPost, html: string | undefined): Promise<string | undefined> => {
  if (!html || !before.isExtracted || !before.body) return html;
  if (html === (await ownText({ bodies }, before))) return undefined;
  const body = await bodies.read(monthOfInstant(before.collectedAt), before.body, before.id);
  return joinArticle(articleOf(body ?? ''), html);
};

/** The post as it is to be stored, with the marks and the article that came while it was being worked on. */
const withMeanwhile = (table: PostTable, before: StoredPost, post: StoredPost): StoredPost => {
  const slot = table.slotOf(before.id);
  if (slot < 0) return post;
  const { isRead, isStarred, isExtracted, body } = table.row(slot);
  const marked = { ...post, isRead, isStarred };
  if (isExtracted === before.isExtracted) return marked;
  const { isExtracted: _isExtracted, body: _body, ...rest } = marked;
  return { ...rest, ...(body ? { body } : {}), ...(isExtracted ? { isExtracted } : {}) };
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
    twins: (id) => {
      const { stories, slotOf, row } = table();
      const slot = slotOf(id);
      const others = stories.slots(slot < 0 ? 0 : stories.of(slot)).filter((other) => other !== slot);
      return others.map((other) => toPost(row(other)));
    },
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
    ...createArticles(parts),
    refreshHackerNews: (changes) =>
      changeRows(months, changes, (post, { score, commentCount, isDead, title, sampleAt }) => {
        if (!post.hn) return post;
        const samples = sampleAt ? withSample(post.hn.samples, { at: sampleAt, score, commentCount }) : post.hn.samples;
        const hn = { ...post.hn, score, commentCount, isDead, ...(samples ? { samples } : {}) };
        return { ...post, hn, ...(title ? { title } : {}) };
      }),
    refreshPages: (changes) => changeRows(months, changes, (post, change) => withPage(post, change)),
    hackerNewsSince: async (instant) => {
      await months.loaded();
      return hackerNewsSince(table(), Date.parse(instant)).map((slot) => toPost(table().row(slot)));
    },
    wasRemoved: (sourceId, url) => tombstones.isLinkBuried(sourceId, url),
    remove: async (ids, isStill = () => true) => {
      await months.loaded();
      const posts = rowsOf(ids).filter((post) => isStill(toPost(post)));
      // The tombstones first: a crash in between leaves a post too many, not one that comes back as new.
      await tombstones.bury(posts, toInstant(parts.now()));
      const all = posts.map((post) => post.id);
      let gone: string[] = [];
      await months.change(() => {
        gone = rowsOf(all).flatMap((post) => (isStill(toPost(post)) ? post.id : []));
        return { remove: gone };
      });
      if (gone.length < all.length) await tombstones.dig(all.filter((id) => !gone.includes(id)));
      return gone.length;
    },
    slices: (size = 500) => slices(months, size),
    count: () => table().size(),
    hackerNewsCount: () => table().hackerNewsCount(),
    domainCounts: () => table().domainCounts(),
  };
};

type Change = { id: string };

/** Changes known posts in one durable write, each as it is at that moment. Answers those that are different now. */
const changeRows = async <Told extends Change>(
  months: PostMonths,
  changes: readonly Told[],
  apply: (post: StoredPost, told: Told) => StoredPost,
): Promise<Post[]> => {
  await months.loaded();
  const table = months.table();
  let put: StoredPost[] = [];
  await months.change(() => {
    put = changes.flatMap((told): StoredPost[] => {
      const slot = table.slotOf(told.id);
      if (slot < 0) return [];
      const post = table.row(slot);
      const after = apply(post, told);
      return isDeepStrictEqual(post, after) ? [] : [after];
    });
    return { put };
  });
  return put.map(toPost);
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
export const createBodiesRepository = (months: PostMonths, bodies: Bodies): Omit<BodiesRepository, 'reclaim'> => ({
  get: async ({ id }) => {
    if (months.table().slotOf(id) < 0) await months.loaded();
    const table = months.table();
    const slot = table.slotOf(id);
    const post = slot >= 0 ? table.row(slot) : undefined;
    const body = post?.body && (await bodies.read(monthOfInstant(post.collectedAt), post.body, id));
    return body !== undefined && post?.isExtracted ? articleOf(body) : body;
  },
});
