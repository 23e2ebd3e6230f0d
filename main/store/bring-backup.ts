import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backup } from '../../preload/contract/backup.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { type BackupSource, createBackups, nameFor, needRoom, type OpenToRead, unpackAndRead } from './backups.ts';
import type { BackupPiece, BackupsRepository, Brought } from './repositories.ts';
import { toStoreError } from './store-error.ts';

const ID = /^[0-9a-f]{12}$/;

const append = async (part: string, { from, bytes }: BackupPiece): Promise<number> => {
  const file = await open(part, from === 0 ? 'w' : 'r+', 0o600);
  try {
    const { size } = await file.stat();
    if (size !== from) throw new AppError('CONFLICT', 'A piece of the backup is missing. Bring it again from its beginning.');
    await file.write(bytes, 0, bytes.byteLength, from);
    return from + bytes.byteLength;
  } finally {
    await file.close();
  }
};

/** Never the name of a backup that is there: what somebody brings must not take the place of another. */
const freeName = async (folder: string, at: number): Promise<string> => {
  const names = new Set(await readdir(folder));
  let next = at;
  while (names.has(nameFor(next))) next += 1000;
  return nameFor(next);
};

/** Reads the whole file back as a restore would, and only then gives it a name among the backups. */
const takeIn = async (folder: string, part: string, id: string, openToRead: OpenToRead): Promise<Backup> => {
  const into = join(folder, `.tidings-check-${id}`);
  await needRoom(folder, (await stat(part)).size);
  try {
    await rm(into, { recursive: true, force: true });
    const { manifest } = await unpackAndRead(part, into, openToRead);
    const at = Date.parse(manifest.at);
    if (Number.isNaN(at)) throw new AppError('STORE_CORRUPT', 'This is not a whole backup of Tidings: it has no date.');
    const name = await freeName(folder, at);
    await rename(part, join(folder, name));
    const file = await open(join(folder, name), 'r+');
    await file.sync();
    await file.close();
    return { name, at: new Date(at).toISOString(), bytes: (await stat(join(folder, name))).size };
  } finally {
    await rm(into, { recursive: true, force: true });
  }
};

/**
 * Takes in a backup from elsewhere piece by piece; with the last it is read back and stands among the others under its own date. Throws
 * CONFLICT for a piece that does not follow, STORE_CORRUPT, STORE_NEWER, STORE_FULL; what was no backup is taken away again.
 */
export const bringBackup = async (folder: string, piece: BackupPiece, openToRead: OpenToRead): Promise<Brought> => {
  if (!ID.test(piece.id)) throw new AppError('IPC_INVALID', 'The pieces of a backup are named by twelve hexadecimal digits.');
  const part = join(folder, `.tidings-part-${piece.id}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const bytes = await append(part, piece);
    if (!piece.isLast) return { bytes };
    return { bytes, backup: await takeIn(folder, part, piece.id, openToRead) };
  } catch (error) {
    await rm(part, { force: true });
    throw error instanceof AppError ? error : toStoreError(error);
  }
};

/** Backups of an open store, and those that are brought to it. */
export const withBringing = (source: BackupSource): BackupsRepository => {
  const backups = createBackups(source);
  return { ...backups, bring: (piece, folder = backups.folder) => bringBackup(folder, piece, source.openToRead) };
};
