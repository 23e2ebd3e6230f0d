import { useEffect, useState } from 'react';
import type { Events } from '../../preload/contract/contract.ts';
import { useClient } from './client-context.tsx';

type Live = Omit<Events['runs.progress'], 'runId'>;

/** The newest progress of each run that is going, by run id; older than the run's own row until the first event. */
export const useProgress = (): ReadonlyMap<string, Live> => {
  const client = useClient();
  const [live, setLive] = useState<ReadonlyMap<string, Live>>(new Map());
  useEffect(() => {
    const stopProgress = client.on('runs.progress', ({ runId, ...rest }) =>
      setLive((before) => new Map(before).set(runId, rest)),
    );
    const stopChanged = client.on('runs.changed', ({ run }) => {
      if (run.status === 'queued' || run.status === 'running') return;
      setLive((before) => (before.has(run.id) ? new Map([...before].filter(([id]) => id !== run.id)) : before));
    });
    return () => {
      stopProgress();
      stopChanged();
    };
  }, [client]);
  return live;
};
