import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether Electron's own program is installed under `root`. Found by its files, as Electron's installer leaves them: asking the package for
 * its path would start a download.
 */
export const hasElectronBinary = (root: string, env: Record<string, string | undefined> = process.env): boolean => {
  const electron = join(root, 'node_modules', 'electron');
  const named = join(electron, 'path.txt');
  if (!existsSync(named)) return false;
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(electron, 'dist');
  return existsSync(join(dist, readFileSync(named, 'utf8').trim()));
};
