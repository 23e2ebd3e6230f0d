import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The real package would look for its binary and start a download.
  resolve: { alias: { electron: fileURLToPath(new URL('test/helpers/fake-electron/electron.ts', import.meta.url)) } },
  test: {
    include: ['test/{unit,integration,contract}/**/*.test.{ts,tsx}'],
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    setupFiles: ['test/helpers/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
  },
});
