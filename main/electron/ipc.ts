import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Reply } from '../../preload/contract/contract.ts';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import { dispatch } from '../api/dispatch.ts';
import type { Core } from '../core.ts';
import { createRateLimit } from '../lib/rate-limit.ts';
import { PAGE_ORIGIN } from './window-options.ts';

/** Questions a second from the page; far more than any screen needs. */
const CALLS_PER_SECOND = 100;

const refuse = (code: ErrorCode, message: string): Reply => ({ ok: false, error: { code, message } });

/** Only the main frame of our own window, at our own address, may ask. */
const isOurPage = (event: IpcMainInvokeEvent, window: BrowserWindow | undefined): boolean => {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    window !== undefined &&
    !window.isDestroyed() &&
    frame === window.webContents.mainFrame &&
    frame.origin === PAGE_ORIGIN
  );
};

/**
 * Carries questions to the core and announcements to the page. `currentWindow` is undefined while no window is open;
 * `now` counts milliseconds.
 */
export const carryQuestions = (
  core: Core,
  currentWindow: () => BrowserWindow | undefined,
  now: () => number = () => performance.now(),
): void => {
  const mayCall = createRateLimit(CALLS_PER_SECOND, now);
  ipcMain.handle('tidings:request', (event, method: unknown, params: unknown): Reply | Promise<Reply> => {
    if (!isOurPage(event, currentWindow())) return refuse('IPC_FORBIDDEN', 'Only the window of Tidings may ask.');
    if (!mayCall()) return refuse('CONFLICT', 'Too many questions at once. Try again in a second.');
    return dispatch(core.handlers, method, params);
  });
  core.onEvent((announcement) => {
    const window = currentWindow();
    if (window && !window.isDestroyed()) window.webContents.send('tidings:event', announcement);
  });
};
