import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { app } from 'electron';

/** Start at login. The truth is read back from the system each time, never from our settings. */
export type Autostart = { get: () => Promise<boolean>; set: (on: boolean) => Promise<void> };

/** What login starts: the AppImage itself where there is one, because its inner path changes at each start. */
const command = (): string[] => {
  const program = process.env.APPIMAGE || process.execPath;
  return app.isPackaged ? [program, '--hidden'] : [program, app.getAppPath(), '--hidden'];
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

/** The autostart folder of the XDG specification. */
const xdgFile = (): string => {
  const config = process.env.XDG_CONFIG_HOME;
  return join(config && isAbsolute(config) ? config : join(homedir(), '.config'), 'autostart', 'tidings.desktop');
};

const xdg: Autostart = {
  get: async () => {
    const text = await readFile(xdgFile(), 'utf8').catch(() => '');
    return /^Exec=/m.test(text) && !/^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m.test(text);
  },
  set: async (on) => {
    if (!on) return rm(xdgFile(), { force: true });
    await mkdir(join(xdgFile(), '..'), { recursive: true });
    await writeFile(xdgFile(), desktopEntry(command()), { mode: 0o644 });
  },
};

const loginItem: Autostart = {
  get: async () => app.getLoginItemSettings({ args: ['--hidden'] }).openAtLogin,
  set: async (on) => app.setLoginItemSettings({ openAtLogin: on, args: ['--hidden'] }),
};

/** XDG file on Linux, login item on macOS and Windows. */
export const createAutostart = (): Autostart => (process.platform === 'linux' ? xdg : loginItem);
