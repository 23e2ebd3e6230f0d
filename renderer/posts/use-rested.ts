import { useEffect, useState } from 'react';

/** The hand rests a moment, milliseconds, before anything beside the list is asked: the list comes first. */
export const REST_MS = 90;

/** A text as it was when the hand last rested. */
export const useRested = (text: string): string => {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
};
