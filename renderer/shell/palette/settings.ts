import { go } from '../../client/use-view.ts';
import { words } from '../../words/words.ts';
import type { Entry } from './entry.ts';

const { palette: say } = words;
const CONTROL = 'button, input:not(:disabled), select, textarea, a[href]';
/** How long a screen may take to be there before the way to a setting is given up, in milliseconds. */
const PATIENCE_MS = 5000;

const findSetting = (name: string): HTMLElement | undefined => {
  const names = [...document.querySelectorAll<HTMLElement>('.setting-name')];
  return names.find((each) => each.textContent === name)?.closest<HTMLElement>('.setting') ?? undefined;
};
const focusIn = (setting: HTMLElement): void => {
  setting.scrollIntoView({ block: 'center' });
  setting.querySelector<HTMLElement>(CONTROL)?.focus();
};

/** Goes to a setting and puts the focus on its control, as soon as it is drawn. */
const showSetting = (section: string, name: string): void => {
  go(['settings', section]);
  const look = (): boolean => {
    const setting = findSetting(name);
    if (setting) requestAnimationFrame(() => focusIn(setting));
    return setting !== undefined;
  };
  if (look()) return;
  const watcher = new MutationObserver(() => {
    if (look()) watcher.disconnect();
  });
  watcher.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watcher.disconnect(), PATIENCE_MS);
};

/** Every setting by its name. `hasTray`: the host has a desktop, and with it a section about window and tray. */
export const settingEntries = (hasTray: boolean): Entry[] =>
  Object.entries(say.settings).flatMap(([section, { title, names }]) =>
    section === 'window' && !hasTray
      ? []
      : names.map((name) => ({
          id: `setting ${name}`,
          kind: 'setting',
          words: name,
          more: title,
          isDeep: true,
          run: () => showSetting(section, name),
        })),
  );
