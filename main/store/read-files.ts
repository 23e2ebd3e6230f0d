import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { journalName, snapshotName } from './file-names.ts';
import { hex, type JournalHeader, parseFoot, type RecordSpan, type SnapshotFooter, scanRecords } from './format.ts';
import { type Fs, type OpenFile, readSpan, readWhole } from './fs.ts';
import type { Transaction } from './rows.ts';
import { createSlicer } from './slices.ts';

const CHECK_BYTES = 1 << 20;
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

/** A snapshot that verified: its rows stand from `start` to `end`, one a line. */
export type SnapshotRows = { bytes: Buffer; start: number; end: number; version: number; foot: SnapshotFooter };

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

/** Reads a snapshot whole and checks every byte of it; undefined when it is damaged. */
export const readSnapshot = async (fs: Fs, dir: string, name: string, number: number): Promise<SnapshotRows | undefined> => {
  const bytes = await readWhole(fs, join(dir, snapshotName(name, number)));
  const end = bytes.lastIndexOf('\n]') + 1;
  const foot = end > 0 ? parseFoot(bytes.toString('utf8', end)) : undefined;
  const version = versionOf(bytes);
  if (!foot || foot.bytes !== end || foot.number !== number || version === undefined) return undefined;
  const rest = createSlicer();
  let crc = 0;
  for (let at = 0; at < end; at += CHECK_BYTES) {
    crc = crc32(bytes.subarray(at, Math.min(at + CHECK_BYTES, end)), crc);
    await rest();
  }
  return hex(crc) === foot.crc ? { bytes, start: bytes.indexOf(10) + 1, end, version, foot } : undefined;
};

const withFile = async <Result>(fs: Fs, path: string, use: (file: OpenFile) => Promise<Result>): Promise<Result> => {
  const file = await fs.openRead(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
};

type Ends = { version: number; foot: SnapshotFooter };

const readEnds = async (file: OpenFile, number: number): Promise<Ends | undefined> => {
  const size = await file.size();
  const version = versionOf(await readSpan(file, 0, Math.min(64, size)));
  const from = Math.max(0, size - FOOT_BYTES);
  const last = await readSpan(file, from, size - from);
  const at = last.lastIndexOf('\n]') + 1;
  const foot = at > 0 ? parseFoot(last.toString('utf8', at)) : undefined;
  const fits = foot?.number === number && foot.bytes === from + at;
  return fits && version !== undefined ? { version, foot } : undefined;
};

/** The first and last line of a snapshot: enough to tell its version and that it was written to its end. */
export const readSnapshotEnds = (fs: Fs, dir: string, name: string, number: number): Promise<Ends | undefined> =>
  withFile(fs, join(dir, snapshotName(name, number)), (file) => readEnds(file, number));

/** The last rows of a snapshot, checked by their own sum; undefined when they are damaged. */
export const readSnapshotTail = (fs: Fs, dir: string, name: string, number: number): Promise<SnapshotRows | undefined> =>
  withFile(fs, join(dir, snapshotName(name, number)), async (file) => {
    const ends = await readEnds(file, number);
    if (!ends) return undefined;
    const { tail } = ends.foot;
    const bytes = await readSpan(file, ends.foot.bytes - tail.bytes, tail.bytes);
    if (bytes.byteLength !== tail.bytes || hex(crc32(bytes)) !== tail.crc) return undefined;
    return { bytes, start: 0, end: tail.bytes, ...ends };
  });

/** Calls back with each row of a snapshot and the JSON it was read from, in slices. */
export const eachRow = async (
  snapshot: SnapshotRows,
  use: (row: Record<string, unknown>, json: Buffer) => void,
): Promise<void> => {
  const rest = createSlicer();
  const { bytes, end } = snapshot;
  let at = snapshot.start;
  while (at < end) {
    const lineEnd = bytes.indexOf(10, at);
    const rowEnd = bytes[lineEnd - 1] === 44 ? lineEnd - 1 : lineEnd;
    use(JSON.parse(bytes.toString('utf8', at, rowEnd)), bytes.subarray(at, rowEnd));
    at = lineEnd + 1;
    await rest();
  }
};
