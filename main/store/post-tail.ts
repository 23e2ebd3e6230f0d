import type { StoreContext } from './context.ts';
import type { CollectionFiles } from './file-names.ts';
import { createPostTable, type PostTable } from './post-table.ts';
import { checkSnapshotTail } from './read-files.ts';
import { type Loading, loadRows, nothingFound, replayFrom } from './recovery.ts';
import { postMigrations, type StoredPost } from './stored-post.ts';

/** How many posts are read before the rest: a first screen and some more. */
const ENOUGH_POSTS = 200;

/** The newest posts, read alone. `covers` says which of them are certain to be followed by all newer ones. */
export type PostTail = {
  table: PostTable;
  /** Nothing collected at or after this is missing, milliseconds; -Infinity when nothing is missing at all. */
  fromMs: number;
  covers: (slot: number) => boolean;
};

const ALL_THERE = { fromMs: Number.NEGATIVE_INFINITY, covers: () => true };

/** The newest rows of one month; undefined when they cannot be read alone. */
const readMonth = async (
  context: StoreContext,
  table: PostTable,
  month: string,
  files: CollectionFiles,
): Promise<Omit<PostTail, 'table'> | undefined> => {
  const { fs, dir } = context;
  const name = `posts-${month}`;
  const loading: Loading<StoredPost> = { fs, dir, name, rows: table.month(month), migrations: postMigrations };
  const number = files.snapshots.at(-1) ?? 0;
  const tail = number > 0 ? await checkSnapshotTail(fs, dir, name, number) : undefined;
  if (number > 0 && !tail) return undefined;
  if (tail) await loadRows(tail, loading);
  const [oldest] = table.order(month);
  const endOfTail = table.slots();
  await replayFrom(files, number, loading, nothingFound(postMigrations.length));
  if (!tail || tail.foot.count === tail.foot.tail.count || oldest === undefined) return ALL_THERE;
  const oldestMs = table.collectedMs(oldest);
  // A change to a post from before the tail is in the journal too; of one moment, what is in the tail is the newest.
  return { fromMs: oldestMs + 1, covers: (slot) => slot < endOfTail || table.collectedMs(slot) > oldestMs };
};

/**
 * Reads the end of the newest month, and of earlier ones while that is too little. Undefined when it cannot be had this way;
 * then the whole is read, and what is wrong is found and said there.
 */
export const readPostTail = async (
  context: StoreContext,
  months: readonly { month: string; files: CollectionFiles }[],
): Promise<PostTail | undefined> => {
  const table = createPostTable(context.mutes);
  for (const { month, files } of months) {
    const part = await readMonth(context, table, month, files);
    if (!part) return undefined;
    if (part !== ALL_THERE) return { table, ...part };
    const isLast = month === months.at(-1)?.month;
    if (table.size() >= ENOUGH_POSTS && !isLast)
      return { table, fromMs: Date.parse(`${month}-01T00:00:00.000Z`), covers: () => true };
  }
  return { table, ...ALL_THERE };
};
