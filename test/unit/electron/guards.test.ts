import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { denyPermissions, fenceIn, refusedSwitch } from '../../../main/electron/guards.ts';
import { WEB_PREFERENCES } from '../../../main/electron/window-options.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

const event = (more: object = {}) => ({ preventDefault: vi.fn(), ...more });

describe('the walls of the page', () => {
  test('are these preferences, to the letter', () => {
    expect(WEB_PREFERENCES).toEqual({
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
      partition: 'tidings',
    });
    expect(Object.isFrozen(WEB_PREFERENCES)).toBe(true);
  });

  test('answer no to every permission a page can ask for', () => {
    const handlers: Record<string, (...args: never[]) => unknown> = {};
    const session = new Proxy(new EventEmitter(), {
      get: (target, name: string) =>
        name.startsWith('set')
          ? (handler: (...args: never[]) => unknown) => (handlers[name] = handler)
          : Reflect.get(target, name).bind(target),
    });
    denyPermissions(session as unknown as Session);
    const granted = vi.fn();
    handlers.setPermissionRequestHandler?.(...([null, 'notifications', granted] as never[]));
    expect(granted).toHaveBeenCalledWith(false);
    expect(handlers.setPermissionCheckHandler?.()).toBe(false);
    expect(handlers.setDevicePermissionHandler?.()).toBe(false);
    handlers.setDisplayMediaRequestHandler?.(...([{}, granted] as never[]));
    expect(granted).toHaveBeenLastCalledWith(null);
  });

  test('let a page download only what it made itself', () => {
    const session = Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: () => {},
      setPermissionCheckHandler: () => {},
      setDevicePermissionHandler: () => {},
      setDisplayMediaRequestHandler: () => {},
      setBluetoothPairingHandler: () => {},
      setUSBProtectedClassesHandler: () => {},
    });
    denyPermissions(session as unknown as Session);
    const download = (url: string): boolean => {
      const attempt = event();
      session.emit('will-download', attempt, { getURL: () => url });
      return attempt.preventDefault.mock.calls.length === 0;
    };
    expect(download('https://example.org/a.exe')).toBe(false);
    expect(download('blob:https://example.org/1')).toBe(false);
    expect(download('blob:tidings://app/1')).toBe(true);
  });

  test.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0',
    '--disable-web-security',
  ])('refuse to start with %s', (argument) => {
    expect(refusedSwitch(['tidings', '--hidden', argument])).toBe(argument);
  });

  test('start with ordinary switches', () => {
    expect(refusedSwitch(['tidings', '--hidden', '--no-sandbox', '--data', '/inspect'])).toBeUndefined();
  });
});

hostileCase(162, 'no page goes elsewhere by itself: links open outside, everything else is refused', () => {
  const opened: string[] = [];
  let open: ((details: { url: string }) => { action: string }) | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof open) => {
      open = handler;
    },
  });
  fenceIn(contents as unknown as WebContents, (url) => opened.push(url));
  for (const name of ['will-navigate', 'will-redirect', 'will-attach-webview', 'will-frame-navigate']) {
    const attempt = event({ url: 'https://evil.test/', isMainFrame: true });
    contents.emit(name, attempt);
    expect(attempt.preventDefault, name).toHaveBeenCalled();
  }
  const article = event({ url: 'about:srcdoc', isMainFrame: false });
  contents.emit('will-frame-navigate', article);
  expect(article.preventDefault).not.toHaveBeenCalled();
  expect(open?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
  expect(opened).toEqual(['https://example.org/']);
  return 'OK';
});
