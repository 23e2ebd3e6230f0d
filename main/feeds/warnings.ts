import type { WarningCode } from '../../preload/contract/errors.ts';
import type { ParseWarning } from './parsed-feed.ts';

/** Counts what was put right or left out. */
export type Warnings = { add: (code: WarningCode, count?: number) => void; list: () => ParseWarning[] };

export const createWarnings = (): Warnings => {
  const counts = new Map<WarningCode, number>();
  return {
    add: (code, count = 1) => {
      if (count > 0) counts.set(code, (counts.get(code) ?? 0) + count);
    },
    list: () => [...counts].map(([code, count]) => ({ code, count })),
  };
};
