import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env.PROGRAMFILES ?? 'C:\\Program Files', 'Google', 'Chrome', 'Application', 'chrome.exe'),
];

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** An installed Chrome or Chromium: `CHROME_PATH`, the path, the usual places, Playwright's own; undefined when there is none. */
export const findBrowser = (): string | undefined => {
  const inPath = (process.env.PATH ?? '').split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  const own = chromium.executablePath();
  return [process.env.CHROME_PATH ?? '', ...inPath, ...PLACES, own].find((file) => file !== '' && isProgram(file));
};

const attempt = (command: string, args: string[], minutes: number): boolean =>
  spawnSync(command, args, {
    stdio: 'inherit',
    timeout: minutes * 60_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** An installed browser, else Playwright's own, else Debian's package on a Debian machine as root; undefined where none can be had. */
export const obtainBrowser = (): string | undefined => {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chrome or Chromium is installed. Fetching one for the journeys.');
  if (attempt(process.execPath, [join('node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], 5)) return findBrowser();
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (isDebianRoot && attempt('apt-get', ['update', '-q'], 5)) {
    attempt('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], 10);
  }
  return findBrowser();
};
