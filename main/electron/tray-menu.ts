import type { MenuItemConstructorOptions } from 'electron';
import type { AppStatus } from '../../preload/contract/status.ts';

/** What the menu shows, asked from the core. */
export type TrayFacts = {
  status: AppStatus;
  schedules: { id: string; name: string; isRunning: boolean }[];
  recent: { id: string; title: string; sourceTitle: string }[];
  startAtLogin: boolean;
};

/** What the menu can do. */
export type TrayActions = {
  open: (view?: string) => void;
  runNow: (scheduleId: string) => void;
  /** Without an instant: until resumed. */
  pause: (until?: string) => void;
  resume: () => void;
  markAllRead: () => void;
  setStartAtLogin: (on: boolean) => void;
  quit: () => void;
};

const MINUTE = 60_000;
/** Longest label in characters; longer ones are cut, because some panels show a menu as wide as its widest line. */
const LABEL = 60;

/** Text from a feed as a menu label: one line, cut, and `&` kept from becoming a mnemonic. */
export const toLabel = (text: string): string => {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  const cut = line.length > LABEL ? `${line.slice(0, LABEL - 1).trimEnd()}…` : line;
  return cut.replaceAll('&', '&&');
};

const clockTime = (instant: string): string =>
  new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const untilNext = (dueAt: string, now: string): string => {
  const minutes = Math.round((Date.parse(dueAt) - Date.parse(now)) / MINUTE);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `in ${minutes} min`;
  return minutes < 24 * 60 ? `at ${clockTime(dueAt)}` : `in ${Math.round(minutes / 1440)} d`;
};

const activity = (status: AppStatus): string => {
  const [run] = status.running;
  if (run) {
    const progress = run.status === 'running' && run.progress?.total ? `, ${run.progress.done} of ${run.progress.total}` : '';
    return `${run.name}${progress}`;
  }
  if (!status.schedulerRunning) return 'Stopped';
  if (status.pausedUntil)
    return status.pausedUntil.startsWith('9999') ? 'Paused' : `Paused until ${clockTime(status.pausedUntil)}`;
  if (status.offlineSince) return `No connection since ${clockTime(status.offlineSince)}`;
  return status.next ? `Next: ${status.next.name} ${untilNext(status.next.dueAt, status.now)}` : 'Nothing is scheduled';
};

/** The line that says what the application does: *Next: Fetch feeds in 12 min - 34 unread*. */
export const statusLine = (status: AppStatus): string => `${activity(status)} - ${status.unread.toLocaleString('en-GB')} unread`;

/** Tomorrow at 08:00 local time. */
const tomorrowMorning = (now: string): string => {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.toISOString();
};

const pauseItems = ({ status }: TrayFacts, actions: TrayActions): MenuItemConstructorOptions => {
  if (status.pausedUntil) return { label: 'Resume', click: () => actions.resume() };
  const after = (minutes: number): string => new Date(Date.parse(status.now) + minutes * MINUTE).toISOString();
  return {
    label: 'Pause',
    submenu: [
      { label: '30 minutes', click: () => actions.pause(after(30)) },
      { label: '1 hour', click: () => actions.pause(after(60)) },
      { label: 'Until tomorrow 08:00', click: () => actions.pause(tomorrowMorning(status.now)) },
      { label: 'Until I resume', click: () => actions.pause() },
    ],
  };
};

/** The whole menu. Every action is in it, because clicks on the icon do not reach an application on all Linux desktops. */
export const trayMenu = (facts: TrayFacts, actions: TrayActions): MenuItemConstructorOptions[] => [
  { label: toLabel(statusLine(facts.status)), enabled: false },
  { type: 'separator' },
  { label: 'Open Tidings', click: () => actions.open() },
  {
    label: 'Run now',
    enabled: facts.schedules.length > 0,
    submenu: facts.schedules.map(({ id, name, isRunning }) => ({
      label: toLabel(name),
      enabled: !isRunning,
      click: () => actions.runNow(id),
    })),
  },
  pauseItems(facts, actions),
  {
    label: 'Recent',
    enabled: facts.recent.length > 0,
    submenu: facts.recent.map(({ id, title, sourceTitle }) => ({
      label: toLabel(title || sourceTitle),
      click: () => actions.open(`#/posts/all?post=${id}`),
    })),
  },
  { label: 'Mark all as read', enabled: facts.status.unread > 0, click: () => actions.markAllRead() },
  { type: 'separator' },
  { label: 'Settings…', click: () => actions.open('#/settings') },
  {
    label: 'Start at login',
    type: 'checkbox',
    checked: facts.startAtLogin,
    click: (item) => actions.setStartAtLogin(item.checked),
  },
  { type: 'separator' },
  { label: 'Quit', click: () => actions.quit() },
];
