/*
 * Runs the built main bundle on the fake `electron`, and the real renderer with the real preload in Chromium. Requests of the
 * page go to the protocol handler of the main bundle; its questions go through the preload and are copied as Electron copies them.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Frame, Page } from '@playwright/test';
import type { Ask, FakeResponse, FromApp, MenuData, Place } from './wire.ts';

/** Where `tidings://app` lives in Chromium, which knows no such scheme. */
const STAND_IN = 'https://tidings-app.test';
/** Well over the 8 s the core allows itself. */
const MOST_QUIT_MS = 40_000;
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const MAIN = path('../../../dist/main/electron.js');
const PRELOAD = path('../../../dist/preload/preload.cjs');

/** What the application showed the system. */
export type Shown = {
  tray: { image: string; toolTip: string; menu: MenuData };
  external: string[];
  dialogs: { title: string; text: string }[];
  notifications: { title: string; body: string }[];
  revealed: string[];
  badge: number;
  reloads: number;
  isVisible: boolean;
  /** How often the window came to the front. */
  focused: number;
  /** The place and the walls of the window made last. */
  window: { place: Place; webPreferences: Record<string, unknown> };
};

export type Chain = {
  shown: Shown;
  /** The page of the open window; waits until there is one. */
  page: () => Promise<Page>;
  /** Asks the fake: a click in the tray menu, an event of the system, a question from some frame. */
  ask: (message: Ask) => Promise<unknown>;
  /** Waits until what is shown satisfies the claim. */
  until: (claim: (shown: Shown) => boolean) => Promise<void>;
  /** Quits as the tray does and waits for the process to end; answers its exit code. */
  quit: () => Promise<number | null>;
  /** Ends the process at once, as a crash would. */
  kill: () => Promise<void>;
  exited: Promise<number | null>;
};

/** The preload as Electron would run it in its isolated world: `require('electron')` gives two things and no more. */
const preloadScript = (): string => `(() => {
  const listeners = new Map();
  Object.defineProperty(window, '__heard', { value: (channel, args) => {
    for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...args);
  } });
  const ask = window.__ask;
  const ipcRenderer = {
    invoke: async (channel, ...args) => ask(channel, structuredClone(args)),
    on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    removeListener: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== listener)),
  };
  const contextBridge = { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) };
  const electron = { contextBridge, ipcRenderer };
  const module = { exports: {} };
  const require = (name) => { if (name === 'electron') return electron; throw new Error('module not found: ' + name); };
  if (window === window.top) { ${readFileSync(PRELOAD, 'utf8')} }
})();`;

const toStandIn = (url: string): string => url.replace(/^tidings:\/\/app/, STAND_IN);
const fromStandIn = (url: string): string => (url.startsWith(STAND_IN) ? `tidings://app${url.slice(STAND_IN.length)}` : url);
const frameOf = (frame: Frame): { isMain: boolean; origin: string } => {
  const { origin } = new URL(fromStandIn(frame.url()) || 'about:blank');
  return { isMain: frame.parentFrame() === null, origin: frame.url().startsWith(STAND_IN) ? 'tidings://app' : origin };
};

/** Starts the application. `env` reaches the main process; `args` are its command line. */
export const startChain = async (options: {
  browser: Browser;
  dataDir: string;
  args?: string[];
  env?: Record<string, string>;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
}): Promise<Chain> => {
  const child: ChildProcess = fork(MAIN, ['--data', options.dataDir, ...(options.args ?? [])], {
    execArgv: ['--import', path('./register.ts')],
    env: { ...process.env, ...options.env, FAKE_ELECTRON_DRIVEN: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', process.env.TIDINGS_TEST_LOG ? 'inherit' : 'ignore', 'ipc'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);

  const shown: Shown = {
    tray: { image: '', toolTip: '', menu: [] },
    external: [],
    dialogs: [],
    notifications: [],
    revealed: [],
    badge: 0,
    reloads: 0,
    isVisible: false,
    focused: 0,
    window: { place: {}, webPreferences: {} },
  };
  const watchers = new Set<() => void>();
  const answers = new Map<number, (message: Extract<FromApp, { kind: 'answer' }>) => void>();
  let lastId = 0;
  // What it had not sent when it ended is lost: a full pipe takes its last answers along.
  child.once('disconnect', () => {
    for (const [id, answer] of answers) answer({ kind: 'answer', id, error: 'The application has ended' });
    answers.clear();
  });
  const ask = (message: Ask): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      answers.set(id, ({ value, error }) => (error ? reject(new Error(error)) : resolve(value)));
      if (!child.connected) return reject(new Error('The application has ended'));
      // It may end between the look and the sending.
      child.send({ id, ...message }, (error) => error && reject(new Error('The application has ended')));
    });
  const until = (claim: (now: Shown) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!claim(shown)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });

  let context: BrowserContext | undefined;
  let page: Page | undefined;
  // A page is whole before it is closed: what it is asked meanwhile would have nobody to answer.
  let opening: Promise<Page> | undefined;
  let opened = Promise.withResolvers<Page>();
  const openPage = async (): Promise<Page> => {
    context ??= await options.browser.newContext({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      colorScheme: options.colorScheme ?? 'light',
    });
    const made = await context.newPage();
    await made.exposeBinding('__ask', ({ frame }, channel: string, args: unknown[]) =>
      ask({ kind: 'invoke', channel, args, frame: frameOf(frame) }),
    );
    await made.addInitScript(preloadScript());
    await made.route('**/*', async (route) => {
      const request = route.request();
      const answer = (await ask({ kind: 'fetch', url: fromStandIn(request.url()), method: request.method() }).catch(
        () => null,
      )) as FakeResponse;
      await (answer
        ? route.fulfill({ status: answer.status, headers: answer.headers, body: Buffer.from(answer.body) })
        : route.abort());
    });
    made.on('popup', (popup) => void popup.close());
    return made;
  };
  const load = async (url: string): Promise<void> => {
    opening ??= openPage();
    page = await opening;
    await page.goto(toStandIn(url));
    opened.resolve(page);
  };
  const closePage = async (): Promise<void> => {
    const closing = opening;
    opening = undefined;
    page = undefined;
    opened = Promise.withResolvers<Page>();
    await (await closing)?.close();
  };

  const hear: { [Kind in FromApp['kind']]: (message: Extract<FromApp, { kind: Kind }>) => unknown } = {
    load: ({ url }) => load(url),
    reload: () => {
      shown.reloads += 1;
      return page?.reload();
    },
    window: (message) => {
      if (message.state === 'created') {
        shown.window = { place: message.place, webPreferences: message.webPreferences };
        return undefined;
      }
      if (message.state === 'focused') shown.focused += 1;
      shown.isVisible = message.state !== 'closed';
      return message.state === 'closed' ? closePage() : undefined;
    },
    send: ({ channel, args }) =>
      page?.evaluate(
        ([name, values]) => (window as unknown as { __heard: (channel: string, args: unknown[]) => void }).__heard(name, values),
        [channel, args] as const,
      ),
    tray: ({ kind: _kind, ...change }) => Object.assign(shown.tray, change),
    external: ({ url }) => shown.external.push(url),
    dialog: ({ title, text }) => shown.dialogs.push({ title, text }),
    notification: ({ title, body }) => shown.notifications.push({ title, body }),
    badge: ({ count }) => {
      shown.badge = count;
    },
    revealed: (message) => shown.revealed.push(message.path),
    'second-start': () => {},
    answer: (message) => {
      answers.get(message.id)?.(message);
      answers.delete(message.id);
    },
  };
  child.on('message', (message: FromApp) => {
    const handle = hear[message.kind] as (message: FromApp) => unknown;
    // A page that is being closed or navigated cannot hear; the next page asks for everything anew.
    Promise.resolve(handle(message)).catch(() => {});
    for (const look of [...watchers]) look();
  });

  const end = async (): Promise<number | null> => {
    // The core bounds how long it takes to stop; one that hangs is said here, and not by the clock of the whole test.
    const late = setTimeout(() => child.kill('SIGABRT'), MOST_QUIT_MS);
    const code = await exited;
    clearTimeout(late);
    if (child.signalCode === 'SIGABRT') throw new Error('The application did not end after it was told to quit');
    await opening?.catch(() => undefined);
    await context?.close();
    return code;
  };
  return {
    shown,
    page: () => opened.promise,
    ask,
    until,
    quit: async () => {
      await until(({ tray }) => tray.menu.length > 0);
      await ask({ kind: 'click', path: ['Quit'] }).catch(() => undefined);
      return end();
    },
    kill: async () => {
      child.kill('SIGKILL');
      await end();
    },
    exited,
  };
};
