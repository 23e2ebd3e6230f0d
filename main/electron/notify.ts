import { Notification } from 'electron';
import type { ToldMessage } from '../../preload/contract/message.ts';
import type { Core } from '../core.ts';
import type { Log } from '../lib/log.ts';

type Deps = { isLookedAt: () => boolean; open: (view: string) => void; log: Log };

/**
 * Shows what the core tells as messages of the system while nobody looks at the window; a click opens the place it is about.
 * No message asks to break through a do-not-disturb of the system, which holds them back by itself.
 */
export const showMessages = (core: Core, deps: Deps): void => {
  // A message nobody holds is collected as garbage, and its click with it.
  const shown = new Set<Notification>();
  const show = ({ title, body, view }: ToldMessage): void => {
    if (!Notification.isSupported()) return;
    const message = new Notification({ title, body });
    shown.add(message);
    const forget = (): void => void shown.delete(message);
    message.on('click', () => {
      deps.open(view);
      forget();
    });
    message.on('close', forget);
    message.on('failed', (_event, error) => {
      deps.log.warn('Notification not shown', { error });
      forget();
    });
    message.show();
  };
  core.onEvent(({ name, data }) => {
    // Who looks at the window is told by it.
    if (name === 'messages.told' && (data.isTest || !deps.isLookedAt())) show(data);
  });
};
