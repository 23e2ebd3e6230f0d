import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { hasElectronBinary } from './test/helpers/electron-binary.ts';

const hasElectron = hasElectronBinary(fileURLToPath(new URL('.', import.meta.url)));
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
    actionTimeout: 15_000,
    // A trace costs several times the journey itself; `npm run test:e2e -- --trace retain-on-failure FILE` makes one.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.TIDINGS_BROWSER,
      chromiumSandbox: !asRoot,
    },
  },
  // Journeys of the page alone run on one host, journeys of the desktop on the chain; all others on every host.
  projects: [
    { name: 'headless', testIgnore: '**/desktop/**' },
    { name: 'electron-chain', testIgnore: '**/page/**' },
    ...(hasElectron ? [{ name: 'electron', testIgnore: ['**/page/**', '**/desktop/**'] }] : []),
  ],
});
