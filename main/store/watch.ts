import { join } from 'node:path';
import { AppError } from '../../preload/contract/errors.ts';
import type { StoreContext } from './context.ts';
import { LOCK_NAME, type Lock } from './lock.ts';

/** How often the data folder is looked at, in milliseconds. */
export const WATCH_MS = 10_000;

/**
 * Looks from time to time whether the folder is still the one that was opened: our lock and the files being written are there, the
 * very same. If not (moved, restored from a backup, deleted), writing stops, so that nothing is written into the wrong place.
 */
export const watchFolder = (context: StoreContext, lock: Lock, areFilesOurs: () => Promise<boolean>): (() => void) => {
  const { fs, dir, clock, health, log } = context;
  let cancel = (): void => {};
  let isStopped = false;
  const isSame = async (): Promise<boolean> => {
    const inode = await fs.stat(join(dir, LOCK_NAME)).then(
      (stat) => stat.inode,
      () => undefined,
    );
    return inode === lock.inode && (await areFilesOurs());
  };
  const look = async (): Promise<void> => {
    if (isStopped) return;
    if (await isSame()) return plan();
    if (isStopped) return;
    log.error('Data folder changed under us', { code: 'STORE_IO' });
    health.halt(
      new AppError(
        'STORE_IO',
        'The data folder was moved, replaced or restored while Tidings was running. Nothing more is written. Please start Tidings again.',
      ),
    );
  };
  const plan = (): void => {
    cancel = clock.after(WATCH_MS, () => void look());
  };
  plan();
  return () => {
    isStopped = true;
    cancel();
  };
};
