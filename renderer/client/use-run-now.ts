import { useCallback } from 'react';
import type { Run, StartedRun } from '../../preload/contract/run.ts';
import type { Answer, Client } from './client.ts';
import { useClient } from './client-context.tsx';

/** A run that was started, and the same run when it has ended. */
export type Going = StartedRun & { ended: Promise<Run> };

const isOver = (run: Run): boolean => run.status !== 'queued' && run.status !== 'running';

/** Starts a run with `ask` and follows it to its end. Listens before it asks, so that a short run is not missed. */
export const startAndFollow = async (client: Client, ask: () => Promise<Answer<StartedRun>>): Promise<Answer<Going>> => {
  const seen = new Map<string, Run>();
  let tell: (run: Run) => void = () => undefined;
  const stop = client.on('runs.changed', ({ run }) => {
    if (!isOver(run)) return;
    seen.set(run.id, run);
    tell(run);
  });
  const answer = await ask();
  if (!answer.ok) {
    stop();
    return answer;
  }
  const { run } = answer.result;
  const ended = new Promise<Run>((resolve) => {
    const over = isOver(run) ? run : seen.get(run.id);
    if (over) return resolve(over);
    tell = (changed) => changed.id === run.id && resolve(changed);
  });
  void ended.then(stop);
  return { ok: true, result: { ...answer.result, ended } };
};

/** Starts a run by hand and follows it. */
export const useFollow = (): ((ask: (client: Client) => Promise<Answer<StartedRun>>) => Promise<Answer<Going>>) => {
  const client = useClient();
  return useCallback((ask) => startAndFollow(client, () => ask(client)), [client]);
};
