import { Notification } from 'electron';
import type { Core } from '../core.ts';
import type { Log } from '../lib/log.ts';

/** What rules tell at the end of one run comes within this time, milliseconds. */
const SETTLE_MS = 250;

type Told = { ruleId: string; name: string; total: number };

const posts = (count: number): string => `${count.toLocaleString('en')} new ${count === 1 ? 'post' : 'posts'}`;

/** One message for all that was told: what it is about, and the rest. */
export const summary = (told: readonly Told[]): { title: string; body: string } => {
  const [first] = told;
  if (told.length === 1 && first)
    return { title: first.name, body: `${posts(first.total)} ${first.total === 1 ? 'matches' : 'match'}` };
  const total = told.reduce((sum, each) => sum + each.total, 0);
  return {
    title: `${posts(total)} for ${told.length} rules`,
    body: told.map(({ name, total: some }) => `${name}: ${some}`).join(', '),
  };
};

/** Shows what rules tell as a message of the system, one a run, while nobody looks at the window; a click opens the posts. */
export const notifyOfRules = (core: Core, deps: { isLookedAt: () => boolean; open: (view: string) => void; log: Log }): void => {
  let told: Told[] = [];
  // A message nobody holds is collected as garbage, and its click with it.
  const shown = new Set<Notification>();
  const show = (): void => {
    const all = told;
    told = [];
    if (!Notification.isSupported()) return;
    const message = new Notification(summary(all));
    shown.add(message);
    const forget = (): void => void shown.delete(message);
    message.on('click', () => {
      deps.open(`#/posts/rule/${all[0]?.ruleId ?? ''}`);
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
    if (name !== 'rules.noticed' || deps.isLookedAt()) return;
    if (told.length === 0) setTimeout(show, SETTLE_MS).unref();
    told.push(data);
  });
};
