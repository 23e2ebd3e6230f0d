import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { Settings } from '../../preload/contract/settings.ts';
import type { Core } from '../core.ts';
import type { Log } from '../lib/log.ts';
import { DEFAULT_SIZE, MIN_SIZE, PAGE_ORIGIN, WEB_PREFERENCES } from './window-options.ts';

/** Milliseconds after the last move before the place is kept. */
const SETTLE_MS = 500;
/** A page that dies again within this time is not loaded a third time by itself. */
const CRASH_LOOP_MS = 60_000;

export type MainWindow = {
  /** Opens, or brings to the front; `view` is the page's address after `#`. */
  show: (view?: string) => void;
  current: () => BrowserWindow | undefined;
  /** From now on closing really closes. */
  letGo: () => void;
};

type Place = NonNullable<Settings['window']>;

/** The kept place if some of it is still on a screen, else the default size in the middle. */
const visiblePlace = (kept: Settings['window']): Partial<Place> => {
  if (!kept) return DEFAULT_SIZE;
  const { x, y, width, height } = kept;
  const size = { width: Math.max(width, MIN_SIZE.width), height: Math.max(height, MIN_SIZE.height) };
  if (x === undefined || y === undefined) return size;
  const isSeen = screen.getAllDisplays().some(({ workArea: area }) => {
    const overlapX = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    const overlapY = Math.min(y + height, area.y + area.height) - Math.max(y, area.y);
    return overlapX > 100 && overlapY > 50;
  });
  return isSeen ? { x, y, ...size } : size;
};

/** Keeps the window's place once it rests. */
const rememberPlace = (window: BrowserWindow, core: Core, log: Log): void => {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    if (window.isDestroyed() || window.isMinimized()) return;
    const place: Place = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    core.remember({ window: place }).catch((error: unknown) => log.warn('Window place not kept', { error }));
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLE_MS);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', () => {
    clearTimeout(timer);
    keep();
  });
};

/** A page that died or hangs is loaded again once; the core goes on collecting meanwhile. */
const reviveOnCrash = (window: BrowserWindow, log: Log): void => {
  let lastCrash = Number.NEGATIVE_INFINITY;
  window.webContents.on('unresponsive', () => {
    log.warn('The page does not answer');
    // While somebody looks at it in the tools it may stand still.
    if (!window.webContents.isDevToolsOpened()) window.webContents.forcefullyCrashRenderer();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error('The page stopped', { reason });
    const now = performance.now();
    const isLoop = now - lastCrash < CRASH_LOOP_MS;
    lastCrash = now;
    if (!isLoop) return window.webContents.reload();
    dialog
      .showMessageBox({
        type: 'warning',
        message: 'The window stopped working twice.',
        detail: 'Tidings goes on collecting and nothing is lost. You can open the window again.',
        buttons: ['Open again', 'Not now'],
        defaultId: 0,
        cancelId: 1,
      })
      .then(({ response }) => {
        if (!window.isDestroyed()) response === 0 ? window.webContents.reload() : window.destroy();
      })
      .catch((error: unknown) => log.warn('Message not shown', { error }));
  });
};

/** The one window. Closing it hides the application in the tray; `onHidden` is called the first time. */
export const createMainWindow = (core: Core, deps: { preload: string; log: Log; onHidden: () => void }): MainWindow => {
  let window: BrowserWindow | undefined;
  let mayClose = false;

  const open = async (view: string): Promise<void> => {
    const settings = await core.handlers['settings.get']({});
    const made = new BrowserWindow({
      ...visiblePlace(settings.window),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      title: 'Tidings',
      show: false,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1c1e' : '#fdfdfb',
      webPreferences: { ...WEB_PREFERENCES, preload: deps.preload, devTools: !app.isPackaged },
    });
    window = made;
    if (settings.window?.isMaximized) made.maximize();
    rememberPlace(made, core, deps.log);
    reviveOnCrash(made, deps.log);
    made.once('ready-to-show', () => made.show());
    made.on('close', () => {
      if (!mayClose) deps.onHidden();
    });
    made.on('closed', () => {
      if (window === made) window = undefined;
    });
    await made.loadURL(`${PAGE_ORIGIN}/index.html${view}`);
  };

  const show = (view = ''): void => {
    const shown = (): Promise<void> => {
      if (!window || window.isDestroyed()) return open(view);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return view ? window.loadURL(`${PAGE_ORIGIN}/index.html${view}`) : Promise.resolve();
    };
    shown().catch((error: unknown) => deps.log.error('Window not opened', { error }));
  };

  return {
    show,
    current: () => window,
    letGo: () => {
      mayClose = true;
    },
  };
};
