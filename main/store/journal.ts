import { join } from 'node:path';
import type { Adapter } from 'lowdb';
import { AppError, toAppError } from '../../preload/contract/errors.ts';
import type { StoreContext } from './context.ts';
import { type CollectionFiles, journalName, namesOf, snapshotName } from './file-names.ts';
import { type JournalFile, openJournal } from './journal-file.ts';
import { type Loading, nothingFound, type Recovered, recover } from './recovery.ts';
import { createMapTable, type Shape, type StoredDocument, type Transaction } from './rows.ts';
import { setAside } from './set-aside.ts';
import { writeSnapshot } from './snapshot.ts';
import { toStoreError } from './store-error.ts';

/** A journal is folded into a snapshot at `compactBytes` if it is a quarter of it, and at this many times that in any case. */
const COMPACT_ALWAYS_TIMES = 4;
/** And without waiting for a quiet moment at this many times it. */
const COMPACT_AT_ONCE_TIMES = 64;
/** And when this many journals follow one snapshot: each failed write and each cut tail begins another. */
const COMPACT_JOURNALS = 8;
/** How long to leave a failed compaction alone, in milliseconds. */
const COMPACT_AGAIN_MS = 60_000;

/** lowdb's adapter, and what a repository tells it first: what the next `write()` is to make durable. */
export type JournalAdapter<Row> = Adapter<StoredDocument<Row>> & {
  /** `undo` takes the change back out of memory should it not reach the disk. */
  stage: (change: Transaction<Row>, undo: () => void) => void;
  /** Writes a new snapshot in slices. Rejects with a STORE_ error; nothing is lost by that. */
  compact: () => Promise<void>;
  settle: () => Promise<void>;
  close: () => Promise<void>;
  found: () => Recovered;
  /** What is acknowledged at this moment: a snapshot, and the journals up to this number and its bytes. */
  position: () => Position;
  /** Whether the file being written is still the one under its name. */
  isOurs: () => Promise<boolean>;
};

export type Position = { snapshot: number; journal: number; journalBytes: number; isIdle: boolean };

type Staged<Row> = { change: Transaction<Row>; undo: () => void };

/** The durable adapter of one collection. `read()` recovers it from disk; `write()` appends what was staged and syncs. */
export const createJournalAdapter = <Row>(
  context: StoreContext,
  shape: Shape<Row>,
  files: CollectionFiles | undefined,
): JournalAdapter<Row> => {
  const { fs, dir, log, clock } = context;
  const version = shape.migrations.length;
  let staged: Staged<Row>[] = [];
  let found: Recovered | undefined;
  let journal: JournalFile | undefined;
  let document: StoredDocument<Row> | undefined;
  let snapshot = { number: 0, bytes: 0 };
  let oldest = 1;
  let failures = 0;
  let compacting: Promise<void> | undefined;
  let notBefore = 0;
  let cancelWait = (): void => {};

  const opened = (): { journal: JournalFile; document: StoredDocument<Row> } => {
    if (!journal || !document) throw new Error(`${shape.name} was used before it was read`);
    return { journal, document };
  };

  const removeOld = async (keepFrom: number): Promise<void> => {
    for (; oldest < keepFrom; oldest++) {
      await fs.unlink(join(dir, snapshotName(shape.name, oldest))).catch(() => {});
      await fs.unlink(join(dir, journalName(shape.name, oldest))).catch(() => {});
    }
  };

  const compactNow = async (): Promise<void> => {
    const { journal: file, document: now } = opened();
    const number = await file.rotate();
    const failuresBefore = failures;
    const bytes = await writeSnapshot(
      context,
      { name: shape.name, version, number, rows: now.rows as never },
      // A change that was taken back meanwhile may be in what was written: then it is not used.
      async () => {
        await file.settle();
        return failures === failuresBefore;
      },
    );
    if (bytes === 0) return;
    const previous = snapshot.number;
    snapshot = { number, bytes };
    await removeOld(previous);
  };

  const compact = (): Promise<void> => {
    compacting ??= compactNow()
      .catch((error) => {
        notBefore = clock.monotonic() + COMPACT_AGAIN_MS;
        throw toStoreError(error);
      })
      .finally(() => {
        compacting = undefined;
      });
    return compacting;
  };

  const isDueToCompact = (): boolean => {
    const size = opened().journal.bytes();
    const isLarge =
      size > context.compactBytes && (size > snapshot.bytes / 4 || size > context.compactBytes * COMPACT_ALWAYS_TIMES);
    return isLarge || opened().journal.number() - snapshot.number > COMPACT_JOURNALS;
  };
  /** In a burst each change puts it off a little, so that the burst has the thread and nothing is folded twice. */
  const compactWhenDue = (): void => {
    if (compacting || clock.monotonic() < notBefore || !isDueToCompact()) return;
    cancelWait();
    const isUrgent = opened().journal.bytes() > context.compactBytes * COMPACT_AT_ONCE_TIMES;
    const quietMs = isUrgent ? 0 : (context.compactQuietMs ?? 0);
    if (quietMs > 0) cancelWait = clock.after(quietMs, compactInBackground);
    else compactInBackground();
  };
  const compactInBackground = (): void => {
    compact().catch((error) => log.warn('Compaction put off', { name: shape.name, code: toAppError(error).code, error }));
  };

  const append = async ({ change, undo }: Staged<Row>): Promise<void> => {
    await opened().journal.append(JSON.stringify(change), () => {
      failures++;
      undo();
    });
    compactWhenDue();
  };

  return {
    read: async () => {
      const rows = shape.createRows?.() ?? createMapTable(shape.keyOf);
      found = await recoverOrStartEmpty(context, files, { fs, dir, name: shape.name, rows, migrations: shape.migrations });
      snapshot = { number: found.snapshot, bytes: found.snapshotBytes };
      oldest = Math.min(...(files?.snapshots ?? []), ...(files?.journals ?? []), found.journal + 1);
      document = { version, rows };
      journal = openJournal(context, shape.name, version, found);
      return document;
    },
    stage: (change, undo) => {
      staged.push({ change, undo });
    },
    write: async () => {
      const mine = staged;
      staged = [];
      await Promise.all(mine.map(append));
    },
    compact,
    settle: async () => {
      cancelWait();
      await opened().journal.settle();
      await compacting?.catch(() => {});
    },
    close: async () => {
      cancelWait();
      await compacting?.catch(() => {});
      await journal?.close();
    },
    position: () => {
      const { journal: file } = opened();
      return { snapshot: snapshot.number, journal: file.number(), journalBytes: file.bytes(), isIdle: file.isIdle() };
    },
    isOurs: () => opened().journal.isOurs(),
    found: () => {
      if (!found) throw new Error(`${shape.name} was not read`);
      return found;
    },
  };
};

/** Where no good copy is left and the owner said so, the damaged files are set aside and the collection starts empty. */
const recoverOrStartEmpty = async <Row>(
  context: StoreContext,
  files: CollectionFiles | undefined,
  loading: Loading<Row>,
): Promise<Recovered> => {
  try {
    return await recover(files, loading);
  } catch (error) {
    const isCorrupt = error instanceof AppError && error.code === 'STORE_CORRUPT';
    if (!isCorrupt || !files || !context.acceptEmpty || context.mode === 'read') throw error;
    await setAside(context, namesOf(loading.name, files));
    context.notice(
      `No good copy of "${loading.name}" was left. It starts empty; the damaged files are in a folder named corrupt.`,
    );
    return nothingFound(loading.migrations.length);
  }
};
