import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** What decides where the data lives; the process's own by default. */
export type Place = { platform?: NodeJS.Platform; env?: Record<string, string | undefined>; home?: string; cwd?: string };

/**
 * The data folder, the same for both hosts: `--data`, else `TIDINGS_DATA`, else where this system keeps such things
 * (XDG base directory specification on Linux). Relative paths count from `cwd`.
 */
export const dataDir = (given: string | undefined, place: Place = {}): string => {
  const { platform = process.platform, env = process.env, home = homedir(), cwd = process.cwd() } = place;
  const chosen = given || env.TIDINGS_DATA;
  if (chosen) return resolve(cwd, chosen);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Tidings', 'data');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Tidings', 'data');
  const xdg = env.XDG_DATA_HOME;
  return join(xdg?.startsWith('/') ? xdg : join(home, '.local', 'share'), 'tidings');
};
