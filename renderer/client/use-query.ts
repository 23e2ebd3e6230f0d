import { useCallback, useEffect, useRef, useState } from 'react';
import type { EventName, MethodName, Params, Result } from '../../preload/contract/contract.ts';
import type { ErrorData } from '../../preload/contract/errors.ts';
import { askAgain, GAP_MS, realTimer } from './ask-again.ts';
import { useClient } from './client-context.tsx';

/** What a screen knows while and after asking. */
export type Query<Value> = {
  /** The newest answer. Stays while the question is asked again, also with other params. */
  data: Value | undefined;
  /** Why the newest try failed; `data` may still hold what was there before. */
  error: ErrorData | undefined;
  /** There is nothing to show yet and no error either. */
  isLoading: boolean;
  /** `data` answers the params before these. */
  isPrevious: boolean;
  /** Ask again now. */
  reload: () => void;
};
type Known<Value> = { key: string; data: Value | undefined; error: ErrorData | undefined };

/**
 * Asks, and asks again whenever one of `events` is announced (at most four times a second) or the connection comes back.
 * `params` null asks nothing. Answers to older params are dropped. What costs much is asked again less often, by `gapMs`.
 */
export const useQuery = <Name extends MethodName>(
  name: Name,
  params: Params<Name> | null,
  events: readonly EventName[] = [],
  gapMs: number = GAP_MS,
): Query<Result<Name>> => {
  const client = useClient();
  const key = params === null ? '' : `${name} ${JSON.stringify(params)}`;
  const eventList = events.join(' ');
  const [known, setKnown] = useState<Known<Result<Name>>>({ key: '', data: undefined, error: undefined });
  const nudge = useRef<() => void>(() => undefined);

  useEffect(() => {
    if (key === '') return;
    let isOver = false;
    const question = JSON.parse(key.slice(name.length + 1)) as Params<Name>;
    const loop = askAgain(
      async () => {
        const answer = await client.request(name, question);
        if (isOver) return;
        setKnown((before) =>
          answer.ok
            ? { key, data: answer.result, error: undefined }
            : { key: before.key, data: before.data, error: answer.error },
        );
      },
      realTimer,
      gapMs,
    );
    nudge.current = loop.nudge;
    loop.nudge();
    const names = eventList === '' ? [] : (eventList.split(' ') as EventName[]);
    const stops = names.map((event) => client.on(event, loop.nudge));
    const stopConnection = client.onConnection(() => client.connection() === 'connected' && loop.nudge());
    return () => {
      isOver = true;
      loop.stop();
      stopConnection();
      for (const stop of stops) stop();
    };
  }, [client, name, key, eventList, gapMs]);

  const reload = useCallback(() => nudge.current(), []);
  const { data, error } = known;
  return {
    data,
    error,
    isLoading: key !== '' && data === undefined && error === undefined,
    isPrevious: data !== undefined && known.key !== key,
    reload,
  };
};
