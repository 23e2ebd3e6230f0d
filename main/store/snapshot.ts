import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { AppError } from '../../preload/contract/errors.ts';
import type { StoreContext } from './context.ts';
import { snapshotName } from './file-names.ts';
import { hex, snapshotFoot, snapshotHead } from './format.ts';
import { errnoOf, type OpenFile, syncFolderOf, writeAll } from './fs.ts';
import type { RowTable } from './rows.ts';
import { createSlicer } from './slices.ts';

/** How often a rename is tried while another program holds the file, and how long between, in milliseconds. */
const RENAME_TRIES = 10;
const RENAME_WAIT_MS = 100;
const CHUNK_BYTES = 1 << 18;
/** The end of a snapshot that can be read and checked alone. */
const TAIL_ROWS = 512;
const COMMA_NEWLINE = Buffer.from(',\n');
const NEWLINE = Buffer.from('\n');

const renameHeld = async ({ fs, clock }: StoreContext, from: string, to: string): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      return await fs.rename(from, to);
    } catch (error) {
      const isHeld = ['EBUSY', 'EPERM', 'EACCES'].includes(errnoOf(error));
      if (!isHeld) throw error;
      if (tries >= RENAME_TRIES) {
        const message =
          'Another program is holding a file in the data folder. Everything is saved; tidying up is tried again later.';
        throw new AppError('STORE_IO', message, { cause: error });
      }
      await new Promise<void>((resolve) => void clock.after(RENAME_WAIT_MS, resolve));
    }
  }
};

/** Collects small pieces and writes them in larger ones, counting and summing on the way. */
const createWriter = (file: OpenFile) => {
  let pieces: Buffer[] = [];
  let waiting = 0;
  let bytes = 0;
  let crc = 0;
  const flush = async (): Promise<void> => {
    if (waiting === 0) return;
    const chunk = Buffer.concat(pieces);
    pieces = [];
    waiting = 0;
    crc = crc32(chunk, crc);
    await writeAll(file, chunk, bytes);
    bytes += chunk.byteLength;
  };
  return {
    add: (piece: Buffer): Promise<void> | undefined => {
      pieces.push(piece);
      waiting += piece.byteLength;
      return waiting >= CHUNK_BYTES ? flush() : undefined;
    },
    flush,
    totals: () => ({ bytes, crc: hex(crc) }),
  };
};

const writeRows = async (file: OpenFile, version: number, number: number, rows: RowTable<never>): Promise<number> => {
  const rest = createSlicer();
  const writer = createWriter(file);
  const texts = rows.texts();
  const tail = { count: 0, bytes: 0, crc: 0 };
  let count = 0;
  await writer.add(Buffer.from(snapshotHead(version)));
  let held: Buffer | undefined;
  const put = async (line: Buffer, isInTail: boolean, end: Buffer): Promise<void> => {
    const piece = Buffer.concat([line, end]);
    if (isInTail) {
      tail.count++;
      tail.bytes += piece.byteLength;
      tail.crc = crc32(piece, tail.crc);
    }
    count++;
    await writer.add(piece);
  };
  // One line is held back, since only the last one has no comma.
  for (let index = 0; index < texts.count; index++) {
    const text = texts.at(index);
    if (text === undefined) continue;
    if (held) await put(held, index > texts.count - TAIL_ROWS, COMMA_NEWLINE);
    held = Buffer.from(text);
    await rest();
  }
  if (held) await put(held, true, NEWLINE);
  await writer.flush();
  const foot = Buffer.from(snapshotFoot({ number, count, ...writer.totals(), tail: { ...tail, crc: hex(tail.crc) } }));
  await writeAll(file, foot, writer.totals().bytes);
  return writer.totals().bytes + foot.byteLength;
};

/**
 * Writes a snapshot beside the others: temporary file, sync, rename, sync of the folder. Answers its size in bytes.
 * `maySettle` is asked before the rename; when it says no, the file is taken away and 0 answered.
 */
export const writeSnapshot = async (
  context: StoreContext,
  what: { name: string; version: number; number: number; rows: RowTable<never>; fileName?: string },
  maySettle: () => Promise<boolean> = async () => true,
): Promise<number> => {
  const { fs, dir } = context;
  const path = join(dir, what.fileName ?? snapshotName(what.name, what.number));
  const temp = `${path}.tmp`;
  await fs.unlink(temp).catch(() => {});
  const file = await fs.create(temp);
  let bytes = 0;
  try {
    try {
      bytes = await writeRows(file, what.version, what.number, what.rows);
      await file.datasync();
    } finally {
      await file.close();
    }
    if (!(await maySettle())) bytes = 0;
    else await renameHeld(context, temp, path);
  } catch (error) {
    await fs.unlink(temp).catch(() => {});
    throw error;
  }
  if (bytes === 0) await fs.unlink(temp);
  else await syncFolderOf(fs, path);
  return bytes;
};
