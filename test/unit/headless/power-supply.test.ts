import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isOnBattery, serverSenses } from '../../../main/headless/power-supply.ts';
import { makeFolder } from '../../helpers/core-kit.ts';

/* The hint of a server's power, from a made-up /sys/class/power_supply. */

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => folder.remove());

const supply = async (name: string, files: Record<string, string>): Promise<void> => {
  await mkdir(join(folder.dir, name), { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder.dir, name, file), `${text}\n`);
};
const battery = (status: string, more: Record<string, string> = {}) => ({ type: 'Battery', status, ...more });
const mains = (online: string) => ({ type: 'Mains', online });

test.each<[string, Record<string, Record<string, string>>, boolean]>([
  ['a desktop computer without a battery', { AC: mains('1') }, false],
  ['a computer that has nothing to tell', {}, false],
  ['a laptop on mains', { AC: mains('1'), BAT0: battery('Charging') }, false],
  ['a laptop on battery', { AC: mains('0'), BAT0: battery('Discharging') }, true],
  ['a full battery on mains', { AC: mains('1'), BAT0: battery('Full') }, false],
  ['a laptop on battery with a second full one', { AC: mains('0'), BAT0: battery('Full'), BAT1: battery('Discharging') }, true],
  ['a laptop charged over USB', { AC: mains('0'), usb: { type: 'USB', online: '1' }, BAT0: battery('Discharging') }, false],
  ['a mouse whose battery goes down', { mouse: battery('Discharging', { scope: 'Device' }) }, false],
  ['a server on its UPS', { ups: { type: 'UPS', status: 'Discharging' } }, true],
  ['files with nonsense in them', { AC: { type: '\u0000', online: 'yes' }, BAT0: {} }, false],
])('%s', async (_name, supplies, expected) => {
  for (const [name, files] of Object.entries(supplies)) await supply(name, files);
  expect(isOnBattery(folder.dir)).toBe(expected);
});

test('is asked at most every 15 seconds, and says nothing where there is nothing to read', async () => {
  let now = 0;
  const senses = serverSenses(() => now, { platform: 'linux', folder: folder.dir });
  await supply('BAT0', battery('Discharging'));
  expect(senses.isOnBattery?.()).toBe(true);
  await supply('BAT0', battery('Charging'));
  now = 14_000;
  expect(senses.isOnBattery?.()).toBe(true);
  now = 15_000;
  expect(senses.isOnBattery?.()).toBe(false);
  expect(serverSenses(() => now, { platform: 'linux', folder: '/nowhere' }).isOnBattery?.()).toBe(false);
  expect(serverSenses(() => now, { platform: 'darwin' })).toEqual({});
});
