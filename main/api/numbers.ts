/** The value below which `share` (0 to 1) of the numbers lie, nearest rank; undefined for none. */
export const percentile = (numbers: readonly number[], share: number): number | undefined => {
  const sorted = [...numbers].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
};

/** The middle number; undefined for none. */
export const median = (numbers: readonly number[]): number | undefined => percentile(numbers, 0.5);
