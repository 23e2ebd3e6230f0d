import type { Collection } from './collection.ts';
import { openCollection } from './collection.ts';
import type { StoreContext } from './context.ts';
import { createPostTable, type PostTable, type StoredPost } from './post-table.ts';
import type { CollectionFiles } from './recovery.ts';
import type { Migration, Transaction } from './rows.ts';

/** From one form of stored posts to the next; the first form is what the first version wrote. */
export const postMigrations: readonly Migration[] = [(row) => row];

/** The collections of posts, one a month of collection, over one table in memory. */
export type PostMonths = {
  table: PostTable;
  /** Settles when all months are in memory. */
  loaded: () => Promise<void>;
  progress: () => number;
  /** Changes posts of any months; each month is one durable write. */
  change: (changes: Transaction<StoredPost>) => Promise<void>;
  /** The month a post is kept in, `YYYY-MM`. */
  collections: () => Collection<StoredPost>[];
};

const PREFIX = 'posts-';
export const monthOfInstant = (instant: string): string => instant.slice(0, 7);

/** Opens the posts; `files` holds what is on disk for every collection. */
export const openPostMonths = async (context: StoreContext, files: ReadonlyMap<string, CollectionFiles>): Promise<PostMonths> => {
  const table = createPostTable();
  const months = new Map<string, Promise<Collection<StoredPost>>>();
  const ready = new Map<string, Collection<StoredPost>>();
  const open = (month: string): Promise<Collection<StoredPost>> => {
    const known = months.get(month);
    if (known) return known;
    const name = `${PREFIX}${month}`;
    const opening = openCollection<StoredPost>(
      context,
      { name, keyOf: (post) => post.id, migrations: postMigrations, createRows: () => table.month(month) },
      files.get(name),
    );
    months.set(month, opening);
    void opening.then((collection) => ready.set(month, collection)).catch(() => months.delete(month));
    return opening;
  };
  const names = [...files.keys()]
    .filter((name) => /^posts-\d{4}-\d{2}$/.test(name))
    .sort()
    .reverse();
  for (const name of names) await open(name.slice(PREFIX.length));
  const loading = Promise.resolve();

  return {
    table,
    loaded: () => loading,
    progress: () => 1,
    change: async ({ put = [], remove = [] }) => {
      await loading;
      const byMonth = new Map<string, { put: StoredPost[]; remove: string[] }>();
      const partOf = (month: string) => {
        const part = byMonth.get(month) ?? { put: [], remove: [] };
        byMonth.set(month, part);
        return part;
      };
      for (const post of put) partOf(monthOfInstant(post.collectedAt)).put.push(post);
      for (const id of remove) {
        const slot = table.slotOf(id);
        if (slot >= 0) partOf(monthOfInstant(table.row(slot).collectedAt)).remove.push(id);
      }
      await Promise.all([...byMonth].map(async ([month, part]) => (ready.get(month) ?? (await open(month))).change(part)));
    },
    collections: () => [...ready.values()],
  };
};
