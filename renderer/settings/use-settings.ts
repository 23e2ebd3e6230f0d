import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { SettingsPatch } from '../../preload/contract/settings.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';
import type { Part } from './item.ts';

const noteOf = (error: ErrorData, patch: SettingsPatch): Part['errors'] =>
  Object.fromEntries(Object.keys(patch).map((field) => [field, error.message]));

/** What is shown ahead, but for what the core refused. */
const without = (ahead: SettingsPatch, refused: SettingsPatch): SettingsPatch =>
  Object.fromEntries(Object.entries(ahead).filter(([field]) => !(field in refused)));

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
      if (!answer.ok) setAhead((before) => without(before, patch));
      query.reload();
    },
    [client, query.reload],
  );
  // What was changed is shown until the settings have come that hold it: in between the old value would flash up in its field.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only settings that came anew
  useEffect(() => {
    if (asked.current === 0) setAhead({});
  }, [query.data]);
  return { ...query, settings: query.data ? { ...query.data, ...ahead } : undefined, errors, change };
};
