import { describe, expect, test, vi } from 'vitest';
import { iconFile, toTemplate } from '../../../main/electron/tray.ts';
import { callsOf } from '../../../main/tray/attention.ts';
import { type TrayAction, type TrayFacts, type TrayItem, trayMenu, trayView } from '../../../main/tray/menu.ts';
import { createTrayDesk, pauseEnd } from '../../../main/tray/tray.ts';
import { statusLine, toLabel, toToolTip, waitingLine } from '../../../main/tray/words.ts';
import type { Handlers } from '../../../preload/contract/contract.ts';
import type { Alert, AppStatus } from '../../../preload/contract/status.ts';
import { hostileCase } from '../../helpers/hostile-case.ts';

vi.mock('electron', () => ({ app: {}, Menu: {}, nativeImage: {}, nativeTheme: {}, Tray: class {} }));

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
const next = { scheduleId: 'fetch_feeds', name: 'Fetch feeds', dueAt: '2026-11-21T10:12:00.000Z' };
const facts = (change: Partial<TrayFacts> = {}): TrayFacts => ({
  status: status({ next }),
  schedules: [{ id: 'fetch_feeds', name: 'Fetch feeds', isRunning: false }],
  recent: [{ id: 'p1', title: 'Salt & water', sourceTitle: 'Gazette' }],
  startAtLogin: true,
  isCounted: true,
  ...change,
});
const alert = (kind: Alert['kind'], subjectId = 'x'): Alert => ({
  id: `${kind}-${subjectId}`,
  at: '2026-11-21T09:00:00.000Z',
  kind,
  subjectId,
  text: 'Something failed.',
});
const waits = (change: Partial<NonNullable<AppStatus['waiting']>[number]> = {}) => ({
  scheduleId: 's',
  name: 'Full crawl',
  dueAt: '2026-11-21T09:00:00.000Z',
  why: 'power' as const,
  reason: 'on battery',
  since: '2026-11-21T09:00:00.000Z',
  latestAt: '2026-11-21T15:00:00.000Z',
  ...change,
});
const labelsOf = (items: readonly TrayItem[]): string[] => items.map((item) => ('label' in item ? item.label : '-'));
const find = (items: readonly TrayItem[], label: string): TrayItem | undefined =>
  items.find((item) => 'label' in item && item.label === label);
const actionOf = (items: readonly TrayItem[], label: string): TrayAction | undefined => {
  const item = find(items, label);
  return item?.kind === 'action' ? item.action : undefined;
};
const at = (instant: string): string =>
  new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

describe('the line that says what Tidings does', () => {
  test.each<[Partial<AppStatus>, string]>([
    [{ next }, 'Next: Fetch feeds in 12 min - 34 unread'],
    [{ unread: 1234 }, 'Nothing is scheduled - 1,234 unread'],
    [{ pausedUntil: '9999-12-31T23:59:59.999Z' }, 'Paused - 34 unread'],
    [{ pausedUntil: '2026-11-22T05:00:00.000Z' }, `Paused until ${at('2026-11-22T05:00:00.000Z')} - 34 unread`],
    [{ offlineSince: '2026-11-21T09:41:00.000Z' }, `No connection since ${at('2026-11-21T09:41:00.000Z')} - 34 unread`],
    [{ schedulerRunning: false }, 'Stopped - 34 unread'],
  ])('%j reads %s', (change, line) => {
    expect(statusLine(status(change))).toBe(line);
  });

  test('names the day of a pause that ends later than the next morning', () => {
    expect(statusLine(status({ pausedUntil: '2026-11-24T12:00:00.000Z' }))).toMatch(/^Paused until Tue,? 24 Nov, \d\d:\d\d - /);
  });

  test('tells how far a run is, and that there are others', () => {
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
    expect(statusLine(status({ running: [run, run] }))).toBe('Fetch feeds, 26 of 41 and 1 more - 34 unread');
  });
});

describe('what is between all well and broken', () => {
  test.each<[string, Partial<AppStatus>, string | undefined]>([
    ['all well', {}, undefined],
    ['offline with nothing due', { offlineSince: '2026-11-21T09:41:00.000Z' }, 'Nothing is lost: what comes due will wait'],
    ['offline with one due', { waiting: [waits({ why: 'offline' })] }, 'Nothing is lost: 1 run waits'],
    ['offline with two due', { waiting: [waits({ why: 'offline' }), waits({ why: 'offline' })] }, 'Nothing is lost: 2 runs wait'],
    ['deferred', { waiting: [waits()] }, `1 run waits (on battery), until ${at('2026-11-21T15:00:00.000Z')} at most`],
  ])('%s is explained', (_name, change, line) => {
    expect(waitingLine(status(change))).toBe(line);
  });

  test('each of them is in the menu, opens where it is dealt with, and is in the tooltip', () => {
    const offline = status({ offlineSince: '2026-11-21T09:41:00.000Z', waiting: [waits({ why: 'offline' })] });
    const view = trayView(facts({ status: offline }));
    expect(actionOf(view.menu, 'Nothing is lost: 1 run waits')).toEqual({ do: 'open', view: '#/schedules' });
    expect(view.toolTip).toBe(
      `Tidings: No connection since ${at('2026-11-21T09:41:00.000Z')}. Nothing is lost: 1 run waits - 34 unread`,
    );
  });

  test('what needs the owner is counted by kind and opens its place', () => {
    const alerts = [
      alert('source-failing', 'a'),
      alert('source-failing', 'b'),
      alert('job-failing', 'crawl'),
      alert('digest-in-doubt', 'd/1'),
    ];
    expect(callsOf(status({ alerts, storeProblem: 'The disk is full.' }))).toEqual([
      { text: 'The disk is full.', view: '#/settings' },
      { text: '2 sources need you', view: '#/sources' },
      { text: '1 schedule needs you', view: '#/history?schedule=crawl' },
      { text: '1 digest needs you', view: '#/digests/d%2F1' },
    ]);
    const view = trayView(facts({ status: status({ state: 'attention', alerts, next }) }));
    expect(actionOf(view.menu, '2 sources need you')).toEqual({ do: 'open', view: '#/sources' });
    expect(view.toolTip).toContain('2 sources need you');
  });

  test('every kind of alert has words for one and for many', () => {
    const kinds: Alert['kind'][] = [
      'source-failing',
      'job-failing',
      'job-stalled',
      'domains-failing',
      'digest-in-doubt',
      'messages-failing',
    ];
    for (const kind of kinds)
      for (const alerts of [[alert(kind)], [alert(kind, 'a'), alert(kind, 'b')]]) {
        const [call] = callsOf(status({ alerts }));
        expect(call?.text, kind).toMatch(/^[A-Z1-9].{8,}$/);
        expect(call?.view, kind).toMatch(/^#\/[a-z]/);
      }
  });
});

describe('the menu of the tray', () => {
  test('holds every action in the order of the product', () => {
    expect(labelsOf(trayMenu(facts()))).toEqual([
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

  test('says what ran last, and opens it', () => {
    const last = { runId: 'r1', name: 'Fetch feeds', words: '25 new' };
    expect(actionOf(trayMenu(facts({ status: status({ last }) })), 'Last: Fetch feeds, 25 new')).toEqual({
      do: 'open',
      view: '#/history/run/r1',
    });
  });

  test('offers to resume while paused, and nothing that is not there', () => {
    const menu = trayMenu(facts({ status: status({ pausedUntil: '2026-11-21T11:00:00.000Z' }), recent: [], schedules: [] }));
    expect(labelsOf(menu)).toContain('Resume');
    expect(labelsOf(menu)).not.toContain('Pause');
    expect([find(menu, 'Run now')?.kind, find(menu, 'Recent')?.kind]).toEqual(['text', 'text']);
  });

  test('does not offer to start what is running', () => {
    const runs = find(trayMenu(facts({ schedules: [{ id: 'a', name: 'Fetch feeds', isRunning: true }] })), 'Run now');
    expect(runs?.kind === 'menu' && runs.items).toMatchObject([{ label: 'Fetch feeds', isOff: true }]);
  });

  test('two profiles are told apart by their tooltips, and a number that is not wanted is not shown', () => {
    const view = trayView(facts({ profile: 'work', isCounted: false }));
    expect(view.toolTip).toBe('Tidings (work): Next: Fetch feeds in 12 min - 34 unread');
    expect(view.count).toBe(0);
  });

  test('becomes a menu of the system line by line, and a click hands over its action', () => {
    const done: TrayAction[] = [];
    const template = toTemplate(trayMenu(facts()), (action) => done.push(action));
    const click = (label: string): void => {
      const item = template.find((one) => one.label === label);
      item?.click?.({} as never, undefined, {} as never);
    };
    for (const label of ['Open Tidings', 'Mark all as read', 'Start at login', 'Quit']) click(label);
    expect(done).toEqual([{ do: 'open' }, { do: 'mark-all-read' }, { do: 'start-at-login', on: false }, { do: 'quit' }]);
    expect(template[0]).toEqual({ label: 'Next: Fetch feeds in 12 min - 34 unread', enabled: false });
    expect(template.find(({ label }) => label === 'Start at login')).toMatchObject({ type: 'checkbox', checked: true });
  });
});

describe('what the actions do', () => {
  const NOW = Date.parse('2026-11-21T10:00:00.000Z');

  test('a pause ends after its time, counted from the click', () => {
    expect(pauseEnd('half-hour', NOW)).toBe('2026-11-21T10:30:00.000Z');
    expect(pauseEnd('hour', NOW)).toBe('2026-11-21T11:00:00.000Z');
    const morning = new Date(pauseEnd('morning', NOW) ?? '');
    expect([morning.getHours(), morning.getMinutes(), morning.getDate()]).toEqual([8, 0, new Date(NOW).getDate() + 1]);
    expect(pauseEnd('resumed', NOW)).toBeUndefined();
  });

  test('each asks the core its one question', async () => {
    const asked: [string, unknown][] = [];
    const NAMES = ['app.status', 'runs.start', 'schedules.pauseAll', 'schedules.resumeAll', 'posts.markAllRead'] as const;
    const answer = (name: string) => async (params: unknown) => {
      asked.push([name, params]);
      return status();
    };
    const handlers = Object.fromEntries([...NAMES, 'desktop.setStartAtLogin'].map((name) => [name, answer(name)]));
    const desk = createTrayDesk(handlers as unknown as Handlers);
    await desk.perform({ do: 'run', scheduleId: 's' });
    await desk.perform({ do: 'pause', until: 'hour' });
    await desk.perform({ do: 'pause', until: 'resumed' });
    await desk.perform({ do: 'resume' });
    await desk.perform({ do: 'mark-all-read' });
    await desk.perform({ do: 'start-at-login', on: true });
    expect(asked.filter(([name]) => name !== 'app.status')).toEqual([
      ['runs.start', { scheduleId: 's' }],
      ['schedules.pauseAll', { until: '2026-11-21T11:00:00.000Z' }],
      ['schedules.pauseAll', {}],
      ['schedules.resumeAll', {}],
      ['posts.markAllRead', { query: { view: 'unread', limit: 1 } }],
      ['desktop.setStartAtLogin', { on: true }],
    ]);
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
  expect(toLabel(`${'x'.repeat(58)}\u{1f600}tail`)).not.toMatch(/[\ud800-\udbff]…/);
  const toolTip = toToolTip(`<img src=x>\r\n\u2028&amp;\u200f ${'y'.repeat(500)}`);
  expect(toolTip).toHaveLength(127);
  expect(toolTip).toMatch(/^‹img src=x› \+amp; y/);
  return 'OK';
});
