import { isDeepStrictEqual } from 'node:util';
import type { Post, PostQuery } from '../../preload/contract/post.ts';
import type { Page } from '../../preload/contract/values.ts';
import { toInstant } from '../lib/clock.ts';
import { articleOf, formerTextOf, ownTextOf } from './article-text.ts';
import { createArticles } from './articles.ts';
import type { Bodies } from './bodies.ts';
import { changeRows, type Pair } from './change-rows.ts';
import { unreadAgain } from './fold-stories.ts';
import { createJudging, type Judging } from './judging.ts';
import { createLabels } from './labels.ts';
import { listPosts } from './list-posts.ts';
import { newText } from './new-text.ts';
import { columnsOf } from './post-columns.ts';
import type { PostMonths } from './post-months.ts';
import { LIVE, MUTED, type PostTable } from './post-table.ts';
import { countMatching, countPosts, eachNewest, earliest, hackerNewsSince } from './posts-query.ts';
import { withPage, withSample } from './refresh-posts.ts';
import type { BodiesRepository, ListContext, PostsRepository, SavedPosts } from './repositories.ts';
import { planSave } from './save-posts.ts';
import { monthOfInstant, type StoredPost, toPost, withMarksOf } from './stored-post.ts';
import type { Tombstones } from './tombstones.ts';

type Parts = {
  months: PostMonths;
  bodies: Bodies;
  tombstones: Tombstones;
  now: () => number;
  /** Hears of posts that were kept; never rejects. */
  onKept?: (posts: readonly StoredPost[], now: string) => Promise<void>;
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

/**
 * Saves drafts, of each source one document at a time, so that what is known is decided on what was decided before.
 * Documents of different sources do not know each other: they are written at the same time and share their syncs.
 */
const createSave = ({ months, bodies, tombstones, onKept }: Parts, judging: Judging): PostsRepository['save'] => {
  const turns = new Map<string, Promise<unknown>>();
  const save: PostsRepository['save'] = async (sourceId, drafts, options) => {
    await months.loaded();
    const plan = planSave(months.table(), sourceId, drafts, options, (draft) => tombstones.isBuried(sourceId, draft));
    const withBody = (post: StoredPost, html: string | undefined) => ({ post, body: html ? { id: post.id, html } : undefined });
    const judged = await judging.arrivals(plan.added, options.runId);
    const news = judged.map((post, at) => withBody(post, plan.added[at]?.html));
    const refreshed = await Promise.all(
      plan.updated.map(async ({ before, post, html }) => {
        const text = await newText(bodies, before, html);
        const told = text?.isNews ? withNews(before, post, options.now) : post;
        const isReopened = options.unreadOnUpdate === true && told.updatedAt === options.now;
        return { before, isReopened, ...withBody(told, text?.html) };
      }),
    );
    const changed = refreshed.filter(({ before, post, body }) => body !== undefined || !isDeepStrictEqual(before, post));
    await addBodies(bodies, [...news, ...changed]);
    // What stands first in a document is its newest: it comes in last, so that lists show it first.
    await months.change(() => ({
      put: [
        ...changed.map(({ before, post, isReopened }) => ({
          ...withMeanwhile(months.table(), before, post),
          ...(isReopened ? { isRead: false } : {}),
        })),
        ...news.toReversed().map(({ post }) => post),
      ],
    }));
    await judging.changed(
      changed.map(({ before, post }) => ({ before, after: post })),
      options.runId,
    );
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

/** A post whose text says something new; an earlier title belongs to an earlier change. */
const withNews = (before: StoredPost, post: StoredPost, now: string): StoredPost => {
  const { formerTitle, ...rest } = post;
  return { ...rest, updatedAt: now, ...(formerTitle !== undefined && formerTitle !== before.formerTitle ? { formerTitle } : {}) };
};

/** The post as it is to be stored, with the marks and the article that came while it was being worked on. */
const withMeanwhile = (table: PostTable, before: StoredPost, post: StoredPost): StoredPost => {
  const slot = table.slotOf(before.id);
  if (slot < 0) return post;
  const there = table.row(slot);
  const marked = withMarksOf(post, there);
  const { isExtracted, body } = there;
  if (isExtracted === before.isExtracted) return marked;
  const { isExtracted: _isExtracted, body: _body, ...rest } = marked;
  return { ...rest, ...(body ? { body } : {}), ...(isExtracted ? { isExtracted } : {}) };
};

type WithBody = { post: StoredPost; body: { id: string; html: string } | undefined };

/** Writes the bodies and puts the references into the rows. A body stands in the month of its post. */
const addBodies = async (bodies: Bodies, items: readonly WithBody[]): Promise<void> => {
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
      if (ref) item.post = { ...item.post, body: ref };
    }
  }
};

/** The posts: what is kept, listed and marked. */
export const createPosts = (parts: Parts): PostsRepository => {
  const { months, tombstones } = parts;
  const { table } = months;
  const judging = createJudging(months, parts.bodies);
  const judgedRows = async (pairs: Pair[]): Promise<Post[]> => {
    await judging.changed(pairs);
    return pairs.map(({ after }) => toPost(after));
  };
  const articles = createArticles(parts);
  /** Another text is shown, so the rules that look into texts are asked again. */
  const judgedArticle = async (id: string, change: () => Promise<Post | undefined>): Promise<Post | undefined> => {
    const [before] = rowsOf([id]);
    const changed = await change();
    const [after] = rowsOf([id]);
    if (before && after) await judging.changed([{ before, after }]);
    return changed;
  };
  const rowsOf = (ids: readonly string[]): StoredPost[] =>
    [...new Set(ids)].flatMap((id) => {
      const slot = table().slotOf(id);
      return slot >= 0 ? table().row(slot) : [];
    });
  return {
    save: createSave(parts, judging),
    get: async (id) => {
      if (table().slotOf(id) < 0) await months.loaded();
      const [post] = rowsOf([id]);
      return post && toPost(post);
    },
    list: (query, context) => listWhatIsThere(months, query, context),
    counts: (context) => countPosts(table(), context),
    countMatching: async (query, context) => {
      await months.loaded();
      return countMatching(table(), query, context);
    },
    columns: () => columnsOf(table()),
    twins: (id) => {
      const { stories, slotOf, row, flags } = table();
      const slot = slotOf(id);
      const others = stories.slots(slot < 0 ? 0 : stories.of(slot)).filter((other) => other !== slot && !(flags(other) & MUTED));
      return others.map((other) => toPost(row(other)));
    },
    unreadAgain: (context) => unreadAgain(table(), context),
    unreadBySource: (sourceId) => table().countOf(sourceId).unread,
    countBySource: (sourceId) => table().countOf(sourceId).posts,
    bytesBySource: (sourceId) => table().bytesOf(sourceId),
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
    label: createLabels(months),
    applyMarks: judging.applyMarks,
    judgeBy: judging.use,
    isMuted: (id) => {
      const slot = table().slotOf(id);
      return slot >= 0 && (table().flags(slot) & MUTED) !== 0;
    },
    hiddenBy: (ruleId) => [...table().mutedBy(ruleId)].filter((slot) => (table().flags(slot) & MUTED) !== 0).length,
    mutedIds: (ruleId) => [...table().mutedBy(ruleId)].map((slot) => table().row(slot).id),
    storedBySource: (sourceId) => {
      const { posts, muted } = table().countOf(sourceId);
      return posts + muted;
    },
    byHackerNewsId: (hnId) => {
      const slot = table().byHackerNewsId(hnId);
      return slot < 0 ? undefined : toPost(table().row(slot));
    },
    putArticle: (id, html) => judgedArticle(id, () => articles.putArticle(id, html)),
    dropArticle: (id) => judgedArticle(id, () => articles.dropArticle(id)),
    refreshHackerNews: async (changes) =>
      judgedRows(
        await changeRows(months, changes, (post, { score, commentCount, isDead, title, sampleAt }) => {
          if (!post.hn) return post;
          const samples = sampleAt ? withSample(post.hn.samples, { at: sampleAt, score, commentCount }) : post.hn.samples;
          const hn = { ...post.hn, score, commentCount, isDead, ...(samples ? { samples } : {}) };
          return { ...post, hn, ...(title ? { title } : {}) };
        }),
      ),
    refreshPages: async (changes) => judgedRows(await changeRows(months, changes, (post, change) => withPage(post, change))),
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
export const createBodiesRepository = (months: PostMonths, bodies: Bodies): Omit<BodiesRepository, 'reclaim'> => {
  const stored = async (id: string): Promise<{ post: StoredPost; body: string | undefined } | undefined> => {
    if (months.table().slotOf(id) < 0) await months.loaded();
    const table = months.table();
    const slot = table.slotOf(id);
    if (slot < 0) return undefined;
    const post = table.row(slot);
    return { post, body: post.body && (await bodies.read(monthOfInstant(post.collectedAt), post.body, id)) };
  };
  return {
    get: async ({ id }) => {
      const body = (await stored(id))?.body;
      return body === undefined ? undefined : articleOf(body);
    },
    former: async ({ id }) => {
      const found = await stored(id);
      const at = found?.post.updatedAt;
      if (!found || !at) return undefined;
      const { post, body } = found;
      const text = body === undefined ? undefined : formerTextOf(body);
      if (text === undefined && post.formerTitle === undefined) return undefined;
      const own = body === undefined ? '' : post.isExtracted ? ownTextOf(body) : articleOf(body);
      return { at, own, ...(text === undefined ? {} : { text }), ...titleBefore(post) };
    },
  };
};

const titleBefore = ({ formerTitle }: StoredPost): { title?: string } =>
  formerTitle === undefined ? {} : { title: formerTitle };
