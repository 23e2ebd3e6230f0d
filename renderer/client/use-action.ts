import { useCallback, useState } from 'react';
import type { MethodName, Params, Result } from '../../preload/contract/contract.ts';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { Answer } from './client.ts';
import { useClient } from './client-context.tsx';

/** Something the owner can set going. */
export type Action<Name extends MethodName> = {
  /** Asks once and tells how it ended; the same is kept in `error`. */
  run: (params: Params<Name>) => Promise<Answer<Result<Name>>>;
  isPending: boolean;
  error: ErrorData | undefined;
  /** Forgets the last error. */
  clear: () => void;
};

/** A method as something to do, with what a button needs to know. */
export const useAction = <Name extends MethodName>(name: Name): Action<Name> => {
  const client = useClient();
  const [pending, setPending] = useState(0);
  const [error, setError] = useState<ErrorData | undefined>(undefined);
  const run = useCallback(
    async (params: Params<Name>) => {
      setPending((count) => count + 1);
      const answer = await client.request(name, params);
      setPending((count) => count - 1);
      setError(answer.ok ? undefined : answer.error);
      return answer;
    },
    [client, name],
  );
  const clear = useCallback(() => setError(undefined), []);
  return { run, isPending: pending > 0, error, clear };
};
