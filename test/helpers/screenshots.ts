/* Writes pictures of every screen of the demo to docs/screens/. Run by hand after a build: node test/helpers/screenshots.ts [names...] */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { seedFolder } from '../../main/demo/demo.ts';
import { startDemoServer } from '../../main/demo/server.ts';
import { startHeadless } from '../e2e/hosts.ts';
import { findBrowser } from './browser.ts';
import { leaveForNineHours } from './left-alone.ts';
import { DEMO_SCREENS, showScreen } from './screens.ts';

const OUT = new URL('../../docs/screens/', import.meta.url);
const LOOKS = [
  { suffix: '', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { suffix: '-dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { suffix: '-small', viewport: { width: 900, height: 600 }, colorScheme: 'light' },
  { suffix: '-small-dark', viewport: { width: 900, height: 600 }, colorScheme: 'dark' },
] as const;

const main = async (names: readonly string[]): Promise<void> => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium is installed.');
  const dataDir = await mkdtemp(join(tmpdir(), 'tidings-screens-'));
  const server = await startDemoServer(Date.now());
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    await seedFolder(dataDir, server);
    await mkdir(OUT, { recursive: true });
    for (const { suffix, ...look } of LOOKS) {
      await leaveForNineHours(dataDir, 'their own');
      const env = { TIDINGS_HN_API: server.hackerNewsApi };
      const { page, quit } = await startHeadless({ dataDir, env, ...look }, browser);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      for (const screen of DEMO_SCREENS.filter(({ name }) => names.length === 0 || names.includes(name))) {
        await showScreen(page, screen);
        await page.screenshot({ path: new URL(`${screen.name}${suffix}.png`, OUT).pathname });
        console.log(`${screen.name}${suffix}.png`);
      }
      await quit();
    }
  } finally {
    await browser.close();
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
};

await main(process.argv.slice(2));
