/* The same journeys on every host: how each is started, what page it shows, how it is quit. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { _electron, type Browser, test as base, type Page } from '@playwright/test';
import { seedFolder } from '../../main/demo/demo.ts';
import { type DemoServer, startDemoServer } from '../../main/demo/server.ts';
import { startChain } from '../helpers/fake-electron/chain.ts';

export type HostName = 'headless' | 'electron-chain' | 'electron';

/** A running Tidings with its window open. */
export type RunningApp = {
  page: Page;
  /** Ends it as its owner would. */
  quit: () => Promise<void>;
  /** Ends the host under the open window. Only where host and window are two programs. */
  stopHost?: () => Promise<void>;
};
type StartOptions = {
  dataDir: string;
  env?: Record<string, string>;
  /** Further switches of the host's command line. */
  args?: string[];
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** Leaves out the policy of the page, to see that it is not the only wall. Headless only. */
  bypassCSP?: boolean;
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

/** The headless host and a page on the link it prints. */
export const startHeadless: Start = async ({ dataDir, env, args, viewport, colorScheme, bypassCSP }, browser) => {
  const child = spawn(process.execPath, [TIDINGS, 'serve', '--data', dataDir, ...(args ?? [])], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', process.env.TIDINGS_TEST_LOG ? 'inherit' : 'ignore'],
  });
  const exited = once(child, 'exit');
  const link = await launchLink(child);
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1280, height: 800 },
    colorScheme: colorScheme ?? 'light',
    bypassCSP: bypassCSP ?? false,
  });
  const page = await context.newPage();
  await page.goto(link);
  const stopHost = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  return {
    page,
    stopHost,
    quit: async () => {
      await context.close();
      await stopHost();
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

const startElectron: Start = async ({ dataDir, env, args, colorScheme }) => {
  const app = await _electron.launch({
    args: [root, '--data', dataDir, ...(args ?? []), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
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
  /** Starts Tidings on a copy of the demo's data folder, with the demo's Hacker News. */
  launchDemo: (options?: Partial<StartOptions>) => Promise<RunningApp>;
};
type WorkerFixtures = {
  /** The demo's invented sites, and a data folder with its month of history that each test copies. */
  demo: { server: DemoServer; dir: string };
};

/** A test that runs on the host its project names, with a data folder of its own. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here.
  dataDir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'tidings-journey-'));
    await use(dir);
    await rm(dir, { recursive: true, force: true });
  },
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here.
    async ({}, use) => {
      const dir = await mkdtemp(join(tmpdir(), 'tidings-journey-demo-'));
      const server = await startDemoServer(Date.now());
      await seedFolder(dir, server);
      await use({ server, dir });
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  launchDemo: async ({ launch, demo, dataDir }, use) => {
    await use(async (options = {}) => {
      await cp(demo.dir, dataDir, { recursive: true, force: false });
      return launch({ ...options, env: { TIDINGS_HN_API: demo.server.hackerNewsApi, ...options.env } });
    });
  },
  launch: async ({ browser, dataDir }, use, info) => {
    const running: RunningApp[] = [];
    const start = HOSTS[info.project.name as HostName];
    await use(async (options = {}) => {
      const app = await start({ dataDir, ...options }, browser);
      running.push(app);
      return {
        ...app,
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
