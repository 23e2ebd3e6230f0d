import { readFileSync } from 'node:fs';

/**
 * The largest memory of this process, MB. On Linux from the kernel's book of this program alone: `maxRSS` begins with what the
 * parent had when it started us.
 */
export const peakMb = (): number => {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(found ?? 0) / 1024;
};
