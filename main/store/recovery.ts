import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { AppError } from '../../preload/contract/errors.ts';
import { hex, type JournalHeader, parseFoot, type RecordSpan, scanRecords } from './format.ts';
import { errnoOf, type Fs, readWhole } from './fs.ts';
import type { Migration, RowData, RowTable, Transaction } from './rows.ts';
import { createSlicer } from './slices.ts';

/** The files of one collection, by number, ascending. */
export type CollectionFiles = { snapshots: number[]; journals: number[]; temps: string[] };

/** What was found on disk, and how to go on from there. */
export type Recovered = {
  /** The version the rows had on disk; they are migrated now. */
  foundVersion: number;
  /** The newest snapshot that verified; 0 when there is none. */
  snapshot: number;
  snapshotBytes: number;
  /** The newest journal number in use; 0 when there is none. */
  journal: number;
  journalBytes: number;
  /** False when a new journal must be begun before anything is written. */
  mayAppend: boolean;
  /** Files that do not verify, to be set aside. */
  badFiles: string[];
  damagedRecords: number;
  isNew: boolean;
};

const NUMBERED = /^(.+)\.(\d{1,12})\.(json|journal)$/;

/** Sorts the names in the data folder by collection. */
export const groupFiles = (names: readonly string[]): Map<string, CollectionFiles> => {
  const groups = new Map<string, CollectionFiles>();
  for (const name of [...names].sort()) {
    const match = NUMBERED.exec(name.endsWith('.tmp') ? name.slice(0, -4) : name);
    if (!match?.[1]) continue;
    const group = groups.get(match[1]) ?? { snapshots: [], journals: [], temps: [] };
    groups.set(match[1], group);
    if (name.endsWith('.tmp')) group.temps.push(name);
    else (match[3] === 'json' ? group.snapshots : group.journals).push(Number(match[2]));
  }
  for (const group of groups.values()) {
    group.snapshots.sort((a, b) => a - b);
    group.journals.sort((a, b) => a - b);
  }
  return groups;
};

export const snapshotName = (name: string, number: number): string => `${name}.${number}.json`;
export const journalName = (name: string, number: number): string => `${name}.${number}.journal`;

type Journal = {
  number: number;
  header: JournalHeader | undefined;
  bytes: Buffer;
  records: RecordSpan[];
  goodBytes: number;
  isClean: boolean;
  damaged: number;
};

const readJournal = async (fs: Fs, dir: string, name: string, number: number): Promise<Journal> => {
  const bytes = await readWhole(fs, join(dir, journalName(name, number)));
  const { records, damaged, isClean, goodBytes } = scanRecords(bytes);
  const first = records[0];
  const parsed = first
    ? (JSON.parse(bytes.toString('utf8', first.bodyStart, first.bodyEnd)) as JournalHeader | Transaction<unknown>)
    : undefined;
  const header = parsed && 'journal' in parsed ? parsed : undefined;
  return {
    number,
    header,
    bytes,
    goodBytes,
    records: header ? records.slice(1) : records,
    isClean: isClean && header !== undefined,
    damaged,
  };
};

/** The bytes of a snapshot if it verifies, else undefined. */
const readSnapshot = async (
  fs: Fs,
  path: string,
): Promise<{ bytes: Buffer; end: number; version: number; number: number } | undefined> => {
  const bytes = await readWhole(fs, path);
  const lastLine = bytes.lastIndexOf('\n]', bytes.byteLength) + 1;
  const foot = lastLine > 0 ? parseFoot(bytes.toString('utf8', lastLine)) : undefined;
  if (!foot || foot.bytes !== lastLine) return undefined;
  const rest = createSlicer();
  let crc = 0;
  for (let at = 0; at < lastLine; at += 1 << 20) {
    crc = crc32(bytes.subarray(at, Math.min(at + (1 << 20), lastLine)), crc);
    await rest();
  }
  const version = /^\{"version":(\d+),"rows":\[\n/.exec(bytes.toString('latin1', 0, 64))?.[1];
  return hex(crc) === foot.crc && version ? { bytes, end: lastLine, version: Number(version), number: foot.number } : undefined;
};

const migrateRow = (row: RowData, from: number, migrations: readonly Migration[]): RowData | undefined => {
  let current: RowData | undefined = row;
  for (const migration of migrations.slice(from)) current = current && migration(current);
  return current;
};

const refuseNewer = (name: string, version: number, known: number): void => {
  if (version > known) {
    throw new AppError(
      'STORE_NEWER',
      `The data was written by a newer version of Tidings (${name}: version ${version}, this one knows ${known}). Nothing was changed.`,
    );
  }
};

/** The journals that belong after a snapshot, oldest first, each cut where the next one says it went on. */
const chain = (journals: Journal[], snapshot: number): { journal: Journal; limit: number }[] => {
  const after = journals.filter((journal) => journal.number >= Math.max(snapshot, 1));
  const limits = new Map<number, number>();
  const skipped = new Set<number>();
  for (const { header } of after) {
    if (!header) continue;
    limits.set(header.follows, header.bytes);
    // What lies between a journal and the one it follows never held anything acknowledged.
    for (const other of after) if (other.number > header.follows && other.number < header.number) skipped.add(other.number);
  }
  return after
    .filter((journal) => !skipped.has(journal.number))
    .map((journal) => ({ journal, limit: limits.get(journal.number) ?? Number.POSITIVE_INFINITY }));
};

type Loading<Row> = { rows: RowTable<Row>; migrations: readonly Migration[]; name: string };

const loadSnapshotRows = async <Row>(
  snapshot: { bytes: Buffer; end: number; version: number },
  { rows, migrations }: Loading<Row>,
): Promise<void> => {
  const rest = createSlicer();
  let at = snapshot.bytes.indexOf(10) + 1;
  while (at < snapshot.end) {
    const lineEnd = snapshot.bytes.indexOf(10, at);
    const end = snapshot.bytes[lineEnd - 1] === 44 ? lineEnd - 1 : lineEnd;
    const read = JSON.parse(snapshot.bytes.toString('utf8', at, end)) as RowData;
    const row = migrateRow(read, snapshot.version, migrations);
    if (row && row === read && rows.setRead) rows.setRead(row as Row, snapshot.bytes.subarray(at, end));
    else if (row) rows.set(row as Row);
    at = lineEnd + 1;
    await rest();
  }
};

const replay = async <Row>({ journal, limit }: { journal: Journal; limit: number }, loading: Loading<Row>): Promise<void> => {
  const rest = createSlicer();
  const version = journal.header?.version ?? loading.migrations.length;
  for (const record of journal.records) {
    if (record.end > limit) break;
    const change = JSON.parse(journal.bytes.toString('utf8', record.bodyStart, record.bodyEnd)) as Transaction<RowData>;
    for (const stored of change.put ?? []) {
      const row = migrateRow(stored, version, loading.migrations);
      if (row) loading.rows.set(row as Row);
    }
    for (const key of change.remove ?? []) loading.rows.delete(key);
    await rest();
  }
};

/** Reads a collection from disk into `rows`: the newest snapshot that verifies and the journals after it. Changes no file. */
export const recover = async <Row>(
  fs: Fs,
  dir: string,
  files: CollectionFiles | undefined,
  loading: Loading<Row>,
): Promise<Recovered> => {
  const known = loading.migrations.length;
  const found: Recovered = {
    foundVersion: known,
    snapshot: 0,
    snapshotBytes: 0,
    journal: 0,
    journalBytes: 0,
    mayAppend: false,
    badFiles: [],
    damagedRecords: 0,
    isNew: true,
  };
  if (!files || (files.snapshots.length === 0 && files.journals.length === 0)) return found;
  found.isNew = false;
  const { name } = loading;
  let snapshot: Awaited<ReturnType<typeof readSnapshot>>;
  for (const number of [...files.snapshots].reverse()) {
    snapshot = await readSnapshot(fs, join(dir, snapshotName(name, number)));
    if (snapshot && snapshot.number === number) break;
    snapshot = undefined;
    found.badFiles.push(snapshotName(name, number));
  }
  const journals: Journal[] = [];
  for (const number of files.journals) {
    if (number >= (snapshot?.number ?? 1)) journals.push(await readJournal(fs, dir, name, number));
  }
  const startsFromNothing = journals.some(({ header }) => header?.follows === 0);
  const hasContent = files.snapshots.length > 0 || journals.some(({ bytes }) => bytes.some((byte) => byte !== 0));
  if (!snapshot && hasContent && !startsFromNothing) {
    const names = [...files.snapshots.map((n) => snapshotName(name, n)), ...files.journals.map((n) => journalName(name, n))];
    throw new AppError('STORE_CORRUPT', `No good copy of "${name}" is left on the disk. The damaged files are kept.`, {
      cause: names,
    });
  }
  if (snapshot) {
    refuseNewer(name, snapshot.version, known);
    found.foundVersion = Math.min(found.foundVersion, snapshot.version);
    found.snapshot = snapshot.number;
    found.snapshotBytes = snapshot.bytes.byteLength;
    await loadSnapshotRows(snapshot, loading);
  }
  const links = chain(journals, found.snapshot);
  for (const link of links) {
    if (link.journal.header) {
      refuseNewer(name, link.journal.header.version, known);
      found.foundVersion = Math.min(found.foundVersion, link.journal.header.version);
    }
    found.damagedRecords += link.journal.damaged;
    await replay(link, loading);
  }
  const last = journals.at(-1);
  found.journal = last?.number ?? found.snapshot;
  found.journalBytes = last?.goodBytes ?? 0;
  found.mayAppend = last?.isClean === true && last.number > 0 && found.foundVersion === known;
  return found;
};

/** True when a file went away while it was read: a compaction changed the generation, and it is time to look again. */
export const isGone = (thrown: unknown): boolean => errnoOf(thrown) === 'ENOENT';
