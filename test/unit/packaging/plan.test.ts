import { expect, test } from 'vitest';
import { controlFile, debArchitecture, debVersion } from '../../../main/packaging/deb.ts';
import { type Licensed, licencesText, shippedPackages } from '../../../main/packaging/licences.ts';
import { planSteps } from '../../../main/packaging/plan.ts';

const electron = { dir: '/opt/electron' };

test('on Linux everything for Linux is made, and the other packages are made on their own systems', () => {
  const { steps, elsewhere } = planSteps({ platform: 'linux', electron, hasDpkgDeb: true });
  expect(steps).toEqual(['npm', 'dir', 'tar.gz', 'deb', 'AppImage'].map((artifact) => ({ artifact })));
  expect(elsewhere).toEqual(['nsis: made on Windows', 'dmg and zip: made on macOS']);
});

test('what is missing leaves out what needs it, with the reason, and nothing else', () => {
  const noDeb = planSteps({ platform: 'linux', electron, hasDpkgDeb: false }).steps.filter(({ left }) => left);
  expect(noDeb).toEqual([{ artifact: 'deb', left: 'dpkg-deb is not installed (Debian package "dpkg")' }]);
  const noElectron = planSteps({ platform: 'linux', electron: { problem: 'no program' }, hasDpkgDeb: true }).steps;
  expect(noElectron.filter(({ left }) => left === undefined).map(({ artifact }) => artifact)).toEqual(['npm']);
});

test('Windows and macOS make their own', () => {
  for (const [platform, artifact] of [
    ['win32', 'nsis'],
    ['darwin', 'dmg and zip'],
  ] as const)
    expect(planSteps({ platform, electron, hasDpkgDeb: false }).steps).toEqual([{ artifact: 'npm' }, { artifact }]);
});

test('a version before a release sorts before it for Debian', () => {
  expect(debVersion('0.2.0-beta.1')).toBe('0.2.0~beta.1');
  expect(debVersion('0.2.0')).toBe('0.2.0');
  expect(['x64', 'arm64', 'riscv64'].map(debArchitecture)).toEqual(['amd64', 'arm64', 'riscv64']);
});

test('no line of the control file is longer than 80 characters but lists, and each of the description begins with a space', () => {
  const product = {
    version: '1.2.3',
    description: 'word '.repeat(60).trim(),
    homepage: 'https://example.org',
    maintainer: 'A <a@example.org>',
  };
  const lines = controlFile(product, 'x64', 5).split('\n');
  const description = lines.slice(lines.findIndex((line) => line.startsWith('Description:')) + 1, -1);
  for (const line of description) expect(line).toMatch(/^ \S.{0,77}$| \.$/);
});

test('the file of licences names each package once, with its licence in full', () => {
  const packages = shippedPackages('.');
  const text = licencesText([...packages, ...packages]);
  for (const { name, version, licence, text: words } of packages) {
    expect(text.split(`${name} ${version} (${licence})\n`)).toHaveLength(2);
    expect(text).toContain(words.slice(0, 200));
    expect(words.length, name).toBeGreaterThan(100);
  }
});

test('every licence of what is shipped is one that lets us ship it', () => {
  const KNOWN =
    /^\(?(MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|OFL-1\.1|0BSD|MIT and ISC|MIT-0|Unlicense)\)?$/;
  const others = shippedPackages('.').filter(({ licence }: Licensed) => !KNOWN.test(licence));
  expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
});
