import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

const LINUX_BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
  'brave-browser',
];
const MAC_BROWSERS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
const WINDOWS_BROWSERS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const inPath = (name: string, env: Env): string | undefined =>
  (env.PATH ?? '')
    .split(delimiter)
    .map((dir) => join(dir, name))
    .find(isExecutable);

/** True where a window can be shown. */
export const hasDesktop = (env: Env, platform: NodeJS.Platform = process.platform): boolean =>
  platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** A browser that can show a page as a window of its own (`--app`), or undefined. */
export const findAppBrowser = (env: Env, platform: NodeJS.Platform = process.platform): string | undefined => {
  if (platform === 'darwin')
    return MAC_BROWSERS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`).find(isExecutable);
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return roots.flatMap((root) => WINDOWS_BROWSERS.map((name) => join(root, name))).find(isExecutable);
  }
  return LINUX_BROWSERS.map((name) => inPath(name, env)).find((path) => path !== undefined);
};

/** The browser's own folder for our window, apart from the owner's profile. */
const profileDir = (env: Env): string => join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tidings', 'window');

const appArguments = (link: string, env: Env): string[] => [
  `--app=${link}`,
  `--user-data-dir=${profileDir(env)}`,
  '--no-first-run',
  '--no-default-browser-check',
  // Chromium refuses to start as root without it.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const openers: Partial<Record<NodeJS.Platform, { command: string; args: string[] }>> = {
  darwin: { command: 'open', args: [] },
  // `start` is a word of cmd; the empty title keeps it from taking the address for one.
  win32: { command: 'cmd', args: ['/c', 'start', ''] },
};

const started = (child: ChildProcess): Promise<boolean> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });

/** Opens a link in a window of its own, else in the owner's browser. False when there is no desktop or nothing could be started. */
export const openInBrowser = async (link: string, env: Env): Promise<boolean> => {
  if (!hasDesktop(env)) return false;
  const own = { stdio: 'ignore', detached: true, env: { ...process.env, ...env } } as const;
  const browser = findAppBrowser(env);
  if (browser && (await started(spawn(browser, appArguments(link, env), own)))) return true;
  const { command, args } = openers[process.platform] ?? { command: 'xdg-open', args: [] };
  return started(spawn(command, [...args, link], own));
};
