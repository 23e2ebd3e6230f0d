import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm, stat, statfs, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Backup } from '../../preload/contract/backup.ts';
import { AppError } from '../../preload/contract/errors.ts';
import { toInstant } from '../lib/clock.ts';
import type { Manifest } from './archive.ts';
import type { StoreContext } from './context.ts';
import type { Frozen } from './frozen.ts';
import { errnoOf } from './fs.ts';
import type { BackupsRepository, Counts, MadeBackup, MakeBackup, Store } from './repositories.ts';
import { toStoreError } from './store-error.ts';

/** Where backups are kept inside a data folder, unless another folder is given. */
export const BACKUPS_FOLDER = 'backups';
const NAME = /^tidings-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z\.tar\.gz$/;
/** Left behind by a kill: an unfinished file, or a folder in which one was being tried out. */
const PASSING = /^\.tidings-(part|check)-[0-9a-f]{12}$/;
/** Room that is left to others, in bytes. */
const SPARE_BYTES = 64 << 20;

/** The name of a backup of this instant. */
export const nameFor = (nowMs: number): string => `tidings-${toInstant(nowMs).slice(0, 19).replaceAll(':', '-')}Z.tar.gz`;
const atOf = (name: string): string | undefined => {
  const [, day, hours, minutes, seconds] = NAME.exec(name) ?? [];
  return day && `${day}T${hours}:${minutes}:${seconds}.000Z`;
};
const passing = (kind: 'part' | 'check'): string => `.tidings-${kind}-${randomBytes(6).toString('hex')}`;

/** The backups in a folder, newest first; none when there is no such folder. Files with other names are left alone. */
export const listBackups = async (folder: string): Promise<Backup[]> => {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw toStoreError(error);
  });
  const found = await Promise.all(
    names.map(async (name): Promise<Backup[]> => {
      const at = atOf(name);
      const info = at ? await stat(join(folder, name)).catch(() => undefined) : undefined;
      return at && info?.isFile() ? [{ name, at, bytes: info.size }] : [];
    }),
  );
  return found.flat().sort((a, b) => (a.name < b.name ? 1 : -1));
};

const DAY_MS = 86_400_000;
/** The Monday a day's week begins with (ISO 8601), as a number of weeks. */
const weekOf = (at: string): number => Math.floor((Date.parse(at) / DAY_MS + 3) / 7);

/**
 * Which backups are over: kept are the newest of each of the last `days` days that have one, and, of what is older, the newest of
 * each of the last `weeks` weeks. Names from the future were made by a wrong clock: they neither count nor go.
 */
export const outdated = (
  backups: readonly Backup[],
  nowMs: number,
  { days, weeks }: { days: number; weeks: number },
): Backup[] => {
  const ours = backups.filter(({ at }) => Date.parse(at) <= nowMs + DAY_MS);
  const byDay = [...Map.groupBy(ours, ({ at }) => at.slice(0, 10)).values()].map(([newest]) => newest as Backup);
  const daily = byDay.slice(0, days);
  const byWeek = [...Map.groupBy(byDay.slice(days), ({ at }) => weekOf(at)).values()].map(([newest]) => newest as Backup);
  const kept = new Set([...daily, ...byWeek.slice(0, weeks)]);
  return ours.filter((backup) => !kept.has(backup));
};

const sweep = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder))
    if (PASSING.test(name)) await rm(join(folder, name), { recursive: true, force: true });
};

const roomIn = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Throws STORE_FULL when the archive and what is unpacked to try it out would not find room. */
export const needRoom = async (folder: string, bytes: number): Promise<void> => {
  const needed = 2 * bytes + SPARE_BYTES;
  if ((await roomIn(folder)) >= needed) return;
  const megabytes = Math.ceil(needed / (1 << 20)).toLocaleString('en');
  throw new AppError('STORE_FULL', `There is not enough room for a backup: ${megabytes} MB are needed.`);
};

/** What a verified backup holds. */
export type Verified = { manifest: Manifest; counts: Counts };
/** Opens a folder to read; handed in, since the store opens what this makes. */
export type OpenToRead = (dir: string) => Promise<Pick<Store, 'storage' | 'loaded' | 'close'>>;

/** Unpacks a backup into a new folder and reads it as a store would. Throws STORE_CORRUPT, STORE_NEWER, STORE_FULL. */
export const unpackAndRead = async (file: string, into: string, openToRead: OpenToRead): Promise<Verified> => {
  const { unpackArchive } = await import('./archive.ts');
  await mkdir(into, { mode: 0o700 });
  const manifest = await unpackArchive(file, into);
  const store = await openToRead(into);
  try {
    await store.loaded;
    const { posts, sources, runs, fetchJobs } = (await store.storage()).counts;
    const counts = { posts, sources, runs, fetchJobs };
    const wrong = Object.entries(counts).find(([kind, count]) => manifest.counts && manifest.counts[kind] !== count);
    if (wrong)
      throw new AppError(
        'STORE_CORRUPT',
        `This backup should hold ${manifest.counts?.[wrong[0]]} ${wrong[0]}, but ${wrong[1]} can be read.`,
      );
    return { manifest, counts };
  } finally {
    await store.close();
  }
};

/** Tries a backup out in a folder of its own beside it, and takes that away again. */
const verify = async (file: string, openToRead: OpenToRead): Promise<Verified> => {
  const into = join(dirname(file), passing('check'));
  try {
    return await unpackAndRead(file, into, openToRead);
  } finally {
    await rm(into, { recursive: true, force: true });
  }
};

const syncFolder = async (context: Pick<StoreContext, 'fs'>, folder: string): Promise<void> => context.fs.syncDir(folder);

/** What backups are made of. */
export type BackupSource = { context: StoreContext; freeze: () => Promise<Frozen>; openToRead: OpenToRead };

/**
 * Makes one backup: packed under a passing name, synced, tried out by reading it back, and only then given its name. Throws
 * STORE_FULL, STORE_IO, CONFLICT when the file is there already, STORE_CORRUPT when it cannot be read back.
 */
export const makeBackup = async ({ context, freeze, openToRead }: BackupSource, options: MakeBackup): Promise<MadeBackup> => {
  const { file, signal, onProgress } = options;
  const folder = dirname(file);
  const part = join(folder, passing('part'));
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new AppError('CONFLICT', 'There is a file of that name already. It is left as it is.');
  const { writeArchive } = await import('./archive.ts');
  let frozen: Frozen | undefined;
  try {
    frozen = await freeze();
    const total = frozen.files.reduce((sum, one) => sum + one.bytes, 0);
    await needRoom(folder, total);
    const at = toInstant(context.clock.now());
    const told = { at, ...(frozen.counts ? { counts: frozen.counts } : {}), ...(signal ? { signal } : {}) };
    const manifest = await writeArchive(part, frozen.files, { ...told, onProgress: (done) => onProgress?.(done, total) });
    const read = await verify(part, openToRead);
    await chmod(part, 0o600);
    await rename(part, file);
    await syncFolder(context, folder);
    return { file, bytes: (await stat(file)).size, files: manifest.files.length, counts: read.counts };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw error instanceof AppError ? error : toStoreError(error);
  } finally {
    await frozen?.close();
    await unlink(part).catch(() => {});
  }
};

/** Makes, lists and rotates backups of an open store. */
export const createBackups = (source: BackupSource): Omit<BackupsRepository, 'bring'> => {
  const { context } = source;
  const own = join(context.dir, BACKUPS_FOLDER);
  return {
    folder: own,
    list: (folder = own) => listBackups(folder),
    make: async ({ folder = own, ...options } = {}) => {
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw toStoreError(error);
      });
      await sweep(folder);
      return makeBackup(source, { ...options, file: join(folder, nameFor(context.clock.now())) });
    },
    makeFile: (options) => makeBackup(source, options),
    rotate: async (keep, folder = own) => {
      const over = outdated(await listBackups(folder), context.clock.now(), keep);
      for (const { name } of over) await unlink(join(folder, name)).catch(() => {});
      return over;
    },
  };
};
