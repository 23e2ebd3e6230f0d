import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { Discovery } from '../../preload/contract/source.ts';
import { useClient } from '../client/client-context.tsx';
import { looksLikeAddress } from './discovery-words.ts';

/** How long typing must rest before the address is looked behind, in milliseconds. */
export const REST_MS = 600;
/** Where looking behind an address stands. */
export type Looking =
  | { state: 'idle' }
  | { state: 'looking'; url: string }
  | { state: 'found'; url: string; discovery: Discovery; allowedLocal: boolean }
  | { state: 'failed'; url: string; error: ErrorData };

/** Looks behind an address when typing rests, or at once by `look`. Answers to older addresses are dropped. */
export const useDiscovery = (text: string): { looking: Looking; look: (allowLocalNetwork?: boolean) => void } => {
  const client = useClient();
  const [looking, setLooking] = useState<Looking>({ state: 'idle' });
  const turn = useRef(0);
  const asked = useRef('');
  const url = text.trim();

  const look = useCallback(
    async (allowLocalNetwork = false) => {
      if (url === '') return;
      turn.current += 1;
      const mine = turn.current;
      asked.current = url;
      setLooking({ state: 'looking', url });
      const answer = await client.request('sources.discover', allowLocalNetwork ? { url, allowLocalNetwork } : { url });
      if (mine !== turn.current) return;
      setLooking(
        answer.ok
          ? { state: 'found', url, discovery: answer.result, allowedLocal: allowLocalNetwork }
          : { state: 'failed', url, error: answer.error },
      );
    },
    [client, url],
  );

  useEffect(() => {
    if (url === asked.current) return;
    turn.current += 1;
    asked.current = '';
    setLooking({ state: 'idle' });
    if (!looksLikeAddress(url)) return;
    const timer = setTimeout(() => {
      // Enter, or a permission given meanwhile, was quicker.
      if (asked.current !== url) void look();
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [url, look]);

  return { looking, look: (allowLocalNetwork) => void look(allowLocalNetwork) };
};
