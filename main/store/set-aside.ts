import { join } from 'node:path';
import { toInstant } from '../lib/clock.ts';
import type { StoreContext } from './context.ts';

/** Moves files that cannot be read into a folder `corrupt-<time>`, where nothing reads or removes them. */
export const setAside = async (context: StoreContext, names: readonly string[]): Promise<void> => {
  const { fs, dir, clock, log } = context;
  const folder = join(dir, `corrupt-${toInstant(clock.now()).replaceAll(':', '-')}`);
  await fs.mkdir(folder);
  for (const name of names) {
    await fs.rename(join(dir, name), join(folder, name));
    log.error('Damaged file set aside', { code: 'STORE_CORRUPT', file: name });
  }
  await fs.syncDir(folder);
  await fs.syncDir(dir);
};
