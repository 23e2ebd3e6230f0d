import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { iconFile } from '../../../main/electron/tray.ts';
import { statusLine, type TrayActions, type TrayFacts, toLabel, trayMenu } from '../../../main/electron/tray-menu.ts';
import type { AppStatus } from '../../../preload/contract/status.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

const status = (change: Partial<AppStatus> = {}): AppStatus => ({
  version: '1.0.0',
  host: 'desktop',
  dataDir: '/data',
  timeZone: 'UTC',
  now: '2026-11-21T10:00:00.000Z',
  state: 'idle',
  schedulerRunning: true,
  running: [],
  unread: 34,
  failingSources: 0,
  notices: [],
  can: { startAtLogin: true, revealFile: true },
  ...change,
});
const facts = (change: Partial<TrayFacts> = {}): TrayFacts => ({
  status: status({ next: { scheduleId: 'fetch_feeds', name: 'Fetch feeds', dueAt: '2026-11-21T10:12:00.000Z' } }),
  schedules: [{ id: 'fetch_feeds', name: 'Fetch feeds', isRunning: false }],
  recent: [{ id: 'p1', title: 'Salt & water', sourceTitle: 'Gazette' }],
  startAtLogin: true,
  ...change,
});
const actions = () =>
  ({
    open: vi.fn(),
    runNow: vi.fn(),
    pause: vi.fn(),
    resume: vi.fn(),
    markAllRead: vi.fn(),
    setStartAtLogin: vi.fn(),
    quit: vi.fn(),
  }) satisfies TrayActions;
const labels = (items: MenuItemConstructorOptions[]): string[] => items.map((item) => item.label ?? '-');
const sub = (items: MenuItemConstructorOptions[], label: string): MenuItemConstructorOptions[] =>
  (items.find((item) => item.label === label)?.submenu ?? []) as MenuItemConstructorOptions[];
const click = (item: MenuItemConstructorOptions | undefined, checked = false): void =>
  item?.click?.({ checked } as never, undefined, {} as never);

describe('the line that says what Tidings does', () => {
  test.each<[Partial<AppStatus>, string]>([
    [
      { next: { scheduleId: 'a', name: 'Fetch feeds', dueAt: '2026-11-21T10:12:00.000Z' } },
      'Next: Fetch feeds in 12 min - 34 unread',
    ],
    [{ unread: 1234 }, 'Nothing is scheduled - 1,234 unread'],
    [{ pausedUntil: '9999-12-31T23:59:59.999Z' }, 'Paused - 34 unread'],
    [{ schedulerRunning: false }, 'Stopped - 34 unread'],
  ])('%j reads %s', (change, line) => {
    expect(statusLine(status(change))).toBe(line);
  });

  test('tells how far a run is', () => {
    const run = {
      id: 'r',
      jobKind: 'fetch-feeds',
      name: 'Fetch feeds',
      cause: 'schedule',
      queuedAt: '2026-11-21T10:00:00.000Z',
      startedAt: '2026-11-21T10:00:00.000Z',
      status: 'running',
      counts: {},
      progress: { done: 26, total: 41 },
    } as const;
    expect(statusLine(status({ running: [run] }))).toBe('Fetch feeds, 26 of 41 - 34 unread');
  });
});

describe('the menu of the tray', () => {
  test('holds every action in the order of the product', () => {
    expect(labels(trayMenu(facts(), actions()))).toEqual([
      'Next: Fetch feeds in 12 min - 34 unread',
      '-',
      'Open Tidings',
      'Run now',
      'Pause',
      'Recent',
      'Mark all as read',
      '-',
      'Settings…',
      'Start at login',
      '-',
      'Quit',
    ]);
  });

  test('each entry does its one thing', () => {
    const done = actions();
    const menu = trayMenu(facts(), done);
    click(menu.find((item) => item.label === 'Open Tidings'));
    click(sub(menu, 'Run now')[0]);
    click(sub(menu, 'Recent')[0]);
    click(menu.find((item) => item.label === 'Mark all as read'));
    click(
      menu.find((item) => item.label === 'Start at login'),
      false,
    );
    click(menu.find((item) => item.label === 'Quit'));
    expect(done.open.mock.calls).toEqual([[], ['#/posts/all?post=p1']]);
    expect(done.runNow).toHaveBeenCalledWith('fetch_feeds');
    expect(done.markAllRead).toHaveBeenCalledOnce();
    expect(done.setStartAtLogin).toHaveBeenCalledWith(false);
    expect(done.quit).toHaveBeenCalledOnce();
  });

  test('pauses for 30 minutes, an hour, until tomorrow morning and until resumed', () => {
    const done = actions();
    for (const item of sub(trayMenu(facts(), done), 'Pause')) click(item);
    const [half, hour, morning, open] = done.pause.mock.calls.map(([until]) => until as string | undefined);
    expect(half).toBe('2026-11-21T10:30:00.000Z');
    expect(hour).toBe('2026-11-21T11:00:00.000Z');
    const date = new Date(morning ?? '');
    expect([date.getHours(), date.getMinutes(), date.getDate()]).toEqual([8, 0, new Date(2026, 10, 22).getDate()]);
    expect(open).toBeUndefined();
  });

  test('offers to resume while paused', () => {
    const menu = trayMenu(facts({ status: status({ pausedUntil: '2026-11-21T11:00:00.000Z' }) }), actions());
    expect(labels(menu)).toContain('Resume');
    expect(labels(menu)).not.toContain('Pause');
  });

  test('does not offer to start what is running', () => {
    const menu = trayMenu(facts({ schedules: [{ id: 'a', name: 'Fetch feeds', isRunning: true }] }), actions());
    expect(sub(menu, 'Run now')[0]?.enabled).toBe(false);
  });
});

describe('the icon of the tray', () => {
  test.each([
    ['idle', 'darwin', true, 'idleTemplate.png'],
    ['working', 'linux', true, 'working-22-for-dark-panel.png'],
    ['paused', 'win32', false, 'paused-for-light-panel.png'],
  ] as const)('%s on %s with a dark panel %s is %s', (state, platform, isDark, file) => {
    expect(iconFile(state, platform, isDark)).toBe(file);
  });
});

hostileCase(172, 'a hostile title becomes one short line of plain text', () => {
  expect(toLabel(`line\nbreak\t${'x'.repeat(10_000)}`)).toHaveLength(60);
  expect(toLabel('a & b')).toBe('a && b');
  expect(toLabel('<b>%s</b>\u202e\u0007')).toBe('<b>%s</b>');
  return 'OK';
});
