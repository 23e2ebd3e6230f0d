import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { provedHostile } from '../hostile.ts';
import { type Desktop, expect, test } from './desktop.ts';

/* The desktop host as a program: windows, second starts, locks, crashes, sleep and the end. */

const TIDINGS = fileURLToPath(new URL('../../../dist/main/tidings.js', import.meta.url));
const addSlowSource = async (desktop: Desktop, base: string): Promise<string> => {
  const source = await desktop.request('sources.add', {
    kind: 'feed',
    feedUrl: `${base}/feed`,
    allowLocalNetwork: true,
    timeoutSeconds: 20,
  });
  return source.id;
};

test('closing the window keeps the application in the tray, and says so once', async ({ startDesktop }) => {
  const desktop = await startDesktop();
  for (const time of [1, 2]) {
    await desktop.page();
    await desktop.until(({ isVisible, tray }) => isVisible && tray.menu.length > 0);
    await desktop.ask({ kind: 'close-window' });
    await desktop.until(({ isVisible, notifications }) => !isVisible && notifications.length === 1);
    if (time === 1) await desktop.click('Open Tidings');
  }
  expect(desktop.shown.notifications).toEqual([
    { title: 'Tidings goes on in the tray', body: 'Quit from the menu of its icon.' },
  ]);
  expect(await desktop.quit()).toBe(0);
});

test('--hidden starts in the tray alone; without a tray the window opens anyway and closing it ends the application', async ({
  startDesktop,
}) => {
  const hidden = await startDesktop({ args: ['--hidden'] });
  await hidden.until(({ tray }) => tray.menu.length > 0);
  expect(hidden.shown.isVisible).toBe(false);
  await hidden.quit();

  const bare = await startDesktop({ args: ['--hidden'], env: { FAKE_ELECTRON_NO_TRAY: '1' } });
  await expect((await bare.page()).locator('main')).toBeVisible();
  await bare.ask({ kind: 'close-window' }).catch(() => undefined);
  expect(await bare.exited).toBe(0);
});

test('E-14: a second start only brings the first window to the front, whatever its command line says', async ({
  startDesktop,
}) => {
  const desktop = await startDesktop();
  const page = await desktop.page();
  await desktop.until(({ isVisible }) => isVisible);
  const address = page.url();
  const before = desktop.shown.focused;
  const argv = ['tidings', '--remote-debugging-port=9222', '--data', '/nowhere', 'tidings://app/index.html#/settings?x=<b>'];
  await desktop.ask({ kind: 'emit', target: 'app', name: 'second-instance', args: [argv, '/'] });
  await desktop.until(({ focused }) => focused === before + 1);
  expect(page.url()).toBe(address);

  const second = await startDesktop({ env: { FAKE_ELECTRON_SECOND: '1' } });
  expect(await second.exited).toBe(0);
  expect(second.shown.dialogs).toEqual([]);
  expect(await desktop.request('app.status', {})).toMatchObject({ host: 'desktop' });
  provedHostile(171, 'OK');
});

test('a folder that a headless host holds is left alone: who has it is said, and the start ends with 3 within a second', async ({
  startDesktop,
  dataDir,
}) => {
  const host = spawn(process.execPath, [TIDINGS, 'serve', '--data', dataDir], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(host.stdout, 'data');
  try {
    const began = performance.now();
    const desktop = await startDesktop();
    expect(await desktop.exited).toBe(3);
    // Starting the program itself takes a part of this.
    expect(performance.now() - began).toBeLessThan(4000);
    const [box] = desktop.shown.dialogs;
    expect(box?.title).toBe('Tidings cannot start');
    expect(box?.text).toContain(String(host.pid));
    expect(desktop.shown.isVisible).toBe(false);
  } finally {
    host.kill('SIGTERM');
    await once(host, 'exit');
  }
  provedHostile(150, 'STORE_LOCKED');
});

test('a page that dies is loaded again once; when it then hangs it is said, and the core goes on', async ({
  startDesktop,
  demo,
}) => {
  const desktop = await startDesktop();
  const page = await desktop.page();
  await expect(page.locator('main')).toBeVisible();
  await desktop.ask({ kind: 'crash-page' });
  await desktop.until(({ reloads }) => reloads === 1);
  await expect(page.locator('main')).toBeVisible();
  expect(desktop.shown.dialogs).toEqual([]);

  await addSlowSource(desktop, demo.server.baseOf('vessel-point'));
  await desktop.ask({ kind: 'hang-page' });
  await desktop.until(({ dialogs }) => dialogs.length === 1);
  expect(desktop.shown.reloads).toBe(1);
  expect(desktop.shown.dialogs[0]?.text).toContain('nothing is lost');

  await desktop.click('Run now', 'Fetch feeds');
  await desktop.until(({ badge }) => badge > 0);
  provedHostile(170, 'OK');
});

test('only the main frame of our own page is answered over IPC', async ({ startDesktop }) => {
  const desktop = await startDesktop();
  await desktop.page();
  const frames = [
    null,
    { isMain: false, origin: 'tidings://app' },
    { isMain: true, origin: 'https://evil.example' },
    { isMain: true, origin: 'devtools://devtools' },
    { isMain: false, origin: 'null' },
  ];
  const codes: string[] = [];
  for (const frame of frames) codes.push(await desktop.codeFor('settings.get', {}, frame));
  expect(await desktop.codeFor('settings.get', {}, { isMain: true, origin: 'tidings://app' })).toBe('OK');
  await desktop.ask({ kind: 'close-window' });
  codes.push(await desktop.codeFor('settings.get', {}, { isMain: true, origin: 'tidings://app' }));
  provedHostile(158, ...codes);
});

test('a page can neither leave nor open a window; web links go to the browser and nothing else does', async ({
  startDesktop,
}) => {
  const desktop = await startDesktop();
  const page = await desktop.page();
  await expect(page.locator('main')).toBeVisible();
  for (const url of ['https://evil.example/', 'file:///etc/passwd', 'tidings://app/other.html', 'javascript:alert(1)'])
    expect(await desktop.ask({ kind: 'navigate', url })).toBe(true);
  for (const url of [
    'https://good.example/a',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'smb://host/x',
    'https://u:p@x.example/',
  ])
    expect(await desktop.ask({ kind: 'window-open', url })).toBe('deny');
  expect(desktop.shown.external).toEqual(['https://good.example/a']);
  expect(desktop.shown.window.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
  provedHostile(162, 'OK');
});

test('after sleep what became due is run at once, and not a second time', async ({ startDesktop }) => {
  const desktop = await startDesktop();
  await desktop.page();
  const due = async () =>
    (await desktop.request('runs.list', { limit: 100 })).rows.filter(({ jobKind }) => jobKind === 'fetch-feeds');
  await desktop.until(({ tray }) => tray.menu.length > 0);
  expect((await due()).filter(({ status }) => status === 'completed')).toHaveLength(0);
  await desktop.ask({ kind: 'pass-time', ms: 3 * 3_600_000 });
  await desktop.ask({ kind: 'emit', target: 'powerMonitor', name: 'resume', args: [] });
  const isDone = async () => (await due()).filter(({ status }) => status === 'completed').length;
  await expect.poll(isDone, { timeout: 10_000 }).toBe(1);
  await desktop.ask({ kind: 'emit', target: 'powerMonitor', name: 'unlock-screen', args: [] });
  await desktop.request('schedules.list', {});
  expect(await isDone()).toBe(1);
});

test('A-10: quitting during a slow fetch waits for it, bounded, and leaves no ongoing row', async ({ startDesktop, demo }) => {
  const desktop = await startDesktop();
  await desktop.page();
  const id = await addSlowSource(desktop, demo.server.baseOf('tin-roof'));
  await desktop.request('sources.fetch', { ids: [id] });
  await expect.poll(async () => (await desktop.request('sources.fetchJobs', { id }))[0]?.status).toBe('ongoing');
  const began = performance.now();
  expect(await desktop.quit()).toBe(0);
  expect(performance.now() - began).toBeLessThan(15_000);

  const again = await startDesktop();
  await again.page();
  const jobs = await again.request('sources.fetchJobs', { id });
  expect(jobs).toHaveLength(1);
  expect(['completed', 'failed']).toContain(jobs[0]?.status);
  const { rows } = await again.request('runs.list', { limit: 20 });
  expect(rows.filter(({ status }) => status === 'running' || status === 'queued')).toEqual([]);
});

test('the next start restores where the window was, and ignores a place on a screen that is gone', async ({ startDesktop }) => {
  const start = async (): Promise<Desktop> => {
    const desktop = await startDesktop();
    await desktop.page();
    await desktop.until(({ isVisible }) => isVisible);
    return desktop;
  };
  const place = { x: 120, y: 80, width: 1000, height: 700 };
  const first = await start();
  await first.ask({ kind: 'place-window', place });
  await expect.poll(async () => (await first.request('settings.get', {})).window).toMatchObject(place);
  await first.quit();

  const second = await start();
  expect(second.shown.window.place).toEqual(place);
  await second.ask({ kind: 'place-window', place: { ...place, x: 9000 } });
  await second.quit();

  const third = await start();
  expect(third.shown.window.place).toMatchObject({ width: 1000, height: 700 });
  expect(third.shown.window.place.x).toBeLessThan(1920);
});

test('the end of a session on Windows closes the store and ends the application with 0', async ({ startDesktop }) => {
  const desktop = await startDesktop();
  await desktop.page();
  await desktop.ask({ kind: 'emit', target: 'window', name: 'session-end', args: [] });
  expect(await desktop.exited).toBe(0);
});
