/* Opens what `npm run package` makes. Electron's program and the runtime of AppImage are stand-ins here; all that is around them is real. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeStandIn, pngFileSize, printed } from '../helpers/package-kit.ts';

/** How the wire says that a fuse is on (https://github.com/electron/fuses, `FuseState.ENABLE`). */
const ON = '1'.charCodeAt(0);
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024].map((size) => `${size}x${size}`);
const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
const about = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; dependencies: Record<string, string> };
/** Ends of names that no package may hold: maps, sources, tests, keys, settings of somebody's computer. */
const UNWANTED = /\.map$|\.tsx?$|\.test\.|\.spec\.|node_modules|\.env|\.pem$|\.key$|\.npmrc$|\.git|builder-debug/;
/** What a secret begins with, whatever it opens. */
const SECRETS = /-----BEGIN [A-Z ]*PRIVATE KEY-----|ghp_[A-Za-z0-9]{30}|AKIA[0-9A-Z]{16}|npm_[A-Za-z0-9]{36}/;

let dir = '';
let out = '';
let packed = '';
let said = '';
const isLinux = process.platform === 'linux';
const artifact = (ending: string): string => join(out, `tidings-${about.version}-linux-${process.arch}.${ending}`);

/** Debian's mksquashfs and desktop-file-validate, and a runtime of nothing but an ELF header's first bytes. */
const makeAppImageTools = (tools: string): void => {
  mkdirSync(join(tools, 'linux-x64'), { recursive: true });
  mkdirSync(join(tools, 'lib', 'x64'), { recursive: true });
  for (const name of ['mksquashfs', 'desktop-file-validate'])
    symlinkSync(printed('which', [name]).trim(), join(tools, 'linux-x64', name));
  writeFileSync(join(tools, 'runtime-x64'), Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(1020)]));
};
const canAppImage = isLinux && process.arch === 'x64' && ['mksquashfs', 'unsquashfs', 'desktop-file-validate'].every(has);

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tidings-package-'));
  out = join(dir, 'out');
  packed = join(out, 'linux-unpacked');
  await makeStandIn(join(dir, 'electron'));
  const tools = join(dir, 'appimage');
  if (canAppImage) makeAppImageTools(tools);
  const made = spawnSync(
    process.execPath,
    [resolve('main/packaging/package.ts'), '--electron', join(dir, 'electron'), '--out', out],
    { encoding: 'utf8', env: { ...process.env, APPIMAGE_TOOLS_PATH: tools } },
  );
  said = `${made.stdout}${made.stderr}`;
  expect(made.status, said).toBe(0);
}, 180_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('says in a line each what was made, what was left out and what is made elsewhere', () => {
  const lines = said.split('\n').filter(Boolean);
  for (const line of lines) expect(line).toMatch(/^(made|left out|not here): \S/);
  expect(lines.filter((line) => line.startsWith('made: ')).map((line) => line.split(': ')[1])).toEqual(
    expect.arrayContaining(['npm', 'dir', 'tar.gz', 'deb']),
  );
});

describe('the application as it is laid out', () => {
  const asar = (): string => join(packed, 'resources', 'app.asar');
  let files: string[] = [];
  beforeAll(() => {
    files = listPackage(asar(), { isPack: false });
  });

  test('holds the built application and its tray images, and nothing else', () => {
    const top = new Set(files.map((file) => file.split('/')[1]));
    expect([...top].sort()).toEqual(['dist', 'package.json', 'resources']);
    const parts = new Set(files.filter((file) => file.startsWith('/dist/')).map((file) => file.split('/')[2]));
    expect([...parts].sort()).toEqual(['main', 'preload', 'renderer', 'worker']);
    for (const file of [
      '/dist/main/electron.js',
      '/dist/main/tidings.js',
      '/dist/preload/preload.cjs',
      '/dist/renderer/index.html',
    ])
      expect(files).toContain(file);
    expect(files.filter((file) => UNWANTED.test(file))).toEqual([]);
    expect(
      files.filter((file) => file.startsWith('/resources/')).filter((file) => !/^\/resources\/tray(\/|$)/.test(file)),
    ).toEqual([]);
  });

  test('holds no secret and no path of the computer it was made on', () => {
    for (const file of files.filter((name) => /\.(js|cjs|json|html|css)$/.test(name) && !name.startsWith('/dist/worker/'))) {
      const text = extractFile(asar(), file.slice(1)).toString('utf8');
      expect(SECRETS.test(text), file).toBe(false);
      expect(text.includes(dir), file).toBe(false);
    }
  });

  test('starts from the main bundle that is in it, and carries no scripts', () => {
    const inside = JSON.parse(extractFile(asar(), 'package.json').toString('utf8')) as Record<string, unknown>;
    expect(files).toContain(`/${inside.main}`);
    expect(inside.version).toBe(about.version);
    expect(inside.devDependencies).toBeUndefined();
    expect(inside.scripts).toBeUndefined();
  });

  test('keeps the workers beside the archive, for they are started from real files', () => {
    expect(existsSync(join(packed, 'resources', 'app.asar.unpacked', 'dist', 'worker', 'parse-worker.js'))).toBe(true);
  });

  test('leaves out what Electron brings for itself alone, and languages that no word is in', () => {
    expect(existsSync(join(packed, 'resources', 'default_app.asar'))).toBe(false);
    expect(readdirSync(join(packed, 'locales'))).toEqual(['en-US.pak']);
  });

  test('has the licences beside the program: its own, those of what is in it, and those of Electron', () => {
    const beside = readdirSync(packed);
    for (const name of ['LICENSE.txt', 'THIRD-PARTY-LICENSES.txt', 'LICENSE.electron.txt', 'LICENSES.chromium.html'])
      expect(beside).toContain(name);
    const text = readFileSync(join(packed, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    const named = new Set([...text.matchAll(/^-{78}\n(\S+) \S+ \(.+\)\n-{78}\n\n\S/gm)].map(([, name]) => name));
    for (const name of Object.keys(about.dependencies)) expect(named).toContain(name);
    // The bundles that are not made small say of each piece where it comes from.
    const bundles = files.filter((file) => /^\/dist\/main\/.*\.js$/.test(file));
    const comments = bundles.flatMap((file) => [
      ...extractFile(asar(), file.slice(1))
        .toString('utf8')
        .matchAll(/^\s*\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm),
    ]);
    const inside = new Set(comments.map(([, name]) => name));
    expect(inside.size).toBeGreaterThan(20);
    for (const name of inside) expect(named).toContain(name);
  });

  test('has every fuse as it was decided, read back from its binary', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'tidings'));
    const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === ON;
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      v8Snapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      inspect: false,
      asarIntegrity: true,
      onlyAsar: true,
      v8Snapshot: false,
      fileProtocol: false,
    });
  });

  test('has an icon of every size, and each is as large as it is called', () => {
    const icons = readdirSync('resources/icons').filter((name) => name.endsWith('.png'));
    expect(icons.map((name) => pngFileSize(join('resources/icons', name)))).toEqual(icons.map((name) => name.slice(0, -4)));
    for (const size of ICON_SIZES) expect(icons).toContain(`${size}.png`);
  });
});

describe('the tar.gz', () => {
  test('holds the application in one folder, with the rights of programs kept', () => {
    const lines = printed('tar', ['-tvzf', artifact('tar.gz')])
      .trim()
      .split('\n');
    const folder = `tidings-${about.version}-linux-${process.arch}`;
    const names = lines.map((line) => line.split(/\s+/).slice(5).join(' '));
    expect(names.filter((name) => !name.startsWith(`${folder}/`))).toEqual([]);
    expect(names.filter((name) => UNWANTED.test(name))).toEqual([]);
    expect(lines.find((line) => line.endsWith(`${folder}/tidings`))).toMatch(/^-rwxr-xr-x/);
    expect(names).toContain(`${folder}/resources/app.asar`);
    expect(names).toContain(`${folder}/THIRD-PARTY-LICENSES.txt`);
  });
});

describe.runIf(isLinux && has('dpkg-deb'))('the deb', () => {
  let tree = '';
  let contents: string[] = [];
  beforeAll(() => {
    tree = join(dir, 'deb');
    printed('dpkg-deb', ['--raw-extract', artifact('deb'), tree]);
    contents = printed('dpkg-deb', ['--contents', artifact('deb')])
      .trim()
      .split('\n');
  });
  const field = (name: string): string => printed('dpkg-deb', ['--field', artifact('deb'), name]).trim();

  test('says what it is, whose it is and what it needs', () => {
    expect(field('Package')).toBe('tidings');
    expect(field('Version')).toBe(about.version.replace('-', '~'));
    expect(field('Architecture')).toMatch(/^(amd64|arm64)$/);
    expect(field('Maintainer')).toMatch(/^[^<>]+ <[^<>@]+@[^<>]+>$/);
    expect(field('Section')).toBe('news');
    expect(field('Homepage')).toMatch(/^https:\/\//);
    expect(Number(field('Installed-Size'))).toBeGreaterThan(1000);
    expect(field('Description').split('\n')[0]).toBe('news desk in your tray');
    for (const name of ['libgtk-3-0 | libgtk-3-0t64', 'libnss3', 'libgbm1', 'libasound2 | libasound2t64', 'xdg-utils'])
      expect(field('Depends').split(', ')).toContain(name);
  });

  test('has no scripts and no settings, so that removing it leaves nothing behind', () => {
    expect(readdirSync(join(tree, 'DEBIAN'))).toEqual(['control']);
    const places = new Set(
      contents.map((line) => / \.\/(?:usr\/)?(?:(?:bin|lib|share)\/)?(?:(?<=share\/|lib\/)[^/]+\/)?/.exec(line)?.[0].trim()),
    );
    expect([...places].sort()).toEqual([
      './',
      './usr/',
      './usr/bin/',
      './usr/lib/',
      './usr/lib/tidings/',
      './usr/share/',
      './usr/share/applications/',
      './usr/share/doc/',
      './usr/share/icons/',
    ]);
  });

  test('belongs to root, lets nobody else write, and gives more rights to the helper of the sandbox alone', () => {
    for (const line of contents) expect(line).toMatch(/^\S{10} root\/root /);
    const writable = contents.filter((line) => !line.startsWith('l') && /^.{5}w|^.{8}w/.test(line));
    expect(writable).toEqual([]);
    const more = contents.filter((line) => /^...[sS]|^......[sS]/.test(line)).map((line) => line.split(' ').at(-1));
    expect(more).toEqual(['./usr/lib/tidings/chrome-sandbox']);
  });

  test('answers to `tidings` in the path, which is the program itself', () => {
    const link = join(tree, 'usr/bin/tidings');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(link)).toEqual(readFileSync(join(packed, 'tidings')));
  });

  test('has an entry for the menu that is valid, and an icon for it in every size', () => {
    const entry = join(tree, 'usr/share/applications/tidings.desktop');
    if (has('desktop-file-validate')) expect(printed('desktop-file-validate', [entry])).toBe('');
    expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=tidings$/m);
    const icons = join(tree, 'usr/share/icons/hicolor');
    expect(readdirSync(icons).sort()).toEqual([...ICON_SIZES].sort());
    for (const size of ICON_SIZES) expect(pngFileSize(join(icons, size, 'apps', 'tidings.png'))).toBe(size);
  });

  test('brings the copyright, the licences and the unit for a home server', () => {
    const doc = join(tree, 'usr/share/doc/tidings');
    expect(readFileSync(join(doc, 'copyright'), 'utf8')).toMatch(/^License: MIT$/m);
    expect(readFileSync(join(doc, 'examples/tidings.service'))).toEqual(readFileSync('resources/tidings.service'));
    expect(existsSync(join(tree, 'usr/lib/tidings/THIRD-PARTY-LICENSES.txt'))).toBe(true);
  });

  test('holds the same application as the folder it was made from', () => {
    expect(contents.filter((line) => UNWANTED.test(line.replace(/^\S+ \S+ +\d+ \S+ \S+ /, '')))).toEqual([]);
    const own = join(tree, 'usr/lib/tidings/resources/app.asar');
    expect(readFileSync(own).equals(readFileSync(join(packed, 'resources/app.asar')))).toBe(true);
  });
});

describe.runIf(canAppImage)('the AppImage, around a stand-in for its runtime', () => {
  test('holds the application, a valid entry for the menu and its icons', () => {
    const inside = join(dir, 'squashed');
    printed('unsquashfs', ['-no-progress', '-offset', '1024', '-dest', inside, artifact('AppImage')]);
    const entry = readdirSync(inside).find((name) => name.endsWith('.desktop')) ?? '';
    expect(printed('desktop-file-validate', [join(inside, entry)])).toBe('');
    expect(readFileSync(join(inside, entry), 'utf8')).toMatch(/^Exec=AppRun/m);
    expect(readFileSync(join(inside, 'resources/app.asar')).equals(readFileSync(join(packed, 'resources/app.asar')))).toBe(true);
    const icons = join(inside, 'usr/share/icons/hicolor');
    for (const size of readdirSync(icons)) expect(pngFileSize(join(icons, size, 'apps', 'tidings.png'))).toBe(size);
    expect(lstatSync(join(inside, 'AppRun')).mode & 0o111).not.toBe(0);
  });
});

describe('the configuration for the other systems', () => {
  test('is one that electron-builder accepts, for each of their packages', async () => {
    const require = createRequire(import.meta.url);
    const config = require('app-builder-lib/out/util/config/config.js') as {
      getConfig: (root: string, path: string | null, from: object | null, about: unknown) => Promise<Record<string, unknown>>;
      validateConfiguration: (config: unknown, log: unknown) => Promise<void>;
    };
    const read = await config.getConfig(resolve('.'), null, null, undefined as never);
    const quiet = { isEnabled: false, add: () => undefined };
    await config.validateConfiguration(read, quiet);
    await expect(config.validateConfiguration({ ...read, nsis: { oneClik: true } }, quiet)).rejects.toThrow(
      /configuration\.nsis/,
    );
    expect(read).toMatchObject({
      win: { target: 'nsis' },
      mac: { target: ['dmg', 'zip'] },
      nsis: { deleteAppDataOnUninstall: false },
    });
    for (const { icon } of [read.win, read.mac] as { icon: string }[]) expect(existsSync(icon)).toBe(true);
  });
});

describe('the package for npm', () => {
  test('answers `tidings` with nothing installed beside it', () => {
    const files = printed('tar', ['-tzf', join(out, `tidings-${about.version}.tgz`)])
      .trim()
      .split('\n');
    const unwanted = files.filter((path) => !/^package\/((dist|resources)\/|(LICENSE|README\.md|package\.json)$)/.test(path));
    expect([...unwanted, ...files.filter((path) => UNWANTED.test(path))]).toEqual([]);
    expect(files).toContain('package/dist/THIRD-PARTY-LICENSES.txt');
    const place = join(dir, 'npm');
    mkdirSync(place);
    printed('tar', ['-xzf', join(out, `tidings-${about.version}.tgz`), '-C', place]);
    const { bin } = JSON.parse(readFileSync(join(place, 'package', 'package.json'), 'utf8')) as { bin: { tidings: string } };
    const answer = printed(process.execPath, [
      join(place, 'package', bin.tidings),
      'stats',
      '--json',
      '--data',
      join(dir, 'data'),
    ]);
    expect(JSON.parse(answer)).toMatchObject({ posts: expect.any(Number) });
  }, 60_000);
});
