import { useState } from 'react';
import { useMakeTop } from './use-make-top.ts';

/** The button that makes an edition, and whether it is being made. */
export const useMaking = (): { make: () => void; isMaking: boolean } => {
  const makeTop = useMakeTop();
  const [isMaking, setIsMaking] = useState(false);
  const make = async (): Promise<void> => {
    setIsMaking(true);
    await makeTop();
    setIsMaking(false);
  };
  return { make: () => void make(), isMaking };
};
