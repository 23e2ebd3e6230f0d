import { due, past, timeTooltip } from './format.ts';
import { useNow } from './use-now.ts';

/** A time as people say it; the tooltip has it exactly, local with zone and in UTC. */
export const RelativeTime = ({ at, kind = 'past', zone }: { at: string; kind?: 'past' | 'due'; zone?: string }) => {
  const now = useNow();
  return (
    <time dateTime={at} title={timeTooltip(at, zone)}>
      {kind === 'past' ? past(at, now, zone) : due(at, now, zone)}
    </time>
  );
};

/** A time written by the caller, with the exact one in the tooltip. */
export const ExactTime = ({ at, children, zone }: { at: string; children: string; zone?: string }) => (
  <time dateTime={at} title={timeTooltip(at, zone)}>
    {children}
  </time>
);
