/*
 * A small stand-in for the `electron` module, as much of it as our main process uses. It decides nothing: windows, the tray,
 * dialogs and the page's requests are handed to the test over Node's IPC, which copies values as Electron's IPC does.
 */
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FakeFrame, FakeResponse, FromApp, MenuData, Place, ToApp } from './wire.ts';

type Handler = (...args: unknown[]) => unknown;
type Template = {
  label?: string;
  type?: string;
  enabled?: boolean;
  checked?: boolean;
  click?: (item: { checked: boolean }) => void;
  submenu?: Template;
}[];

/** Only a process that the chain started has somebody to tell. */
const isDriven = process.env.FAKE_ELECTRON_DRIVEN === '1';
const tell = (message: FromApp): void => {
  if (isDriven) process.send?.(message);
};
const preventable = (more: object = {}): { defaultPrevented: boolean; preventDefault: () => void } => ({
  ...more,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true;
  },
});

// app

const root = fileURLToPath(new URL('../../../', import.meta.url));
const paths = new Map([['userData', tmpdir()]]);
let isQuitting = false;
const emitter = new EventEmitter();
export const app = Object.assign(emitter, {
  isPackaged: false,
  enableSandbox: () => {},
  getAppPath: () => root,
  getVersion: () => '0.0.0-test',
  setPath: (name: string, path: string) => paths.set(name, path),
  getPath: (name: string) => paths.get(name) ?? '',
  requestSingleInstanceLock: () => process.env.FAKE_ELECTRON_SECOND !== '1',
  whenReady: () => Promise.resolve(),
  setBadgeCount: (count = 0) => {
    tell({ kind: 'badge', count });
    return true;
  },
  getLoginItemSettings: () => ({ openAtLogin: false, wasOpenedAtLogin: false }),
  setLoginItemSettings: () => {},
  quit: () => {
    if (process.env.FAKE_ELECTRON_SECOND === '1') tell({ kind: 'second-start' });
    if (isQuitting) return;
    const event = preventable();
    emitter.emit('before-quit', event);
    if (event.defaultPrevented) return;
    isQuitting = true;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    setImmediate(() => process.exit(0));
  },
  exit: (code = 0) => setImmediate(() => process.exit(code)),
});

// session and protocol

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void;
let handler: ProtocolHandler | undefined;
let beforeRequest: BeforeRequest | undefined;
const ourSession = Object.assign(new EventEmitter(), {
  protocol: { handle: (_scheme: string, handle: ProtocolHandler) => (handler = handle) },
  webRequest: { onBeforeRequest: (listener: BeforeRequest) => (beforeRequest = listener) },
  setPermissionRequestHandler: () => {},
  setPermissionCheckHandler: () => {},
  setDevicePermissionHandler: () => {},
  setDisplayMediaRequestHandler: () => {},
  setBluetoothPairingHandler: () => {},
  setUSBProtectedClassesHandler: () => {},
});
export const session = {
  fromPartition: () => {
    emitter.emit('session-created', ourSession);
    return ourSession;
  },
};
export const protocol = { registerSchemesAsPrivileged: () => {} };

const answerPageRequest = async (url: string, method: string): Promise<FakeResponse> => {
  const { cancel } = await new Promise<{ cancel?: boolean }>((resolve) => {
    beforeRequest ? beforeRequest({ url }, resolve) : resolve({});
  });
  if (cancel || !handler || !url.startsWith('tidings:')) return null;
  const response = await handler(new Request(url, { method }));
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
};

// windows

const mainFrame = { origin: 'tidings://app' };
type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

const createWebContents = () => {
  let onOpen: OpenHandler = () => ({ action: 'allow' });
  const events = new EventEmitter();
  return Object.assign(events, {
    isDevToolsOpened: () => false,
    forcefullyCrashRenderer: () => events.emit('render-process-gone', preventable(), { reason: 'killed' }),
    mainFrame,
    send: (channel: string, ...args: unknown[]) => tell({ kind: 'send', channel, args: structuredClone(args) }),
    reload: () => tell({ kind: 'reload' }),
    setWindowOpenHandler: (open: OpenHandler) => {
      onOpen = open;
    },
    openByPage: (url: string) => onOpen({ url }).action,
  });
};

const windows = new Set<BrowserWindow>();
export class BrowserWindow extends EventEmitter {
  static getAllWindows = (): BrowserWindow[] => [...windows];
  webContents = createWebContents();
  #isDestroyed = false;
  #bounds: Required<Place>;
  constructor(options: Place & { webPreferences?: Record<string, unknown> }) {
    super();
    const { x, y, width, height } = options;
    this.#bounds = { x: x ?? 10, y: y ?? 10, width: width ?? 800, height: height ?? 600 };
    windows.add(this);
    tell({ kind: 'window', state: 'created', place: this.#bounds, webPreferences: options.webPreferences ?? {} });
    emitter.emit('web-contents-created', preventable(), this.webContents);
    emitter.emit('browser-window-created', preventable(), this);
  }
  loadURL = async (url: string): Promise<void> => {
    tell({ kind: 'load', url });
    setImmediate(() => this.emit('ready-to-show'));
  };
  show = (): void => tell({ kind: 'window', state: 'shown' });
  focus = (): void => tell({ kind: 'window', state: 'focused' });
  isFocused = (): boolean => !this.#isDestroyed;
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => false;
  maximize = (): void => {};
  restore = (): void => {};
  isDestroyed = (): boolean => this.#isDestroyed;
  getNormalBounds = (): Required<Place> => this.#bounds;
  /** The owner moved it or drew it larger. */
  placeAt = (place: Required<Place>): void => {
    this.#bounds = place;
    this.emit('move');
    this.emit('resize');
  };
  destroy = (): void => {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windows.delete(this);
    tell({ kind: 'window', state: 'closed' });
    this.emit('closed');
    if (windows.size === 0) emitter.emit('window-all-closed');
  };
  close = (): void => {
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  };
}

// tray and menus

const toData = (template: Template): MenuData =>
  template.map((item) => ({
    label: item.label ?? '',
    enabled: item.enabled ?? true,
    ...(item.type ? { type: item.type } : {}),
    ...(item.checked === undefined ? {} : { checked: item.checked }),
    ...(item.submenu ? { submenu: toData(item.submenu) } : {}),
  }));
let menu: Template = [];
export const Menu = { buildFromTemplate: (template: Template) => template, setApplicationMenu: () => {} };
export class Tray extends EventEmitter {
  constructor(image: string) {
    super();
    if (process.env.FAKE_ELECTRON_NO_TRAY === '1') throw new Error('no status notifier host');
    this.setImage(image);
  }
  isDestroyed = (): boolean => false;
  setImage = (image: string): void => tell({ kind: 'tray', image });
  setToolTip = (toolTip: string): void => tell({ kind: 'tray', toolTip });
  setTitle = (): void => {};
  setContextMenu = (template: Template): void => {
    menu = template;
    tell({ kind: 'tray', menu: toData(template) });
  };
}
const click = (path: readonly string[]): void => {
  let items = menu;
  for (const [depth, label] of path.entries()) {
    const item = items.find((candidate) => candidate.label === label);
    if (!item || item.enabled === false) throw new Error(`The menu has no ${path.slice(0, depth + 1).join(' > ')} to click`);
    if (depth === path.length - 1) item.click?.({ checked: !item.checked });
    items = item.submenu ?? [];
  }
};

// the rest

export const nativeImage = { createFromPath: (path: string) => path };
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });
/** What the system tells of power and network; the test changes it. */
const system = { onBattery: false, isOnline: true };
export const powerMonitor = Object.assign(new EventEmitter(), {
  isOnBatteryPower: () => system.onBattery,
  getCurrentThermalState: () => 'unknown',
});
export const net = { isOnline: () => system.isOnline };

/** A key store whose key is the value of FAKE_ELECTRON_KEYRING; without it there is none, as on a bare Linux desktop. */
const keyring = process.env.FAKE_ELECTRON_KEYRING;
const mask = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => (keyring ? 'gnome_libsecret' : 'basic_text'),
  encryptStringAsync: async (text: string) => Buffer.concat([Buffer.from(`${keyring}:`), mask(Buffer.from(text))]),
  decryptStringAsync: async (bytes: Buffer) => {
    const key = `${keyring}:`;
    if (!bytes.toString('latin1').startsWith(key)) throw new Error('Error while decrypting the ciphertext provided.');
    return { result: mask(bytes.subarray(key.length)).toString(), shouldReEncrypt: false };
  },
};

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const shell = {
  openExternal: async (url: string) => tell({ kind: 'external', url }),
  showItemInFolder: (path: string) => tell({ kind: 'revealed', path }),
};
export const dialog = {
  showErrorBox: (title: string, text: string) => tell({ kind: 'dialog', title, text }),
  showMessageBox: async ({ message, detail }: { message: string; detail: string }) => {
    tell({ kind: 'dialog', title: message, text: detail });
    return { response: 1 };
  },
};
const notifications: Notification[] = [];
export class Notification extends EventEmitter {
  static isSupported = (): boolean => true;
  #text: { title: string; body: string };
  constructor(text: { title: string; body: string }) {
    super();
    this.#text = text;
  }
  show = (): void => {
    notifications.push(this);
    tell({ kind: 'notification', ...this.#text });
  };
}

const channels = new Map<string, Handler>();
export const ipcMain = { handle: (channel: string, handle: Handler) => channels.set(channel, handle) };
const invoke = (channel: string, args: unknown[], frame: FakeFrame): unknown => {
  const handle = channels.get(channel);
  if (!handle) throw new Error(`No handler registered for '${channel}'`);
  const senderFrame =
    frame === null ? null : frame.isMain && frame.origin === mainFrame.origin ? mainFrame : { origin: frame.origin };
  return handle({ senderFrame }, ...args);
};

// what the test asks

const firstWindow = (): BrowserWindow | undefined => BrowserWindow.getAllWindows()[0];
const perform = (message: ToApp): unknown => {
  switch (message.kind) {
    case 'invoke':
      return invoke(message.channel, message.args, message.frame);
    case 'fetch':
      return answerPageRequest(message.url, message.method);
    case 'click':
      return click(message.path);
    case 'emit':
      return { app, powerMonitor, nativeTheme, window: firstWindow() }[message.target]?.emit(
        message.name,
        preventable(),
        ...message.args,
      );
    case 'click-notification':
      return notifications.at(-1)?.emit('click', preventable());
    case 'close-window':
      return firstWindow()?.close();
    case 'place-window':
      return firstWindow()?.placeAt(message.place);
    case 'set-system': {
      Object.assign(system, message.state);
      return undefined;
    }
    case 'pass-time': {
      const before = Date.now;
      Date.now = () => before() + message.ms;
      return undefined;
    }
    case 'hang-page':
      return firstWindow()?.webContents.emit('unresponsive');
    case 'crash-page':
      return firstWindow()?.webContents.emit('render-process-gone', preventable(), { reason: 'crashed' });
    case 'window-open':
      return firstWindow()?.webContents.openByPage(message.url);
    case 'navigate': {
      const event = preventable({ url: message.url, isMainFrame: true });
      firstWindow()?.webContents.emit('will-navigate', event);
      return event.defaultPrevented;
    }
  }
};
const hear = (message: ToApp): void => {
  Promise.resolve()
    .then(() => perform(message))
    .then(
      (value) => tell({ kind: 'answer', id: message.id, value: typeof value === 'function' ? undefined : value }),
      (error: unknown) => tell({ kind: 'answer', id: message.id, error: String(error) }),
    );
};
if (isDriven) {
  process.on('message', hear);
  process.on('disconnect', () => process.exit(0));
}

// the page's side, for tests that run both sides in one process

const toPage = new EventEmitter();
/** What the preload gave the page. */
export const exposed: Record<string, unknown> = {};
export const contextBridge = {
  exposeInMainWorld: (name: string, api: unknown) => {
    exposed[name] = api;
  },
};
export const ipcRenderer = {
  invoke: async (channel: string, ...args: unknown[]): Promise<unknown> =>
    structuredClone(await invoke(channel, structuredClone(args), { isMain: true, origin: mainFrame.origin })),
  on: (channel: string, listener: Handler) => toPage.on(channel, listener),
  removeListener: (channel: string, listener: Handler) => toPage.removeListener(channel, listener),
};
/** As much of an open window as carrying questions needs. */
export const windowInProcess = {
  isDestroyed: () => false,
  webContents: {
    mainFrame,
    send: (channel: string, ...args: unknown[]) => toPage.emit(channel, {}, ...structuredClone(args)),
  },
};

export default {
  app,
  BrowserWindow,
  Menu,
  Tray,
  Notification,
  dialog,
  ipcMain,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
};
