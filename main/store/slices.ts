/** The longest stretch of work before others get the thread, in milliseconds. */
export const SLICE_MS = 6;

/** Long work in slices: call after each small step; waits for one turn of the event loop when the slice is used up. */
export const createSlicer = (sliceMs: number = SLICE_MS): (() => Promise<void> | undefined) => {
  let startedAt = performance.now();
  return () => {
    if (performance.now() - startedAt < sliceMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        startedAt = performance.now();
        resolve();
      });
    });
  };
};
