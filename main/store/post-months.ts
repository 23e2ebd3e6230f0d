import { AppError } from '../../preload/contract/errors.ts';
import { type Collection, openCollection } from './collection.ts';
import type { StoreContext } from './context.ts';
import { type CollectionFiles, groupFiles } from './file-names.ts';
import { errnoOf } from './fs.ts';
import { createPostTable, type PostTable } from './post-table.ts';
import { type PostTail, readPostTail } from './post-tail.ts';
import { probe } from './recovery.ts';
import type { Transaction } from './rows.ts';
import { toStoreError } from './store-error.ts';
import { monthOfInstant, postMigrations, type StoredPost } from './stored-post.ts';

/** The collections of posts, one a month of collection, over one table in memory. */
export type PostMonths = {
  /** The newest posts while the rest is being read, then all. */
  table: () => PostTable;
  /** The newest posts, while they are not yet all. */
  tail: () => PostTail | undefined;
  /** Begins to read the rest if nobody did; settles when all months are in memory. */
  loaded: () => Promise<void>;
  progress: () => number;
  /**
   * Changes posts of any months; each month is one durable write. A function is asked in the moment of the change, so that
   * nothing comes between what it read and what is written.
   */
  change: (changes: Transaction<StoredPost> | (() => Transaction<StoredPost>)) => Promise<void>;
  collections: () => Collection<StoredPost>[];
  /** Stops reading between two months. */
  settle: () => Promise<void>;
};

const MONTH = /^posts-(\d{4}-\d{2})$/;

type Known = { month: string; files: CollectionFiles };

const knownMonths = (files: ReadonlyMap<string, CollectionFiles>): Known[] =>
  [...files]
    .flatMap(([name, group]) => {
      const month = MONTH.exec(name)?.[1];
      return month ? { month, files: group } : [];
    })
    .sort((a, b) => (a.month < b.month ? 1 : -1));

/** Opens collections of single months, each once. */
const createOpener = (context: StoreContext, table: PostTable, files: ReadonlyMap<string, CollectionFiles>) => {
  const months = new Map<string, Promise<Collection<StoredPost>>>();
  const ready = new Map<string, Collection<StoredPost>>();
  const open = async (month: string): Promise<Collection<StoredPost>> => {
    const name = `posts-${month}`;
    const shape = {
      name,
      keyOf: (post: StoredPost) => post.id,
      migrations: postMigrations,
      createRows: () => table.month(month),
    };
    const collection = await openCollection<StoredPost>(context, shape, files.get(name));
    if (context.mode === 'write') await collection.repair();
    ready.set(month, collection);
    return collection;
  };
  return {
    ready,
    get: (month: string): Promise<Collection<StoredPost>> => {
      const opening = months.get(month) ?? open(month);
      months.set(month, opening);
      opening.catch(() => months.delete(month));
      return opening;
    },
  };
};

/** How often a reader begins anew when a compaction takes files away under it. */
const READ_TRIES = 5;

/** Opens the posts: checks that every month can be read, reads the newest posts, and leaves the rest to `loaded`. */
export const openPostMonths = async (context: StoreContext, files: ReadonlyMap<string, CollectionFiles>): Promise<PostMonths> => {
  const { fs, dir } = context;
  let table = createPostTable(context.mutes);
  let opener = createOpener(context, table, files);
  let known = knownMonths(files);
  for (const { month, files: group } of known) {
    const looking = probe(group, { fs, dir, name: `posts-${month}`, migrations: postMigrations });
    // With the owner's word the month starts empty when it is read.
    await (context.acceptEmpty ? looking.catch(refuseAllButCorrupt) : looking);
  }
  let tail: PostTail | undefined = await readPostTail(context, known);
  let done = 0;
  let isClosing = false;
  let loading: Promise<void> | undefined;

  const loadAll = async (): Promise<void> => {
    for (const { month } of known) {
      if (isClosing) throw new AppError('CANCELLED', 'Tidings is closing.');
      await opener.get(month);
      done++;
    }
    tail = undefined;
  };
  const startAnew = async (): Promise<void> => {
    const now = groupFiles(await fs.readdir(dir));
    table = createPostTable(context.mutes);
    opener = createOpener(context, table, now);
    known = knownMonths(now);
    done = 0;
  };
  const load = async (tries = 1): Promise<void> => {
    try {
      await loadAll();
    } catch (error) {
      if (context.mode === 'read' && errnoOf(error) === 'ENOENT' && tries < READ_TRIES) {
        await startAnew();
        return load(tries + 1);
      }
      const problem = toStoreError(error);
      if (problem.code !== 'CANCELLED') {
        context.log.error('Posts could not be read', { error: problem, code: problem.code });
        context.health.halt(problem);
      }
      throw problem;
    }
  };
  const loaded = (): Promise<void> => {
    if (!loading) {
      loading = load();
      loading.catch(() => {});
    }
    return loading;
  };
  // What little there is, is read at once; a reader who has all of it needs no second reading.
  const isAllInTail = tail?.fromMs === Number.NEGATIVE_INFINITY;
  if (!tail || (context.mode === 'write' && isAllInTail)) await loaded();
  else if (context.mode === 'write') setImmediate(() => void loaded().catch(() => {}));

  return {
    table: () => tail?.table ?? table,
    tail: () => (isAllInTail ? undefined : tail),
    loaded: () => (context.mode === 'read' && isAllInTail ? Promise.resolve() : loaded()),
    progress: () => (tail && !isAllInTail ? done / known.length : 1),
    change: async (changes) => {
      await loaded();
      const parts = byMonth(table, typeof changes === 'function' ? changes() : changes);
      await Promise.all(
        [...parts].map(async ([month, part]) => (opener.ready.get(month) ?? (await opener.get(month))).change(part)),
      );
    },
    collections: () => [...opener.ready.values()],
    settle: async () => {
      isClosing = true;
      await loading?.catch(() => {});
    },
  };
};

type Part = { put: StoredPost[]; remove: string[] };

const byMonth = (table: PostTable, { put = [], remove = [] }: Transaction<StoredPost>): Map<string, Part> => {
  const parts = new Map<string, Part>();
  const partOf = (instant: string): Part => {
    const month = monthOfInstant(instant);
    const part = parts.get(month) ?? { put: [], remove: [] };
    parts.set(month, part);
    return part;
  };
  for (const post of put) partOf(post.collectedAt).put.push(post);
  for (const id of remove) {
    const slot = table.slotOf(id);
    if (slot >= 0) partOf(table.row(slot).collectedAt).remove.push(id);
  }
  return parts;
};

const refuseAllButCorrupt = (error: unknown): number => {
  const problem = toStoreError(error);
  if (problem.code !== 'STORE_CORRUPT') throw problem;
  return 0;
};
