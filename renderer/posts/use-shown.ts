import { useRef } from 'react';

/** A value that belongs to the rows that are there: rows of the question before keep theirs, and need not be drawn again. */
export const useShown = <Value>(value: Value, isPrevious: boolean): Value => {
  const shown = useRef(value);
  if (!isPrevious) shown.current = value;
  return shown.current;
};
