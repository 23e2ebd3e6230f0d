import { join } from 'node:path';
import { app, Menu, nativeImage, nativeTheme, Tray } from 'electron';
import type { AppStatus } from '../../preload/contract/status.ts';
import type { Core } from '../core.ts';
import type { Log } from '../lib/log.ts';
import { statusLine, type TrayActions, type TrayFacts, trayMenu } from './tray-menu.ts';

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

/** Asks the core for what the menu shows. */
const ask = async (core: Core): Promise<TrayFacts> => {
  const { handlers } = core;
  const [status, schedules, recent, login] = await Promise.all([
    handlers['app.status']({}),
    handlers['schedules.list']({}),
    handlers['posts.list']({ view: 'all', limit: 5 }),
    handlers['desktop.get']({}),
  ]);
  const running = new Set(status.running.map((run) => run.scheduleId));
  return {
    status,
    schedules: schedules.map(({ schedule }) => ({ id: schedule.id, name: schedule.name, isRunning: running.has(schedule.id) })),
    recent: recent.rows.map(({ id, title, sourceTitle }) => ({ id, title, sourceTitle })),
    startAtLogin: login.startAtLogin,
  };
};

/** The icon and its menu, kept current. Answers undefined where the desktop has no tray. */
export const createTray = (core: Core, deps: { iconDir: string; actions: TrayActions; log: Log }): Tray | undefined => {
  const image = (state: AppStatus['state']): Electron.NativeImage =>
    nativeImage.createFromPath(join(deps.iconDir, iconFile(state, process.platform, nativeTheme.shouldUseDarkColors)));
  let tray: Tray;
  try {
    tray = new Tray(image('idle'));
  } catch (error) {
    deps.log.warn('No tray on this desktop', { error });
    return undefined;
  }

  const show = (facts: TrayFacts, countIsShown: boolean): void => {
    if (tray.isDestroyed()) return;
    const { status } = facts;
    tray.setImage(image(status.state));
    tray.setToolTip(`Tidings: ${statusLine(status)}`);
    // Linux shows the menu that was set last, so it is set again after each change.
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(facts, deps.actions)));
    if (process.platform === 'darwin') tray.setTitle(countIsShown && status.unread > 0 ? String(status.unread) : '');
    app.setBadgeCount(countIsShown ? status.unread : 0);
  };
  const refresh = async (): Promise<void> => {
    const [facts, settings] = await Promise.all([ask(core), core.handlers['settings.get']({})]);
    show(facts, settings.trayCount);
  };

  let timer: NodeJS.Timeout | undefined;
  const later = (ms: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      refresh()
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
  if (process.platform !== 'darwin') tray.on('click', () => deps.actions.open());
  later(0);
  return tray;
};
