import { join } from 'node:path';
import { app, Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron';
import type { AppStatus } from '../../preload/contract/status.ts';
import { type Core, createTrayDesk, type TrayAction, type TrayItem, type TrayView } from '../core.ts';
import type { Log } from '../lib/log.ts';

/** Milliseconds between two looks at the core while things change. */
const SETTLE_MS = 250;
/** The line with *in 12 min* is kept true. */
const REFRESH_MS = 30_000;

/** The picture for a state: a template on macOS, a light or dark one elsewhere; 22 px panels on Linux. */
export const iconFile = (state: AppStatus['state'], platform: NodeJS.Platform, isDarkPanel: boolean): string => {
  if (platform === 'darwin') return `${state}Template.png`;
  const panel = isDarkPanel ? 'dark' : 'light';
  return platform === 'linux' ? `${state}-22-for-${panel}-panel.png` : `${state}-for-${panel}-panel.png`;
};

/** The lines of the tray as Electron's menu takes them. */
export const toTemplate = (items: readonly TrayItem[], act: (action: TrayAction) => void): MenuItemConstructorOptions[] =>
  items.map((item): MenuItemConstructorOptions => {
    if (item.kind === 'separator') return { type: 'separator' };
    if (item.kind === 'text') return { label: item.label, enabled: false };
    if (item.kind === 'menu') return { label: item.label, submenu: toTemplate(item.items, act) };
    const isTicked = item.isChecked === undefined ? {} : { type: 'checkbox' as const, checked: item.isChecked };
    return { label: item.label, enabled: !item.isOff, ...isTicked, click: () => act(item.action) };
  });

type Deps = { iconDir: string; profile?: string | undefined; open: (view?: string) => void; log: Log };

/** The icon and its menu, kept current. Answers undefined where the desktop has no tray. */
export const createTray = (core: Core, deps: Deps): Tray | undefined => {
  const desk = createTrayDesk(core.handlers, deps.profile);
  const image = (state: AppStatus['state']): Electron.NativeImage =>
    nativeImage.createFromPath(join(deps.iconDir, iconFile(state, process.platform, nativeTheme.shouldUseDarkColors)));
  let tray: Tray;
  try {
    tray = new Tray(image('idle'));
  } catch (error) {
    deps.log.warn('No tray on this desktop', { error });
    return undefined;
  }

  let shownMenu = '';
  const act = (action: TrayAction): void => {
    if (action.do === 'open') deps.open(action.view);
    else if (action.do === 'quit') app.quit();
    else
      desk
        .perform(action)
        .catch((error: unknown) => deps.log.warn('Tray action failed', { error }))
        .finally(() => {
          // The system has ticked the box already, whatever became of it.
          shownMenu = '';
          soon();
        });
  };
  const show = ({ state, count, toolTip, menu }: TrayView): void => {
    if (tray.isDestroyed()) return;
    tray.setImage(image(state));
    tray.setToolTip(toolTip);
    // Linux shows the menu that was set last; setting it closes one that is open, so that only another one is set.
    if (JSON.stringify(menu) !== shownMenu) tray.setContextMenu(Menu.buildFromTemplate(toTemplate(menu, act)));
    shownMenu = JSON.stringify(menu);
    if (process.platform === 'darwin') tray.setTitle(count > 0 ? String(count) : '');
    app.setBadgeCount(count);
  };

  let timer: NodeJS.Timeout | undefined;
  const later = (ms: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      desk
        .read()
        .then(show)
        .catch((error: unknown) => deps.log.warn('Tray not refreshed', { error }))
        .finally(() => later(REFRESH_MS));
    }, ms);
    timer.unref();
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = undefined;
    later(SETTLE_MS);
  };
  core.onEvent(({ name }) => {
    if (name !== 'fetch-jobs.changed') soon();
  });
  nativeTheme.on('updated', soon);
  // On macOS a click opens the menu, and is told besides.
  if (process.platform !== 'darwin') tray.on('click', () => deps.open());
  later(0);
  return tray;
};
