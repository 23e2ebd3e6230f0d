/* The same journeys on every host: how each is started, what page it shows, how it is quit. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { _electron, type Browser, test as base, type Page } from '@playwright/test';
import { startChain } from '../helpers/fake-electron/chain.ts';

export type HostName = 'headless' | 'electron-chain' | 'electron';

/** A running Tidings with its window open. */
export type RunningApp = {
  page: Page;
  /** Ends it as its owner would. */
  quit: () => Promise<void>;
};
type StartOptions = {
  dataDir: string;
  env?: Record<string, string>;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
};
type Start = (options: StartOptions, browser: Browser) => Promise<RunningApp>;

const root = fileURLToPath(new URL('../../', import.meta.url));
const TIDINGS = join(root, 'dist', 'main', 'tidings.js');

/** The one-time link that `serve` prints. */
const launchLink = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The host ended with ${code} before it was ready`)));
    if (!child.stdout) return reject(new Error('The host has no output'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const link = /http:\/\/\S+#k=\S+/.exec(line)?.[0];
      if (link) resolve(link);
    });
  });

const startHeadless: Start = async ({ dataDir, env, viewport, colorScheme }, browser) => {
  const child = spawn(process.execPath, [TIDINGS, 'serve', '--data', dataDir], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', process.env.TIDINGS_TEST_LOG ? 'inherit' : 'ignore'],
  });
  const exited = once(child, 'exit');
  const link = await launchLink(child);
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1280, height: 800 },
    colorScheme: colorScheme ?? 'light',
  });
  const page = await context.newPage();
  await page.goto(link);
  return {
    page,
    quit: async () => {
      await context.close();
      child.kill('SIGTERM');
      await exited;
    },
  };
};

const startOnChain: Start = async (options, browser) => {
  const chain = await startChain({ browser, ...options });
  return {
    page: await chain.page(),
    quit: async () => {
      await chain.quit();
    },
  };
};

const startElectron: Start = async ({ dataDir, env, colorScheme }) => {
  const app = await _electron.launch({
    args: [root, '--data', dataDir, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...(process.env as Record<string, string>), ...env },
    colorScheme: colorScheme ?? 'light',
  });
  return { page: await app.firstWindow(), quit: () => app.close() };
};

const HOSTS: Record<HostName, Start> = { headless: startHeadless, 'electron-chain': startOnChain, electron: startElectron };

type Fixtures = {
  dataDir: string;
  /** Starts Tidings on the host of this project; what is still running at the end is quit. */
  launch: (options?: Partial<StartOptions>) => Promise<RunningApp>;
};

/** A test that runs on the host its project names, with a data folder of its own. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here.
  dataDir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'tidings-journey-'));
    await use(dir);
    await rm(dir, { recursive: true, force: true });
  },
  launch: async ({ browser, dataDir }, use, info) => {
    const running: RunningApp[] = [];
    const start = HOSTS[info.project.name as HostName];
    await use(async (options = {}) => {
      const app = await start({ dataDir, ...options }, browser);
      running.push(app);
      return {
        page: app.page,
        quit: async () => {
          running.splice(running.indexOf(app), 1);
          await app.quit();
        },
      };
    });
    for (const app of running) await app.quit();
  },
});
export { expect } from '@playwright/test';
