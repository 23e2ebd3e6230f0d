import type { AppStatus } from '../../preload/contract/status.ts';
import { callsOf } from './attention.ts';
import { activity, statusLine, toLabel, toToolTip, unreadWords, waitingLine } from './words.ts';

/** What a click does. The host opens and quits; everything else is the core's. */
export type TrayAction =
  | { do: 'open'; view?: string }
  | { do: 'quit' }
  | { do: 'run'; scheduleId: string }
  | { do: 'pause'; until: PauseEnd }
  | { do: 'resume' }
  | { do: 'mark-all-read' }
  | { do: 'start-at-login'; on: boolean };
/** Reckoned when it is clicked, not when the menu was made. */
export type PauseEnd = 'half-hour' | 'hour' | 'morning' | 'resumed';

/** One line of the menu as plain data; a line without an action and without lines below it cannot be clicked. */
export type TrayItem =
  | { kind: 'separator' }
  | { kind: 'text'; label: string }
  | { kind: 'action'; label: string; action: TrayAction; isOff?: boolean; isChecked?: boolean }
  | { kind: 'menu'; label: string; items: TrayItem[] };

/** All the tray shows. */
export type TrayView = {
  state: AppStatus['state'];
  /** The unread number where the platform shows one; 0 shows none. */
  count: number;
  toolTip: string;
  menu: TrayItem[];
};

/** What the menu shows, asked from the core. */
export type TrayFacts = {
  status: AppStatus;
  schedules: { id: string; name: string; isRunning: boolean }[];
  recent: { id: string; title: string; sourceTitle: string }[];
  startAtLogin: boolean;
  /** False: the owner wants no number in the tray. */
  isCounted: boolean;
  /** Tells two tray icons apart: the profile, or the folder. */
  profile?: string | undefined;
};

const SEPARATOR: TrayItem = { kind: 'separator' };
const action = (label: string, what: TrayAction, isOff = false): TrayItem => ({
  kind: 'action',
  label: toLabel(label),
  action: what,
  ...(isOff ? { isOff } : {}),
});

const PAUSES: readonly [string, PauseEnd][] = [
  ['30 minutes', 'half-hour'],
  ['1 hour', 'hour'],
  ['Until tomorrow 08:00', 'morning'],
  ['Until I resume', 'resumed'],
];

const pauseItems = ({ pausedUntil }: AppStatus): TrayItem =>
  pausedUntil
    ? action('Resume', { do: 'resume' })
    : { kind: 'menu', label: 'Pause', items: PAUSES.map(([label, until]) => action(label, { do: 'pause', until })) };

/** What is worth a line of its own: what needs the owner, what waits and why, what ran last. Each opens where it is dealt with. */
const explained = (status: AppStatus): TrayItem[] => {
  const waits = waitingLine(status);
  const { last } = status;
  return [
    ...callsOf(status).map(({ text, view }) => action(text, { do: 'open', view })),
    ...(waits ? [action(waits, { do: 'open', view: '#/schedules' })] : []),
    ...(last
      ? [action(`Last: ${last.name}${last.words ? `, ${last.words}` : ''}`, { do: 'open', view: `#/history/run/${last.runId}` })]
      : []),
  ];
};

/** A menu of what there is to choose; a line that cannot be clicked where there is nothing. */
const choice = (label: string, items: TrayItem[]): TrayItem =>
  items.length > 0 ? { kind: 'menu', label, items } : { kind: 'text', label };

/** The whole menu. Every action is in it, because clicks on the icon do not reach an application on all Linux desktops. */
export const trayMenu = ({ status, schedules, recent, startAtLogin }: TrayFacts): TrayItem[] => [
  { kind: 'text', label: toLabel(statusLine(status)) },
  ...explained(status),
  SEPARATOR,
  action('Open Tidings', { do: 'open' }),
  choice(
    'Run now',
    schedules.map(({ id, name, isRunning }) => action(name, { do: 'run', scheduleId: id }, isRunning)),
  ),
  pauseItems(status),
  choice(
    'Recent',
    recent.map(({ id, title, sourceTitle }) => action(title || sourceTitle, { do: 'open', view: `#/posts/all?post=${id}` })),
  ),
  action('Mark all as read', { do: 'mark-all-read' }, status.unread === 0),
  SEPARATOR,
  action('Settings…', { do: 'open', view: '#/settings' }),
  { kind: 'action', label: 'Start at login', action: { do: 'start-at-login', on: !startAtLogin }, isChecked: startAtLogin },
  SEPARATOR,
  action('Quit', { do: 'quit' }),
];

/** The tooltip: what is done, why not, what needs the owner, how much is unread. */
const toolTip = ({ status, profile }: TrayFacts): string => {
  const [call] = callsOf(status);
  const said = [activity(status), waitingLine(status), call?.text].filter(Boolean).join('. ');
  return toToolTip(`Tidings${profile ? ` (${profile})` : ''}: ${said} - ${unreadWords(status.unread)}`);
};

/** What the tray shows of these facts. */
export const trayView = (facts: TrayFacts): TrayView => ({
  state: facts.status.state,
  count: facts.isCounted ? facts.status.unread : 0,
  toolTip: toolTip(facts),
  menu: trayMenu(facts),
});
