import { net, powerMonitor } from 'electron';
import type { Hint, Senses } from '../lib/power.ts';

/** What Electron can tell of power and network; of metered connections it tells nothing. */
export const systemSenses: Senses = {
  isOnBattery: () => powerMonitor.isOnBatteryPower(),
  // Known on macOS only.
  isHot: () => ['serious', 'critical'].includes(powerMonitor.getCurrentThermalState()),
  isOnline: () => net.isOnline(),
};

const HINTS: Readonly<Record<string, Hint>> = {
  suspend: 'suspend',
  resume: 'resume',
  'lock-screen': 'lock',
  'unlock-screen': 'unlock',
  'on-ac': 'power',
  'on-battery': 'power',
  'thermal-state-change': 'power',
};

/** Hands what the system tells to the core, which decides. */
export const hearSystem = (hint: (hint: Hint) => void): void => {
  const monitor: NodeJS.EventEmitter = powerMonitor;
  for (const [name, meaning] of Object.entries(HINTS)) monitor.on(name, () => hint(meaning));
};
