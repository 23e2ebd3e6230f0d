import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The last step of `npm run build`: one file with the licences of everything that can be in the bundles, which is what the lock file
 * says the product depends on (an npm lock file marks what only development needs), and what the bundler adds of its own.
 */

/** A package of others, and its licence in full. */
export type Licensed = { name: string; version: string; licence: string; text: string };

type Manifest = { name: string; version: string; license?: string; author?: string | { name?: string } };
type LockFile = { packages: Record<string, { dev?: boolean; optional?: boolean }> };

/**
 * For development by the lock file, and yet in what is made: the bundlers leave small helpers of theirs, and of react-email only the
 * components are taken (docs/decisions/0009).
 */
const TAKEN_FROM_TOOLS = ['node_modules/vite', 'node_modules/rolldown', 'node_modules/react-email'];
const LICENCE_FILE = /^(licen[cs]e|copying|notice|ofl)([.-].*)?$/i;
/** The permission of the MIT licence (https://spdx.org/licenses/MIT.html), for packages that name it and bring no file. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const authorOf = ({ author, name }: Manifest): string =>
  (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;

/** Throws for a package whose licence cannot be told: it may not be given to others. */
const describe = (folder: string): Licensed => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license: licence = '' } = manifest;
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name));
  const brought = files.map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim()).join('\n\n');
  const text = brought || (licence === 'MIT' ? `Copyright (c) ${authorOf(manifest)}\n\n${MIT}` : '');
  if (!licence || !text) throw new Error(`The licence of ${name} ${version} is not known.`);
  return { name, version, licence, text };
};

/** Every package the product is made of, by the lock file of `root`. Types are not in what is made. */
export const shippedPackages = (root: string): Licensed[] => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;
  const folders = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev && !path.includes('node_modules/@types/'))
    .map(([path]) => path);
  // Optional packages of other systems are not installed here.
  const all = [...new Set([...folders, ...TAKEN_FROM_TOOLS])].map((path) => join(root, path)).filter((path) => existsSync(path));
  return all.map(describe);
};

const LINE = '-'.repeat(78);
const HEAD = `Tidings holds parts of the packages below. Each is named with its version and licence, and the licence follows in full.
Electron and Chromium, in the packages for the desktop, bring their own: LICENSE.electron.txt and LICENSES.chromium.html.
`;

/** The text of the file: every package once, by name. */
export const licencesText = (packages: readonly Licensed[]): string => {
  const byName = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
  const sections = [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { licence, text }]) => `${LINE}\n${title} (${licence})\n${LINE}\n\n${text}\n`);
  return [HEAD, ...sections].join('\n');
};

if (import.meta.main) writeFileSync(join('dist', 'THIRD-PARTY-LICENSES.txt'), licencesText(shippedPackages('.')));
