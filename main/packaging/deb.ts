import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
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
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/*
 * A Debian package made with dpkg-deb alone, so that what a release ships is what the tests open (docs/decisions/0008-own-packages-for-linux.md). It
 * has no scripts: what a script would set up is a file of the package, so removing the package leaves nothing behind.
 */

/** What is written about the product in its packages. */
export type Product = { version: string; description: string; homepage: string; maintainer: string };

/** Where the application lies once it is installed. */
const HOME = '/usr/lib/tidings';
/** Libraries that Electron loads and a small system may lack; the second name is the one since Debian 13 and Ubuntu 24.04. */
const DEPENDS = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6',
  'libcups2 | libcups2t64',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libxkbcommon0',
  'libxtst6',
  'xdg-utils',
];
const RECOMMENDS = ['libayatana-appindicator3-1', 'libnotify4', 'libsecret-1-0'];
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'armhf' };

/** Debian sorts `~` before everything: 0.2.0~beta.1 comes before 0.2.0 (deb-version(7)). */
export const debVersion = (version: string): string => version.replace('-', '~');
/** What Debian calls an architecture of Node. */
export const debArchitecture = (arch: string): string => ARCHITECTURES[arch] ?? arch;

/** The control file (Debian policy, chapter 5). `kilobytes`: what the installed files take. */
export const controlFile = ({ version, description, homepage, maintainer }: Product, arch: string, kilobytes: number): string =>
  `${[
    'Package: tidings',
    `Version: ${debVersion(version)}`,
    `Architecture: ${debArchitecture(arch)}`,
    `Maintainer: ${maintainer}`,
    `Installed-Size: ${kilobytes}`,
    `Depends: ${DEPENDS.join(', ')}`,
    `Recommends: ${RECOMMENDS.join(', ')}`,
    'Section: news',
    'Priority: optional',
    `Homepage: ${homepage}`,
    'Description: news desk in your tray',
    ...wrap(description),
    ' .',
    ...wrap('On a computer without a desktop, "tidings --headless serve" shows the same window in a browser.'),
  ].join('\n')}\n`;

const wrap = (text: string): string[] => (text.match(/.{1,76}(\s|$)/g) ?? []).map((line) => ` ${line.trim()}`);

/** The entry of the menu (Desktop Entry Specification 1.5). */
export const menuEntry = (): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Tidings',
    'GenericName=News reader',
    'Comment=A news desk in your tray',
    'Exec=tidings',
    'Icon=tidings',
    'Terminal=false',
    'StartupNotify=true',
    'StartupWMClass=Tidings',
    'Categories=Network;Feed;News;',
    'Keywords=RSS;Atom;feeds;news;Hacker News;',
    '',
  ].join('\n');

const write = (file: string, content: string | Buffer): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

const sizes = (root: string): string[] =>
  readdirSync(join(root, 'resources', 'icons')).filter((name) => /^\d+x\d+\.png$/.test(name));

const changelog = ({ version, maintainer }: Product): Buffer =>
  gzipSync(
    `tidings (${debVersion(version)}) stable; urgency=medium\n\n  * See https://example.org/tidings for what is new.\n\n -- ${maintainer}  Thu, 01 Jan 1970 00:00:00 +0000\n`,
    { level: 9 },
  );

const copyright = (root: string): string =>
  `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Tidings
Comment: Licences of what Tidings is made of are in ${HOME}/THIRD-PARTY-LICENSES.txt, those of
 Electron and Chromium in ${HOME}/LICENSE.electron.txt and ${HOME}/LICENSES.chromium.html.

Files: *
Copyright: 2026 Tidings contributors
License: MIT
${readFileSync(join(root, 'LICENSE'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => ` ${line || '.'}`)
  .join('\n')}
`;

/** Programs may be run; nothing may be written by others. The sandbox's helper takes the rights it needs by itself, as Chromium's own packages do. */
const setModes = (dir: string): void => {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isDirectory() || (lstatSync(path).mode & 0o111) !== 0;
    chmodSync(path, isProgram ? 0o755 : 0o644);
  }
  chmodSync(dir, 0o755);
  const helper = join(dir, HOME, 'chrome-sandbox');
  if (existsSync(helper)) chmodSync(helper, 0o4755);
};

const kilobytesOf = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? Math.ceil(lstatSync(join(entry.parentPath, entry.name)).size / 1024) : 1),
    0,
  );

const layOut = (tree: string, unpacked: string, root: string, product: Product): void => {
  cpSync(unpacked, join(tree, HOME), { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  symlinkSync(`..${HOME.slice('/usr'.length)}/tidings`, join(tree, 'usr/bin/tidings'));
  write(join(tree, 'usr/share/applications/tidings.desktop'), menuEntry());
  for (const name of sizes(root)) {
    const icon = join(tree, 'usr/share/icons/hicolor', name.slice(0, -4), 'apps/tidings.png');
    write(icon, readFileSync(join(root, 'resources/icons', name)));
  }
  const doc = join(tree, 'usr/share/doc/tidings');
  write(join(doc, 'copyright'), copyright(root));
  write(join(doc, 'changelog.gz'), changelog(product));
  write(join(doc, 'examples/tidings.service'), readFileSync(join(root, 'resources/tidings.service')));
};

/** Makes `file` from the unpacked application. `root`: the folder of the sources. Throws what dpkg-deb says. */
export const makeDeb = (options: { unpacked: string; root: string; file: string; arch: string; product: Product }): void => {
  const { unpacked, root, file, arch, product } = options;
  const tree = mkdtempSync(join(tmpdir(), 'tidings-deb-'));
  try {
    layOut(tree, unpacked, root, product);
    const kilobytes = kilobytesOf(tree);
    write(join(tree, 'DEBIAN/control'), controlFile(product, arch, kilobytes));
    setModes(tree);
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', tree, file], { stdio: 'pipe' });
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
};
