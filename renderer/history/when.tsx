import { memo } from 'react';
import { past, timeTooltip } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { type TimeFormat, timeText, useTimeFormat } from './time-format.ts';

const Still = memo(({ at, format, hasSeconds }: { at: string; format: TimeFormat; hasSeconds: boolean }) => (
  <time dateTime={at} title={`${timeTooltip(at)}\n${past(at, Date.now())}`}>
    {timeText(at, format, 0, hasSeconds)}
  </time>
));
const Moving = ({ at }: { at: string }) => {
  const now = useNow();
  return (
    <time dateTime={at} title={timeTooltip(at)}>
      {timeText(at, 'relative', now)}
    </time>
  );
};

/** A time of the history, in the format the owner chose; the tooltip has it in the others. */
export const When = ({ at, hasSeconds = false }: { at: string; hasSeconds?: boolean }) => {
  const format = useTimeFormat();
  return format === 'relative' ? <Moving at={at} /> : <Still at={at} format={format} hasSeconds={hasSeconds} />;
};
