import { useCallback, useRef, useState } from 'react';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { SettingsPatch } from '../../preload/contract/settings.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';
import type { Part } from './item.ts';

const noteOf = (error: ErrorData, patch: SettingsPatch): Part['errors'] =>
  Object.fromEntries(Object.keys(patch).map((field) => [field, error.message]));

/** Changes settings at once: shows the change, asks the core, and takes it back with a sentence where the core refuses. */
export const useSettings = () => {
  const client = useClient();
  const query = useQuery('settings.get', {}, ['settings.changed']);
  const [ahead, setAhead] = useState<SettingsPatch>({});
  const [errors, setErrors] = useState<Part['errors']>({});
  const asked = useRef(0);
  const change = useCallback<Part['change']>(
    async (patch) => {
      asked.current += 1;
      setAhead((before) => ({ ...before, ...patch }));
      const answer = await client.request('settings.update', { patch });
      asked.current -= 1;
      const good = Object.fromEntries(Object.keys(patch).map((field) => [field, undefined]));
      setErrors((before) => ({ ...before, ...(answer.ok ? good : noteOf(answer.error, patch)) }));
      if (asked.current === 0) setAhead({});
      query.reload();
    },
    [client, query.reload],
  );
  return { ...query, settings: query.data ? { ...query.data, ...ahead } : undefined, errors, change };
};
