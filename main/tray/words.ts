import type { AppStatus } from '../../preload/contract/status.ts';

const MINUTE = 60_000;
/** Longest label in characters; longer ones are cut, because some panels show a menu as wide as its widest line. */
const LABEL = 60;
/** Windows keeps 127 characters of a tooltip (NOTIFYICONDATAW). */
const TOOL_TIP = 127;

/** Control characters, line ends of any kind, and marks that turn the direction of writing. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  // A character of two halves is not cut in its middle.
  return `${text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
};

/** Any text on one line, without what cannot be seen. */
export const toLine = (text: string): string => text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();

/** Text from a feed as a menu label: one line, cut, and `&` kept from becoming a mnemonic. */
export const toLabel = (text: string): string => cut(toLine(text), LABEL).replaceAll('&', '&&');

/** A tooltip: one line, cut. Some Linux panels read it as markup, so that what would be markup is written otherwise. */
export const toToolTip = (text: string): string =>
  cut(toLine(text).replaceAll('&', '+').replaceAll('<', '‹').replaceAll('>', '›'), TOOL_TIP);

/** *08:00* on this computer. */
export const clockTime = (instant: string): string =>
  new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** A time of the next hours by the clock, a later one with its day. */
const soonOrDay = (instant: string, now: string): string => {
  const isSoon = Date.parse(instant) - Date.parse(now) < 20 * 60 * MINUTE;
  const day = new Date(instant).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
  return isSoon ? clockTime(instant) : `${day}, ${clockTime(instant)}`;
};

const untilNext = (dueAt: string, now: string): string => {
  const minutes = Math.round((Date.parse(dueAt) - Date.parse(now)) / MINUTE);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `in ${minutes} min`;
  return minutes < 24 * 60 ? `at ${clockTime(dueAt)}` : `in ${Math.round(minutes / 1440)} d`;
};

/** What Tidings does now, or does next. */
export const activity = (status: AppStatus): string => {
  const [run, ...others] = status.running;
  if (run) {
    const progress = run.status === 'running' && run.progress?.total ? `, ${run.progress.done} of ${run.progress.total}` : '';
    return `${run.name}${progress}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  }
  if (!status.schedulerRunning) return 'Stopped';
  if (status.pausedUntil)
    return status.pausedUntil.startsWith('9999') ? 'Paused' : `Paused until ${soonOrDay(status.pausedUntil, status.now)}`;
  if (status.offlineSince) return `No connection since ${soonOrDay(status.offlineSince, status.now)}`;
  return status.next ? `Next: ${status.next.name} ${untilNext(status.next.dueAt, status.now)}` : 'Nothing is scheduled';
};

const runs = (count: number): string => (count === 1 ? '1 run waits' : `${count} runs wait`);

/** Why runs whose time has come do not start: *Nothing is lost: 2 runs wait*, *1 run waits (on battery), until 18:00 at most*. */
export const waitingLine = ({ waiting = [], offlineSince, now }: AppStatus): string | undefined => {
  const forPower = waiting.filter(({ why }) => why === 'power');
  const offline = waiting.length - forPower.length;
  if (offline > 0) return `Nothing is lost: ${runs(offline)}`;
  const last = forPower
    .map(({ latestAt }) => latestAt ?? '')
    .sort()
    .at(-1);
  if (forPower[0] && last) return `${runs(forPower.length)} (${forPower[0].reason}), until ${soonOrDay(last, now)} at most`;
  return offlineSince ? 'Nothing is lost: what comes due will wait' : undefined;
};

/** The unread number as everywhere in the tray. */
export const unreadWords = (unread: number): string => `${unread.toLocaleString('en-GB')} unread`;

/** The line that says what the application does: *Next: Fetch feeds in 12 min - 34 unread*. */
export const statusLine = (status: AppStatus): string => `${activity(status)} - ${unreadWords(status.unread)}`;
