import type { Handlers } from '../../preload/contract/contract.ts';
import { type PauseEnd, type TrayAction, type TrayFacts, type TrayView, trayView } from './menu.ts';

/** Posts under *Recent*. */
const RECENT = 5;
const MINUTE_MS = 60_000;

/** The tray of one core: what it shows, and what its actions do. */
export type TrayDesk = {
  read: () => Promise<TrayView>;
  /** Does what is the core's to do; `open` and `quit` are the host's. */
  perform: (action: Exclude<TrayAction, { do: 'open' | 'quit' }>) => Promise<unknown>;
};

const readFacts = async (handlers: Handlers): Promise<TrayFacts> => {
  const [status, schedules, recent, login, settings] = await Promise.all([
    handlers['app.status']({}),
    handlers['schedules.list']({}),
    handlers['posts.list']({ view: 'all', limit: RECENT }),
    handlers['desktop.get']({}),
    handlers['settings.get']({}),
  ]);
  const running = new Set(status.running.map((run) => run.scheduleId));
  return {
    status,
    schedules: schedules.map(({ schedule }) => ({ id: schedule.id, name: schedule.name, isRunning: running.has(schedule.id) })),
    recent: recent.rows.map(({ id, title, sourceTitle }) => ({ id, title, sourceTitle })),
    startAtLogin: login.startAtLogin,
    isCounted: settings.trayCount,
  };
};

/** The instant a pause ends; undefined for one without an end. Tomorrow at 08:00 is by this computer's own clock. */
export const pauseEnd = (until: PauseEnd, now: number): string | undefined => {
  if (until === 'resumed') return undefined;
  if (until !== 'morning') return new Date(now + (until === 'hour' ? 60 : 30) * MINUTE_MS).toISOString();
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.toISOString();
};

/** The tray over the core's own questions. `profile` tells two icons apart. */
export const createTrayDesk = (handlers: Handlers, profile?: string): TrayDesk => ({
  read: async () => trayView({ ...(await readFacts(handlers)), profile }),
  perform: async (action) => {
    switch (action.do) {
      case 'run':
        return handlers['runs.start']({ scheduleId: action.scheduleId });
      case 'pause': {
        const until = pauseEnd(action.until, Date.parse((await handlers['app.status']({})).now));
        return handlers['schedules.pauseAll'](until ? { until } : {});
      }
      case 'resume':
        return handlers['schedules.resumeAll']({});
      case 'mark-all-read':
        return handlers['posts.markAllRead']({ query: { view: 'unread', limit: 1 } });
      case 'start-at-login':
        return handlers['desktop.setStartAtLogin']({ on: action.on });
    }
  },
});
