import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuData } from '../../helpers/fake-electron/wire.ts';
import { type Desktop, expect, test } from './desktop.ts';

/* The tray: every action of its menu through the built application, what its icon says, and where the window goes. */

const entry = (desktop: Desktop, label: string) => desktop.shown.tray.menu.find((item) => item.label === label);
const labels = (menu: MenuData | undefined): string[] => (menu ?? []).map((item) => item.label);
const iconSays = (desktop: Desktop, state: string): Promise<void> =>
  desktop.until(({ tray }) => tray.image.includes(`/${state}-`) || tray.image.includes(`/${state}Template`));

test('the menu of the tray has every action in its order, with a line that says what is next', async ({ startDesktop }) => {
  const desktop = await startDesktop({ isDemo: true });
  await desktop.until(({ tray }) => tray.menu.length > 0);
  const [first, ...others] = desktop.shown.tray.menu.filter((item) => item.type !== 'separator');
  expect(first?.label).toMatch(/^.+ - [\d,]+ unread$/);
  expect(first?.enabled).toBe(false);
  const [calls, last, ...rest] = labels(others);
  // The demo has a source that fails, and has run.
  expect(calls).toMatch(/^\d+ sources? needs? you$/);
  expect(last).toMatch(/^Last: /);
  expect(rest).toEqual(['Open Tidings', 'Run now', 'Pause', 'Recent', 'Mark all as read', 'Settings…', 'Start at login', 'Quit']);
  expect(labels(entry(desktop, 'Pause')?.submenu)).toEqual(['30 minutes', '1 hour', 'Until tomorrow 08:00', 'Until I resume']);
  expect(entry(desktop, 'Recent')?.submenu).toHaveLength(5);
  // A data folder of its own is named, so that two icons are told apart.
  expect(desktop.shown.tray.toolTip).toMatch(/^Tidings \(.+\): .+ needs? you - [\d,]+ unread$/);
  expect(desktop.shown.tray.toolTip.length).toBeLessThanOrEqual(127);
  expect(existsSync(desktop.shown.tray.image)).toBe(true);
});

test('the tray opens the window, a recent post and the settings', async ({ startDesktop }) => {
  const desktop = await startDesktop({ isDemo: true, args: ['--hidden'] });
  await desktop.until(({ tray }) => tray.menu.length > 0);
  expect(desktop.shown.isVisible).toBe(false);

  await desktop.click('Open Tidings');
  await expect((await desktop.page()).getByRole('navigation', { name: 'Views' })).toBeVisible();

  const title = entry(desktop, 'Recent')?.submenu?.[0]?.label ?? '';
  await desktop.click('Recent', title);
  await expect((await desktop.page()).getByRole('heading', { level: 1, name: title.replaceAll('&&', '&') })).toBeVisible();

  await desktop.ask({ kind: 'close-window' });
  await desktop.until(({ isVisible }) => !isVisible);
  await desktop.click('Settings…');
  await expect((await desktop.page()).getByRole('main', { name: 'Settings' })).toBeVisible();
});

test('every schedule can be run from the tray, the icon shows the work, and each run is on record', async ({ startDesktop }) => {
  test.setTimeout(180_000);
  const desktop = await startDesktop({ isDemo: true });
  await desktop.page();
  // What is due by itself in this very minute would be running already; by hand all runs while all is paused.
  await desktop.request('schedules.pauseAll', {});
  await desktop.until(() => entry(desktop, 'Resume') !== undefined);
  await desktop.until(() => entry(desktop, 'Run now')?.submenu?.every(({ enabled }) => enabled !== false) === true);
  const names = labels(entry(desktop, 'Run now')?.submenu);
  const schedules = await desktop.request('schedules.list', {});
  expect(names.sort()).toEqual(schedules.map(({ schedule }) => schedule.name).sort());
  for (const name of names) await desktop.click('Run now', name);
  await iconSays(desktop, 'working');
  // No mail server is set up here, and a digest says so, unless today's edition went out in the demo's past.
  for (const { schedule } of schedules) {
    await expect
      .poll(
        async () => {
          const { rows } = await desktop.request('runs.list', { scheduleId: schedule.id, cause: 'manual', limit: 1 });
          const [run] = rows;
          return run?.status === 'failed' ? `${run.status} ${run.errorCode}` : run?.status;
        },
        // A host is asked once a second, and the demo has many pages to ask again.
        { message: schedule.name, timeout: 90_000 },
      )
      .toMatch(schedule.jobKind === 'send-digest' ? /^(completed|failed MAIL_INPUT)$/ : /^completed$/);
  }
});

test('the tray pauses for four spans and resumes, and its icon and tooltip say so', async ({ startDesktop }) => {
  const desktop = await startDesktop();
  await desktop.page();
  await iconSays(desktop, 'idle');
  const spans: [label: string, until: (now: number) => boolean][] = [
    ['30 minutes', (until) => Math.abs(until - Date.now() - 30 * 60_000) < 60_000],
    ['1 hour', (until) => Math.abs(until - Date.now() - 60 * 60_000) < 60_000],
    ['Until tomorrow 08:00', (until) => new Date(until).getHours() === 8 && new Date(until).getMinutes() === 0],
    ['Until I resume', (until) => new Date(until).getUTCFullYear() === 9999],
  ];
  for (const [label, isRight] of spans) {
    await desktop.click('Pause', label);
    await iconSays(desktop, 'paused');
    await desktop.until(({ tray }) => /^Tidings \(.+\): Paused/.test(tray.toolTip) && labels(tray.menu).includes('Resume'));
    const { pausedUntil } = await desktop.request('app.status', {});
    expect(isRight(Date.parse(pausedUntil ?? '')), `${label}: ${pausedUntil}`).toBe(true);
    await desktop.click('Resume');
    await iconSays(desktop, 'idle');
    await desktop.until(({ tray }) => labels(tray.menu).includes('Pause'));
  }
});

test('mark all as read empties the badge and the line of the tray', async ({ startDesktop }) => {
  const desktop = await startDesktop({ isDemo: true, args: ['--hidden'] });
  await desktop.until(({ badge }) => badge > 0);
  // The demo has a source that fails: the icon asks for attention.
  await iconSays(desktop, 'attention');
  await desktop.click('Mark all as read');
  await desktop.until(({ badge, tray }) => badge === 0 && tray.toolTip.endsWith(' - 0 unread'));
  expect(entry(desktop, 'Mark all as read')?.enabled).toBe(false);
});

test('the unread count leaves the tray when its setting is turned off', async ({ startDesktop }) => {
  const desktop = await startDesktop({ isDemo: true });
  await desktop.page();
  await desktop.until(({ badge }) => badge > 0);
  await desktop.request('settings.update', { patch: { trayCount: false } });
  await desktop.until(({ badge }) => badge === 0);
});

test('start at login writes a valid desktop entry and takes it away again', async ({ startDesktop }) => {
  test.skip(process.platform !== 'linux', 'skipped: the autostart file is for Linux desktops only');
  const config = await mkdtemp(join(tmpdir(), 'tidings-config-'));
  const folder = join(config, 'autostart');
  try {
    const desktop = await startDesktop({ args: ['--hidden'], env: { XDG_CONFIG_HOME: config } });
    const isTicked = (is: boolean) => desktop.until(() => entry(desktop, 'Start at login')?.checked === is);
    await isTicked(false);
    await desktop.click('Start at login');
    await isTicked(true);
    const [name = '', ...others] = await readdir(folder);
    expect(others).toEqual([]);
    // A data folder of its own has an entry of its own, which starts with that folder.
    expect(name).toMatch(/^tidings-[0-9a-f]{8}\.desktop$/);
    const file = join(folder, name);
    expect(await readFile(file, 'utf8')).toMatch(/^Exec=.+"--hidden" "--data" "\/[^"]+"$/m);
    if (existsSync('/usr/bin/desktop-file-validate')) execFileSync('desktop-file-validate', [file], { stdio: 'pipe' });
    await desktop.click('Start at login');
    await isTicked(false);
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(config, { recursive: true, force: true });
  }
});

test('quit from the tray ends the application with 0', async ({ startDesktop }) => {
  const desktop = await startDesktop({ args: ['--hidden'] });
  expect(await desktop.quit()).toBe(0);
});
