import { systemClock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { nodeFs } from './store/fs.ts';
import type { MadeBackup } from './store/repositories.ts';
import type { Restored } from './store/restore.ts';

/* Backups from the command line. Each loads what it needs when it is called. */

export type { MadeBackup, Restored };

/**
 * Packs a data folder into a file. Beside a host that is writing, a moment is taken in which it does not. Throws CONFLICT when the
 * file is there, STORE_FULL, STORE_IO, STORE_CORRUPT when the result cannot be read back.
 */
export const backUpFolder = async (options: {
  dir: string;
  file: string;
  log: Log;
  signal: AbortSignal;
}): Promise<MadeBackup> => {
  const { dir, file, log, signal } = options;
  const { openStore } = await import('./store/store.ts');
  const store = await openStore({ dir, log, mode: 'read' });
  try {
    return await store.backups.makeFile({ file, signal });
  } finally {
    await store.close();
  }
};

/** Puts a backup in the place of a data folder that nobody uses. Throws STORE_LOCKED, STORE_CORRUPT, STORE_NEWER, STORE_FULL. */
export const restoreFolder = async ({ dir, file, log }: { dir: string; file: string; log: Log }): Promise<Restored> => {
  const [{ restoreBackup }, { openStore }] = await Promise.all([import('./store/restore.ts'), import('./store/store.ts')]);
  return restoreBackup({
    fs: nodeFs,
    dir,
    file,
    now: systemClock.now,
    openToRead: (folder) => openStore({ dir: folder, log, mode: 'read' }),
  });
};
