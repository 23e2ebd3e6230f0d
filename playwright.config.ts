import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/* Real Electron is found by its files: asking the package for its path would start a download. */
const hasElectron = existsSync(new URL('node_modules/electron/path.txt', import.meta.url));
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.TIDINGS_BROWSER,
      chromiumSandbox: !asRoot,
    },
  },
  projects: [{ name: 'headless' }, { name: 'electron-chain' }, ...(hasElectron ? [{ name: 'electron' }] : [])],
});
