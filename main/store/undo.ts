import { join } from 'node:path';
import { AppError } from '../../preload/contract/errors.ts';
import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Undoable } from '../../preload/contract/removal.ts';
import type { PlanLine, Run } from '../../preload/contract/run.ts';
import type { Source } from '../../preload/contract/source.ts';
import { toInstant } from '../lib/clock.ts';
import { type MarkChange, takeMarks } from '../lib/marks.ts';
import type { Collection } from './collection.ts';
import type { StoreContext } from './context.ts';
import { errnoOf } from './fs.ts';
import type { PostMonths } from './post-months.ts';
import type { ToKeep, UndoRepository } from './repositories.ts';
import type { Shape } from './rows.ts';
import { toStoreError } from './store-error.ts';
import { monthOfInstant, type StoredPost, withMarksOf } from './stored-post.ts';
import type { Tombstones } from './tombstones.ts';
import { appendUndoBatch, readUndoBatches, undoFileName, undoIdsIn } from './undo-file.ts';

/** How long what was removed can be brought back, in days. */
export const UNDO_DAYS = 7;
const DAY_MS = 86_400_000;
const MAX_SAMPLE = 20;

/** The head of an entry, in memory. */
export type UndoHead = Omit<Undoable, 'text'> & { counts: Record<string, number>; bodyFiles: string[] };
export const undoShape: Shape<UndoHead> = { name: 'undo', keyOf: (row) => row.id, migrations: [(row) => row] };

type Marked = { id: string; title: string; change: MarkChange };
type Batch = {
  change: ToKeep['change'];
  posts?: StoredPost[];
  runs?: Run[];
  fetchJobs?: FetchJob[];
  sources?: Source[];
  marks?: Marked[];
};

/** What the undo brings rows back into. */
export type UndoParts = {
  heads: Collection<UndoHead>;
  months: PostMonths;
  tombstones: Tombstones;
  runs: Collection<Run>;
  fetchJobs: Collection<FetchJob>;
  sources: Pick<Collection<Source>, 'get' | 'put'>;
};

const counted = (count: number, word: string): string => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
const KINDS = ['post', 'run record', 'fetch job', 'source'];

/** *Removed 1,204 posts and 31 run records.* */
const textOf = ({ counts }: UndoHead): string => {
  const part = (change: 'removed' | 'changed'): string[] => {
    const said = KINDS.flatMap((kind) => {
      const count = counts[`${change} ${kind}`] ?? 0;
      return count > 0 ? [counted(count, kind)] : [];
    });
    const last = said.pop();
    return last ? [`${change} ${said.length > 0 ? `${said.join(', ')} and ${last}` : last}`] : [];
  };
  const text = [...part('removed'), ...part('changed')].join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

const linesOf = (batch: Batch): PlanLine[] => {
  const verb = batch.change === 'removed' ? ('remove' as const) : ('change' as const);
  return [
    ...(batch.posts ?? []).map((post) => ({ verb, kind: 'post', text: (post.title || post.url).slice(0, 300), postId: post.id })),
    ...(batch.marks ?? []).map(({ id, title }) => ({ verb, kind: 'post', text: title.slice(0, 300), postId: id })),
    ...(batch.runs ?? []).map((run) => ({ verb, kind: 'run record', text: `${run.name}, ${run.queuedAt.slice(0, 10)}` })),
    ...(batch.sources ?? []).map((source) => ({ verb, kind: 'source', text: source.title.slice(0, 300) })),
  ];
};

const addUp = (head: UndoHead, batch: Batch): UndoHead => {
  const counts = { ...head.counts };
  const posts = [...(batch.posts ?? []), ...(batch.marks ?? [])];
  const sizes = [posts, batch.runs, batch.fetchJobs, batch.sources].map((rows) => rows?.length ?? 0);
  for (const [at, size] of sizes.entries()) {
    const key = `${batch.change} ${KINDS[at]}`;
    if (size > 0) counts[key] = (counts[key] ?? 0) + size;
  }
  const files = (batch.posts ?? []).flatMap(({ body, collectedAt }) => (body ? `${monthOfInstant(collectedAt)}.${body[0]}` : []));
  return {
    ...head,
    counts,
    rows: head.rows + sizes.reduce((sum, size) => sum + size, 0),
    sample: [...head.sample, ...linesOf(batch)].slice(0, MAX_SAMPLE),
    bodyFiles: [...new Set([...head.bodyFiles, ...files])],
  };
};

/** A source with the title and the site it had; what the owner set since stays. */
const withWordsOf = (there: Source, before: Source): Source =>
  there.kind === 'feed' && before.kind === 'feed' && before.siteUrl
    ? { ...there, title: before.title, siteUrl: before.siteUrl }
    : { ...there, title: before.title };

/** Puts one batch back; answers the posts that came back and how many rows did. */
const bringBack = async (parts: UndoParts, batch: Batch): Promise<{ rows: number; postIds: string[] }> => {
  const { months, tombstones, runs, fetchJobs, sources } = parts;
  const wasRemoved = batch.change === 'removed';
  let posts: StoredPost[] = [];
  await months.change(() => {
    const table = months.table();
    // They were taken newest first; of one moment, what comes in last is the newest.
    posts = (batch.posts ?? []).toReversed().flatMap((post): StoredPost[] => {
      const slot = table.slotOf(post.id);
      if (wasRemoved) return slot < 0 && sources.get(post.sourceId) ? [post] : [];
      return slot < 0 ? [] : [withMarksOf(post, table.row(slot))];
    });
    const marked = (batch.marks ?? []).flatMap(({ id, change }): StoredPost[] => {
      const slot = table.slotOf(id);
      return slot < 0 ? [] : [takeMarks(table.row(slot), change)];
    });
    posts.push(...marked);
    return { put: posts };
  });
  // The rows first: a crash in between leaves a tombstone beside its post, which holds nothing back; the next try takes it away.
  if (wasRemoved) await tombstones.dig((batch.posts ?? []).map((post) => post.id));
  const isWanted = (there: boolean): boolean => there !== wasRemoved;
  const backRuns = (batch.runs ?? []).filter((run) => isWanted(runs.get(run.id) !== undefined));
  const backJobs = (batch.fetchJobs ?? []).filter(
    (job) => isWanted(fetchJobs.get(job.id) !== undefined) && sources.get(job.sourceId) !== undefined,
  );
  const backSources = (batch.sources ?? []).flatMap((source) => {
    const there = sources.get(source.id);
    return there ? [withWordsOf(there, source)] : [];
  });
  await runs.put(backRuns.map((run) => ({ ...run, isRestored: true })));
  await fetchJobs.put(backJobs.map((job) => ({ ...job, isRestored: true })));
  await sources.put(backSources);
  return {
    rows: posts.length + backRuns.length + backJobs.length + backSources.length,
    postIds: posts.map((post) => post.id),
  };
};

/** What was removed or rewritten, and how it comes back. Order: what is kept is on the disk before anything goes. */
export const createUndo = (context: StoreContext, parts: UndoParts): UndoRepository => {
  const { fs, dir, clock } = context;
  const { heads, months } = parts;
  const listeners: (() => void)[] = [];
  /** Where the files that this process writes end; a run is never gone on with by another process. */
  const ends = new Map<string, number>();
  let line: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const mine = line.then(work);
    line = mine.catch(() => {});
    return mine;
  };
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const isOver = (head: UndoHead): boolean => head.undoneAt !== undefined || Date.parse(head.expiresAt) <= clock.now();
  const removeFile = async (id: string): Promise<number> => {
    const path = join(dir, undoFileName(id));
    const size = await fs.stat(path).then(
      (stat) => stat.size,
      () => 0,
    );
    await fs.unlink(path).catch(() => {});
    return size;
  };

  const keep = async (what: ToKeep): Promise<void> => {
    const { runId, jobKind, change, postIds = [], runs = [], fetchJobs = [], sources = [], marks = [] } = what;
    if (postIds.length > 0) await months.loaded();
    const table = months.table();
    const marked = marks.map(({ id, change }) => {
      const slot = table.slotOf(id);
      return { id, change, title: slot < 0 ? '' : table.row(slot).title || table.row(slot).url };
    });
    const posts = postIds.flatMap((id) => {
      const slot = table.slotOf(id);
      return slot < 0 ? [] : table.row(slot);
    });
    if (posts.length + runs.length + fetchJobs.length + sources.length + marks.length === 0) return;
    const batch: Batch = { change, posts, runs: [...runs], fetchJobs: [...fetchJobs], sources: [...sources], marks: marked };
    const halted = context.health.halted();
    if (halted) throw halted;
    try {
      // A failed first write leaves no end: the next begins the file anew.
      ends.set(runId, await appendUndoBatch(context, runId, batch, ends.get(runId) ?? 0));
    } catch (error) {
      throw toStoreError(error);
    }
    const now = clock.now();
    const head = heads.get(runId) ?? {
      id: runId,
      at: toInstant(now),
      expiresAt: toInstant(now + UNDO_DAYS * DAY_MS),
      runId,
      jobKind,
      rows: 0,
      sample: [],
      counts: {},
      bodyFiles: [],
    };
    await heads.put([addUp(head, batch)]);
    tell();
  };

  const apply = async (id: string): Promise<{ rows: number; postIds: string[] }> => {
    const head = heads.get(id);
    if (!head || Date.parse(head.expiresAt) <= clock.now())
      throw new AppError('CONFLICT', 'This can no longer be undone: what was removed is kept for 7 days.');
    const done = { rows: 0, postIds: [] as string[] };
    if (head.undoneAt) return done;
    await months.loaded();
    try {
      for await (const batch of readUndoBatches(context, id)) {
        const back = await bringBack(parts, batch as Batch);
        done.rows += back.rows;
        done.postIds.push(...back.postIds);
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw toStoreError(error);
      throw new AppError('CONFLICT', 'What was removed is no longer in the data folder.');
    }
    await heads.put([{ ...head, undoneAt: toInstant(clock.now()), bodyFiles: [] }]);
    await removeFile(id);
    tell();
    return done;
  };

  const expire = async (): Promise<number> => {
    let freed = 0;
    const over = heads.all().filter((head) => Date.parse(head.expiresAt) <= clock.now());
    // The heads first: a file without a head is found and taken away later, a head without a file would promise too much.
    await heads.remove(over.map((head) => head.id));
    for (const id of undoIdsIn(await fs.readdir(dir))) {
      const head = heads.get(id);
      if (!head || head.undoneAt) freed += await removeFile(id);
    }
    if (over.length > 0) tell();
    return freed;
  };

  const toUndoable = (head: UndoHead): Undoable => {
    const { counts: _counts, bodyFiles: _bodyFiles, ...rest } = head;
    return { ...rest, text: textOf(head) };
  };
  return {
    keep: (what) => inTurn(() => keep(what)),
    list: () =>
      heads
        .all()
        .filter((head) => Date.parse(head.expiresAt) > clock.now())
        .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
        .map(toUndoable),
    get: (id) => {
      const head = heads.get(id);
      return head && toUndoable(head);
    },
    apply: (id) => inTurn(() => apply(id)),
    expire: () => inTurn(expire),
    bodyFiles: () => new Set(heads.all().flatMap((head) => (isOver(head) ? [] : head.bodyFiles))),
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
};
