import type { Alert } from '../../preload/contract/status.ts';
import { type Clock, toInstant } from './clock.ts';
import type { EventBus } from './events.ts';
import type { Log } from './log.ts';

/** An alert as it is kept: one that was put away stays known, so that it is not raised again before its cause has gone. */
type Kept = Alert & { isDismissed?: true };

/** Something began to fail: raised once, durable, taken back when it works again. The words are for people. */
export type Alerts = {
  /** A second call with the same id changes nothing. */
  raise: (alert: Omit<Alert, 'at'>) => void;
  /** It works again. */
  clear: (id: string) => void;
  /** The owner has seen it. False when there is none. */
  dismiss: (id: string) => Promise<boolean>;
  /** Those to be shown, newest last. */
  list: () => Alert[];
  /** All that are raised, also those that were put away. */
  ids: () => string[];
};

type Deps = {
  notes: { get: (key: string) => unknown; put: (key: string, value: unknown) => Promise<void> };
  events: Pick<EventBus, 'emit'>;
  clock: Clock;
  log: Log;
};

const NOTE = 'alerts';
const MAX_ALERTS = 200;

/** The alerts of a data folder, over its notes. */
export const createAlerts = ({ notes, events, clock, log }: Deps): Alerts => {
  const stored = notes.get(NOTE);
  let kept: Kept[] = Array.isArray(stored) ? (stored as Kept[]) : [];
  const write = (next: Kept[]): Promise<void> => {
    kept = next.slice(-MAX_ALERTS);
    events.emit('status.changed', {});
    return notes.put(NOTE, kept);
  };
  const writeSoon = (next: Kept[]): void => {
    write(next).catch((error: unknown) => log.warn('An alert could not be written down', { error }));
  };
  return {
    raise: (alert) => {
      if (kept.some(({ id }) => id === alert.id)) return;
      writeSoon([...kept, { ...alert, at: toInstant(clock.now()) }]);
    },
    clear: (id) => {
      if (kept.some((alert) => alert.id === id)) writeSoon(kept.filter((alert) => alert.id !== id));
    },
    dismiss: async (id) => {
      if (!kept.some((alert) => alert.id === id && !alert.isDismissed)) return false;
      await write(kept.map((alert) => (alert.id === id ? { ...alert, isDismissed: true } : alert)));
      return true;
    },
    list: () => kept.flatMap(({ isDismissed, ...alert }) => (isDismissed ? [] : [alert])),
    ids: () => kept.map(({ id }) => id),
  };
};
