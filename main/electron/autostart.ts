import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { app } from 'electron';

/** Start at login. The truth is read back from the system each time, never from our settings. */
export type Autostart = {
  get: () => Promise<boolean>;
  set: (on: boolean) => Promise<void>;
  /** Where login starts a program that has since been moved (an AppImage under a new name), it starts this one from now on. */
  renew: () => Promise<void>;
};

/** What login starts: the AppImage itself where there is one, because its inner path changes at each start. */
const command = (args: readonly string[]): string[] => {
  const program = process.env.APPIMAGE || process.execPath;
  return app.isPackaged ? [program, ...args] : [program, app.getAppPath(), ...args];
};

/** One argument of an Exec line: quoted, then escaped as a string value (Desktop Entry Specification, "The Exec key"). */
export const quoteForExec = (argument: string): string =>
  `"${argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('%', '%%')}"`;

/** The XDG autostart file. It holds no text of the owner's and nothing from the page. */
export const desktopEntry = (argv: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Tidings',
    'Comment=A news desk in your tray',
    `Exec=${argv.map(quoteForExec).join(' ')}`,
    'Icon=tidings',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/** The file of one data folder in the autostart folder of the XDG specification. */
const xdgFile = (name: string): string => {
  const config = process.env.XDG_CONFIG_HOME;
  return join(config && isAbsolute(config) ? config : join(homedir(), '.config'), 'autostart', `${name}.desktop`);
};

/** On, unless the desktop's own settings have switched it off in the file. */
const isOn = (entry: string): boolean => /^Exec=/m.test(entry) && !/^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m.test(entry);

const xdg = (name: string, args: readonly string[]): Autostart => {
  const read = (): Promise<string> => readFile(xdgFile(name), 'utf8').catch(() => '');
  const write = async (): Promise<void> => {
    await mkdir(join(xdgFile(name), '..'), { recursive: true });
    await writeFile(xdgFile(name), desktopEntry(command(args)), { mode: 0o644 });
  };
  return {
    get: async () => isOn(await read()),
    set: (on) => (on ? write() : rm(xdgFile(name), { force: true })),
    renew: async () => {
      const entry = await read();
      const exec = desktopEntry(command(args)).match(/^Exec=.*$/m)?.[0] ?? '';
      if (app.isPackaged && isOn(entry) && !entry.split('\n').includes(exec)) await write();
    },
  };
};

/** One argument on a command line of Windows: in quotes, where a backslash before the closing quote would take it along. */
const quoteForWindows = (argument: string): string =>
  argument.startsWith('--') ? argument : `"${argument.replace(/\\+$/, '$&$&')}"`;

/** `name` tells the entries of several data folders apart on Windows; macOS has one entry, without arguments. */
const loginItem = (name: string, plain: readonly string[]): Autostart => {
  const args = plain.map(quoteForWindows);
  const own = process.platform === 'win32' && name !== 'tidings' ? { name } : {};
  const isOurs = (item: { args: string[] }): boolean => item.args.join(' ') === args.join(' ');
  return {
    get: async () => {
      const { openAtLogin, launchItems = [], status } = app.getLoginItemSettings({ args });
      // The Task Manager of Windows and the settings of macOS can switch it off and leave it in its place.
      return openAtLogin && status !== 'requires-approval' && !launchItems.some((item) => isOurs(item) && !item.enabled);
    },
    set: async (on) => app.setLoginItemSettings({ openAtLogin: on, ...(on ? { enabled: true } : {}), args, ...own }),
    renew: async () => {},
  };
};

/** XDG file on Linux, login item on macOS and Windows. `ownDir`: a data folder other than the usual one, which has an entry of its own. */
export const createAutostart = (ownDir?: string): Autostart => {
  const args = ['--hidden', ...(ownDir ? ['--data', ownDir] : [])];
  const name = ownDir ? `tidings-${createHash('sha256').update(ownDir).digest('hex').slice(0, 8)}` : 'tidings';
  return process.platform === 'linux' ? xdg(name, args) : loginItem(name, args);
};
