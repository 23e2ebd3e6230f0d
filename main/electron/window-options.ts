import type { WebPreferences } from 'electron';

/** Where the page comes from; IPC is answered to this origin only. */
export const PAGE_ORIGIN = 'tidings://app';
/** The page's own session, kept in memory only. */
export const PARTITION = 'tidings';

/** The smallest window, in CSS pixels. */
export const MIN_SIZE = { width: 480, height: 400 };
export const DEFAULT_SIZE = { width: 1280, height: 800 };

/** The walls of the page, after Electron's security checklist. `preload` and `devTools` are added where the window is made. */
export const WEB_PREFERENCES: Readonly<WebPreferences> = Object.freeze({
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  disableDialogs: true,
  enableWebSQL: false,
  plugins: false,
  webgl: false,
  spellcheck: false,
  partition: PARTITION,
});
