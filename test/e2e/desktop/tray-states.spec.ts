import type { PauseEnd, TrayAction } from '../../../main/tray/menu.ts';
import type { MenuData } from '../../helpers/fake-electron/wire.ts';
import { type Desktop, expect, test } from './desktop.ts';

/* What is between all well and broken, as the tray explains it; and that every line of its menu has a test. */

const lineOf = (desktop: Desktop, wanted: RegExp): string | undefined =>
  desktop.shown.tray.menu.find(({ label }) => wanted.test(label))?.label;
const hash = async (desktop: Desktop): Promise<string> => new URL((await desktop.page()).url()).hash;
const clickLine = async (desktop: Desktop, wanted: RegExp): Promise<void> => {
  await desktop.until(() => lineOf(desktop, wanted) !== undefined);
  await desktop.click(lineOf(desktop, wanted) ?? '');
};
const tellSystem = async (desktop: Desktop, state: { onBattery?: boolean; isOnline?: boolean }, event: string): Promise<void> => {
  await desktop.ask({ kind: 'set-system', state });
  await desktop.ask({ kind: 'emit', target: 'powerMonitor', name: event, args: [] });
};
const later = (desktop: Desktop, ms: number): Promise<unknown> => desktop.ask({ kind: 'pass-time', ms });

test('what needs the owner is a line that opens it, and so is what ran last', async ({ startDesktop }) => {
  const desktop = await startDesktop({ isDemo: true });
  await desktop.page();
  await clickLine(desktop, /^1 source needs you$/);
  await expect.poll(() => hash(desktop)).toMatch(/^#\/sources\/./);
  await clickLine(desktop, /^Last: /);
  await expect.poll(() => hash(desktop)).toMatch(/^#\/history\/run\/./);
  await expect((await desktop.page()).getByRole('main')).toBeVisible();
});

test('without a connection the tray says since when, and that what waits is not lost', async ({ startDesktop }) => {
  // Nothing on this computer is read: an address of nowhere that is never asked, because there is no connection.
  const desktop = await startDesktop({ env: { TIDINGS_HN_API: 'http://nowhere.invalid/v0' } });
  await desktop.page();
  await tellSystem(desktop, { isOnline: false }, 'unlock-screen');
  await desktop.until(({ tray }) => /No connection since \d\d:\d\d\. Nothing is lost/.test(tray.toolTip));
  await later(desktop, 3 * 3_600_000);
  await tellSystem(desktop, {}, 'resume');
  await clickLine(desktop, /^Nothing is lost: \d+ runs? waits?$/);
  await expect.poll(() => hash(desktop)).toBe('#/schedules');
  const { waiting = [] } = await desktop.request('app.status', {});
  expect(waiting.map(({ why }) => why)).toContain('offline');
  expect(lineOf(desktop, /^No connection since \d\d:\d\d - 0 unread$/)).toBeDefined();
});

test('heavy work waits on battery, the tray says until when, and on mains it runs and its wait is on record', async ({
  startDesktop,
}) => {
  const desktop = await startDesktop();
  const page = await desktop.page();
  await tellSystem(desktop, { onBattery: true }, 'on-battery');
  const { id: scheduleId } = await desktop.request('schedules.add', {
    name: 'Go through all',
    jobKind: 'apply-rules',
    trigger: { type: 'interval', minutes: 10 },
  });
  await later(desktop, 11 * 60_000);
  await tellSystem(desktop, {}, 'resume');
  await clickLine(desktop, /^1 run waits \(on battery\), until \d\d:\d\d at most$/);
  await expect.poll(() => hash(desktop)).toBe('#/schedules');
  await expect(page.getByText('Waits for a better moment (on battery).')).toBeVisible();
  await expect(
    page.getByRole('contentinfo').getByRole('link', { name: /^1 run waits \(on battery\), until \d\d:\d\d$/ }),
  ).toBeVisible();

  // By hand it runs whatever the power.
  await desktop.click('Run now', 'Go through all');
  const started = async (cause: 'manual' | 'schedule') => {
    const { rows } = await desktop.request('runs.list', { scheduleId, cause, status: ['completed'], limit: 5 });
    return rows.length;
  };
  await expect.poll(() => started('manual')).toBe(1);
  expect(await started('schedule')).toBe(0);

  await tellSystem(desktop, { onBattery: false }, 'on-ac');
  await expect.poll(() => started('schedule')).toBe(1);
  await desktop.until(() => lineOf(desktop, /waits/) === undefined);
  const { rows } = await desktop.request('runs.list', { scheduleId, status: ['deferred'], limit: 5 });
  expect(rows.map((run) => run.status === 'deferred' && run.reason)).toEqual([
    expect.stringMatching(/^Deferred \d+ min \(on battery\)\.$/),
  ]);
});

/* One line for each thing the menu can do: an action that is new has no line here, and this file does not compile. */
const TESTED: Readonly<Record<TrayAction['do'], readonly RegExp[]>> = {
  open: [
    /^Open Tidings$/,
    /^Settings…$/,
    /^Recent > ./,
    /^Last: ./,
    /^Nothing is lost: ./,
    /^\d+ (sources?|schedules?|digests?) (needs?|stands?) /,
    /^(Sites need you|Messages do not arrive)$/,
    /^\d+ runs? waits? \(/,
  ],
  run: [/^Run now > ./],
  pause: [/^Pause > ./],
  resume: [/^Resume$/],
  'mark-all-read': [/^Mark all as read$/],
  'start-at-login': [/^Start at login$/],
  quit: [/^Quit$/],
};
const PAUSES: Readonly<Record<PauseEnd, string>> = {
  'half-hour': '30 minutes',
  hour: '1 hour',
  morning: 'Until tomorrow 08:00',
  resumed: 'Until I resume',
};
const clickable = (menu: MenuData, above = ''): string[] =>
  menu.flatMap(({ label, type, enabled, submenu }) => {
    if (type === 'separator' || !enabled) return [];
    return submenu ? clickable(submenu, `${above}${label} > `) : [`${above}${label}`];
  });

test('every line of the menu that can be clicked is one that a test clicks', async ({ startDesktop }) => {
  const desktop = await startDesktop({ isDemo: true });
  await desktop.page();
  await desktop.until(({ tray }) => tray.menu.length > 0);
  const lines = clickable(desktop.shown.tray.menu);
  await desktop.click('Pause', PAUSES.resumed);
  await desktop.until(() => lineOf(desktop, /^Resume$/) !== undefined);
  lines.push(...clickable(desktop.shown.tray.menu));
  const known = Object.values(TESTED).flat();
  expect(lines.filter((line) => !known.some((one) => one.test(line)))).toEqual([]);
  expect(lines).toEqual(expect.arrayContaining(Object.values(PAUSES).map((label) => `Pause > ${label}`)));
  for (const [name, patterns] of Object.entries(TESTED))
    expect(
      lines.some((line) => patterns.some((one) => one.test(line))),
      name,
    ).toBe(true);
});
