import { join } from 'node:path';
import { Low } from 'lowdb';
import { AppError } from '../../preload/contract/errors.ts';
import type { StoreContext } from './context.ts';
import type { CollectionFiles } from './file-names.ts';
import { createJournalAdapter, type Position } from './journal.ts';
import type { Recovered } from './recovery.ts';
import { createMapTable, type RowTable, type Shape, type StoredDocument, type Transaction } from './rows.ts';
import { backUp, keepCopy, setAside } from './set-aside.ts';

/** Rows of one kind: in memory through lowdb, on disk through the journal. */
export type Collection<Row> = {
  name: string;
  get: (key: string) => Row | undefined;
  all: () => Row[];
  rows: () => RowTable<Row>;
  size: () => number;
  /** Adds rows or replaces those with the same key; one durable write. Rejects with a STORE_ error and then changes nothing. */
  put: (rows: readonly Row[]) => Promise<void>;
  /** Removes rows; answers how many there were. */
  remove: (keys: readonly string[]) => Promise<number>;
  /** Both in one durable write. */
  change: (change: Transaction<Row>) => Promise<void>;
  /** Calls back for each row that changes in memory, also when a failed write is taken back. */
  onChange: (listener: (before: Row | undefined, after: Row | undefined) => void) => void;
  /** Puts right on disk what reading found: sets damaged files aside, keeps a backup and migrates. Only the writer does this. */
  repair: () => Promise<void>;
  found: () => Recovered;
  /** Which files hold what is acknowledged at this moment. */
  position: () => Position;
  isOurs: () => Promise<boolean>;
  compact: () => Promise<void>;
  settle: () => Promise<void>;
  close: () => Promise<void>;
};

/** Reads a collection from disk; changes no file. */
export const openCollection = async <Row>(
  context: StoreContext,
  shape: Shape<Row>,
  files: CollectionFiles | undefined,
): Promise<Collection<Row>> => {
  const { name, keyOf } = shape;
  const adapter = createJournalAdapter(context, shape, files);
  const low = new Low<StoredDocument<Row>>(adapter, { version: 0, rows: createMapTable(keyOf) });
  await low.read();
  const rows = (): RowTable<Row> => low.data.rows;
  const listeners: ((before: Row | undefined, after: Row | undefined) => void)[] = [];

  const place = (key: string, after: Row | undefined): (() => void) => {
    const before = rows().get(key);
    if (after === undefined) rows().delete(key);
    else rows().set(after);
    for (const listener of listeners) listener(before, after);
    return () => {
      if (before === undefined) rows().delete(key);
      else rows().set(before);
      for (const listener of listeners) listener(after, before);
    };
  };

  const change = async ({ put = [], remove = [] }: Transaction<Row>): Promise<void> => {
    if (put.length === 0 && remove.length === 0) return;
    if (context.mode === 'read') throw new AppError('STORE_READONLY', 'The data folder was opened for reading only.');
    const halted = context.health.halted();
    if (halted) throw halted;
    const undos = [...put.map((row) => place(keyOf(row), row)), ...remove.map((key) => place(key, undefined))];
    adapter.stage({ ...(put.length > 0 ? { put } : {}), ...(remove.length > 0 ? { remove } : {}) }, () => {
      for (const undo of undos.toReversed()) undo();
    });
    await low.write();
  };

  const repair = async (): Promise<void> => {
    const found = adapter.found();
    const version = shape.migrations.length;
    if (found.badFiles.length > 0) {
      await setAside(context, found.badFiles);
      context.notice(`A damaged copy of "${name}" was set aside; the copy before it was used and nothing is missing.`);
    }
    if (found.damagedRecords > 0) {
      context.log.error('Damaged journal records left out', { name, code: 'STORE_CORRUPT', records: found.damagedRecords });
      await keepCopy(context, found.damagedFiles);
      context.notice(`${found.damagedRecords} damaged change(s) of "${name}" could not be read; everything else is there.`);
    }
    for (const temp of files?.temps ?? []) await context.fs.unlink(join(context.dir, temp)).catch(() => {});
    if (found.foundVersion < version && files) {
      await backUp(context, name, found.foundVersion, files);
      context.log.info('Collection migrated', { name, from: found.foundVersion, to: version });
    }
    if (found.badFiles.length > 0 || found.damagedRecords > 0 || found.foundVersion < version) await adapter.compact();
  };

  return {
    name,
    get: (key) => rows().get(key),
    all: () => [...rows().values()],
    rows,
    size: () => rows().size(),
    put: (put) => change({ put }),
    remove: async (keys) => {
      const there = keys.filter((key) => rows().get(key) !== undefined);
      await change({ remove: there });
      return there.length;
    },
    change,
    onChange: (listener) => {
      listeners.push(listener);
    },
    repair,
    found: adapter.found,
    position: adapter.position,
    isOurs: adapter.isOurs,
    compact: adapter.compact,
    settle: adapter.settle,
    close: adapter.close,
  };
};
