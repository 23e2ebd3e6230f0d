import { AppError } from '../../preload/contract/errors.ts';
import { type CollectionFiles, journalName, namesOf, snapshotName } from './file-names.ts';
import type { Fs } from './fs.ts';
import {
  changeOf,
  checkSnapshot,
  eachRow,
  type Journal,
  readJournal,
  readJournalHeader,
  readSnapshotEnds,
  type SnapshotRows,
} from './read-files.ts';
import type { Migration, RowData, RowTable } from './rows.ts';
import { createSlicer } from './slices.ts';

/** What was found on disk, and how to go on from there. */
export type Recovered = {
  /** The lowest version rows had on disk; in memory they are migrated. */
  foundVersion: number;
  /** The newest snapshot that verified; 0 when there is none. */
  snapshot: number;
  snapshotBytes: number;
  /** The newest journal in use, and how much of it counts; 0 when there is none. */
  journal: number;
  journalBytes: number;
  /** False when a new journal must be begun before anything is written. */
  mayAppend: boolean;
  /** Files that do not verify, to be set aside. */
  badFiles: string[];
  damagedRecords: number;
  /** Journals that hold them. */
  damagedFiles: string[];
};

/** Which collection, and how its rows are brought up to date. */
export type Where = { fs: Fs; dir: string; name: string; migrations: readonly Migration[] };
export type Loading<Row> = Where & { rows: RowTable<Row> };

/** What a collection that was never written starts from. */
export const nothingFound = (version: number): Recovered => ({
  foundVersion: version,
  snapshot: 0,
  snapshotBytes: 0,
  journal: 0,
  journalBytes: 0,
  mayAppend: false,
  badFiles: [],
  damagedRecords: 0,
  damagedFiles: [],
});

const migrateRow = (row: RowData, from: number, migrations: readonly Migration[]): RowData | undefined => {
  let current: RowData | undefined = row;
  for (const migration of migrations.slice(from)) current = current && migration(current);
  return current;
};

const refuseNewer = (name: string, version: number, known: number): void => {
  if (version <= known) return;
  throw new AppError(
    'STORE_NEWER',
    `The data was written by a newer version of Tidings (${name}: version ${version}, this one knows ${known}). Nothing was changed.`,
  );
};

const corrupt = (name: string, files: CollectionFiles): AppError =>
  new AppError('STORE_CORRUPT', `No good copy of "${name}" is left in the data folder. The damaged files are kept.`, {
    cause: namesOf(name, files),
  });

/**
 * The journals after a snapshot, oldest first, each cut where the one that follows it says. What lies between a journal and its
 * follower was never acknowledged: it was begun and given up.
 */
const chain = (journals: readonly Journal[]): { journal: Journal; limit: number }[] => {
  const limits = new Map<number, number>();
  const givenUp = new Set<number>();
  for (const { number, header } of journals) {
    if (!header) continue;
    limits.set(header.follows, header.bytes);
    for (const other of journals) if (other.number > header.follows && other.number < number) givenUp.add(other.number);
  }
  return journals
    .filter(({ number }) => !givenUp.has(number))
    .map((journal) => ({ journal, limit: limits.get(journal.number) ?? Number.POSITIVE_INFINITY }));
};

/** Puts the rows of a snapshot into memory, migrated. */
export const loadRows = async <Row>(snapshot: SnapshotRows, { fs, rows, migrations }: Loading<Row>): Promise<void> => {
  await eachRow(fs, snapshot, (read) => {
    const row = migrateRow(read, snapshot.version, migrations);
    if (row) rows.set(row as Row);
  });
};

const replay = async <Row>(journal: Journal, limit: number, { rows, migrations }: Loading<Row>): Promise<void> => {
  const rest = createSlicer();
  const version = journal.header?.version ?? migrations.length;
  for (const record of journal.records) {
    if (record.end > limit) break;
    const change = changeOf(journal, record);
    for (const stored of change.put ?? []) {
      const row = migrateRow(stored, version, migrations);
      if (row) rows.set(row as Row);
      await rest();
    }
    for (const key of change.remove ?? []) rows.delete(key);
    await rest();
  }
};

/** Reads the journals from a number on and applies them in order. */
export const replayFrom = async <Row>(
  files: CollectionFiles,
  from: number,
  loading: Loading<Row>,
  found: Recovered,
): Promise<void> => {
  const { fs, dir, name, migrations } = loading;
  const journals: Journal[] = [];
  for (const number of files.journals) if (number >= from) journals.push(await readJournal(fs, dir, name, number));
  const links = chain(journals);
  for (const { journal } of links) refuseNewer(name, journal.header?.version ?? 0, migrations.length);
  for (const { journal, limit } of links) {
    found.foundVersion = Math.min(found.foundVersion, journal.header?.version ?? found.foundVersion);
    found.damagedRecords += journal.damaged;
    if (journal.damaged > 0) found.damagedFiles.push(journalName(name, journal.number));
    await replay(journal, limit, loading);
  }
  const last = journals.at(-1);
  if (!last) return;
  found.journal = last.number;
  found.journalBytes = last.goodBytes;
  found.mayAppend = last.isClean && found.foundVersion === migrations.length;
};

/** Whether journals alone hold everything: the first of them starts from nothing, or nothing was ever written. */
const startsFromNothing = async (files: CollectionFiles, { fs, dir, name }: Where): Promise<boolean> => {
  const [first] = files.journals;
  if (first === undefined) return false;
  const isUntouched = files.snapshots.length === 0 && first === 1;
  const empty = new Set([0]);
  for (const number of files.journals) {
    const { header, isEmpty } = await readJournalHeader(fs, dir, name, number);
    // A later start goes on after the first byte of such a file: nothing in it was ever acknowledged.
    if (header) return header.follows === 0 || (isUntouched && header.bytes === 0 && empty.has(header.follows));
    // Power went while the very first file was made: there is not one whole record.
    if (!isUntouched || !isEmpty) return false;
    empty.add(number);
  }
  return isUntouched;
};

const newestSnapshot = async (
  files: CollectionFiles,
  { fs, dir, name }: Where,
  found: Recovered,
): Promise<SnapshotRows | undefined> => {
  for (const number of files.snapshots.toReversed()) {
    const snapshot = await checkSnapshot(fs, dir, name, number);
    if (snapshot) return snapshot;
    found.badFiles.push(snapshotName(name, number));
  }
  return undefined;
};

/**
 * Reads a collection into memory: the newest snapshot that verifies and the journals after it. Changes no file.
 * Rejects with STORE_NEWER, or with STORE_CORRUPT when there is content but no good copy to start from.
 */
export const recover = async <Row>(files: CollectionFiles | undefined, loading: Loading<Row>): Promise<Recovered> => {
  const { name, migrations } = loading;
  const found = nothingFound(migrations.length);
  if (!files || files.snapshots.length + files.journals.length === 0) return found;
  const snapshot = await newestSnapshot(files, loading, found);
  if (snapshot) {
    refuseNewer(name, snapshot.version, migrations.length);
    found.foundVersion = snapshot.version;
    found.snapshot = snapshot.foot.number;
    found.journal = snapshot.foot.number;
    found.snapshotBytes = snapshot.fileBytes;
    await loadRows(snapshot, loading);
  } else if (!(await startsFromNothing(files, loading))) {
    throw corrupt(name, files);
  }
  await replayFrom(files, found.snapshot, loading, found);
  return found;
};

/**
 * A quick look at a collection that is read later: rejects with STORE_NEWER, or with STORE_CORRUPT when it is plain that
 * no good copy is left. Answers the number of the newest snapshot that looks whole, 0 for none.
 */
export const probe = async (files: CollectionFiles, where: Where): Promise<number> => {
  const { fs, dir, name, migrations } = where;
  const last = files.journals.at(-1);
  if (last !== undefined) {
    const { header } = await readJournalHeader(fs, dir, name, last);
    refuseNewer(name, header?.version ?? 0, migrations.length);
  }
  for (const number of files.snapshots.toReversed()) {
    const ends = await readSnapshotEnds(fs, dir, name, number);
    if (!ends) continue;
    refuseNewer(name, ends.version, migrations.length);
    return number;
  }
  if (files.snapshots.length + files.journals.length > 0 && !(await startsFromNothing(files, where))) throw corrupt(name, files);
  return 0;
};
