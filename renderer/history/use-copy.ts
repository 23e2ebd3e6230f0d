import { useCallback } from 'react';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';

const { run: say } = words.history;

/** Puts text on the clipboard and says so; `what` is how it is called: *The report*. */
export const useCopy = (): ((text: string, what: string) => Promise<void>) => {
  const toast = useToast();
  return useCallback(
    async (text, what) => {
      try {
        await navigator.clipboard.writeText(text);
        toast({ text: say.clipboard(what) });
      } catch {
        toast({ text: say.noClipboard });
      }
    },
    [toast],
  );
};
