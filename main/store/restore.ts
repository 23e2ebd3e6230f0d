import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors.ts';
import { toInstant } from '../lib/clock.ts';
import { type OpenToRead, unpackAndRead } from './backups.ts';
import { storeFilesIn } from './frozen.ts';
import { errnoOf, type Fs, readWhole, writeAll } from './fs.ts';
import { takeLock } from './lock.ts';
import type { Counts } from './repositories.ts';
import { toStoreError } from './store-error.ts';

/*
 * A restore moves files inside the data folder, by a plan that is written down first. Killed at any point, the next start finds the
 * plan and carries it out to the end. What was there is put aside, never deleted.
 */

/** The plan of a restore that was begun and not finished. */
export const RESTORE_PLAN = 'restore-plan.json';

const planSchema = z.object({
  /** Folder with the unpacked backup, and folder for what is there now; both inside the data folder. */
  from: z.string().regex(/^restored-[0-9TZ-]+$/),
  aside: z.string().regex(/^before-restore-[0-9TZ-]+$/),
  /** Files that go aside, and files that come in. */
  present: z.array(z.string().regex(/^[^/\\]+$/)),
  wanted: z.array(z.string().regex(/^[^/\\]+$/)),
});
type Plan = z.infer<typeof planSchema>;

const isThere = (fs: Fs, path: string): Promise<boolean> =>
  fs.stat(path).then(
    () => true,
    () => false,
  );

/** Carries a plan out; can be repeated. Each file goes aside once: what stands under its name after that has come in. */
const carryOut = async (fs: Fs, dir: string, { from, aside, present, wanted }: Plan): Promise<void> => {
  await fs.mkdir(join(dir, aside));
  for (const name of present) {
    const isAside = await isThere(fs, join(dir, aside, name));
    if (!isAside && (await isThere(fs, join(dir, name)))) await fs.rename(join(dir, name), join(dir, aside, name));
  }
  await fs.syncDir(join(dir, aside));
  await fs.syncDir(dir);
  for (const name of wanted)
    if (await isThere(fs, join(dir, from, name))) await fs.rename(join(dir, from, name), join(dir, name));
  await fs.syncDir(dir);
  await fs.unlink(join(dir, RESTORE_PLAN));
  await fs.syncDir(dir);
};

const writePlan = async (fs: Fs, dir: string, plan: Plan): Promise<void> => {
  const temp = join(dir, `${RESTORE_PLAN}.tmp`);
  await fs.unlink(temp).catch(() => {});
  const file = await fs.create(temp);
  try {
    await writeAll(file, Buffer.from(JSON.stringify(plan)), 0);
    await file.datasync();
  } finally {
    await file.close();
  }
  await fs.rename(temp, join(dir, RESTORE_PLAN));
  await fs.syncDir(dir);
};

/** Finishes a restore that was interrupted, before anything is read. Answers whether there was one. */
export const finishRestore = async (fs: Fs, dir: string): Promise<boolean> => {
  const text = await readWhole(fs, join(dir, RESTORE_PLAN)).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return false;
  const plan = planSchema.safeParse(JSON.parse(text.toString('utf8')));
  if (!plan.success) throw new AppError('STORE_CORRUPT', 'A restore was interrupted, and its plan cannot be read.');
  await carryOut(fs, dir, plan.data);
  await rm(join(dir, plan.data.from), { recursive: true, force: true });
  return true;
};

/** A reader cannot finish it. Throws STORE_LOCKED. */
export const refuseHalfRestored = async (fs: Fs, dir: string): Promise<void> => {
  if (await isThere(fs, join(dir, RESTORE_PLAN)))
    throw new AppError('STORE_LOCKED', 'A restore of this data folder was interrupted. Start Tidings once, and it is finished.');
};

/** What a restore brought back, and the folder in which the data from before are. */
export type Restored = { counts: Counts; madeAt: string; aside: string };

/**
 * Puts a backup in the place of what is in the data folder. Throws STORE_LOCKED when the folder is in use, STORE_CORRUPT for a file
 * that is not a whole backup, STORE_NEWER, STORE_FULL; then nothing was changed.
 */
export const restoreBackup = async (options: {
  fs: Fs;
  dir: string;
  file: string;
  now: () => number;
  openToRead: OpenToRead;
}): Promise<Restored> => {
  const { fs, dir, file, now, openToRead } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const lock = await takeLock(fs, dir, now);
  const stamp = toInstant(now()).slice(0, 19).replaceAll(':', '-');
  const from = `restored-${stamp}Z`;
  try {
    await finishRestore(fs, dir);
    await rm(join(dir, from), { recursive: true, force: true });
    const { counts, manifest } = await unpackAndRead(file, join(dir, from), openToRead);
    await fs.syncDir(join(dir, from));
    const aside = `before-restore-${stamp}Z`;
    const present = storeFilesIn(await fs.readdir(dir));
    await writePlan(fs, dir, { from, aside, present, wanted: manifest.files.map(({ name }) => name) });
    await finishRestore(fs, dir);
    return { counts, madeAt: manifest.at, aside: join(dir, aside) };
  } catch (error) {
    throw error instanceof AppError ? error : toStoreError(error);
  } finally {
    // With a plan on the disk the unpacked files are still needed.
    if (!(await isThere(fs, join(dir, RESTORE_PLAN)))) await rm(join(dir, from), { recursive: true, force: true });
    await lock.release();
  }
};
