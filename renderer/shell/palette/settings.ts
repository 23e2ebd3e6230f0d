import { go } from '../../client/use-view.ts';
import type { Item, Part } from '../../settings/item.ts';
import { ITEMS } from '../../settings/items.tsx';
import { words } from '../../words/words.ts';
import type { Entry } from './entry.ts';

const CONTROL = ['button', 'input:not(:disabled)', 'select', 'textarea', 'a[href]'].join();
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

const { settings: says } = words;
/** The rows that are no setting of their own kind, by what they are called on their screen. */
const OTHERS: Record<string, string> = {
  login: says.login.name,
  folder: says.storage.folder,
  images: says.reading.images,
  rules: says.reading.rules,
  backups: says.backups.restore,
};
const nameOf = ({ id }: Item): string | undefined =>
  id in says.rows ? says.rows[id as keyof typeof says.rows].name : OTHERS[id];

/** Every setting that is there now, by its name. */
export const settingEntries = (part: Part): Entry[] =>
  ITEMS.filter((item) => item.isThere?.(part) ?? true).flatMap((item): Entry[] => {
    const name = nameOf(item);
    if (!name) return [];
    return [
      {
        id: `setting:${item.id}`,
        kind: 'setting',
        words: name,
        more: says.screen.sections[item.section],
        isDeep: true,
        run: () => showSetting(item.section, name),
      },
    ];
  });
