import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Desktop, expect, test } from './desktop.ts';

/* Passwords through the built application, with a key store, without one, and with one that was lost. */

const CANARY = 'canary-77-harbour';
const stateOf = async (desktop: Desktop) =>
  (await desktop.request('secrets.list', {})).find(({ name }) => name === 'smtp-password');
const set = (desktop: Desktop, value: string) => desktop.request('secrets.set', { name: 'smtp-password', value });
/** Names of the files in the data folder that hold a text. */
const holders = async (dir: string, text: string): Promise<string[]> => {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const held = await Promise.all(
    files.map(async (file) => ((await readFile(join(file.parentPath, file.name))).includes(text) ? [file.name] : [])),
  );
  return held.flat();
};

test('a password goes to the key store of the system, and only what that sealed is on the disk', async ({
  startDesktop,
  dataDir,
}) => {
  const desktop = await startDesktop({ env: { FAKE_ELECTRON_KEYRING: 'one' } });
  await desktop.page();
  expect(await stateOf(desktop)).toMatchObject({ isSet: false, keptIn: 'keyring' });
  expect(await set(desktop, CANARY)).toEqual({ name: 'smtp-password', isSet: true, keptIn: 'keyring', isLost: false });
  await desktop.quit();
  expect(await holders(dataDir, CANARY)).toEqual([]);
  expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

test('a lost keyring costs the password and nothing else: it is said, and it can be typed again', async ({ startDesktop }) => {
  const first = await startDesktop({ env: { FAKE_ELECTRON_KEYRING: 'one' } });
  await first.page();
  await set(first, CANARY);
  await first.quit();

  const second = await startDesktop({ env: { FAKE_ELECTRON_KEYRING: 'two' } });
  await second.page();
  expect(await stateOf(second)).toMatchObject({ isSet: true, isLost: true });
  expect(await second.request('app.status', {})).toMatchObject({ host: 'desktop' });
  await set(second, 'typed again');
  expect(await stateOf(second)).toMatchObject({ isSet: true, isLost: false });
  expect(await second.quit()).toBe(0);
});

test('where the key store would only hide it, it is in our own file and said to be there', async ({ startDesktop, dataDir }) => {
  const desktop = await startDesktop();
  await desktop.page();
  expect(await set(desktop, CANARY)).toMatchObject({ keptIn: 'own-file', isSet: true });
  await desktop.quit();
  expect(await holders(dataDir, CANARY)).toEqual(['secrets.json']);
});
