import { useEffect, useState } from 'react';

/** A question in JSON once typing pauses for `pauseMs`; the first one at once. */
export const useSettled = <Value>(value: Value, pauseMs: number): Value => {
  const key = JSON.stringify(value);
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), pauseMs);
    return () => clearTimeout(timer);
  }, [key, pauseMs]);
  return JSON.parse(settled) as Value;
};
