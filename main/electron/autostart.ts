import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { app } from 'electron';

/** Start at login. The truth is read back from the system each time, never from our settings. */
export type Autostart = { get: () => Promise<boolean>; set: (on: boolean) => Promise<void> };

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

const xdg = (name: string, args: readonly string[]): Autostart => ({
  get: async () => {
    const text = await readFile(xdgFile(name), 'utf8').catch(() => '');
    return /^Exec=/m.test(text) && !/^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m.test(text);
  },
  set: async (on) => {
    if (!on) return rm(xdgFile(name), { force: true });
    await mkdir(join(xdgFile(name), '..'), { recursive: true });
    await writeFile(xdgFile(name), desktopEntry(command(args)), { mode: 0o644 });
  },
});

/** `name` tells the entries of several data folders apart on Windows; macOS has one entry, without arguments. */
const loginItem = (name: string, plain: readonly string[]): Autostart => {
  // Windows keeps one string: a path with spaces stays one argument by its quotes.
  const args = plain.map((argument) => (argument.startsWith('--') ? argument : `"${argument}"`));
  const own = process.platform === 'win32' && name !== 'tidings' ? { name } : {};
  return {
    get: async () => app.getLoginItemSettings({ args }).openAtLogin,
    set: async (on) => app.setLoginItemSettings({ openAtLogin: on, args, ...own }),
  };
};

/** XDG file on Linux, login item on macOS and Windows. `ownDir`: a data folder other than the usual one, which has an entry of its own. */
export const createAutostart = (ownDir?: string): Autostart => {
  const args = ['--hidden', ...(ownDir ? ['--data', ownDir] : [])];
  const name = ownDir ? `tidings-${createHash('sha256').update(ownDir).digest('hex').slice(0, 8)}` : 'tidings';
  return process.platform === 'linux' ? xdg(name, args) : loginItem(name, args);
};
