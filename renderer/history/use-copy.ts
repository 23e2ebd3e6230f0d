import { useCallback } from 'react';
import { useToast } from '../ui/toast.tsx';

/** Puts text on the clipboard and says so; `what` is how it is called: *The report*. */
export const useCopy = (): ((text: string, what: string) => Promise<void>) => {
  const toast = useToast();
  return useCallback(
    async (text, what) => {
      try {
        await navigator.clipboard.writeText(text);
        toast({ text: `${what} is on the clipboard` });
      } catch {
        toast({ text: 'The clipboard could not be reached' });
      }
    },
    [toast],
  );
};
