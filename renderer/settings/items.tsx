import { DEFAULT_SETTINGS } from '../../preload/contract/default-settings.ts';
import { KeyTable } from '../ui/key-table.tsx';
import { words } from '../words/words.ts';
import { About } from './about.tsx';
import { AddressSetting } from './address-setting.tsx';
import { BackupsSection } from './backups-section.tsx';
import { type Item, rowWords } from './item.ts';
import { KeepPosts } from './keeping-settings.tsx';
import { LoginSetting } from './login-setting.tsx';
import { MailSection } from './mail-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { READING_ITEMS } from './reading-items.tsx';
import { defaultOf, numberItem, ownItem, switchItem } from './rows.tsx';
import { SettingsFileRow } from './settings-file-row.tsx';
import { StorageSection } from './storage-section.tsx';
import { UndoSection } from './undo-section.tsx';
import { UpdateRow } from './update-row.tsx';

const { values, login, mail, storage, undo, backups, settingsFile, update, about, screen, unreadNow } = words.settings;
const allWords = (texts: Record<string, unknown>): string =>
  Object.values(texts)
    .filter((text) => typeof text === 'string')
    .join(' ');

/** The tray and the login are the desktop's; a host without one has no such rows. */
const WINDOW_ITEMS: readonly Item[] = [
  {
    id: 'login',
    section: 'window',
    text: allWords(login),
    isThere: ({ status }) => status?.host === 'desktop' && status.can.startAtLogin === true,
    body: () => <LoginSetting />,
  },
  {
    ...switchItem('trayCount', 'window', ({ status }) => unreadNow(status?.unread ?? 0)),
    isThere: ({ status }) => status?.host === 'desktop',
  },
];

const FETCHING_ITEMS: readonly Item[] = [
  switchItem('schedulerEnabled', 'fetching'),
  numberItem('fetchIntervalMinutes', 'fetching', { least: 5, most: 10_080, unit: values.minutes }),
  switchItem('adaptiveIntervals', 'fetching'),
  numberItem('timeoutSeconds', 'fetching', { least: 1, most: 300, unit: values.seconds }),
  numberItem('lanes', 'fetching', { least: 1, most: 64, unit: values.requests }),
  ownItem('hackerNewsApi', 'fetching', (part) => (
    <AddressSetting
      {...rowWords('hackerNewsApi')}
      value={part.settings.hackerNewsApi}
      error={part.errors.hackerNewsApi}
      byDefault={defaultOf('hackerNewsApi', new URL(DEFAULT_SETTINGS.hackerNewsApi).host, part)}
      onChange={(hackerNewsApi) => part.change({ hackerNewsApi })}
    />
  )),
];

const POWER_ITEMS: readonly Item[] = [
  switchItem('deferHeavy', 'power'),
  numberItem('deferHeavyHours', 'power', { least: 1, most: 24, unit: values.hours }),
  switchItem('isMetered', 'power'),
];

const KEPT_ITEMS: readonly Item[] = [
  ownItem('keepPostsDays', 'storage', (part) => <KeepPosts {...part} />),
  numberItem('keepRunsDays', 'storage', { least: 1, most: 3650, unit: values.days }),
  { id: 'folder', section: 'storage', text: allWords(storage), body: ({ status }) => <StorageSection status={status} /> },
];

/** Every row of the settings in the order they are shown. */
export const ITEMS: readonly Item[] = [
  ...WINDOW_ITEMS,
  ...READING_ITEMS,
  ...FETCHING_ITEMS,
  ...POWER_ITEMS,
  { id: 'mail', section: 'mail', text: allWords(mail), body: (part) => <MailSection {...part} /> },
  {
    id: 'notifications',
    section: 'notifications',
    text: allWords(words.notifications),
    body: (part) => <NotificationsSection {...part} />,
  },
  ...KEPT_ITEMS,
  { id: 'undo', section: 'undo', text: allWords(undo), body: () => <UndoSection /> },
  { id: 'backups', section: 'backups', text: allWords(backups), body: () => <BackupsSection /> },
  { id: 'keyboard', section: 'keyboard', text: screen.sections.keyboard, body: () => <KeyTable /> },
  { id: 'settings-file', section: 'backups', text: allWords(settingsFile), body: () => <SettingsFileRow /> },
  switchItem('updateCheck', 'about'),
  { id: 'update', section: 'about', text: allWords(update), body: () => <UpdateRow /> },
  { id: 'about', section: 'about', text: allWords(about), body: (part) => <About {...part} /> },
];
