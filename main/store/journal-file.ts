import { join } from 'node:path';
import type { AppError } from '../../preload/contract/errors.ts';
import type { StoreContext } from './context.ts';
import { journalName } from './file-names.ts';
import { encodeRecord, type JournalHeader } from './format.ts';
import { type OpenFile, syncFolderOf, writeAll } from './fs.ts';
import { toStoreError } from './store-error.ts';

/** The journal of one collection: appends records, many writers to one sync. */
export type JournalFile = {
  /** Settles when the record is on the disk; rejects with a STORE_ error when it is not and never will be. */
  append: (json: string, undo: () => void) => Promise<void>;
  /** Begins the next journal at this point, for a snapshot of what came before. Answers its number. */
  rotate: () => Promise<number>;
  number: () => number;
  bytes: () => number;
  /** Nothing is waiting or being written. */
  isIdle: () => boolean;
  /** Whether the file being written is still the one under its name. */
  isOurs: () => Promise<boolean>;
  /** Waits for what is under way. */
  settle: () => Promise<void>;
  close: () => Promise<void>;
};

type Waiting = { record: Buffer; undo: () => void; resolve: () => void; reject: (error: AppError) => void };

type State = {
  file: OpenFile | undefined;
  /** The journal that holds what was acknowledged last, and how much of it. */
  number: number;
  bytes: number;
  /** The highest number ever tried. */
  tried: number;
};

/** How long a sync waits for others to join it, in milliseconds. */
const GATHER_MS = 4;
/** A moment for more writers to come. */
export const gather = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, GATHER_MS));

/** Opens the journal of a collection for writing; `mayAppend` when the newest file is sound to its end. */
export const openJournal = (
  context: StoreContext,
  name: string,
  version: number,
  found: { journal: number; journalBytes: number; mayAppend: boolean },
): JournalFile => {
  const { fs, dir, health } = context;
  const state: State = { file: undefined, number: found.journal, bytes: found.journalBytes, tried: found.journal };
  let queue: Waiting[] = [];
  let work: Promise<void> | undefined;
  let mayReopen = found.mayAppend;

  const drop = async (): Promise<void> => {
    const file = state.file;
    state.file = undefined;
    await file?.close().catch(() => {});
  };

  /** Begins a new file. What may stand in the old one after the acknowledged bytes is cut off by the new header. */
  const begin = async (first: Buffer = Buffer.alloc(0)): Promise<void> => {
    const number = ++state.tried;
    const header: JournalHeader = { journal: name, number, version, follows: state.number, bytes: state.bytes };
    const bytes = Buffer.concat([encodeRecord(JSON.stringify(header)), first]);
    const path = join(dir, journalName(name, number));
    const file = await fs.create(path);
    try {
      await writeAll(file, bytes, 0);
      await file.datasync();
      await syncFolderOf(fs, path);
    } catch (error) {
      await file.close().catch(() => {});
      await fs.unlink(path).catch(() => {});
      // Should the file survive, its header cuts the old one here: so nothing may be added to that any more.
      await drop();
      throw error;
    }
    await drop();
    Object.assign(state, { file, number, bytes: bytes.byteLength });
  };

  /** The newest file that was there at the start, once: synced, since what a killed process wrote may still be on its way. */
  const reopen = async (): Promise<void> => {
    if (!mayReopen) return;
    mayReopen = false;
    try {
      state.file = await fs.openWrite(join(dir, journalName(name, state.number)));
      await state.file.datasync();
    } catch (error) {
      context.log.warn('Journal could not be opened again', { name, error });
      await drop();
    }
  };

  const writeBatch = async (bytes: Buffer): Promise<void> => {
    await reopen();
    if (state.file) {
      try {
        await writeAll(state.file, bytes, state.bytes);
        await state.file.datasync();
        state.bytes += bytes.byteLength;
        return;
      } catch (error) {
        // After a failed sync nobody knows what is on the disk: this file is never written again.
        context.log.warn('Journal could not be written', { name, error });
        await drop();
      }
    }
    await begin(bytes);
  };

  const fail = (batch: readonly Waiting[], thrown: unknown): void => {
    const error = toStoreError(thrown);
    const lost = [...batch, ...queue];
    queue = [];
    for (const waiting of lost.toReversed()) waiting.undo();
    health.report(name, error, mend);
    for (const waiting of lost) waiting.reject(error);
  };

  const drain = async (): Promise<void> => {
    for (let isFirst = true; queue.length > 0; isFirst = false) {
      // Others came while the disk was busy, so more will: a moment's wait lets them share a sync. One alone never waits.
      if (!isFirst) await gather();
      const batch = queue;
      queue = [];
      const halted = health.halted();
      try {
        if (halted) throw halted;
        await writeBatch(Buffer.concat(batch.map(({ record }) => record)));
      } catch (error) {
        fail(batch, error);
        continue;
      }
      health.resolve(name);
      for (const waiting of batch) waiting.resolve();
    }
  };

  /** Runs one piece of work on the file after the other. */
  const alone = (task: () => Promise<void>): Promise<void> => {
    const before = work ?? Promise.resolve();
    const mine = before.then(task, task).finally(() => {
      if (work === mine) work = undefined;
    });
    work = mine;
    return mine;
  };

  const mend = (): Promise<void> =>
    alone(async () => {
      if (!state.file) await begin();
      health.resolve(name);
    });

  return {
    append: (json, undo) => {
      const isFirst = queue.length === 0;
      const done = new Promise<void>((resolve, reject) => {
        queue.push({ record: encodeRecord(json), undo, resolve, reject });
      });
      if (isFirst) void alone(drain);
      return done;
    },
    rotate: async () => {
      let number = 0;
      await alone(async () => {
        mayReopen = false;
        await begin();
        number = state.number;
      });
      return number;
    },
    isOurs: async () => {
      const { file, number } = state;
      if (!file) return true;
      const inode = await file.inode().catch(() => undefined);
      // It was closed meanwhile: another one is being written.
      if (inode === undefined || number !== state.number) return true;
      const named = await fs.stat(join(dir, journalName(name, number))).catch(() => undefined);
      return named?.inode === inode || number !== state.number;
    },
    number: () => state.number,
    bytes: () => state.bytes,
    isIdle: () => queue.length === 0 && work === undefined,
    settle: async () => {
      while (work) await work.catch(() => {});
    },
    close: async () => {
      while (work) await work.catch(() => {});
      await drop();
    },
  };
};
