import { join } from 'node:path';
import { toInstant } from '../lib/clock.ts';
import type { StoreContext } from './context.ts';
import { type CollectionFiles, namesOf } from './file-names.ts';
import { errnoOf, readWhole, writeAll } from './fs.ts';

/** A folder `corrupt-<time>`, where nothing reads or removes what is in it. */
const makeFolder = async ({ fs, dir, clock }: StoreContext): Promise<string> => {
  const folder = join(dir, `corrupt-${toInstant(clock.now()).replaceAll(':', '-')}`);
  await fs.mkdir(folder);
  return folder;
};

/** Moves files that cannot be read out of the way. */
export const setAside = async (context: StoreContext, names: readonly string[]): Promise<void> => {
  const { fs, dir, log } = context;
  const folder = await makeFolder(context);
  for (const name of names) {
    await fs.rename(join(dir, name), join(folder, name));
    log.error('Damaged file set aside', { code: 'STORE_CORRUPT', file: name });
  }
  await fs.syncDir(folder);
  await fs.syncDir(dir);
};

/** Copies a file: first under a passing name, so that a copy is whole or not there. */
const copyFile = async ({ fs }: StoreContext, from: string, to: string): Promise<void> => {
  const bytes = await readWhole(fs, from);
  const temp = `${to}.tmp`;
  await fs.unlink(temp).catch(() => {});
  const file = await fs.create(temp);
  try {
    await writeAll(file, bytes, 0);
    await file.datasync();
  } finally {
    await file.close();
  }
  await fs.rename(temp, to);
};

/** Keeps a copy of files that are partly damaged and stay in use until the next snapshot. */
export const keepCopy = async (context: StoreContext, names: readonly string[]): Promise<void> => {
  const folder = await makeFolder(context);
  for (const name of names) await copyFile(context, join(context.dir, name), join(folder, name));
  await context.fs.syncDir(folder);
};

/**
 * Copies all files of a collection to `<file>.v<version>.bak` before it is migrated. A copy that is there already stays:
 * it was made before an earlier try.
 */
export const backUp = async (context: StoreContext, name: string, version: number, files: CollectionFiles): Promise<void> => {
  const { fs, dir } = context;
  for (const file of namesOf(name, files)) {
    const copy = join(dir, `${file}.v${version}.bak`);
    const isThere = await fs.stat(copy).then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    await copyFile(context, join(dir, file), copy).catch((error: unknown) => {
      // Set aside a moment ago as damaged.
      if (errnoOf(error) !== 'ENOENT') throw error;
    });
  }
  await fs.syncDir(dir);
};
