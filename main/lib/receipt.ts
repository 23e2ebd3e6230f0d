import type { SleepReceipt } from '../../preload/contract/status.ts';

/** Where small durable values are kept. */
export type Notes = { get: (key: string) => unknown; put: (key: string, value: unknown) => Promise<void> };

const NOTE = 'receipt';

/** The receipt nobody has put away yet. */
export const readReceipt = (notes: Pick<Notes, 'get'>): SleepReceipt | undefined => {
  const stored = notes.get(NOTE);
  return typeof stored === 'object' && stored !== null ? (stored as SleepReceipt) : undefined;
};

/** Keeps a receipt until it is put away. */
export const keepReceipt = (notes: Pick<Notes, 'put'>, receipt: SleepReceipt): Promise<void> => notes.put(NOTE, receipt);

/** Puts the receipt away; false when there was none. */
export const dismissReceipt = async (notes: Notes): Promise<boolean> => {
  if (!readReceipt(notes)) return false;
  await notes.put(NOTE, null);
  return true;
};
