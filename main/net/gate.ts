/** How many may hold something large at once. */
export type Gate = {
  /** True when a place is free; the caller then has it. */
  tryEnter: () => boolean;
  /** Waits for a place, first come first served. Returns how to leave the line. */
  wait: (onPlace: () => void) => () => void;
  leave: () => void;
};

/** A gate with `places` places. */
export const createGate = (places: number): Gate => {
  const line: (() => void)[] = [];
  let free = places;
  return {
    tryEnter: () => {
      if (free === 0) return false;
      free -= 1;
      return true;
    },
    wait: (onPlace) => {
      line.push(onPlace);
      return () => {
        const index = line.indexOf(onPlace);
        if (index >= 0) line.splice(index, 1);
      };
    },
    leave: () => {
      const next = line.shift();
      if (next) next();
      else free += 1;
    },
  };
};
