import type { Handlers } from '../../preload/contract/contract.ts';
import { AppError } from '../../preload/contract/errors.ts';
import type { MailAccount } from '../../preload/contract/mail.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { toAddress } from '../digest/addresses.ts';
import { keepPace } from './pace.ts';
import type { Desktop, Services } from './services.ts';
import { readSettings, settingsText } from './settings-file.ts';

type SettingsHandlers = Pick<
  Handlers,
  | 'settings.get'
  | 'settings.update'
  | 'settings.export'
  | 'settings.import'
  | 'desktop.get'
  | 'desktop.setStartAtLogin'
  | 'desktop.revealData'
>;

/** Stores a change of settings and announces it; who has to act on it listens. */
export const changeSettings = async ({ store, events }: Services, patch: Partial<Settings>): Promise<Settings> => {
  const settings = await store.settings.update(patch);
  events.emit('settings.changed', { settings });
  events.emit('status.changed', {});
  return settings;
};

/** Addresses carry no credentials: they would be written into a file and shown. */
const checkPatch = ({ hackerNewsApi, notifications }: Partial<Settings>): void => {
  const addresses = {
    'patch.hackerNewsApi': hackerNewsApi,
    'patch.notifications.webhook.url': notifications?.webhook?.url,
    'patch.notifications.telegram.api': notifications?.telegram?.api,
  };
  for (const [field, address] of Object.entries(addresses)) {
    const url = address === undefined ? undefined : URL.parse(address);
    if (url?.username || url?.password)
      throw new AppError('IPC_INVALID', 'An address with a user name or a password is not kept.', { field });
  }
};

/** The addresses of a mail account, checked and written in one way. Throws MAIL_INPUT with the field. */
const checkMail = (mail: MailAccount): MailAccount => ({
  ...mail,
  from: toAddress(mail.from, 'patch.mail.from'),
  ...(mail.unsubscribe ? { unsubscribe: toAddress(mail.unsubscribe, 'patch.mail.unsubscribe') } : {}),
});

const desktopOf = ({ desktop }: Services): Desktop => {
  if (!desktop) throw new AppError('CONFLICT', 'This is only possible in the desktop application.');
  return desktop;
};

/** What the screen can ask about settings and the desktop. */
export const createSettingsHandlers = (services: Services): SettingsHandlers => {
  const readDesktop = async (): Promise<{ startAtLogin: boolean }> => ({
    startAtLogin: services.desktop ? await services.desktop.getStartAtLogin() : false,
  });
  const update = async (patch: Partial<Settings>): Promise<Settings> => {
    checkPatch(patch);
    const settings = await changeSettings(services, patch.mail ? { ...patch, mail: checkMail(patch.mail) } : patch);
    if (patch.fetchIntervalMinutes !== undefined || patch.adaptiveIntervals !== undefined) {
      await keepPace(services);
      // Every feed's next time is another one now.
      services.events.emit('sources.changed', { ids: services.store.sources.all().map(({ id }) => id) });
    }
    return settings;
  };
  return {
    'settings.get': () => services.store.settings.get(),
    'settings.export': () => ({ fileName: 'tidings-settings.json', text: settingsText(services.store.settings.get()) }),
    'settings.import': async ({ text }) => {
      const { patch, leftOut } = readSettings(text);
      const before = services.store.settings.get();
      await update(patch);
      const changed = Object.keys(patch).filter((key) => before[key as keyof Settings] !== patch[key as keyof typeof patch]);
      return { changed, leftOut };
    },
    'settings.update': ({ patch }) => update(patch),
    'desktop.get': readDesktop,
    'desktop.setStartAtLogin': async ({ on }) => {
      await desktopOf(services).setStartAtLogin(on);
      // The tray and the settings both show it.
      services.events.emit('status.changed', {});
      return readDesktop();
    },
    'desktop.revealData': async () => {
      await desktopOf(services).reveal(services.store.dir);
      return { shown: true };
    },
  };
};
