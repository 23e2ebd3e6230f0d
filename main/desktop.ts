/*
 * The entry of the desktop application. With `--headless` its program answers the same commands as `tidings` from npm, with no window
 * and no display. That is decided before anything of Electron is used, and the application is not begun: Electron waits for its entry to
 * be read (https://www.electronjs.org/docs/latest/tutorial/esm, "Main process"), so the command ends before there is a desktop to ask for.
 */
import { wordsForHeadless } from './headless/words.ts';

const words = wordsForHeadless(process.argv, 'defaultApp' in process);
if (words) {
  const [{ runAsProcess }, { runCli }] = await Promise.all([import('./headless/as-process.ts'), import('./headless/cli.ts')]);
  await runAsProcess((io) => runCli(words, io));
} else await import('./electron/main.ts');
