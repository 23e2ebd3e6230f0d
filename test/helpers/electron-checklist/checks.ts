/*
 * Electron's security checklist (https://www.electronjs.org/docs/latest/tutorial/security), item by item, asked of the
 * desktop host's own source in a folder `root`. Run as `node --import ../fake-electron/register.ts checks.ts ROOT ITEM...`;
 * prints the items that do not hold and ends with 1. Item 16, a current version of Electron, is on the release checklist.
 */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as electron from '../fake-electron/electron.ts';

type Module = Record<string, unknown>;
type Root = { load: (path: string) => Promise<Module>; read: (path: string) => string; list: (path: string) => string[] };
type Call = (...values: unknown[]) => unknown;

const rootAt = (dir: string): Root => ({
  load: (path) => import(pathToFileURL(join(dir, path)).href) as Promise<Module>,
  read: (path) => readFileSync(join(dir, path), 'utf8'),
  list: (path) =>
    readdirSync(join(dir, path), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(path, name)),
});

const attempt = (more: object = {}) => ({
  ...more,
  isStopped: false,
  preventDefault() {
    this.isStopped = true;
  },
});

const preferences = async (root: Root): Promise<Record<string, unknown>> =>
  (await root.load('main/electron/window-options.ts')).WEB_PREFERENCES as Record<string, unknown>;
const prefers = async (root: Root, wanted: Record<string, unknown>): Promise<void> => {
  const found = await preferences(root);
  for (const [name, value] of Object.entries(wanted)) assert.equal(found[name], value, name);
  // Where the window is made nothing of it may be written over.
  const made = root.read('main/electron/window.ts');
  assert.match(made, /\.\.\.WEB_PREFERENCES, preload: /);
  for (const name of Object.keys(wanted)) assert.doesNotMatch(made, new RegExp(`\\b${name}\\b`), name);
};

/** A session that remembers what was set on it. */
const sessionThatRemembers = () => {
  const set: Record<string, Call> = {};
  const remember = (name: string) => (handler: Call) => {
    set[name] = handler;
  };
  const session = Object.assign(new EventEmitter(), {
    protocol: { handle: (_scheme: string, handler: Call) => remember('page')(handler) },
    webRequest: { onBeforeRequest: remember('request') },
    setPermissionRequestHandler: remember('permission'),
    setPermissionCheckHandler: remember('check'),
    setDevicePermissionHandler: remember('device'),
    setDisplayMediaRequestHandler: remember('display'),
    setBluetoothPairingHandler: remember('bluetooth'),
    setUSBProtectedClassesHandler: remember('usb'),
  });
  return { session, set };
};
const servedSession = async (root: Root) => {
  const made = sessionThatRemembers();
  const dir = mkdtempSync(join(tmpdir(), 'tidings-page-'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html>');
  ((await root.load('main/electron/protocol.ts')).servePage as Call)(made.session, dir);
  return made;
};
/** Web contents that the walls were built around. */
const fencedContents = async (root: Root) => {
  const opened: string[] = [];
  let open: Call = () => ({ action: 'allow' });
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: (handler: Call) => (open = handler) });
  electron.app.removeAllListeners('web-contents-created');
  ((await root.load('main/electron/guards.ts')).raiseWalls as Call)((url: string) => opened.push(url));
  electron.app.emit('web-contents-created', attempt(), contents);
  return { contents, opened, open: (url: string) => open({ url }) as { action: string } };
};

/** Each item: what it asks, and how that is seen. */
const CHECKS: Record<number, { asks: string; holds: (root: Root) => Promise<void> }> = {
  1: {
    asks: 'only secure content is loaded',
    holds: async (root) => {
      const { set } = await servedSession(root);
      const isLetThrough = (url: string): boolean => {
        let answer: { cancel?: boolean } = {};
        set.request?.({ url }, (given: { cancel?: boolean }) => (answer = given));
        return answer.cancel !== true;
      };
      assert.equal(isLetThrough('tidings://app/index.html'), true);
      for (const url of ['http://example.org/', 'https://example.org/', 'ws://example.org/', 'file:///etc/passwd', 'data:,x'])
        assert.equal(isLetThrough(url), false, url);
    },
  },
  2: {
    asks: 'pages have no Node',
    holds: (root) => prefers(root, { nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false }),
  },
  3: { asks: 'page and preload live in separate worlds', holds: (root) => prefers(root, { contextIsolation: true }) },
  4: {
    asks: 'every process is in a sandbox',
    holds: async (root) => {
      await prefers(root, { sandbox: true });
      const main = root.read('main/electron/main.ts');
      const at = main.indexOf('app.enableSandbox()');
      assert.ok(at > 0 && at < main.lastIndexOf('await start('), 'enableSandbox comes before the start');
    },
  },
  5: {
    asks: 'every permission is denied',
    holds: async (root) => {
      const { session, set } = sessionThatRemembers();
      electron.app.removeAllListeners('session-created');
      ((await root.load('main/electron/guards.ts')).raiseWalls as Call)(() => {});
      electron.app.emit('session-created', session);
      const given: unknown[] = [];
      set.permission?.(null, 'notifications', (answer: unknown) => given.push(answer));
      set.display?.({}, (answer: unknown) => given.push(answer));
      assert.deepEqual(given, [false, null]);
      assert.equal(set.check?.(), false);
      assert.equal(set.device?.(), false);
    },
  },
  6: {
    asks: 'the rule of same origin is in force',
    holds: async (root) => {
      await prefers(root, { webSecurity: true });
      const { refusedSwitch } = await root.load('main/electron/guards.ts');
      assert.equal((refusedSwitch as Call)(['tidings', '--disable-web-security']), '--disable-web-security');
    },
  },
  7: {
    asks: 'a policy says what the page may load, on every answer',
    holds: async (root) => {
      const { set } = await servedSession(root);
      for (const path of ['index.html', 'nothing-here']) {
        const answer = (await set.page?.(new Request(`tidings://app/${path}`))) as Response;
        const policy = answer.headers.get('Content-Security-Policy') ?? '';
        assert.match(policy, /(^|; )default-src 'none'(;|$)/, path);
        assert.match(policy, /(^|; )script-src 'self'(;|$)/, path);
        assert.doesNotMatch(policy, /unsafe|\*|https?:/, path);
      }
    },
  },
  8: { asks: 'no insecure content in secure pages', holds: (root) => prefers(root, { allowRunningInsecureContent: false }) },
  9: { asks: 'no experimental features', holds: (root) => prefers(root, { experimentalFeatures: false }) },
  10: { asks: 'no extra features of Blink', holds: (root) => prefers(root, { enableBlinkFeatures: undefined }) },
  11: {
    asks: 'no web view, let alone one that opens windows',
    holds: async (root) => {
      await prefers(root, { webviewTag: false });
      for (const file of root.list('renderer')) assert.doesNotMatch(root.read(file), /<webview|allowpopups/i, file);
    },
  },
  12: {
    asks: 'a web view that is attached all the same is stopped',
    holds: async (root) => {
      const { contents } = await fencedContents(root);
      const event = attempt();
      contents.emit('will-attach-webview', event, {}, {});
      assert.equal(event.isStopped, true);
    },
  },
  13: {
    asks: 'a page stays where it is',
    holds: async (root) => {
      const { contents } = await fencedContents(root);
      for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
        const event = attempt({ url: 'https://example.org/', isMainFrame: true });
        contents.emit(name, event);
        assert.equal(event.isStopped, true, name);
      }
    },
  },
  14: {
    asks: 'no page opens a window',
    holds: async (root) => {
      const { open } = await fencedContents(root);
      assert.deepEqual(open('https://example.org/'), { action: 'deny' });
    },
  },
  15: {
    asks: 'only checked addresses go to the system',
    holds: async (root) => {
      const { toExternalUrl } = await root.load('main/electron/external.ts');
      assert.equal((toExternalUrl as Call)('https://example.org/'), 'https://example.org/');
      for (const url of ['file:///etc/passwd', 'smb://host/x', 'javascript:alert(1)', 'https://a:b@example.org/'])
        assert.equal((toExternalUrl as Call)(url), undefined, url);
      for (const file of root.list('main').filter((name) => !name.endsWith('electron/external.ts')))
        assert.doesNotMatch(root.read(file), /shell\.open(External|Path)/, file);
    },
  },
  17: {
    asks: 'only the main frame of our page is answered',
    holds: async (root) => {
      let asked = 0;
      let listener: Call = () => undefined;
      Object.assign(electron.ipcMain, { handle: (_channel: string, heard: Call) => (listener = heard) });
      const handlers = { 'app.status': () => (asked += 1) };
      const mainFrame = { origin: 'tidings://app' };
      const window = { isDestroyed: () => false, webContents: { mainFrame } };
      ((await root.load('main/electron/ipc.ts')).carryQuestions as Call)({ handlers, onEvent: () => () => {} }, () => window);
      const ask = (senderFrame: unknown) => listener({ senderFrame }, 'app.status', {});
      for (const frame of [null, { origin: 'tidings://app' }]) await ask(frame);
      mainFrame.origin = 'https://evil.example';
      await ask(mainFrame);
      assert.equal(asked, 0);
      mainFrame.origin = 'tidings://app';
      await ask(mainFrame);
      assert.equal(asked, 1);
    },
  },
  18: {
    asks: 'the page comes by a protocol of our own, without special rights',
    holds: async (root) => {
      assert.equal((await root.load('main/electron/window-options.ts')).PAGE_ORIGIN, 'tidings://app');
      const registered: { scheme: string; privileges: Record<string, boolean> }[] = [];
      Object.assign(electron.protocol, { registerSchemesAsPrivileged: (list: typeof registered) => registered.push(...list) });
      ((await root.load('main/electron/protocol.ts')).registerScheme as Call)();
      assert.deepEqual(registered, [{ scheme: 'tidings', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
      for (const file of root.list('main/electron')) assert.doesNotMatch(root.read(file), /loadFile\(|file:\/\//, file);
    },
  },
  19: {
    asks: 'the fuses are set',
    holds: async (root) => {
      const [, block = ''] = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(root.read('electron-builder.yml')) ?? [];
      const fuses = Object.fromEntries(
        [...block.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name, value]) => [name, value]),
      );
      assert.deepEqual(fuses, {
        runAsNode: 'false',
        enableCookieEncryption: 'true',
        enableNodeOptionsEnvironmentVariable: 'false',
        enableNodeCliInspectArguments: 'false',
        enableEmbeddedAsarIntegrityValidation: 'true',
        onlyLoadAppFromAsar: 'true',
        grantFileProtocolExtraPrivileges: 'false',
        loadBrowserProcessSpecificV8Snapshot: 'false',
      });
    },
  },
  20: {
    asks: 'the page gets two functions and nothing of Electron',
    holds: async (root) => {
      await root.load('preload/index.ts');
      assert.deepEqual(Object.keys(electron.exposed), ['tidings']);
      const bridge = electron.exposed.tidings as Record<string, Call>;
      assert.deepEqual(Object.keys(bridge).sort(), ['onEvent', 'request']);
      let heard: unknown[] = [];
      bridge.onEvent?.((...given: unknown[]) => (heard = given));
      electron.windowInProcess.webContents.send('tidings:event', { name: 'status.changed', data: {} });
      assert.deepEqual(heard, [{ name: 'status.changed', data: {} }], 'the event of Electron itself stays behind');
    },
  },
};

const [dir = '', ...items] = process.argv.slice(2);
const root = rootAt(dir);
const chosen = items.length > 0 ? items.map(Number) : Object.keys(CHECKS).map(Number);
let held = 0;
for (const item of chosen) {
  const check = CHECKS[item];
  try {
    await check?.holds(root);
    if (check) held += 1;
  } catch (error) {
    console.log(`${item}. ${check?.asks}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  }
}
console.log(`${held} of ${chosen.length} items hold`);
process.exitCode = held === chosen.length ? 0 : 1;
