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

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/i;

/**
 * A command line with `--profile NAME` written out as `--data FOLDER`. A profile is a folder of its own beside the usual one
 * (`tidings-work`), so that nothing is shared: posts, settings, lock. Answers a sentence when the name cannot be used.
 */
export const withProfile = (argv: readonly string[], place: Place = {}): { argv: string[] } | { problem: string } => {
  const at = argv.findIndex((argument) => argument === '--profile' || argument.startsWith('--profile='));
  if (at < 0) return { argv: [...argv] };
  const isJoined = argv[at] !== '--profile';
  const name = isJoined ? (argv[at] as string).slice('--profile='.length) : (argv[at + 1] ?? '');
  if (!NAME.test(name)) return { problem: 'The name of a profile is letters, digits and "-", at most 32, such as "work".' };
  if (argv.some((argument) => argument === '--data' || argument.startsWith('--data=')))
    return { problem: 'Give either --profile or --data, not both.' };
  const rest = [...argv.slice(0, at), ...argv.slice(at + (isJoined ? 1 : 2))];
  return { argv: [...rest, '--data', `${dataDir(undefined, place)}-${name}`] };
};
