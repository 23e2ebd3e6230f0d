import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { journalName, snapshotName } from './file-names.ts';
import {
  hex,
  type JournalHeader,
  parseFoot,
  type RecordSpan,
  recordAt,
  type SnapshotFooter,
  scanRecords,
  snapshotHead,
} from './format.ts';
import { type Fs, type OpenFile, readSpan, readWhole } from './fs.ts';
import type { Transaction } from './rows.ts';
import { createSlicer } from './slices.ts';

const PIECE_BYTES = 1 << 19;
/** More than a snapshot's last line takes. */
const FOOT_BYTES = 1024;
const HEAD = /^\{"version":(\d{1,9}),"rows":\[\n/;

/** A journal as it stands on the disk. */
export type Journal = {
  number: number;
  header: JournalHeader | undefined;
  bytes: Buffer;
  /** Without the header. */
  records: RecordSpan[];
  goodBytes: number;
  isClean: boolean;
  damaged: number;
};

/** Rows of a snapshot that verified: they stand from `start` to `end` in its file, one a line. */
export type SnapshotRows = { path: string; start: number; end: number; version: number; foot: SnapshotFooter; fileBytes: number };

const textOf = (bytes: Buffer, span: RecordSpan): string => bytes.toString('utf8', span.bodyStart, span.bodyEnd);

/** The change a record holds. */
export const changeOf = (journal: Journal, span: RecordSpan): Transaction<Record<string, unknown>> =>
  JSON.parse(textOf(journal.bytes, span));

/** Reads a journal whole; damage shows in what it answers. */
export const readJournal = async (fs: Fs, dir: string, name: string, number: number): Promise<Journal> => {
  const bytes = await readWhole(fs, join(dir, journalName(name, number)));
  const { records, damaged, isClean, goodBytes } = scanRecords(bytes);
  const first = records[0];
  const parsed = first ? (JSON.parse(textOf(bytes, first)) as JournalHeader | Transaction<unknown>) : undefined;
  const header = parsed && 'journal' in parsed ? parsed : undefined;
  return {
    number,
    header,
    bytes,
    records: header ? records.slice(1) : records,
    goodBytes,
    isClean: isClean && header !== undefined,
    damaged,
  };
};

const versionOf = (head: Buffer): number | undefined => {
  const version = HEAD.exec(head.toString('latin1', 0, 64))?.[1];
  return version === undefined ? undefined : Number(version);
};

const withFile = async <Result>(fs: Fs, path: string, use: (file: OpenFile) => Promise<Result>): Promise<Result> => {
  const file = await fs.openRead(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
};

type Ends = { version: number; foot: SnapshotFooter; fileBytes: number };

const readEnds = async (file: OpenFile, number: number): Promise<Ends | undefined> => {
  const fileBytes = await file.size();
  const version = versionOf(await readSpan(file, 0, Math.min(64, fileBytes)));
  const from = Math.max(0, fileBytes - FOOT_BYTES);
  const last = await readSpan(file, from, fileBytes - from);
  const at = last.lastIndexOf('\n]') + 1;
  const foot = at > 0 ? parseFoot(last.toString('utf8', at)) : undefined;
  const fits = foot?.number === number && foot.bytes === from + at;
  return fits && version !== undefined ? { version, foot, fileBytes } : undefined;
};

/** The sum over a part of a file, read piece by piece. */
const sumOf = async (file: OpenFile, start: number, end: number): Promise<string> => {
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(0, end - start)));
  const rest = createSlicer();
  let crc = 0;
  for (let at = start; at < end; ) {
    const got = await file.read(piece.subarray(0, Math.min(piece.byteLength, end - at)), at);
    if (got <= 0) return 'cut';
    crc = crc32(piece.subarray(0, got), crc);
    at += got;
    await rest();
  }
  return hex(crc);
};

/** The first and last line of a snapshot: enough to tell its version and that it was written to its end. */
export const readSnapshotEnds = (fs: Fs, dir: string, name: string, number: number): Promise<Ends | undefined> =>
  withFile(fs, join(dir, snapshotName(name, number)), (file) => readEnds(file, number));

/** Checks every byte of a snapshot; undefined when it is damaged. */
export const checkSnapshot = (fs: Fs, dir: string, name: string, number: number): Promise<SnapshotRows | undefined> => {
  const path = join(dir, snapshotName(name, number));
  return withFile(fs, path, async (file) => {
    const ends = await readEnds(file, number);
    if (!ends || (await sumOf(file, 0, ends.foot.bytes)) !== ends.foot.crc) return undefined;
    return { path, start: snapshotHead(ends.version).length, end: ends.foot.bytes, ...ends };
  });
};

/** The last rows of a snapshot, checked by their own sum; undefined when they are damaged. */
export const checkSnapshotTail = (fs: Fs, dir: string, name: string, number: number): Promise<SnapshotRows | undefined> => {
  const path = join(dir, snapshotName(name, number));
  return withFile(fs, path, async (file) => {
    const ends = await readEnds(file, number);
    if (!ends) return undefined;
    const end = ends.foot.bytes;
    const start = end - ends.foot.tail.bytes;
    return (await sumOf(file, start, end)) === ends.foot.tail.crc ? { path, start, end, ...ends } : undefined;
  });
};

/** The header of a journal, without reading the rest where it stands at the beginning as it should. */
export const readJournalHeader = async (
  fs: Fs,
  dir: string,
  name: string,
  number: number,
): Promise<{ header: JournalHeader | undefined; isEmpty: boolean }> => {
  const beginning = await withFile(fs, join(dir, journalName(name, number)), async (file) =>
    readSpan(file, 0, Math.min(await file.size(), FOOT_BYTES)),
  );
  const first = recordAt(beginning, 0);
  const parsed = first && (JSON.parse(textOf(beginning, first)) as JournalHeader | Transaction<unknown>);
  if (parsed && 'journal' in parsed) return { header: parsed, isEmpty: false };
  const journal = await readJournal(fs, dir, name, number);
  return { header: journal.header, isEmpty: !journal.header && journal.records.length === 0 };
};

const NEWLINE = 10;
const COMMA = 44;

type RowUser = (row: Record<string, unknown>) => void;

/** Hands on the whole lines in the first `filled` bytes; answers where the last of them ends. */
const handOnLines = async (
  piece: Buffer,
  filled: number,
  use: RowUser,
  rest: () => Promise<void> | undefined,
): Promise<number> => {
  let at = 0;
  for (;;) {
    const line = piece.indexOf(NEWLINE, at);
    if (line < 0 || line >= filled) return at;
    const end = piece[line - 1] === COMMA ? line - 1 : line;
    use(JSON.parse(piece.toString('utf8', at, end)));
    at = line + 1;
    await rest();
  }
};

/** Calls back with each row of a snapshot, in slices. */
export const eachRow = (fs: Fs, rows: SnapshotRows, use: RowUser): Promise<void> =>
  withFile(fs, rows.path, async (file) => {
    const rest = createSlicer();
    let piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, rows.end - rows.start));
    let held = 0;
    for (let position = rows.start; position < rows.end; ) {
      const got = await file.read(piece.subarray(held, Math.min(piece.byteLength, held + rows.end - position)), position);
      if (got <= 0) throw Object.assign(new Error('The file became shorter'), { code: 'EIO' });
      position += got;
      const filled = held + got;
      const used = await handOnLines(piece, filled, use, rest);
      held = filled - used;
      // A row longer than the piece wants a larger one.
      const next = held === piece.byteLength ? Buffer.allocUnsafe(piece.byteLength * 2) : piece;
      piece.copy(next, 0, used, filled);
      piece = next;
    }
  });
