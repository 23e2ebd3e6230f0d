/* Finds a browser and runs the journeys in it. Where none can be had it says so; with CI=true that is a failure. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { obtainBrowser } from '../helpers/browser.ts';
import { hasElectronBinary } from '../helpers/electron-binary.ts';

if (!hasElectronBinary('.')) {
  console.log('skipped: journeys on real Electron (its binary is not installed)');
}
const browser = obtainBrowser();
if (browser) {
  const { status } = spawnSync(
    process.execPath,
    [join('node_modules', '@playwright', 'test', 'cli.js'), 'test', ...process.argv.slice(2)],
    {
      stdio: 'inherit',
      env: { ...process.env, TIDINGS_BROWSER: browser },
    },
  );
  process.exitCode = status ?? 1;
} else {
  console.log('journeys not run: no browser');
  process.exitCode = process.env.CI === 'true' ? 1 : 0;
}
