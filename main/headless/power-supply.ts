import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Senses } from '../lib/power.ts';

/** Where Linux tells of chargers and batteries (Documentation/ABI/testing/sysfs-class-power). */
const POWER_SUPPLY = '/sys/class/power_supply';
/** More than any computer has. */
const MOST_SUPPLIES = 32;
/** How long an answer is used, milliseconds. */
const FRESH_MS = 15_000;

const readWord = (folder: string, name: string): string => {
  try {
    return readFileSync(join(folder, name), 'utf8').slice(0, 64).trim();
  } catch {
    // Not every supply has every file.
    return '';
  }
};

/** Whether this computer runs on a battery: nothing that charges is plugged in, and a battery of its own (or a UPS) is going down. */
export const isOnBattery = (folder = POWER_SUPPLY): boolean => {
  const supplies = readdirSync(folder).slice(0, MOST_SUPPLIES);
  let isDraining = false;
  for (const name of supplies) {
    const supply = join(folder, name);
    const type = readWord(supply, 'type');
    // The battery of a mouse says nothing of the computer.
    if (readWord(supply, 'scope') === 'Device') continue;
    if (type === 'Battery' || type === 'UPS') isDraining ||= readWord(supply, 'status') === 'Discharging';
    else if (readWord(supply, 'online') === '1') return false;
  }
  return isDraining;
};

/** What a server can tell of its power: on Linux by the kernel, elsewhere nothing. `now` counts milliseconds. */
export const serverSenses = (
  now: () => number,
  { platform = process.platform, folder = POWER_SUPPLY }: { platform?: NodeJS.Platform; folder?: string } = {},
): Senses => {
  if (platform !== 'linux') return {};
  let asked = Number.NEGATIVE_INFINITY;
  let answer = false;
  return {
    isOnBattery: () => {
      if (now() - asked < FRESH_MS) return answer;
      asked = now();
      try {
        answer = isOnBattery(folder);
      } catch {
        // A container or a kernel without the class: nothing is known.
        answer = false;
      }
      return answer;
    },
  };
};
