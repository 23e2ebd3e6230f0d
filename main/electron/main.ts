import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog, Menu, Notification, powerMonitor, session, shell } from 'electron';
import { toAppError } from '../../preload/contract/errors.ts';
import { type Core, createCore } from '../core.ts';
import { dataDir, withProfile } from '../lib/data-dir.ts';
import { createLog, type Log } from '../lib/log.ts';
import { createAutostart } from './autostart.ts';
import { createExternalOpener } from './external.ts';
import { raiseWalls, refusedSwitch } from './guards.ts';
import { carryQuestions } from './ipc.ts';
import { showMessages } from './notify.ts';
import { hearSystem, systemSenses } from './power.ts';
import { registerScheme, servePage } from './protocol.ts';
import { systemVault } from './secrets.ts';
import { createTray } from './tray.ts';
import { createMainWindow, type MainWindow } from './window.ts';
import { PARTITION } from './window-options.ts';

type Told = { data: string | undefined; isHidden: boolean; withSchedule: boolean };

/** What the desktop host was told on its command line. Unknown switches are Chromium's and are left alone. */
const readArguments = (argv: readonly string[]): Told => {
  const { values } = parseArgs({
    args: argv.filter(
      (argument, index) =>
        ['--hidden', '--no-schedule'].includes(argument) || argument.startsWith('--data') || argv[index - 1] === '--data',
    ),
    options: { data: { type: 'string' }, hidden: { type: 'boolean' }, 'no-schedule': { type: 'boolean' } },
    strict: false,
  });
  const { data, hidden, 'no-schedule': isIdle } = values;
  return { data: typeof data === 'string' ? data : undefined, isHidden: hidden === true, withSchedule: isIdle !== true };
};

const inApp = (...parts: string[]): string => join(app.getAppPath(), ...parts);

/** Tells once that closing the window does not end the application. */
const tellAboutTray = async (core: Core): Promise<void> => {
  const { toldAboutTray } = await core.handlers['settings.get']({});
  if (toldAboutTray || !Notification.isSupported()) return;
  new Notification({ title: 'Tidings goes on in the tray', body: 'Quit from the menu of its icon.' }).show();
  await core.remember({ toldAboutTray: true });
};

/** Quit waits, bounded by the core, for what runs; Electron itself would not. */
const stopBeforeQuit = (core: Core, window: MainWindow, log: Log): void => {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  // Windows ends the session whatever is answered: the store is closed as far as there is time.
  app.on('browser-window-created', (_event, made) => made.on('session-end', () => app.quit()));
  app.on('before-quit', (event) => {
    window.letGo();
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    core
      .stop()
      .catch((error: unknown) => log.error('Stop failed', { error }))
      .finally(() => {
        state = 'stopped';
        app.quit();
      });
  });
};

/** Opens the store; when that cannot be done, says why in words and ends. `ownDir`: the folder is not the usual one. */
const openCore = async (dir: string, ownDir: string | undefined, withSchedule: boolean, log: Log): Promise<Core | undefined> => {
  const autostart = createAutostart(ownDir);
  autostart.renew().catch((error: unknown) => log.warn('Start at login not renewed', { error }));
  try {
    return await createCore({
      dataDir: dir,
      host: 'desktop',
      withSchedule,
      version: app.getVersion(),
      log,
      vault: systemVault,
      senses: systemSenses,
      env: process.env,
      ...(process.env.TIDINGS_HN_API ? { hackerNewsApi: process.env.TIDINGS_HN_API } : {}),
      ...(process.env.TIDINGS_RELEASES ? { releasesUrl: process.env.TIDINGS_RELEASES } : {}),
      desktop: {
        getStartAtLogin: autostart.get,
        setStartAtLogin: autostart.set,
        reveal: async (path) => shell.showItemInFolder(path),
      },
    });
  } catch (thrown) {
    const error = toAppError(thrown);
    dialog.showErrorBox('Tidings cannot start', `${error.message}\n\nNothing was changed in ${dir}.`);
    app.exit(error.code === 'STORE_LOCKED' ? 3 : 1);
    return undefined;
  }
};

const start = async (dir: string, ownDir: string | undefined, { isHidden, withSchedule }: Told, log: Log): Promise<void> => {
  await app.whenReady();
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  servePage(session.fromPartition(PARTITION), inApp('dist', 'renderer'));
  const core = await openCore(dir, ownDir, withSchedule, log);
  if (!core) return;

  const window = createMainWindow(core, {
    preload: inApp('dist', 'preload', 'preload.cjs'),
    log,
    onHidden: () => tellAboutTray(core).catch((error: unknown) => log.warn('Notification not shown', { error })),
  });
  carryQuestions(core, window.current);
  const profile = ownDir && basename(ownDir).replace(/^tidings-/, '');
  const tray = createTray(core, { iconDir: inApp('resources', 'tray'), profile, open: window.show, log });
  showMessages(core, { isLookedAt: () => window.current()?.isFocused() ?? false, open: window.show, log });
  stopBeforeQuit(core, window, log);
  // The tray keeps the application; without one, closing the last window ends it.
  app.on('window-all-closed', () => {
    if (!tray) app.quit();
  });
  app.on('second-instance', () => window.show());
  app.on('activate', () => window.show());
  hearSystem(core.hint);
  // Held back until the store is closed; the event is in Electron's guide and not in its types.
  powerMonitor.on('shutdown', (event?: { preventDefault: () => void }) => {
    event?.preventDefault();
    app.quit();
  });
  await core.start();
  const wasStartedAtLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  if (!tray || !(isHidden || wasStartedAtLogin)) window.show();
};

const main = async (): Promise<void> => {
  const log = createLog((line) => process.stderr.write(line), Date.now);
  app.enableSandbox();
  // Windows shows notifications only to an application whose identity matches its installed shortcut.
  if (process.platform === 'win32') app.setAppUserModelId('org.example.tidings');
  const refused = app.isPackaged ? refusedSwitch(process.argv) : undefined;
  if (refused) {
    log.error('Switch refused', { switch: refused });
    return app.exit(2);
  }
  const typed = withProfile(process.argv.slice(1));
  if ('problem' in typed) {
    log.error('Command line refused', { problem: typed.problem });
    return app.exit(2);
  }
  const told = readArguments(typed.argv);
  const dir = dataDir(told.data);
  const ownDir = told.data || process.env.TIDINGS_DATA ? dir : undefined;
  // One application for each data folder: the instance lock lives in Chromium's own folder.
  if (ownDir) {
    const own = join(dir, 'desktop');
    mkdirSync(own, { recursive: true, mode: 0o700 });
    app.setPath('userData', own);
  }
  if (!app.requestSingleInstanceLock()) return app.quit();
  registerScheme();
  raiseWalls(createExternalOpener(log));
  await start(dir, ownDir, told, log);
};

main().catch((error: unknown) => {
  dialog.showErrorBox('Tidings cannot start', toAppError(error).message);
  app.exit(1);
});
