import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAutostart, desktopEntry, quoteForExec } from '../../../main/electron/autostart.ts';
import { makeFolder } from '../../helpers/core-kit.ts';

const system = vi.hoisted(() => ({
  isPackaged: true,
  login: { openAtLogin: false } as Record<string, unknown>,
  asked: [] as Record<string, unknown>[],
  set: [] as Record<string, unknown>[],
}));
vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return system.isPackaged;
    },
    getAppPath: () => '/checkout',
    getLoginItemSettings: (options: Record<string, unknown>) => {
      system.asked.push(options);
      return system.login;
    },
    setLoginItemSettings: (options: Record<string, unknown>) => system.set.push(options),
  },
}));

const hasValidator = spawnSync('desktop-file-validate', ['--help']).error === undefined;
const platform = process.platform;
const onPlatform = (name: NodeJS.Platform): void => void Object.defineProperty(process, 'platform', { value: name });

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeEach(async () => {
  folder = await makeFolder();
  vi.stubEnv('XDG_CONFIG_HOME', folder.dir);
  Object.assign(system, { isPackaged: true, login: { openAtLogin: false }, asked: [], set: [] });
});
afterEach(async () => {
  onPlatform(platform);
  vi.unstubAllEnvs();
  await folder.remove();
});

/** Reads an Exec line back as the Desktop Entry Specification says: the escapes of a string value, then quoting, then field codes. */
const readExec = (line: string): string[] => {
  const text = line.replace(/\\(.)/g, (_, code: string) => ({ s: ' ', n: '\n', t: '\t', r: '\r' })[code] ?? code);
  const words: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === ' ') continue;
    expect(text[at]).toBe('"');
    let word = '';
    for (at += 1; text[at] !== '"'; at += 1) {
      if (text[at] === '\\') at += 1;
      word += text[at];
    }
    words.push(word.replaceAll('%%', '%'));
  }
  return words;
};
const execOf = (entry: string): string => /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';

const NASTY = [
  '/opt/My Apps/tidings',
  '/opt/$HOME/`x`/"y"',
  '/opt/a\\b',
  '/opt/100%u/tidings',
  "/opt/it's/tidings",
  '/opt/Zeitungen für Öl/ニュース/tidings',
  '/opt/a;b&c|d<e>f*g?h#i(j)k~l/tidings',
  '/opt/\\\\"$%`/%%/%f',
];

describe('the autostart file', () => {
  test('quotes an absolute path so that spaces and dollar signs stay part of it', () => {
    expect(quoteForExec('/opt/My Apps/tidings')).toBe('"/opt/My Apps/tidings"');
    expect(quoteForExec('/opt/$HOME/`x`/"y"')).toBe('"/opt/\\\\$HOME/\\\\`x\\\\`/\\\\"y\\\\""');
    expect(quoteForExec('/opt/a\\b')).toBe('"/opt/a\\\\\\\\b"');
  });

  test('doubles percent signs, which are field codes', () => {
    expect(quoteForExec('/opt/100%u/tidings')).toBe('"/opt/100%%u/tidings"');
  });

  test('starts hidden and holds one Exec line', () => {
    const lines = desktopEntry(['/opt/tidings', '--hidden']).split('\n');
    expect(lines.filter((line) => line.startsWith('Exec='))).toEqual(['Exec="/opt/tidings" "--hidden"']);
  });

  test('gives any path back as it was, read by the rules of the specification', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme' })), { minLength: 1 }), (argv) => {
        const entry = desktopEntry(argv);
        expect(entry.split('\n').filter((line) => line.startsWith('Exec='))).toHaveLength(1);
        expect(readExec(execOf(entry))).toEqual(argv);
      }),
      { numRuns: 300, seed: 20_261_122 },
    );
  });

  test.skipIf(!hasValidator).each(NASTY)('is accepted by desktop-file-validate with %s in it', async (path) => {
    const file = join(folder.dir, 'tidings.desktop');
    await writeFile(file, desktopEntry([path, '--hidden', '--data', `${path}/data`]));
    const { status, stdout } = spawnSync('desktop-file-validate', [file], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

describe('start at login on Linux', () => {
  const entries = () => readdir(join(folder.dir, 'autostart'));
  const only = async (): Promise<string> => readFile(join(folder.dir, 'autostart', (await entries())[0] ?? ''), 'utf8');
  beforeEach(() => onPlatform('linux'));

  test('starts the AppImage itself, hidden, with its data folder, and each folder has an entry of its own', async () => {
    vi.stubEnv('APPIMAGE', '/home/ada/My Apps/Tidings 1.0.AppImage');
    const [usual, work] = [createAutostart(), createAutostart('/home/ada/Work & Play')];
    await work.set(true);
    expect(readExec(execOf(await only()))).toEqual([
      '/home/ada/My Apps/Tidings 1.0.AppImage',
      '--hidden',
      '--data',
      '/home/ada/Work & Play',
    ]);
    expect([await usual.get(), await work.get()]).toEqual([false, true]);
    await usual.set(true);
    expect((await entries()).sort()).toEqual([expect.stringMatching(/^tidings-[0-9a-f]{8}\.desktop$/), 'tidings.desktop']);
    await work.set(false);
    expect(await entries()).toEqual(['tidings.desktop']);
  });

  test('reads the truth back from the file: what the desktop switched off is off', async () => {
    const autostart = createAutostart();
    await mkdir(join(folder.dir, 'autostart'));
    const file = join(folder.dir, 'autostart', 'tidings.desktop');
    for (const line of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
      await writeFile(file, `[Desktop Entry]\nExec="/opt/tidings"\n${line}\n`);
      expect(await autostart.get(), line).toBe(false);
    }
    await autostart.set(true);
    expect(await autostart.get()).toBe(true);
  });

  test('follows an AppImage that was moved, and only where login starts it', async () => {
    vi.stubEnv('APPIMAGE', '/home/ada/Tidings-1.0.AppImage');
    await createAutostart().set(true);
    vi.stubEnv('APPIMAGE', '/home/ada/Tidings-1.1.AppImage');
    system.isPackaged = false;
    await createAutostart().renew();
    expect(execOf(await only())).toContain('Tidings-1.0');
    system.isPackaged = true;
    await createAutostart().renew();
    expect(readExec(execOf(await only()))).toEqual(['/home/ada/Tidings-1.1.AppImage', '--hidden']);
    await createAutostart().set(false);
    await createAutostart().renew();
    expect(await entries()).toEqual([]);
  });
});

describe('start at login on Windows and macOS', () => {
  test('asks Windows for the entry with these arguments; the data folder is one argument, also with a backslash at its end', async () => {
    onPlatform('win32');
    const autostart = createAutostart('D:\\My News\\');
    await autostart.set(true);
    const args = ['--hidden', '--data', '"D:\\My News\\\\"'];
    expect(system.set).toEqual([{ openAtLogin: true, enabled: true, args, name: expect.stringMatching(/^tidings-/) }]);
    system.login = { openAtLogin: true, launchItems: [{ args, enabled: true }] };
    expect(await autostart.get()).toBe(true);
    expect(system.asked).toEqual([{ args }]);
    // Switched off in the Task Manager, which leaves the entry where it is.
    system.login = { openAtLogin: true, launchItems: [{ args, enabled: false }] };
    expect(await autostart.get()).toBe(false);
    await createAutostart().set(false);
    expect(system.set.at(-1)).toEqual({ openAtLogin: false, args: ['--hidden'] });
  });

  test('on macOS an item that still waits for its approval is off', async () => {
    onPlatform('darwin');
    const autostart = createAutostart();
    await autostart.set(true);
    expect(system.set).toEqual([{ openAtLogin: true, enabled: true, args: ['--hidden'] }]);
    system.login = { openAtLogin: true, status: 'requires-approval' };
    expect(await autostart.get()).toBe(false);
    system.login = { openAtLogin: true, status: 'enabled' };
    expect(await autostart.get()).toBe(true);
  });
});
