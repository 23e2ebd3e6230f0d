/*
 * `npm start`, `npm run dev`, `npm run demo`, `npm run tidings`: builds what is missing or old, then starts a host. Runs from source and uses only
 * what Node brings, because it runs before anything is built.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const inRoot = (...parts: string[]): string => join(ROOT, ...parts);
const VITE = inRoot('node_modules', 'vite', 'bin', 'vite.js');
const ELECTRON = inRoot('node_modules', 'electron');
/** What a build makes, by its mode, and what it is made of. */
const BUILDS: Readonly<Record<string, { makes: string; from: string[] }>> = {
  renderer: { makes: 'dist/renderer/index.html', from: ['renderer', 'preload/contract'] },
  main: { makes: 'dist/main/tidings.js', from: ['main', 'preload/contract'] },
  worker: { makes: 'dist/worker/parse-worker.js', from: ['main/feeds', 'main/lib', 'main/net', 'preload/contract'] },
  preload: { makes: 'dist/preload/preload.cjs', from: ['preload'] },
};
const SHARED = ['package.json', 'vite.config.ts'];
/** How long the fetching of Electron may take, milliseconds. */
const ELECTRON_PATIENCE_MS = 20_000;
/** Written when it was tried, so that a start without a network is not held up each time. */
const TRIED = inRoot('node_modules', '.cache', 'tidings', 'electron-was-tried');
const DAY_MS = 86_400_000;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** When a file, or the newest file of a folder, was written. 0 when it is not there. */
const newest = (path: string): number => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

const isOld = ({ makes, from }: { makes: string; from: string[] }): boolean => {
  const made = newest(inRoot(makes));
  return made === 0 || [...from, ...SHARED].some((source) => newest(inRoot(source)) > made);
};

const ended = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });

/** Builds one part; what the build says goes to stderr, and only when it fails where `isQuiet`. */
const build = async (mode: string, isQuiet: boolean): Promise<void> => {
  const child = spawn(process.execPath, [VITE, 'build', '--mode', mode, '--logLevel', isQuiet ? 'error' : 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if ((await ended(child)) !== 0) throw new Error(`The ${mode} part could not be built.`);
};

/** Builds what is missing or older than its sources. An installed package brings its build and no sources. */
const buildIfNeeded = async (isQuiet: boolean): Promise<void> => {
  if (!existsSync(VITE)) return;
  const old = Object.keys(BUILDS).filter((mode) => isOld(BUILDS[mode] as (typeof BUILDS)[string]));
  if (old.length > 0 && !isQuiet) tell(`Building ${old.join(', ')} ...`);
  for (const mode of old) await build(mode, isQuiet);
};

/** Where Electron's own installer says its program is, if it is there. */
const electronProgram = (): string | undefined => {
  try {
    const name = readFileSync(join(ELECTRON, 'path.txt'), 'utf8');
    const dir = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(ELECTRON, 'dist');
    return existsSync(join(dir, name)) ? join(dir, name) : undefined;
  } catch {
    return undefined;
  }
};

/** Fetches Electron through its own installer, once a day and bounded. Answers why not, or undefined. */
const fetchElectron = async (): Promise<string | undefined> => {
  const installer = join(ELECTRON, 'install.js');
  if (!existsSync(installer)) return 'Electron is not installed';
  if (Date.now() - newest(TRIED) < DAY_MS) return 'Electron could not be fetched earlier today';
  mkdirSync(dirname(TRIED), { recursive: true });
  writeFileSync(TRIED, '');
  tell('Fetching Electron, at most 20 seconds ...');
  const child = spawn(process.execPath, [installer], { cwd: ROOT, stdio: 'ignore' });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGTERM');
  }, ELECTRON_PATIENCE_MS);
  await ended(child);
  clearTimeout(timer);
  if (electronProgram()) return undefined;
  return isLate ? 'Electron could not be fetched within 20 seconds' : 'Electron could not be fetched';
};

/** Why the desktop application cannot be shown here, or undefined. */
const whyNoElectron = async (): Promise<string | undefined> => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no desktop here';
  return electronProgram() ? undefined : fetchElectron();
};

/** The headless host in this very process. */
const startTidings = async (args: readonly string[]): Promise<void> => {
  process.argv = [process.argv[0] ?? '', inRoot('dist', 'main', 'tidings.js'), ...args];
  await import(pathToFileURL(inRoot('dist', 'main', 'tidings.js')).href);
};

const startElectron = async (program: string, args: readonly string[]): Promise<void> => {
  // Chromium refuses to start as root with its sandbox.
  const own = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(program, [...own, ROOT, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await ended(child);
};

const start = async (args: readonly string[]): Promise<void> => {
  await buildIfNeeded(false);
  const why = await whyNoElectron();
  const program = electronProgram();
  if (why === undefined && program) return startElectron(program, args);
  tell(`The desktop application is not used (${why}); the same window opens in a browser.`);
  return startTidings(['serve', '--open', ...args]);
};

/** Calls back once things in a folder have changed and been quiet for a moment. */
const onChange = (dir: string, callback: () => void): void => {
  let timer: NodeJS.Timeout | undefined;
  watch(dir, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(callback, 300);
  });
};

/** The page is built again at each change of it; the host runs from source and starts again at each change of either. */
const develop = async (args: readonly string[]): Promise<void> => {
  await buildIfNeeded(false);
  const serve = (own: readonly string[]): ChildProcess =>
    spawn(process.execPath, [inRoot('main', 'headless', 'main.ts'), 'serve', ...own, ...args], { stdio: 'inherit' });
  const page = spawn(process.execPath, [VITE, 'build', '--mode', 'renderer', '--watch'], { cwd: ROOT, stdio: 'inherit' });
  let host = serve(['--open']);
  let isStopping = false;
  const restart = (): void => {
    if (isStopping) return;
    const last = host;
    const gone = ended(last);
    last.kill('SIGTERM');
    void gone.then(() => {
      if (!isStopping && host === last) host = serve([]);
    });
  };
  for (const dir of ['main', 'preload/contract', 'dist/renderer']) onChange(inRoot(dir), restart);
  const stop = (): void => {
    isStopping = true;
    host.kill('SIGTERM');
    page.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  await ended(page);
  stop();
  await ended(host);
  process.exit();
};

/** An invented world on loopback; from source, because no installed Tidings needs it. */
const demonstrate = async (args: readonly string[]): Promise<void> => {
  await buildIfNeeded(false);
  process.argv = [process.argv[0] ?? '', inRoot('main', 'demo', 'main.ts'), ...args];
  await import(pathToFileURL(inRoot('main', 'demo', 'main.ts')).href);
};

/** Relative paths count from where npm was called, not from the package's own folder. */
const OUR_SCRIPTS = ['start', 'dev', 'demo', 'tidings'];
if (OUR_SCRIPTS.includes(process.env.npm_lifecycle_event ?? '') && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const [mode = '', ...rest] = process.argv.slice(2);
try {
  if (mode === '--tidings') {
    await buildIfNeeded(true);
    await startTidings(rest);
  } else if (mode === '--dev') await develop(rest);
  else if (mode === '--demo') await demonstrate(['--open', ...rest]);
  else await start(mode === '' ? [] : [mode, ...rest]);
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
