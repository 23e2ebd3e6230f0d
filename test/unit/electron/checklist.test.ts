import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** What is broken on purpose, and the item of Electron's security checklist that must see it. */
const BREAKS: readonly { item: number; file: string; from: string; to: string }[] = [
  { item: 1, file: 'main/electron/protocol.ts', from: "!url.startsWith('tidings://app/') &&", to: "url.startsWith('http:') &&" },
  { item: 2, file: 'main/electron/window-options.ts', from: 'nodeIntegration: false', to: 'nodeIntegration: true' },
  { item: 2, file: 'main/electron/window.ts', from: 'devTools: !app', to: 'nodeIntegrationInWorker: true, devTools: !app' },
  { item: 3, file: 'main/electron/window-options.ts', from: 'contextIsolation: true', to: 'contextIsolation: false' },
  { item: 4, file: 'main/electron/window-options.ts', from: 'sandbox: true', to: 'sandbox: false' },
  { item: 4, file: 'main/electron/main.ts', from: 'app.enableSandbox();', to: '' },
  {
    item: 5,
    file: 'main/electron/guards.ts',
    from: 'callback(false));\n  session.setPermissionCheck',
    to: 'callback(true));\n  session.setPermissionCheck',
  },
  {
    item: 5,
    file: 'main/electron/guards.ts',
    from: 'setPermissionCheckHandler(() => false)',
    to: 'setPermissionCheckHandler(() => true)',
  },
  { item: 5, file: 'main/electron/guards.ts', from: "app.on('session-created', denyPermissions);", to: '' },
  { item: 6, file: 'main/electron/window-options.ts', from: 'webSecurity: true', to: 'webSecurity: false' },
  { item: 6, file: 'main/electron/guards.ts', from: "  '--disable-web-security',\n", to: '' },
  { item: 7, file: 'main/lib/csp.ts', from: `"script-src 'self'"`, to: `"script-src 'self' 'unsafe-inline'"` },
  { item: 7, file: 'main/electron/protocol.ts', from: 'status: 404, headers', to: 'status: 404' },
  {
    item: 8,
    file: 'main/electron/window-options.ts',
    from: 'allowRunningInsecureContent: false',
    to: 'allowRunningInsecureContent: true',
  },
  { item: 9, file: 'main/electron/window-options.ts', from: 'experimentalFeatures: false', to: 'experimentalFeatures: true' },
  {
    item: 10,
    file: 'main/electron/window-options.ts',
    from: 'webgl: false',
    to: "webgl: false,\n  enableBlinkFeatures: 'CSSVariables'",
  },
  { item: 11, file: 'main/electron/window-options.ts', from: 'webviewTag: false', to: 'webviewTag: true' },
  {
    item: 12,
    file: 'main/electron/guards.ts',
    from: "contents.on('will-attach-webview', (event) => event.preventDefault());",
    to: '',
  },
  { item: 13, file: 'main/electron/guards.ts', from: "contents.on('will-redirect', (event) => event.preventDefault());", to: '' },
  { item: 13, file: 'main/electron/guards.ts', from: 'event.isMainFrame || ', to: '!event.isMainFrame && ' },
  { item: 14, file: 'main/electron/guards.ts', from: "action: 'deny'", to: "action: 'allow'" },
  { item: 15, file: 'main/electron/external.ts', from: "new Set(['https:',", to: "new Set(['smb:', 'https:'," },
  { item: 15, file: 'main/electron/external.ts', from: ' || url.username || url.password', to: '' },
  { item: 17, file: 'main/electron/ipc.ts', from: 'frame === window.webContents.mainFrame &&', to: '' },
  { item: 17, file: 'main/electron/ipc.ts', from: 'frame.origin === PAGE_ORIGIN', to: 'true' },
  { item: 18, file: 'main/electron/window-options.ts', from: "'tidings://app'", to: "'file:///page'" },
  { item: 18, file: 'main/electron/protocol.ts', from: 'supportFetchAPI: true', to: 'supportFetchAPI: true, bypassCSP: true' },
  { item: 19, file: 'electron-builder.yml', from: 'runAsNode: false', to: 'runAsNode: true' },
  {
    item: 20,
    file: 'preload/index.ts',
    from: "exposeInMainWorld('tidings', transport)",
    to: "exposeInMainWorld('tidings', { ...transport, ipcRenderer })",
  },
  {
    item: 20,
    file: 'preload/index.ts',
    from: '=> listener(announcement)',
    to: '=> (listener as (...all: unknown[]) => void)(announcement, _event)',
  },
];

const HELPERS = resolve('test/helpers');
/** What the checklist says of the source in a folder. */
const ask = (root: string, ...items: number[]): { isGood: boolean; said: string } => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      join(HELPERS, 'fake-electron/register.ts'),
      join(HELPERS, 'electron-checklist/checks.ts'),
      root,
      ...items.map(String),
    ],
    { encoding: 'utf8' },
  );
  return { isGood: status === 0, said: stdout + stderr };
};

describe('of Electron’s security checklist', () => {
  let copy = '';
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'tidings-checklist-'));
    for (const part of ['main', 'preload', 'renderer', 'electron-builder.yml', 'package.json']) {
      cpSync(part, join(copy, part), { recursive: true });
    }
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test('19 of 20 items hold; the version of Electron is on the release checklist', () => {
    expect(ask(resolve('.'))).toEqual({ isGood: true, said: '19 of 19 items hold\n' });
  });

  test.each(BREAKS)('break %#: item $item is seen to fail when $file is broken', ({ item, file, from, to }) => {
    const path = join(copy, file);
    const whole = readFileSync(path, 'utf8');
    expect(whole).toContain(from);
    writeFileSync(
      path,
      whole.replace(from, () => to),
    );
    const { isGood, said } = ask(copy, item);
    writeFileSync(path, whole);
    expect(said).toContain('0 of 1 items hold');
    expect(isGood).toBe(false);
  });

  test('every item but 16 is broken at least once', () => {
    expect([...new Set(BREAKS.map(({ item }) => item))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1).filter((item) => item !== 16),
    );
  });
});
