import type { Announcement, EventName, Events } from '../../preload/contract/contract.ts';
import type { Log } from './log.ts';

/** Where the core announces what changed and the hosts listen. */
export type EventBus = {
  emit: <Name extends EventName>(name: Name, data: Events[Name]) => void;
  /** Returns how to stop listening. */
  onEvent: (listener: (announcement: Announcement) => void) => () => void;
};

/** A bus. A listener that throws is logged and does not keep the others from hearing. */
export const createEventBus = (log: Log): EventBus => {
  const listeners = new Set<(announcement: Announcement) => void>();
  return {
    emit: (name, data) => {
      const announcement = { name, data } as Announcement;
      for (const listener of [...listeners]) {
        try {
          listener(announcement);
        } catch (error) {
          log.error('Event listener failed', { event: name, error });
        }
      }
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
