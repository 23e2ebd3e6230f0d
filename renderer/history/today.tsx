import type { RunSummary } from '../../preload/contract/run.ts';
import { viewHref } from '../client/view-state.ts';
import { duration, percent } from '../ui/format.ts';
import { words } from '../words/words.ts';
import { type TodayNumbers, toTodayNumbers } from './today-words.ts';

const say = words.history.today;

const Sum = ({ words: text, params, isBad }: { words: string; params: Record<string, string>; isBad?: boolean }) => (
  <a className={isBad ? 'history-sum bad' : 'history-sum'} href={viewHref(['history'], { range: 'today', ...params })}>
    {text}
  </a>
);

const sumsOf = ({ runs, completed, failed, missed }: TodayNumbers) => [
  ...(runs === 0 ? [say.none] : []),
  ...(completed > 0 ? [<Sum key="completed" words={say.completed(completed)} params={{ status: 'completed' }} />] : []),
  ...(failed > 0 ? [<Sum key="failed" words={say.failed(failed)} params={{ status: 'failed' }} isBad />] : []),
  ...(missed > 0 ? [<Sum key="missed" words={say.missed(missed)} params={{ status: 'missed' }} />] : []),
];

/** The day so far in numbers; each narrows the list to what it counts. */
export const TodaySoFar = ({ summary }: { summary: RunSummary }) => {
  const numbers = toTodayNumbers(summary);
  return (
    <>
      {say.since}
      {sumsOf(numbers).map((sum, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sum is its place
        <span key={place}>
          {place > 0 && ', '}
          {sum}
        </span>
      ))}
      {numbers.share !== undefined && `, ${say.succeeded(percent(numbers.share))}`}
      {numbers.medianMs === undefined
        ? '.'
        : say.usual(duration(numbers.medianMs), duration(numbers.averageMs ?? numbers.medianMs))}
    </>
  );
};
