import type { Post, PostQuery } from '../../preload/contract/post.ts';
import type { Page } from '../../preload/contract/values.ts';
import { foldStories } from './fold-stories.ts';
import type { PostTable } from './post-table.ts';
import { LAST_HOUR_POSTS, postTest, sortSlots } from './posts-query.ts';
import type { ListContext } from './repositories.ts';
import { type StoredPost, toPost } from './stored-post.ts';

const cursorOf = (post: StoredPost, sort: PostQuery['sort']): string => {
  const place = sort === 'score' ? (post.hn?.score ?? 0) : Date.parse(post.collectedAt);
  return `${place.toString(36)}.${post.id}`;
};

/** Where a page begins: after the cursor's post, or where it stood if it is gone. */
const afterCursor = (table: PostTable, slots: Uint32Array, cursor: string, sort: PostQuery['sort']): number => {
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

/** Slots of the posts a query means, newest first. A plain column of numbers: a list of a hundred thousand is asked for at every key. */
const matchingSlots = (
  table: PostTable,
  query: PostQuery,
  context: ListContext,
  covers: ((slot: number) => boolean) | undefined,
): Uint32Array => {
  const test = postTest(table, query, context);
  const slots = new Uint32Array(table.slots());
  // Posts to keep are in the list whatever the search says.
  const column = query.keep?.length ? undefined : context.matching?.column;
  let found = 0;
  // Not by `eachNewest`: a call for each post is what a key would wait for.
  for (const month of table.months()) {
    const order = table.order(month);
    for (let at = order.length - 1; at >= 0; at -= 1) {
      const slot = order[at] as number;
      if ((column && !column[slot]) || !test(slot) || (covers && !covers(slot))) continue;
      slots[found] = slot;
      found += 1;
    }
  }
  return slots.subarray(0, found);
};

/** One page of the posts a query means, and how many they are. With `covers` only of those, and always with more to come. */
export const listPosts = (
  table: PostTable,
  query: PostQuery,
  context: ListContext,
  covers?: (slot: number) => boolean,
): Page<Post> => {
  const matching = matchingSlots(table, query, context, covers);
  const limit = query.limit ?? 100;
  sortSlots(table, matching, query);
  const slots = context.groupsStories ? foldStories(table, matching, query) : matching;
  const rowsFrom = (start: number, end: number): StoredPost[] => Array.from(slots.subarray(start, end), table.row);
  if (query.view === 'last-hour') {
    const top = rowsFrom(0, Math.min(limit, LAST_HOUR_POSTS));
    return { rows: top.map(toPost), total: top.length };
  }
  const start = query.cursor ? afterCursor(table, slots, query.cursor, query.sort) : 0;
  const rows = rowsFrom(start, start + limit);
  const last = rows.at(-1);
  const hasMore = last !== undefined && (start + limit < slots.length || covers !== undefined);
  return { rows: rows.map(toPost), total: slots.length, ...(hasMore ? { next: cursorOf(last, query.sort) } : {}) };
};
