import type { StoreContext } from './context.ts';
import type { CollectionFiles } from './file-names.ts';
import { createPostTable, type PostTable } from './post-table.ts';
import { readSnapshotTail } from './read-files.ts';
import { type Loading, loadRows, nothingFound, replayFrom } from './recovery.ts';
import { postMigrations, type StoredPost } from './stored-post.ts';

/** How many posts are read before the rest: a first screen and some more. */
const ENOUGH_POSTS = 200;

/** The newest posts, read alone. Complete for everything collected after `fromMs`. */
export type PostTail = { table: PostTable; fromMs: number };

/** The newest rows of one month; answers the time after which nothing is missing. */
const readMonth = async (
  context: StoreContext,
  table: PostTable,
  month: string,
  files: CollectionFiles,
): Promise<number | undefined> => {
  const { fs, dir } = context;
  const name = `posts-${month}`;
  const loading: Loading<StoredPost> = { fs, dir, name, rows: table.month(month), migrations: postMigrations };
  const number = files.snapshots.at(-1) ?? 0;
  const tail = number > 0 ? await readSnapshotTail(fs, dir, name, number) : undefined;
  if (number > 0 && !tail) return undefined;
  if (tail) await loadRows(tail, loading);
  const [oldest] = table.order(month);
  const isWhole = !tail || tail.foot.count === tail.foot.tail.count;
  const fromMs = isWhole || oldest === undefined ? Number.NEGATIVE_INFINITY : table.collectedMs(oldest) + 1;
  await replayFrom(files, number, loading, nothingFound(postMigrations.length));
  return fromMs;
};

/**
 * Reads the end of the newest month, and of earlier ones while that is too little. Undefined when it cannot be had this way;
 * then the whole is read, and what is wrong is found and said there.
 */
export const readPostTail = async (
  context: StoreContext,
  months: readonly { month: string; files: CollectionFiles }[],
): Promise<PostTail | undefined> => {
  const table = createPostTable();
  for (const { month, files } of months) {
    const fromMs = await readMonth(context, table, month, files);
    if (fromMs === undefined) return undefined;
    if (fromMs > Number.NEGATIVE_INFINITY) return { table, fromMs };
    if (table.size() >= ENOUGH_POSTS && month !== months.at(-1)?.month)
      return { table, fromMs: Date.parse(`${month}-01T00:00:00.000Z`) };
  }
  return { table, fromMs: Number.NEGATIVE_INFINITY };
};
